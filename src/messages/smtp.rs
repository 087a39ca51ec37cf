//! The line to the mail server: one message in two steps, so that it is known until which point
//! nothing can have been sent.

use std::{error::Error as _, future::Future, time::Duration};

use lettre::{
    Address,
    address::Envelope,
    transport::smtp::{
        authentication::{Credentials, Mechanism},
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailParameter},
        response::Severity,
    },
};

use super::{MailServer, Trouble, mail_server::Security};

/// How long connecting may take, with TLS and signing in.
const CONNECTING: Duration = Duration::from_secs(45);

/// How long an answer to one command may take.
const ANSWER: Duration = Duration::from_mins(1);

/// How long a message may take to go over the line and be answered.
const MESSAGE: Duration = Duration::from_mins(5);

/// Why a message did not go out at this attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Obstacle {
    pub trouble: Trouble,
    /// What the mail server said.
    pub reply: Option<String>,
    /// Whether it stands against every other message too.
    pub stops_all: bool,
}

/// What the mail server did not do.
enum Fault {
    /// It said so: `true` for good.
    Refused(bool, String),
    /// It said that it is about to close the line.
    Closing(String),
    /// It said nothing that can be understood, or nothing at all.
    Silent,
}

/// The line; connected when it is first needed, dropped after any fault.
pub(super) struct Line<'a> {
    server: &'a MailServer,
    connection: Option<AsyncSmtpConnection>,
}

impl<'a> Line<'a> {
    pub(super) fn new(server: &'a MailServer) -> Self {
        Self {
            server,
            connection: None,
        }
    }

    /// Announces a message: from whom and to whom. Nothing of it has gone out yet.
    pub(super) async fn announce(&mut self, envelope: &Envelope) -> Result<(), Obstacle> {
        if self.connection.is_none() {
            self.connection = Some(self.connect().await?);
        }
        let announced = self.try_announce(envelope).await;
        if announced.is_err() {
            self.drop_line().await;
        }
        announced
    }

    async fn try_announce(&mut self, envelope: &Envelope) -> Result<(), Obstacle> {
        let Some(connection) = &mut self.connection else {
            return Err(unreachable(None));
        };
        let mut options = Vec::new();
        let to_ascii = |to: &Address| AsRef::<str>::as_ref(to).is_ascii();
        if !envelope.to().iter().all(to_ascii) {
            if !connection
                .server_info()
                .supports_feature(Extension::SmtpUtfEight)
            {
                return Err(Obstacle {
                    trouble: Trouble::BadAddress,
                    reply: None,
                    stops_all: false,
                });
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        let mail = Mail::new(envelope.from().cloned(), options);
        answered(ANSWER, connection.command(mail))
            .await
            .map_err(|fault| match fault {
                Fault::Refused(_, reply) => Obstacle {
                    trouble: Trouble::SenderRefused,
                    reply: Some(reply),
                    stops_all: true,
                },
                other => about_message(other),
            })?;
        for to in envelope.to() {
            let rcpt = Rcpt::new(to.clone(), Vec::new());
            answered(ANSWER, connection.command(rcpt))
                .await
                .map_err(about_message)?;
        }
        answered(ANSWER, connection.command(Data))
            .await
            .map_err(about_message)
    }

    /// Hands the announced message over. `NoAnswer`: it may have been taken.
    pub(super) async fn hand_over(&mut self, text: &[u8]) -> Result<(), Obstacle> {
        let Some(connection) = &mut self.connection else {
            return Err(unreachable(None));
        };
        let answer = answered(MESSAGE, connection.message(text)).await;
        if answer.is_err() {
            self.drop_line().await;
        }
        answer.map_err(|fault| match fault {
            Fault::Silent => Obstacle {
                trouble: Trouble::NoAnswer,
                reply: None,
                stops_all: true,
            },
            other => about_message(other),
        })
    }

    /// Breaks off before the announced message was handed over.
    pub(super) async fn break_off(&mut self) {
        self.drop_line().await;
    }

    /// Ends the line, politely where it still stands.
    pub(super) async fn close(mut self) {
        self.drop_line().await;
    }

    async fn drop_line(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            // Nothing depends on the answer.
            let _ = tokio::time::timeout(Duration::from_secs(5), connection.abort()).await;
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Obstacle> {
        match tokio::time::timeout(CONNECTING, self.try_connect()).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(error)) => Err(unreachable(said(&error))),
            Err(_) => Err(unreachable(None)),
        }
    }

    async fn try_connect(&self) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let server = self.server;
        let name = ClientId::Domain(server.from.email.domain().to_owned());
        let tls = |security| {
            (server.security == security)
                .then(|| server.tls())
                .transpose()
        };
        let address = (server.host.as_str(), server.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            address,
            Some(CONNECTING),
            &name,
            tls(Security::Tls)?,
            None,
        )
        .await?;
        if let Some(parameters) = tls(Security::StartTls)? {
            connection.starttls(parameters, &name).await?;
        }
        if let Some((user, password)) = &server.credentials {
            let credentials = Credentials::new(user.clone(), password.clone());
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
                .await?;
        }
        Ok(connection)
    }
}

async fn answered<T>(
    limit: Duration,
    answer: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
) -> Result<(), Fault> {
    let error = match tokio::time::timeout(limit, answer).await {
        Ok(Ok(_)) => return Ok(()),
        Ok(Err(error)) => error,
        Err(_) => return Err(Fault::Silent),
    };
    let (Some(code), Some(reply)) = (error.status(), said(&error)) else {
        return Err(Fault::Silent);
    };
    if code.to_string() == "421" {
        return Err(Fault::Closing(reply));
    }
    let for_good = code.severity == Severity::PermanentNegativeCompletion;
    Err(Fault::Refused(for_good, reply))
}

fn about_message(fault: Fault) -> Obstacle {
    match fault {
        Fault::Refused(true, reply) => Obstacle {
            trouble: Trouble::Rejected,
            reply: Some(reply),
            stops_all: false,
        },
        Fault::Refused(false, reply) => Obstacle {
            trouble: Trouble::Deferred,
            reply: Some(reply),
            stops_all: false,
        },
        Fault::Closing(reply) => unreachable(Some(reply)),
        Fault::Silent => unreachable(None),
    }
}

fn unreachable(reply: Option<String>) -> Obstacle {
    Obstacle {
        trouble: Trouble::Unreachable,
        reply,
        stops_all: true,
    }
}

/// "550 No such user": code and first words of the answer, without control characters; `None`
/// when the mail server gave no answer.
fn said(error: &lettre::transport::smtp::Error) -> Option<String> {
    let code = error.status()?;
    let words = error.source().map(ToString::to_string).unwrap_or_default();
    let words: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(200)
        .collect();
    Some(format!("{code} {}", words.trim()).trim().to_owned())
}

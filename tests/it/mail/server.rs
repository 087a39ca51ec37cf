//! A mail server that does as it is told: takes, refuses, hangs up in the middle, falls silent.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use capacita::messages::MailServer;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

use super::mail;

/// Where in the conversation something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Greeting,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// After the point that ends a message: the server has all of it.
    End,
}

/// What happens there, once.
#[derive(Clone, Debug)]
pub enum Deed {
    /// It answers this.
    Say(&'static str),
    /// It closes the line without an answer.
    HangUp,
    /// It never answers.
    FallSilent,
}

/// A message it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub from: String,
    pub to: String,
    pub text: String,
}

#[derive(Default)]
struct Shared {
    plan: Mutex<VecDeque<(Stage, Deed)>>,
    taken: Mutex<Vec<Taken>>,
    said: Mutex<Vec<String>>,
    features: Mutex<Vec<&'static str>>,
    silent: Notify,
}

/// How it speaks with whoever connects.
#[derive(Clone)]
pub enum Privacy {
    /// In the clear.
    None,
    /// In TLS from the first byte.
    Tls(TlsAcceptor),
    /// In the clear until TLS is asked for; it takes no message before.
    StartTls(TlsAcceptor),
}

pub struct Server {
    shared: Arc<Shared>,
    port: u16,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub async fn start() -> Self {
        Self::start_with(Privacy::None).await
    }

    pub async fn start_with(privacy: Privacy) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared::default());
        let task = tokio::spawn(listen(listener, Arc::clone(&shared), privacy));
        Self { shared, port, task }
    }

    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Its address, without TLS and without a password.
    pub fn mail(&self) -> MailServer {
        mail(&format!("smtp://127.0.0.1:{}", self.port))
    }

    /// What it does next where it comes to that stage.
    pub fn plan(&self, stage: Stage, deed: Deed) {
        let mut plan = self.shared.plan.lock().expect("unharmed");
        plan.push_back((stage, deed));
    }

    /// Offers more than the least.
    pub fn offer(&self, feature: &'static str) {
        self.shared.features.lock().expect("unharmed").push(feature);
    }

    /// The messages it has all of, answered or not.
    pub fn taken(&self) -> Vec<Taken> {
        self.shared.taken.lock().expect("unharmed").clone()
    }

    /// Every command it was sent.
    pub fn said(&self) -> Vec<String> {
        self.shared.said.lock().expect("unharmed").clone()
    }

    /// Waits until it has fallen silent.
    pub async fn silent(&self) {
        self.shared.silent.notified().await;
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>, privacy: Privacy) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(talk(stream, Arc::clone(&shared), privacy.clone()));
    }
}

/// One line; ends when the client leaves or the plan says so.
async fn talk(stream: TcpStream, shared: Arc<Shared>, privacy: Privacy) {
    let _ = match privacy {
        Privacy::None => Talk::over(stream, shared).run().await,
        Privacy::Tls(acceptor) => match acceptor.accept(stream).await {
            Ok(stream) => Talk::over(stream, shared).run().await,
            Err(_) => Err(Over),
        },
        Privacy::StartTls(acceptor) => start_tls(stream, shared, &acceptor).await,
    };
}

async fn start_tls(
    stream: TcpStream,
    shared: Arc<Shared>,
    acceptor: &TlsAcceptor,
) -> Result<(), Over> {
    let mut clear = Talk::over(stream, Arc::clone(&shared));
    clear.answer(Some(Stage::Greeting), "220 ready").await?;
    loop {
        match clear.command().await?.as_str() {
            "EHLO" => clear.answer(None, "250-mail.test\r\n250 STARTTLS").await?,
            "STARTTLS" => break,
            _ => clear.answer(None, "530 TLS first").await?,
        }
    }
    clear.answer(None, "220 go on").await?;
    let stream = clear.stream.into_inner();
    let stream = acceptor.accept(stream).await.map_err(|_| Over)?;
    Talk::over(stream, shared).converse().await
}

struct Talk<S> {
    stream: BufReader<S>,
    shared: Arc<Shared>,
}

/// The line is over.
struct Over;

impl<S: AsyncRead + AsyncWrite + Unpin> Talk<S> {
    fn over(stream: S, shared: Arc<Shared>) -> Self {
        Self {
            stream: BufReader::new(stream),
            shared,
        }
    }

    async fn run(&mut self) -> Result<(), Over> {
        self.answer(Some(Stage::Greeting), "220 ready").await?;
        self.converse().await
    }

    /// The verb of the next line.
    async fn command(&mut self) -> Result<String, Over> {
        let line = self.line().await?;
        Ok(verb(&line))
    }

    async fn converse(&mut self) -> Result<(), Over> {
        let (mut from, mut to) = (String::new(), String::new());
        loop {
            let line = self.line().await?;
            self.shared
                .said
                .lock()
                .expect("unharmed")
                .push(line.clone());
            match verb(&line).as_str() {
                "EHLO" => self.greet().await?,
                "AUTH" => self.answer(Some(Stage::Auth), "235 welcome").await?,
                "MAIL" => {
                    from = address(&line);
                    self.answer(Some(Stage::Mail), "250 ok").await?;
                }
                "RCPT" => {
                    to = address(&line);
                    self.answer(Some(Stage::Rcpt), "250 ok").await?;
                }
                "DATA" => {
                    self.answer(Some(Stage::Data), "354 go on").await?;
                    let text = self.text().await?;
                    let taken = Taken {
                        from: from.clone(),
                        to: to.clone(),
                        text,
                    };
                    self.shared.taken.lock().expect("unharmed").push(taken);
                    self.answer(Some(Stage::End), "250 taken").await?;
                }
                "QUIT" => {
                    self.answer(None, "221 bye").await?;
                    return Ok(());
                }
                _ => self.answer(None, "500 what?").await?,
            }
        }
    }

    async fn greet(&mut self) -> Result<(), Over> {
        let features = self.shared.features.lock().expect("unharmed").clone();
        let mut lines = vec!["mail.test", "8BITMIME"];
        lines.extend(features);
        let last = lines.len() - 1;
        for (index, line) in lines.into_iter().enumerate() {
            let dash = if index == last { ' ' } else { '-' };
            self.answer(None, &format!("250{dash}{line}")).await?;
        }
        Ok(())
    }

    /// Answers, unless something else is planned for this stage.
    async fn answer(&mut self, stage: Option<Stage>, usual: &str) -> Result<(), Over> {
        let planned = stage.and_then(|stage| self.planned(stage));
        let line = match planned {
            None => usual.to_owned(),
            Some(Deed::Say(line)) => line.to_owned(),
            Some(Deed::HangUp) => return Err(Over),
            Some(Deed::FallSilent) => {
                self.shared.silent.notify_one();
                std::future::pending::<()>().await;
                return Err(Over);
            }
        };
        let line = format!("{line}\r\n");
        let written = self.stream.write_all(line.as_bytes()).await;
        written.map_err(|_| Over)?;
        self.stream.flush().await.map_err(|_| Over)
    }

    fn planned(&self, stage: Stage) -> Option<Deed> {
        let mut plan = self.shared.plan.lock().expect("unharmed");
        if plan.front().is_some_and(|(at, _)| *at == stage) {
            return plan.pop_front().map(|(_, deed)| deed);
        }
        None
    }

    async fn line(&mut self) -> Result<String, Over> {
        let mut line = String::new();
        match self.stream.read_line(&mut line).await {
            Ok(0) | Err(_) => Err(Over),
            Ok(_) => Ok(line.trim_end().to_owned()),
        }
    }

    /// A message until the point that ends it. Every line must end as the protocol says.
    async fn text(&mut self) -> Result<String, Over> {
        let mut text = String::new();
        loop {
            let mut line = String::new();
            match self.stream.read_line(&mut line).await {
                Ok(0) | Err(_) => return Err(Over),
                Ok(_) => assert!(line.ends_with("\r\n"), "a bare line feed: {line:?}"),
            }
            if line == ".\r\n" {
                return Ok(text);
            }
            text.push_str(line.strip_prefix('.').unwrap_or(&line));
        }
    }
}

fn verb(line: &str) -> String {
    let verb = line.split([' ', ':']).next().unwrap_or_default();
    verb.to_uppercase()
}

/// What stands between `<` and `>`.
fn address(line: &str) -> String {
    let inside = line
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or_else(String::new, |(address, _)| address.to_owned())
}

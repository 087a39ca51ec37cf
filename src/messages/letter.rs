//! A message as it goes over the line.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Mailbox,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};

use super::queries::Claimed;

/// Says that nobody wrote it by hand: automatic answers (absences) stay away.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Envelope and text of a message; `None` when its address is none that mail can go to.
///
/// Plain text, without pictures or links that would tell when it was read.
pub(super) fn write(
    from: &Mailbox,
    claimed: &Claimed,
    body: &str,
    now: DateTime<Utc>,
) -> Option<(Envelope, Vec<u8>)> {
    let to: Address = claimed.address.parse().ok()?;
    let since_1970 = Duration::from_secs(now.timestamp().try_into().ok()?);
    let domain = from.email.domain();
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(&claimed.subject)
        .date(SystemTime::UNIX_EPOCH + since_1970)
        .message_id(Some(format!("<{}@{domain}>", claimed.message_id)))
        .header(AutoSubmitted)
        .header(ContentType::TEXT_PLAIN)
        .body(body.to_owned())
        .ok()?;
    Some((message.envelope().clone(), message.formatted()))
}

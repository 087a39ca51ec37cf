//! What a phone hands in, as it came over the wire: anything at all.

use serde::Deserialize;
use serde_json::Value;

use crate::attendance::MarkStatus;

/// The most marks in one request.
pub const MOST_MARKS: usize = 500;

/// The longest request in bytes.
pub const LONGEST: usize = 512 * 1024;

/// Minutes beyond this are no number of minutes.
const MOST_MINUTES: i64 = 6000;

/// The years in which a phone's clock may stand, in milliseconds: 1970 to 2286.
const CLOCKS: std::ops::Range<i64> = 0..10_000_000_000_000;

/// What a phone hands in.
#[derive(Debug)]
pub struct Sent {
    /// Shows which list it is.
    pub token: String,
    /// What the phone's clock shows while it sends.
    pub device_now: i64,
    /// Whether the phone has erased the list.
    pub ended: bool,
    /// Each mark, or the name of what could not be read.
    pub marks: Vec<Result<SentMark, Option<String>>>,
}

/// About whom a mark is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Somebody on the list.
    Enrolment(i64),
    /// Whoever's code was scanned or typed.
    Code(String),
}

/// One mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMark {
    /// Its name.
    pub uuid: String,
    /// The phone's count.
    pub seq: i64,
    /// The session.
    pub session: i64,
    /// About whom.
    pub about: About,
    /// What was said.
    pub status: MarkStatus,
    /// Minutes attended.
    pub minutes: Option<i64>,
    /// By the phone's clock, in milliseconds since 1970.
    pub marked_at: i64,
}

#[derive(Deserialize)]
struct Envelope {
    token: String,
    device_now: i64,
    #[serde(default)]
    ended: bool,
    marks: Vec<Value>,
}

#[derive(Deserialize)]
struct Raw {
    uuid: String,
    seq: i64,
    session: i64,
    enrolment: Option<i64>,
    code: Option<String>,
    status: MarkStatus,
    minutes: Option<i64>,
    marked_at: i64,
}

impl Sent {
    /// Reads a request; `None`: it is none.
    pub fn parse(body: &[u8]) -> Option<Self> {
        let envelope: Envelope = serde_json::from_slice(body).ok()?;
        let sound = CLOCKS.contains(&envelope.device_now) && envelope.marks.len() <= MOST_MARKS;
        sound.then(|| Self {
            token: envelope.token,
            device_now: envelope.device_now,
            ended: envelope.ended,
            marks: envelope.marks.into_iter().map(read).collect(),
        })
    }
}

fn read(value: Value) -> Result<SentMark, Option<String>> {
    let name = value.get("uuid").and_then(Value::as_str);
    let name = name.filter(|name| is_uuid(name)).map(str::to_owned);
    let Ok(raw) = serde_json::from_value::<Raw>(value) else {
        return Err(name);
    };
    parse(raw).ok_or(name)
}

fn parse(raw: Raw) -> Option<SentMark> {
    let about = match (raw.enrolment, raw.code) {
        (Some(enrolment), None) if enrolment > 0 => About::Enrolment(enrolment),
        (None, Some(code)) if (1..=120).contains(&code.len()) => About::Code(code),
        _ => return None,
    };
    let sound = is_uuid(&raw.uuid)
        && (0..i64::MAX).contains(&raw.seq)
        && raw.session > 0
        && raw
            .minutes
            .is_none_or(|minutes| (0..=MOST_MINUTES).contains(&minutes))
        && CLOCKS.contains(&raw.marked_at);
    sound.then_some(SentMark {
        uuid: raw.uuid,
        seq: raw.seq,
        session: raw.session,
        about,
        status: raw.status,
        minutes: raw.minutes,
        marked_at: raw.marked_at,
    })
}

/// `01234567-89ab-cdef-0123-456789abcdef`, in lower case, so that one mark has one name.
fn is_uuid(text: &str) -> bool {
    let sound = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
    };
    text.len() == 36 && text.bytes().enumerate().all(sound)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mark() -> Value {
        json!({
            "uuid": "01234567-89ab-cdef-0123-456789abcdef", "seq": 1, "session": 1,
            "enrolment": 7, "status": "partial", "minutes": 90, "marked_at": 1_800_000_000_000_i64,
        })
    }

    #[test]
    fn a_mark_is_read_whole() {
        let read = read(mark()).expect("a mark");
        assert_eq!(read.about, About::Enrolment(7));
        assert_eq!((read.status, read.minutes), (MarkStatus::Partial, Some(90)));
    }

    #[test]
    fn what_is_no_mark_is_told_by_its_name() {
        let name = Some("01234567-89ab-cdef-0123-456789abcdef".to_owned());
        for (field, value) in [
            ("seq", json!(-1)),
            ("seq", json!(i64::MAX)),
            ("seq", json!(1.5)),
            ("seq", json!("1")),
            ("session", json!(0)),
            ("enrolment", json!(-7)),
            ("enrolment", json!(null)),
            ("enrolment", json!(1e300)),
            ("code", json!("17-K7Q2M9XD4TFA3C5E")),
            ("status", json!("gone")),
            ("status", json!(["present"])),
            ("minutes", json!(6001)),
            ("minutes", json!(-1)),
            ("marked_at", json!(-1)),
            ("marked_at", json!(10_000_000_000_000_i64)),
            ("marked_at", json!("2026-11-21")),
        ] {
            let mut mark = mark();
            mark[field] = value.clone();
            assert_eq!(read(mark), Err(name.clone()), "{field} {value}");
        }
        for uuid in [
            json!(null),
            json!(7),
            json!("x"),
            json!("01234567-89AB-cdef-0123-456789abcdef"),
            json!("01234567_89ab-cdef-0123-456789abcdef"),
            json!("ñ1234567-89ab-cdef-0123-456789abcde"),
        ] {
            let mut mark = mark();
            mark["uuid"] = uuid.clone();
            assert_eq!(read(mark), Err(None), "{uuid}");
        }
        for value in [json!(null), json!([]), json!("x"), json!({})] {
            assert_eq!(read(value.clone()), Err(None), "{value}");
        }
    }

    #[test]
    fn what_is_no_request_is_refused_whole() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let deep_mark = format!(r#"{{"token":"x","device_now":1,"marks":[{deep}]}}"#);
        let many = json!({ "token": "x", "device_now": 1, "marks": vec![mark(); 501] }).to_string();
        for body in [
            "",
            "{}",
            "[]",
            "null",
            "\u{0}",
            r#"{"token":"x","device_now":-1,"marks":[]}"#,
            r#"{"token":"x","device_now":1e400,"marks":[]}"#,
            r#"{"token":"x","device_now":1,"marks":{}}"#,
            r#"{"token":1,"device_now":1,"marks":[]}"#,
            &deep,
            &deep_mark,
            &many,
        ] {
            assert!(Sent::parse(body.as_bytes()).is_none());
        }
        assert!(Sent::parse(&[0xff; 100]).is_none());
        let sound = json!({ "token": "x", "device_now": 1, "marks": vec![mark(); 500] });
        let sound = Sent::parse(sound.to_string().as_bytes()).expect("a request");
        assert_eq!(sound.marks.len(), 500);
    }
}

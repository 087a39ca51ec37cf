//! The codes on a room's screen: new every 30 seconds, made of the server's key and the time alone.

use chrono::{DateTime, TimeZone as _, Utc};

use crate::{server::Secrets, sessions::SessionId};

/// How long a code is shown, in seconds.
pub const STEP: i64 = 30;

/// How many minutes the form for who is not enrolled may take to be filled in.
const FORM_MINUTES: i64 = 20;

/// No letter or digit that looks or sounds like another, and no vowels, so that no word appears.
const ALPHABET: &[u8; 19] = b"CDFHJKMNPRTVWXY3479";

/// Which of the codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The one that is typed: 19⁶, some 47 million.
    Typed,
    /// The one in the address behind the picture: 19¹², beyond guessing.
    Scanned,
    /// The one in the address of the form for who is not enrolled, taken for as long as filling it
    /// in may take.
    WalkIn,
}

impl Kind {
    const fn purpose(self) -> &'static str {
        match self {
            Self::Typed => "room code",
            Self::Scanned => "room code scanned",
            Self::WalkIn => "room code walk-in",
        }
    }

    const fn length(self) -> u32 {
        match self {
            Self::Typed => 6,
            Self::Scanned | Self::WalkIn => 12,
        }
    }

    /// How many steps before the present one are taken: who has just scanned it still gets there.
    const fn earlier_steps(self) -> i64 {
        match self {
            Self::Typed | Self::Scanned => 1,
            Self::WalkIn => FORM_MINUTES * 60 / STEP,
        }
    }
}

/// The code of a session at a moment.
pub fn code(secrets: &Secrets, kind: Kind, session: SessionId, now: DateTime<Utc>) -> String {
    at_step(secrets, kind, session, step(now))
}

/// Whether this was typed or scanned from the session's screen now, or just before.
pub fn is_shown(
    secrets: &Secrets,
    kind: Kind,
    session: SessionId,
    typed: &str,
    now: DateTime<Utc>,
) -> bool {
    let typed = plain(typed);
    let present = step(now);
    (present - kind.earlier_steps()..=present)
        .any(|step| same(&typed, &at_step(secrets, kind, session, step)))
}

/// When the next code comes.
pub fn next_change(now: DateTime<Utc>) -> DateTime<Utc> {
    Utc.timestamp_opt((step(now) + 1) * STEP, 0)
        .single()
        .expect("clocks stand within the range of dates")
}

fn step(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(STEP)
}

fn at_step(secrets: &Secrets, kind: Kind, session: SessionId, step: i64) -> String {
    let hash = secrets.lookup_hash(kind.purpose(), &format!("{session}:{step}"));
    let mut rest = u64::from_le_bytes(hash[..8].try_into().expect("eight bytes"));
    let base = ALPHABET.len() as u64;
    (0..kind.length())
        .map(|_| {
            let index = usize::try_from(rest % base).expect("less than the alphabet");
            rest /= base;
            char::from(ALPHABET[index])
        })
        .collect()
}

/// As it is compared: capital letters and digits.
fn plain(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Compares without telling by the time it takes how much was right.
fn same(typed: &str, code: &str) -> bool {
    blake3::hash(typed.as_bytes()) == blake3::hash(code.as_bytes())
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    const SESSION: SessionId = SessionId::new(7);

    fn secrets() -> Secrets {
        Secrets::from_key(&[7; 32])
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("a time")
    }

    #[test]
    fn a_code_is_taken_while_it_is_shown_and_one_step_longer() {
        for kind in [Kind::Typed, Kind::Scanned] {
            let code = code(&secrets(), kind, SESSION, at(0));
            for (seconds, taken) in [
                (-1, false),
                (0, true),
                (29, true),
                (30, true),
                (59, true),
                (60, false),
                (3600, false),
            ] {
                let found = is_shown(&secrets(), kind, SESSION, &code, at(seconds));
                assert_eq!(found, taken, "{kind:?} after {seconds} s");
            }
        }
    }

    #[test]
    fn a_form_may_take_twenty_minutes() {
        let code = code(&secrets(), Kind::WalkIn, SESSION, at(0));
        for (seconds, taken) in [(0, true), (1229, true), (1230, false)] {
            let found = is_shown(&secrets(), Kind::WalkIn, SESSION, &code, at(seconds));
            assert_eq!(found, taken, "after {seconds} s");
        }
        let scanned = is_shown(&secrets(), Kind::Scanned, SESSION, &code, at(0));
        assert!(!scanned, "it checks nobody in");
    }

    #[test]
    fn a_code_belongs_to_its_session_its_kind_and_its_server() {
        let typed = code(&secrets(), Kind::Typed, SESSION, at(0));
        let scanned = code(&secrets(), Kind::Scanned, SESSION, at(0));
        assert_eq!((typed.len(), scanned.len()), (6, 12));
        assert!(!scanned.starts_with(&typed));
        let (other, key) = (SessionId::new(8), Secrets::from_key(&[8; 32]));
        assert!(!is_shown(&secrets(), Kind::Typed, other, &typed, at(0)));
        assert!(!is_shown(&key, Kind::Typed, SESSION, &typed, at(0)));
        assert!(!is_shown(&secrets(), Kind::Scanned, SESSION, &typed, at(0)));
        assert!(!is_shown(&secrets(), Kind::Typed, SESSION, &scanned, at(0)));
    }

    #[test]
    fn it_may_be_typed_as_people_type() {
        let code = code(&secrets(), Kind::Typed, SESSION, at(0));
        let spaced = format!(" {}-{} ", &code[..3], code[3..].to_lowercase());
        assert!(is_shown(&secrets(), Kind::Typed, SESSION, &spaced, at(0)));
        for wrong in ["", "000000", &code[1..], &format!("{code}C"), "ÑÑÑÑÑÑ"] {
            assert!(!is_shown(&secrets(), Kind::Typed, SESSION, wrong, at(0)));
        }
    }

    #[test]
    fn codes_differ_from_step_to_step() {
        let codes: std::collections::BTreeSet<String> = (0..1000)
            .map(|step| code(&secrets(), Kind::Typed, SESSION, at(step * STEP)))
            .collect();
        assert!(codes.len() > 998, "{}", codes.len());
        let letters = codes.iter().flat_map(|code| code.bytes());
        assert!(letters.into_iter().all(|letter| ALPHABET.contains(&letter)));
    }

    #[test]
    fn the_next_code_comes_at_the_next_step() {
        for (seconds, next) in [(0, 30), (1, 30), (29, 30), (30, 60)] {
            assert_eq!(next_change(at(seconds)), at(0) + Duration::seconds(next));
        }
    }
}

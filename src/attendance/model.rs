//! Attendance marks: ids, choices, and a cell as server and browser share it.

use serde::{Deserialize, Serialize};

use crate::{
    enrolment::EnrolmentId,
    error::Fault,
    sessions::SessionId,
    values::{choice, id},
};

id! {
    /// One mark: who said what, when, about one enrolment in one session.
    MarkId
}

choice! {
    /// What a mark says.
    MarkStatus {
        Present => "present",
        Late => "late",
        Partial => "partial",
        Excused => "excused",
        Absent => "absent",
        /// Takes an earlier mark back.
        NotTaken => "not_taken",
    }
}

choice! {
    /// Where a mark came from.
    MarkSource {
        Form => "form",
        Grid => "grid",
        SelfPaced => "self_paced",
        Demo => "demo",
        /// The code in the room, by the participant's own phone.
        RoomCode => "room_code",
        /// The participant's own code, scanned by who takes attendance.
        PersonalCode => "personal_code",
        /// The form for who comes without being enrolled.
        WalkIn => "walk_in",
        /// The participant report of a video call.
        VideoCall => "video_call",
        /// A sheet that was signed on paper.
        Sheet => "sheet",
        /// A phone that was offline.
        Offline => "offline",
    }
}

impl MarkStatus {
    /// Whether the person was there, if only for a part.
    pub const fn attended(self) -> bool {
        matches!(self, Self::Present | Self::Late | Self::Partial)
    }

    /// The minutes that a mark of this status records in a session of `planned` minutes.
    ///
    /// `given` counts for [`MarkStatus::Partial`] alone, where it must lie between 1 and
    /// `planned` − 1. Present and late are the whole session, excused and absent none of it;
    /// whether excused minutes count in the end is the course's rule, not the mark's.
    pub fn minutes(self, given: Option<i64>, planned: i64) -> Result<i64, Fault> {
        match self {
            Self::Present | Self::Late => Ok(planned),
            Self::Excused | Self::Absent | Self::NotTaken => Ok(0),
            Self::Partial => given
                .filter(|minutes| (1..planned).contains(minutes))
                .ok_or(Fault::BadMinutes { planned }),
        }
    }
}

/// What a client names a mark by, so that a request sent twice is done once: 8 to 64 letters,
/// digits, `-` or `_`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientKey(String);

impl ClientKey {
    /// Parses a key.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        match text.len() {
            0 => Err(Fault::Missing),
            1..8 => Err(Fault::TooShort { min: 8 }),
            65.. => Err(Fault::TooLong { max: 64 }),
            _ if text.bytes().all(sound) => Ok(Self(text.to_owned())),
            _ => Err(Fault::BadCharacter),
        }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One person in one session, as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The person's enrolment.
    pub enrolment: EnrolmentId,
    /// The session.
    pub session: SessionId,
    /// What stands; [`MarkStatus::NotTaken`] where nothing does.
    pub status: MarkStatus,
    /// Minutes attended.
    pub minutes: i64,
    /// The newest mark: whoever marks next says by it what they have seen.
    pub newest: Option<MarkId>,
    /// Two markers disagree and nobody has settled it yet.
    pub conflict: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_follow_from_the_status() {
        use MarkStatus::{Absent, Excused, Late, NotTaken, Partial, Present};
        let bad = Err(Fault::BadMinutes { planned: 240 });
        for (status, given, minutes) in [
            (Present, None, Ok(240)),
            (Present, Some(5), Ok(240)),
            (Late, None, Ok(240)),
            (Excused, None, Ok(0)),
            (Absent, Some(5), Ok(0)),
            (NotTaken, None, Ok(0)),
            (Partial, Some(1), Ok(1)),
            (Partial, Some(239), Ok(239)),
            (Partial, Some(0), bad.clone()),
            (Partial, Some(240), bad.clone()),
            (Partial, Some(-5), bad.clone()),
            (Partial, None, bad),
        ] {
            assert_eq!(
                status.minutes(given, 240),
                minutes,
                "{status}, given {given:?}"
            );
        }
    }

    #[test]
    fn keys_are_plain_and_of_bounded_length() {
        for (text, fault) in [
            ("", Fault::Missing),
            ("1234567", Fault::TooShort { min: 8 }),
            ("12345678 ", Fault::BadCharacter),
        ] {
            assert_eq!(ClientKey::parse(text), Err(fault));
        }
        assert!(ClientKey::parse("a1b2-c3_d4").is_ok());
        assert!(ClientKey::parse(&"x".repeat(64)).is_ok());
        assert_eq!(
            ClientKey::parse(&"x".repeat(65)),
            Err(Fault::TooLong { max: 64 })
        );
    }
}

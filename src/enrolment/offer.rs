//! Offers: a seat that came free is kept for whoever is next until they answer, where the edition
//! gives them time for that. While it lasts, the seat counts as taken.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};

use super::{EnrolmentId, OfferToken};
use crate::server::{Secrets, clock::from_lima, secrets::hexadecimal};

/// The least time that is given, though the edition begins before.
const LEAST: Duration = Duration::hours(1);

/// Until when somebody may answer who is offered a seat now: so many hours, and not beyond the
/// beginning of the edition's first day, but never less than an hour.
pub fn answer_until(now: DateTime<Utc>, hours: i64, starts_on: NaiveDate) -> DateTime<Utc> {
    let begins = from_lima(starts_on.and_time(NaiveTime::MIN));
    let latest = if begins > now {
        begins
    } else {
        DateTime::<Utc>::MAX_UTC
    };
    (now + Duration::hours(hours)).min(latest.max(now + LEAST))
}

impl OfferToken {
    /// Of the offer made to somebody until that moment.
    pub fn new(secrets: &Secrets, enrolment: EnrolmentId, until: DateTime<Utc>) -> Self {
        let text = format!("{enrolment}:{}", until.timestamp());
        let proof = hexadecimal(&secrets.lookup_hash("seat offer", &text)[..16]);
        Self { enrolment, proof }
    }

    /// Whether it is that of this offer, told in a time that gives nothing away.
    pub fn proves(&self, secrets: &Secrets, until: DateTime<Utc>) -> bool {
        let true_proof = Self::new(secrets, self.enrolment, until).proof;
        blake3::hash(true_proof.as_bytes()) == blake3::hash(self.proof.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    #[test]
    fn how_long_there_is_to_answer() {
        // now, hours, the first day (it begins at 05:00 UTC), until when
        let cases = [
            (
                "2026-11-21T15:00:00Z",
                48,
                "2026-12-05",
                "2026-11-23T15:00:00Z",
            ),
            (
                "2026-11-21T15:00:00Z",
                48,
                "2026-11-23",
                "2026-11-23T05:00:00Z",
            ),
            // An hour before it begins, and less than that.
            (
                "2026-11-23T04:00:00Z",
                48,
                "2026-11-23",
                "2026-11-23T05:00:00Z",
            ),
            (
                "2026-11-23T04:01:00Z",
                48,
                "2026-11-23",
                "2026-11-23T05:01:00Z",
            ),
            // An edition under way gives the whole time.
            (
                "2026-11-23T05:00:00Z",
                48,
                "2026-11-23",
                "2026-11-25T05:00:00Z",
            ),
            (
                "2026-11-24T05:00:00Z",
                1,
                "2026-11-23",
                "2026-11-24T06:00:00Z",
            ),
        ];
        for (now, hours, day, until) in cases {
            let day = day.parse().expect("a day");
            assert_eq!(
                answer_until(at(now), hours, day),
                at(until),
                "{now} {hours} {day}"
            );
        }
    }

    #[test]
    fn a_token_holds_for_its_offer_alone() {
        let (secrets, now) = (Secrets::from_key(&[7; 32]), at("2026-11-21T15:00:00Z"));
        let token = OfferToken::new(&secrets, EnrolmentId::new(12), now);
        let read = OfferToken::parse(&token.to_string()).expect("a token");
        assert_eq!(read, token);
        assert!(read.proves(&secrets, now));
        assert!(!read.proves(&secrets, now + Duration::seconds(1)));
        assert!(!read.proves(&Secrets::from_key(&[8; 32]), now));
        let other = OfferToken {
            enrolment: EnrolmentId::new(13),
            ..token.clone()
        };
        assert!(!other.proves(&secrets, now));
        let proof = &token.to_string()[3..];
        for text in [
            "",
            "-",
            "12",
            "12-",
            "12-abc",
            "x-00",
            &format!("0-{proof}"),
            &format!("12-{proof}0"),
        ] {
            assert_eq!(OfferToken::parse(text), None, "{text}");
        }
    }
}

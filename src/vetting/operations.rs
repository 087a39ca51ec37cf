//! Saying which sectors are vetted, and what the funder answered.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::{VettingState, queries};
use crate::{
    access::{ManageEnrolments, ManageProgram, Viewer, permit},
    audit,
    courses::{EditionId, ProgramId, visible_header},
    enrolment::{
        EnrolmentId,
        operations::{fill_free_seats, still_changes},
    },
    error::{AppError, Fault, FormCheck},
    people::Sector,
    server::AppState,
    values::{chosen, date, optional},
};

/// For how many days at most somebody is cleared: five years.
const LONGEST: u64 = 5 * 366;

/// What the funder answered, or that it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Where the vetting stands.
    pub state: VettingState,
    /// The last day on which somebody is cleared; for [`VettingState::Cleared`] alone.
    pub cleared_until: Option<NaiveDate>,
}

impl Answer {
    /// Parses what was typed. A day is needed for who is cleared, from `today` on, and left aside
    /// for everybody else.
    pub fn parse(state: &str, until: &str, today: NaiveDate) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let state = check.field("state", chosen(state));
        let until = if state == Some(VettingState::Cleared) {
            check.field("cleared_until", day(until, today).map(Some))
        } else {
            Some(None)
        };
        let (state, cleared_until) = check.finish((state, until))?;
        Ok(Self {
            state,
            cleared_until,
        })
    }
}

fn day(typed: &str, today: NaiveDate) -> Result<NaiveDate, Fault> {
    let day = optional(typed, date)?.ok_or(Fault::Missing)?;
    let latest = today + Days::new(LONGEST);
    if day < today {
        Err(Fault::DateTooEarly { earliest: today })
    } else if day > latest {
        Err(Fault::DateTooLate { latest })
    } else {
        Ok(day)
    }
}

/// What the audit trail keeps of a program's rule.
#[derive(Serialize)]
struct Rules<'a> {
    vetted: &'a [Sector],
}

/// Says which sectors are vetted in a program; who has a seat already keeps it.
pub async fn set_rules(
    state: &AppState,
    viewer: &Viewer,
    program: ProgramId,
    sectors: &[Sector],
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageProgram(program)).await?;
    let before = queries::rules(&mut tx, program).await?;
    queries::set_rules(&mut tx, program, sectors).await?;
    let after = queries::rules(&mut tx, program).await?;
    let event = audit::Event::new("vetting_rules", "program", program.get())
        .before(&Rules { vetted: &before })
        .after(&Rules { vetted: &after });
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    tx.commit().await
}

/// What became of an answer: for how many people it was recorded, and how many of those who waited
/// got a seat by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// People it was recorded for.
    pub people: i64,
    /// Seats that went to the waiting list.
    pub filled: i64,
}

/// Records what the funder answered about the chosen people of an edition, for its whole program.
///
/// `NotFound` when one of them is not vetted in this edition: then nothing is recorded.
pub async fn record(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    chosen: &[EnrolmentId],
    answer: Answer,
) -> Result<Recorded, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageEnrolments(edition)).await?;
    let edition = visible_header(&mut tx, Some(viewer), edition).await?;
    let mut people = 0;
    for &enrolment in chosen {
        let vetted = queries::vetted(&mut tx, edition.id, enrolment).await?;
        let vetted = vetted.ok_or(AppError::NotFound)?;
        let before = Answer {
            state: vetted.state,
            cleared_until: vetted.cleared_until,
        };
        people += 1;
        if before == answer {
            continue;
        }
        queries::record(&mut tx, (vetted.person, edition.program), answer, now).await?;
        let event = audit::Event::new("vetting_record", "person", vetted.person.get())
            .program(Some(edition.program))
            .before(&before)
            .after(&answer);
        audit::record_permitted(&mut tx, now, &permit, event).await?;
    }
    let filled = if still_changes(&edition).is_ok() {
        fill_free_seats(state, &mut tx, &permit, &edition).await?
    } else {
        0
    };
    tx.commit().await?;
    Ok(Recorded { people, filled })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_about_an_answer() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
        let until = |text: &str| {
            Ok(Answer {
                state: VettingState::Cleared,
                cleared_until: Some(text.parse().expect("a day")),
            })
        };
        let plain = |state| {
            Ok(Answer {
                state,
                cleared_until: None,
            })
        };
        let refused = |field: &str, fault| Err(AppError::field(field, fault));
        let latest = today + Days::new(LONGEST);
        let cases = [
            ("submitted", "", plain(VettingState::Submitted)),
            ("denied", "2026-12-31", plain(VettingState::Denied)),
            (
                "to_submit",
                "what is not asked for",
                plain(VettingState::ToSubmit),
            ),
            ("cleared", "2026-11-21", until("2026-11-21")),
            ("cleared", "2027-11-20", until("2027-11-20")),
            ("cleared", "", refused("cleared_until", Fault::Missing)),
            (
                "cleared",
                "mañana",
                refused("cleared_until", Fault::NotADate),
            ),
            (
                "cleared",
                "2026-11-20",
                refused("cleared_until", Fault::DateTooEarly { earliest: today }),
            ),
            (
                "cleared",
                "2099-01-01",
                refused("cleared_until", Fault::DateTooLate { latest }),
            ),
            ("", "", refused("state", Fault::Missing)),
            ("maybe", "", refused("state", Fault::UnknownChoice)),
        ];
        for (state, day, expected) in cases {
            assert_eq!(Answer::parse(state, day, today), expected, "{state} {day}");
        }
    }
}

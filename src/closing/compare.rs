//! What is different between two closing records of an edition, or between the last one and today.

use super::content::{CellSaid, Facts, HeadcountSaid, PersonSaid, SessionSaid};
use crate::{enrolment::EnrolmentId, enrolment::EnrolmentState, sessions::SessionId};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A session came, went, or is worth other minutes.
    Session {
        /// Which.
        session: SessionId,
        /// Its title.
        title: String,
        /// Planned minutes before; nothing: it was not there.
        before: Option<i64>,
        /// Planned minutes after; nothing: it is not there any more.
        after: Option<i64>,
    },
    /// How many were counted in a session, how many of them nobody knows by name, or why.
    Headcount {
        /// Which session.
        session: SessionId,
        /// Its title.
        title: String,
        /// What was counted before; nothing: nobody had counted.
        before: Option<HeadcountSaid>,
        /// What is counted after.
        after: Option<HeadcountSaid>,
    },
    /// Something is different about somebody who takes part.
    Person {
        /// Whose enrolment.
        enrolment: EnrolmentId,
        /// "Quispe Mamani, Rosa".
        name: String,
        /// What is different.
        what: About,
    },
}

/// What is different about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// They take part now and did not before.
    Joined,
    /// They took part before and do not now.
    Left,
    /// What stands in a session.
    Cell {
        /// Which session.
        session: SessionId,
        /// Its title.
        title: String,
        /// What stood; nothing: not taken.
        before: Option<CellSaid>,
        /// What stands; nothing: not taken.
        after: Option<CellSaid>,
    },
    /// The grade, in tenths.
    Grade {
        /// The grade before.
        before: Option<i64>,
        /// The grade after.
        after: Option<i64>,
    },
    /// The outcome.
    Outcome {
        /// The outcome before.
        before: EnrolmentState,
        /// The outcome after.
        after: EnrolmentState,
    },
}

/// Everything that is different, sessions first, then people in the order of the later list.
pub fn changes(before: &Facts, after: &Facts) -> Vec<Change> {
    let mut found = sessions(before, after);
    found.extend(headcounts(before, after));
    for person in &after.people {
        match before
            .people
            .iter()
            .find(|was| was.enrolment == person.enrolment)
        {
            Some(was) => found.extend(about(was, person, after)),
            None => found.push(of(person, About::Joined)),
        }
    }
    let gone = before.people.iter().filter(|was| {
        let there = |person: &PersonSaid| person.enrolment == was.enrolment;
        !after.people.iter().any(there)
    });
    found.extend(gone.map(|was| of(was, About::Left)));
    found
}

fn of(person: &PersonSaid, what: About) -> Change {
    Change::Person {
        enrolment: person.enrolment,
        name: person.name.clone(),
        what,
    }
}

fn sessions(before: &Facts, after: &Facts) -> Vec<Change> {
    let planned = |list: &[SessionSaid], id: SessionId| {
        let found = list.iter().find(|session| session.id == id);
        found.map(|session| session.planned_minutes)
    };
    let is_new = |session: &&SessionSaid| planned(&after.sessions, session.id).is_none();
    let gone = before.sessions.iter().filter(is_new);
    let all = after.sessions.iter().chain(gone);
    all.filter_map(|session| {
        let was = planned(&before.sessions, session.id);
        let is = planned(&after.sessions, session.id);
        (was != is).then(|| Change::Session {
            session: session.id,
            title: session.title.clone(),
            before: was,
            after: is,
        })
    })
    .collect()
}

/// Headcounts of the sessions that are there. How many are named is told of each person.
fn headcounts(before: &Facts, after: &Facts) -> Vec<Change> {
    let said = |count: &HeadcountSaid| (count.counted, count.unnamed, count.explanation.clone());
    let change = |session: &SessionSaid| {
        let mut earlier = before.sessions.iter();
        let was = earlier
            .find(|was| was.id == session.id)
            .and_then(|was| was.headcount.clone());
        let is = session.headcount.clone();
        (was.as_ref().map(said) != is.as_ref().map(said)).then(|| Change::Headcount {
            session: session.id,
            title: session.title.clone(),
            before: was,
            after: is,
        })
    };
    after.sessions.iter().filter_map(change).collect()
}

/// What is different about one person. Cells of a session that went are told by its going.
fn about(was: &PersonSaid, is: &PersonSaid, after: &Facts) -> Vec<Change> {
    let mut found = Vec::new();
    for session in &after.sessions {
        let (before, now) = (cell(was, session.id), cell(is, session.id));
        // A session that was made longer carries its cells along: that is told once, of the session.
        let same = match (before, now) {
            (Some(before), Some(now)) if before.status == now.status => {
                before.minutes == now.minutes || carried(before)
            }
            (before, now) => before.is_none() && now.is_none(),
        };
        if !same {
            found.push(About::Cell {
                session: session.id,
                title: session.title.clone(),
                before,
                after: now,
            });
        }
    }
    if was.grade_tenths != is.grade_tenths {
        found.push(About::Grade {
            before: was.grade_tenths,
            after: is.grade_tenths,
        });
    }
    if was.outcome != is.outcome {
        found.push(About::Outcome {
            before: was.outcome,
            after: is.outcome,
        });
    }
    found.into_iter().map(|what| of(is, what)).collect()
}

const fn carried(cell: CellSaid) -> bool {
    use crate::attendance::MarkStatus::{Late, Present};
    matches!(cell.status, Present | Late)
}

fn cell(person: &PersonSaid, session: SessionId) -> Option<CellSaid> {
    let found = person.cells.iter().find(|cell| cell.session == session);
    found.copied()
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;
    use crate::{attendance::MarkStatus, courses::Modality, paper::BySex, people::Sex};

    fn session(id: i64, planned_minutes: i64) -> SessionSaid {
        let at = |hour| {
            let day = chrono::Utc.with_ymd_and_hms(2026, 11, 21, hour, 0, 0);
            day.single().expect("a time")
        };
        SessionSaid {
            id: SessionId::new(id),
            title: format!("S{id}"),
            modality: Modality::InPerson,
            starts_at: at(14),
            ends_at: at(18),
            planned_minutes,
            headcount: None,
        }
    }

    fn cell_said(session: i64, status: MarkStatus, minutes: i64) -> CellSaid {
        CellSaid {
            session: SessionId::new(session),
            status,
            minutes,
        }
    }

    fn person(id: i64, cells: Vec<CellSaid>) -> PersonSaid {
        PersonSaid {
            enrolment: EnrolmentId::new(id),
            name: format!("P{id}"),
            institution: None,
            sector: None,
            sex: Sex::Unstated,
            cells,
            attended_minutes: 0,
            planned_minutes: 0,
            grade_tenths: None,
            outcome: EnrolmentState::NotCompleted,
            earned: None,
            due: None,
        }
    }

    fn facts(sessions: Vec<SessionSaid>, people: Vec<PersonSaid>) -> Facts {
        Facts { sessions, people }
    }

    #[test]
    fn what_is_the_same_is_no_change() {
        let one = facts(
            vec![session(1, 240)],
            vec![
                person(1, vec![cell_said(1, MarkStatus::Present, 240)]),
                person(2, vec![]),
            ],
        );
        assert_eq!(changes(&one, &one), vec![]);
        // A renamed person or another institution is the same participation.
        let mut other = one.clone();
        other.people[0].name = "Otro nombre".to_owned();
        assert_eq!(changes(&one, &other), vec![]);
    }

    #[test]
    fn every_cell_grade_and_outcome_is_told() {
        let before = facts(
            vec![session(1, 240), session(2, 240)],
            vec![
                person(
                    1,
                    vec![
                        cell_said(1, MarkStatus::Present, 240),
                        cell_said(2, MarkStatus::Partial, 60),
                    ],
                ),
                person(2, vec![cell_said(1, MarkStatus::Absent, 0)]),
                person(3, vec![]),
            ],
        );
        let mut after = before.clone();
        after.people[0].cells = vec![
            cell_said(1, MarkStatus::Late, 240),
            cell_said(2, MarkStatus::Partial, 90),
        ];
        after.people[0].grade_tenths = Some(150);
        after.people[1].cells = vec![];
        after.people[1].outcome = EnrolmentState::NoShow;
        after.people[2] = person(4, vec![]);
        let said: Vec<String> = changes(&before, &after)
            .into_iter()
            .map(|change| match change {
                Change::Session { title, .. } | Change::Headcount { title, .. } => title,
                Change::Person { name, what, .. } => match what {
                    About::Joined => format!("{name} joined"),
                    About::Left => format!("{name} left"),
                    About::Cell {
                        title,
                        before,
                        after,
                        ..
                    } => {
                        let minutes =
                            |cell: Option<CellSaid>| cell.map(|cell| (cell.status, cell.minutes));
                        format!("{name} {title} {:?} {:?}", minutes(before), minutes(after))
                    }
                    About::Grade { before, after } => format!("{name} {before:?} {after:?}"),
                    About::Outcome { before, after } => format!("{name} {before} {after}"),
                },
            })
            .collect();
        assert_eq!(
            said,
            [
                "P1 S1 Some((Present, 240)) Some((Late, 240))",
                "P1 S2 Some((Partial, 60)) Some((Partial, 90))",
                "P1 None Some(150)",
                "P2 S1 Some((Absent, 0)) None",
                "P2 not_completed no_show",
                "P4 joined",
                "P3 left",
            ]
        );
    }

    #[test]
    fn a_headcount_is_told_with_its_remainder_and_its_reason() {
        let by = |women, men| BySex {
            women,
            men,
            unstated: 0,
        };
        let count = |counted, named: BySex, explanation: Option<&str>| HeadcountSaid {
            counted,
            named,
            unnamed: counted.beyond(named),
            explanation: explanation.map(str::to_owned),
        };
        let with = |headcount: Option<HeadcountSaid>| {
            let mut said = session(1, 240);
            said.headcount = headcount;
            facts(vec![said], vec![])
        };
        let first = count(by(10, 5), by(8, 5), Some("No firmaron"));
        for (before, after, told) in [
            (None, None, false),
            (None, Some(first.clone()), true),
            (Some(first.clone()), None, true),
            (Some(first.clone()), Some(first.clone()), false),
            (
                Some(first.clone()),
                Some(count(by(10, 5), by(9, 5), Some("No firmaron"))),
                true,
            ),
            (Some(first), Some(count(by(10, 5), by(8, 5), None)), true),
            // Named beyond counted changes no remainder: the cells tell it.
            (
                Some(count(by(1, 0), by(2, 0), None)),
                Some(count(by(1, 0), by(3, 0), None)),
                false,
            ),
        ] {
            let expected = told.then(|| Change::Headcount {
                session: SessionId::new(1),
                title: "S1".to_owned(),
                before: before.clone(),
                after: after.clone(),
            });
            let found = changes(&with(before), &with(after));
            assert_eq!(found, Vec::from_iter(expected));
        }
    }

    #[test]
    fn a_longer_session_is_told_once() {
        let people = |minutes| vec![person(1, vec![cell_said(1, MarkStatus::Present, minutes)])];
        let before = facts(vec![session(1, 240), session(2, 60)], people(240));
        let after = facts(vec![session(1, 300), session(3, 90)], people(300));
        let change = |id, before, after| Change::Session {
            session: SessionId::new(id),
            title: format!("S{id}"),
            before,
            after,
        };
        assert_eq!(
            changes(&before, &after),
            [
                change(1, Some(240), Some(300)),
                change(3, None, Some(90)),
                change(2, Some(60), None),
            ]
        );
    }
}

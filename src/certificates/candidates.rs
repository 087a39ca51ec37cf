//! Who takes part in an edition, what they have earned, and what was issued to them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{
    CertificateKind, CertificateState,
    queries::{self, IssuedRow, Schedule},
    rule::{self, Issued, Rule, Standing},
};
use crate::{
    access::Viewer,
    attendance::{self, Share},
    courses::{EditionHeader, EditionState},
    documents::prints,
    enrolment::{
        EnrolmentId, EnrolmentState,
        queries::{RosterEntry, roster},
    },
    error::AppError,
    people::full_name,
};

#[expect(
    clippy::struct_excessive_bools,
    reason = "what certificates and outcomes depend on"
)]
/// One person who takes part in an edition.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who, and with which grade.
    pub entry: RosterEntry,
    /// What they attended.
    pub share: Share,
    /// What that earns.
    pub standing: Standing,
    /// Whether certificates may be issued to them yet.
    pub in_time: bool,
    /// Whether marks about them disagree, so that nobody knows yet what they attended.
    pub disputed: bool,
    /// Whether they were excused from some session: then they have not simply stayed away.
    pub excused: bool,
    /// Whether it is whoever would issue: nobody certifies themselves.
    pub own: bool,
    /// Everything issued to them in this edition, the last first.
    pub(super) issued: Vec<IssuedRow>,
}

impl Candidate {
    /// The certificate that is valid.
    pub(super) fn valid(&self) -> Option<&IssuedRow> {
        self.issued
            .iter()
            .find(|row| row.state == CertificateState::Valid)
    }

    fn last(&self) -> Issued {
        match self.valid() {
            Some(row) => Issued::Valid(row.kind),
            None if self.issued.is_empty() => Issued::Nothing,
            None => Issued::Revoked,
        }
    }

    /// What is due to them without further thought.
    pub fn due(&self) -> Option<CertificateKind> {
        rule::due(self.standing, self.may_receive(), self.last())
    }

    /// Whether a sheet can print their names.
    pub fn is_printable(&self) -> bool {
        prints(&full_name(
            &self.entry.given_names,
            &self.entry.paternal_surname,
            self.entry.maternal_surname.as_deref(),
        ))
    }

    /// What is due to them and can be printed.
    pub fn printable_due(&self) -> Option<CertificateKind> {
        self.due().filter(|_| self.is_printable())
    }

    /// What may be issued to them on a coordinator's word.
    pub fn issuable(&self) -> Option<CertificateKind> {
        rule::issuable(self.standing, self.may_receive(), self.last())
    }

    /// In time, without open questions, not to whoever issues, and in a closed edition only with the outcome it closed
    /// with: a course that asks for less afterwards gives nobody a certificate.
    fn may_receive(&self) -> bool {
        self.in_time && !self.disputed && !self.own && !self.failed_at_closing()
    }

    fn failed_at_closing(&self) -> bool {
        matches!(
            self.entry.state,
            EnrolmentState::NotCompleted | EnrolmentState::NoShow
        )
    }
}

/// What an edition asks for since it was announced.
pub(super) const fn rule_of(header: &EditionHeader) -> Rule {
    Rule {
        min_share_permille: header.min_share_permille,
        min_grade_tenths: header.min_grade_tenths,
    }
}

/// The same for who may issue certificates to all of them but to themselves.
pub(super) async fn candidates_for(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    header: &EditionHeader,
    viewer: &Viewer,
) -> Result<Vec<Candidate>, AppError> {
    let mut people = candidates(connection, now, header).await?;
    for candidate in &mut people {
        candidate.own = candidate.entry.person == viewer.person;
    }
    Ok(people)
}

/// Everybody who takes part in an edition, by name.
pub async fn candidates(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    header: &EditionHeader,
) -> Result<Vec<Candidate>, AppError> {
    let entries = roster(connection, header.id).await?;
    let shares = attendance::shares(connection, header.id, now).await?;
    let remarks = attendance::remarks(connection, header.id).await?;
    let schedule = queries::schedule(connection, header.id).await?;
    let credited = credited(connection, header, &schedule).await?;
    let mut issued = issued(connection, header).await?;
    let candidate = |entry: RosterEntry| {
        let share = shares.get(&entry.enrolment).copied().unwrap_or_default();
        let credited = credited.get(&entry.enrolment).copied().unwrap_or(0);
        let remarks = remarks.get(&entry.enrolment).copied().unwrap_or_default();
        Candidate {
            share,
            standing: rule::standing(share, entry.grade_tenths, rule_of(header)),
            disputed: remarks.disputed,
            excused: remarks.excused,
            in_time: in_time(header.state, &schedule, credited, now),
            own: false,
            issued: issued.remove(&entry.enrolment).unwrap_or_default(),
            entry,
        }
    };
    Ok(entries.into_iter().map(candidate).collect())
}

/// Whether people take part and none of them attended anything: more likely attendance was never
/// taken than nobody came.
pub(super) fn nobody_attended(candidates: &[Candidate]) -> bool {
    let absent = |candidate: &Candidate| candidate.share.attended == 0;
    !candidates.is_empty() && candidates.iter().all(absent)
}

/// Certificates are issued when all sessions have ended or the edition was closed, or earlier to
/// whoever has credit in every session of an edition that is self-paced throughout; never in drafts
/// or cancelled editions.
fn in_time(state: EditionState, schedule: &Schedule, credited: i64, now: DateTime<Utc>) -> bool {
    if matches!(state, EditionState::Draft | EditionState::Cancelled) {
        return false;
    }
    let over = schedule.last_end.is_some_and(|end| end <= now);
    let done = schedule.is_self_paced() && credited == schedule.sessions;
    over || done || state == EditionState::Closed
}

/// How many sessions each enrolment has credit in; asked only where it decides something.
async fn credited(
    connection: &mut SqliteConnection,
    header: &EditionHeader,
    schedule: &Schedule,
) -> Result<BTreeMap<EnrolmentId, i64>, AppError> {
    if !schedule.is_self_paced() {
        return Ok(BTreeMap::new());
    }
    Ok(queries::credited_sessions(connection, header.id).await?)
}

async fn issued(
    connection: &mut SqliteConnection,
    header: &EditionHeader,
) -> Result<BTreeMap<EnrolmentId, Vec<IssuedRow>>, AppError> {
    let mut found: BTreeMap<EnrolmentId, Vec<IssuedRow>> = BTreeMap::new();
    for row in queries::issued_in_edition(connection, header.id).await? {
        found.entry(row.enrolment).or_default().push(row);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    #[test]
    fn certificates_wait_for_the_end_or_for_the_last_unit() {
        let now = Utc
            .with_ymd_and_hms(2026, 11, 21, 15, 0, 0)
            .single()
            .expect("a time");
        let later = now + chrono::Duration::seconds(1);
        let schedule = |end, self_paced| Schedule {
            sessions: 2,
            self_paced,
            last_end: Some(end),
        };
        let running = EditionState::Running;
        for (state, schedule, credited, expected) in [
            (running, schedule(now, 0), 0, true),
            (running, schedule(later, 0), 2, false),
            (running, schedule(later, 1), 2, false),
            (running, schedule(later, 2), 1, false),
            (running, schedule(later, 2), 2, true),
            (EditionState::Closed, schedule(now, 0), 0, true),
            (EditionState::Closed, schedule(later, 2), 0, true),
            (EditionState::Enrolling, schedule(later, 2), 2, true),
            (EditionState::Draft, schedule(now, 2), 2, false),
            (EditionState::Cancelled, schedule(now, 0), 2, false),
        ] {
            assert_eq!(
                in_time(state, &schedule, credited, now),
                expected,
                "{state} {schedule:?}"
            );
        }
        let empty = Schedule {
            sessions: 0,
            self_paced: 0,
            last_end: None,
        };
        assert!(!in_time(running, &empty, 0, now));
    }
}

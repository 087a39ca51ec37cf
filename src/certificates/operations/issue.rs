//! Issuing what is due.

use serde::Serialize;
use sqlx::SqliteConnection;

use crate::{
    access::{IssueCertificates, Permit, Viewer, permit},
    audit::{self, Event},
    certificates::{
        Candidate, CertificateId, CertificateKind, Code,
        candidates::candidates_for,
        content::{EditionFacts, Sheet, edition_facts, freeze},
        queries::{self, NewCertificate},
        tell::{News, tell},
        words,
    },
    courses::{EditionId, visible_header},
    enrolment::EnrolmentId,
    error::{AppError, Fault, Reason},
    server::{AppState, secrets::random_bytes, words::in_language},
    t,
};
use capacita_locales::Locale;

/// To whom certificates are issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// To everybody to whom one is due.
    AllDue,
    /// To those of these to whom one is due.
    Chosen(Vec<EnrolmentId>),
    /// To this one person, even after theirs was revoked; refused with the reason if it cannot be.
    One(EnrolmentId),
}

/// What came of issuing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many certificates were issued.
    pub issued: i64,
    /// To whom none was, though one is due: the sheet cannot print their names.
    pub unprintable: Vec<String>,
}

/// Issues certificates in an edition.
///
/// Everybody gets at most one: whoever comes second finds nothing left to issue. `NotFound` for
/// somebody who does not take part in this edition, `OwnRecord`, `AlreadyIssued` and `NotEarned`
/// for [`Which::One`]; a fault of `printed` where the sheet cannot print what the edition says.
/// What is issued stays as it is: nothing with empty boxes is.
pub async fn issue(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    which: &Which,
) -> Result<Outcome, AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, IssueCertificates(edition)).await?;
    let header = visible_header(&mut tx, Some(viewer), edition).await?;
    let people = candidates_for(&mut tx, state.clock.now(), &header, viewer).await?;
    let chosen = choose(&people, which)?;
    let facts = edition_facts(&mut tx, header).await?;
    let mut outcome = Outcome::default();
    for (candidate, kind) in chosen {
        if !candidate.is_printable() {
            outcome.unprintable.push(candidate.entry.listed_name());
            continue;
        }
        let reason = superseded(kind);
        issue_one(state, &mut tx, &permit, &facts, candidate, kind, &reason).await?;
        outcome.issued += 1;
    }
    tx.commit().await?;
    Ok(outcome)
}

fn not_printable() -> AppError {
    AppError::field("printed", Fault::BadCharacter)
}

fn choose<'a>(
    people: &'a [Candidate],
    which: &Which,
) -> Result<Vec<(&'a Candidate, CertificateKind)>, AppError> {
    let find = |id: &EnrolmentId| {
        let found = people.iter().find(|person| person.entry.enrolment == *id);
        found.ok_or(AppError::NotFound)
    };
    let due = |person: &'a Candidate| person.due().map(|kind| (person, kind));
    match which {
        Which::AllDue => Ok(people.iter().filter_map(due).collect()),
        Which::Chosen(ids) => {
            let mut ids = ids.clone();
            ids.sort_unstable();
            ids.dedup();
            let chosen: Result<Vec<_>, _> = ids.iter().map(find).collect();
            Ok(chosen?.into_iter().filter_map(due).collect())
        }
        Which::One(id) => {
            let person = find(id)?;
            let kind = person.issuable().ok_or_else(|| refusal(person))?;
            Ok(vec![(person, kind)])
        }
    }
}

fn refusal(person: &Candidate) -> Reason {
    if person.own {
        Reason::OwnRecord
    } else if person.valid().is_some() {
        Reason::AlreadyIssued
    } else if person.disputed {
        Reason::MarksDisagree
    } else {
        Reason::NotEarned
    }
}

/// Why a constancia made room, in the country's language: history is kept in it.
fn superseded(kind: CertificateKind) -> String {
    in_language(Locale::es, || {
        t!(certificates.superseded, kind = words::kind(kind))
    })
}

/// What the audit trail keeps of a certificate. Neither names nor codes stand in it.
#[derive(Serialize)]
pub(super) struct Recorded<'a> {
    pub state: &'static str,
    pub kind: CertificateKind,
    pub enrolment: EnrolmentId,
    pub reason: Option<&'a str>,
}

/// Issues one certificate. Whatever is valid makes room for it, for the reason given. What cannot be
/// printed is a fault of `printed`.
pub(super) async fn issue_one(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<IssueCertificates>,
    facts: &EditionFacts,
    candidate: &Candidate,
    kind: CertificateKind,
    reason: &str,
) -> Result<CertificateId, AppError> {
    if !candidate.is_printable() || facts.unprintable().is_some() {
        return Err(not_printable());
    }
    let now = state.clock.now();
    let id = queries::next_id(connection).await?;
    if let Some(old) = candidate.valid() {
        make_room(state, connection, permit, old, id, reason).await?;
    }
    let code = Code::from_random(random_bytes());
    let entry = &candidate.entry;
    let content = facts.content(&Sheet {
        code: &code,
        kind,
        given_names: &entry.given_names,
        paternal_surname: &entry.paternal_surname,
        maternal_surname: entry.maternal_surname.as_deref(),
        grade_tenths: entry.grade_tenths,
        issued_on: state.clock.today(),
        base_url: &state.config.base_url,
    });
    let (text, digest) = freeze(&content)?;
    let new = NewCertificate {
        id,
        code: code.as_str(),
        enrolment: entry.enrolment,
        kind,
        now,
        issued_by: permit.account(),
        content: &text,
        content_digest: &digest,
    };
    queries::insert(connection, new).await?;
    let recorded = Recorded {
        state: "valid",
        kind,
        enrolment: entry.enrolment,
        reason: None,
    };
    let event = Event::new("certificate_issue", "certificate", id.get()).after(&recorded);
    audit::record_permitted(connection, now, permit, event).await?;
    let news = News::Ready { kind, code: &code };
    tell(state, connection, entry.person, &facts.header, id, news).await?;
    Ok(id)
}

async fn make_room(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<IssueCertificates>,
    old: &queries::IssuedRow,
    new: CertificateId,
    reason: &str,
) -> Result<(), AppError> {
    let now = state.clock.now();
    if !queries::replace(connection, old.id, new, reason, now).await? {
        return Err(Reason::CertificateNotValid.into());
    }
    let recorded = |state, reason| Recorded {
        state,
        kind: old.kind,
        enrolment: old.enrolment,
        reason,
    };
    let event = Event::new("certificate_replace", "certificate", old.id.get())
        .before(&recorded("valid", None))
        .after(&recorded("replaced", Some(reason)));
    audit::record_permitted(connection, now, permit, event).await
}

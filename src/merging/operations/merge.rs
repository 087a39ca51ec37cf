//! Putting two records together.

use serde::Serialize;
use sqlx::SqliteConnection;

use super::enrolments::{By, collisions, settle};
use crate::{
    access::{
        AccountId, InvitePerson, ManagePerson, Permit, SignInId, Viewer, permit, permit_on_person,
    },
    audit::{self, Event},
    error::{AppError, Reason},
    merging::{
        Field, MergeId,
        queries::{self, Journal, Record, RowKey, Value},
        references::{Fate, TO_PEOPLE},
    },
    people::{Country, DocumentKind, PersonId, Sex, refresh_words},
    server::AppState,
    t_in,
};
use capacita_locales::Locale;

/// Of which fields the value of the record that goes is taken; of all others that of the one that
/// stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices(pub Vec<Field>);

impl Choices {
    fn takes(&self, field: Field) -> bool {
        self.0.contains(&field)
    }
}

/// The records as whoever decides saw them.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The record that stays, and its version.
    pub kept: (PersonId, i64),
    /// The record that goes, and its version.
    pub gone: (PersonId, i64),
}

/// Both records, for who may put them together.
pub(in crate::merging) async fn both(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    (kept, gone): (PersonId, PersonId),
) -> Result<(Permit<ManagePerson>, Record, Record), AppError> {
    let allowed = permit_on_person(connection, viewer, ManagePerson(kept)).await?;
    permit_on_person(connection, viewer, ManagePerson(gone)).await?;
    if kept == gone {
        return Err(AppError::NotFound);
    }
    if viewer.person == kept || viewer.person == gone {
        return Err(Reason::OwnRecord.into());
    }
    let own = queries::record(connection, kept).await?;
    let other = queries::record(connection, gone).await?;
    let (own, other) = (
        own.ok_or(AppError::NotFound)?,
        other.ok_or(AppError::NotFound)?,
    );
    // Whoever signs in as one of them comes to hold what both have earned.
    if own.account.is_some() || other.account.is_some() {
        permit(connection, viewer, InvitePerson(kept)).await?;
        permit(connection, viewer, InvitePerson(gone)).await?;
    }
    Ok((allowed, own, other))
}

/// Puts two records together: everything of `gone` becomes that of `kept`.
///
/// `ChangedMeanwhile` where a record is another than the one that was looked at, `OwnRecord` for
/// whoever asks, `TeachesTheOther` where one of them teaches what the other takes part in.
pub async fn merge(
    state: &AppState,
    viewer: &Viewer,
    seen: Seen,
    choices: &Choices,
) -> Result<MergeId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (kept, gone) = (seen.kept.0, seen.gone.0);
    let (allowed, own, other) = both(&mut tx, viewer, (kept, gone)).await?;
    if (own.version, other.version) != (seen.kept.1, seen.gone.1) {
        return Err(Reason::ChangedMeanwhile.into());
    }
    if queries::one_teaches_the_other(&mut tx, kept, gone).await? {
        return Err(Reason::TeachesTheOther.into());
    }
    let by = By {
        account: allowed.account(),
        now,
    };
    let merge = queries::insert_merge(&mut tx, (kept, gone), by.account, now).await?;
    let mut journal = Journal::new(merge);
    accounts(&mut tx, &mut journal, by, &own, &other).await?;
    affiliations(&mut tx, &mut journal, state, (kept, gone), choices).await?;
    teaching(&mut tx, &mut journal, (kept, gone)).await?;
    vettings(&mut tx, &mut journal, (kept, gone)).await?;
    let enrolments = queries::enrolments(&mut tx, kept).await?;
    let of_gone = queries::enrolments(&mut tx, gone).await?;
    let collisions = collisions(&enrolments, &of_gone);
    for collision in &collisions {
        settle(&mut tx, &mut journal, by, kept, collision).await?;
    }
    let settled = |id| {
        let ids = |one: &super::enrolments::Collision| [one.stays.id, one.gives_up.id];
        collisions.iter().flat_map(ids).any(|one| one == id)
    };
    for enrolment in of_gone.iter().filter(|one| !settled(one.id)) {
        let columns = [
            ("person_id", Value::Number(kept.get())),
            ("version", Value::Number(enrolment.version + 1)),
        ];
        let key = RowKey::id(enrolment.id.get());
        journal
            .update(&mut tx, "enrolments", &key, &columns)
            .await?;
    }
    for reference in TO_PEOPLE.iter().filter(|one| one.fate == Fate::Moves) {
        let columns = [(reference.column, Value::Number(kept.get()))];
        for key in queries::rows_that_refer(&mut tx, reference, gone.get()).await? {
            journal
                .update(&mut tx, reference.table, &key, &columns)
                .await?;
        }
    }
    records(&mut tx, &mut journal, &own, &other, choices).await?;
    refresh_words(&mut tx, kept).await?;
    refresh_words(&mut tx, gone).await?;
    let after = queries::record(&mut tx, kept)
        .await?
        .ok_or(AppError::NotFound)?;
    let event = Event::new("person_merge", "person", kept.get())
        .before(&Audited::of(&own, None, collisions.len()))
        .after(&Audited::of(&after, Some(&other), collisions.len()));
    audit::record_permitted(&mut tx, now, &allowed, event).await?;
    tx.commit().await?;
    Ok(merge)
}

/// The account of the record that goes becomes that of the one that stays; where both have one, it
/// is disabled, and its sign-ins end.
async fn accounts(
    connection: &mut SqliteConnection,
    journal: &mut Journal,
    by: By,
    own: &Record,
    other: &Record,
) -> Result<(), AppError> {
    let Some(account) = other.account else {
        return Ok(());
    };
    let key = RowKey::id(account.get());
    let now = Value::Text(by.now.to_rfc3339());
    if own.account.is_none() {
        let moved = [("person_id", Value::Number(own.id.get()))];
        journal.update(connection, "accounts", &key, &moved).await?;
        return Ok(());
    }
    if !other.account_disabled {
        let columns = [("disabled_at", now.clone())];
        journal
            .update(connection, "accounts", &key, &columns)
            .await?;
    }
    for sign_in in queries::open_sign_ins(connection, account).await? {
        let key = RowKey::id(SignInId::get(sign_in));
        let columns = [("ended_at", now.clone())];
        journal
            .update(connection, "sign_ins", &key, &columns)
            .await?;
    }
    Ok(())
}

/// All affiliations go along. Of two present ones the one chosen stays, and the other ends.
async fn affiliations(
    connection: &mut SqliteConnection,
    journal: &mut Journal,
    state: &AppState,
    (kept, gone): (PersonId, PersonId),
    choices: &Choices,
) -> Result<(), AppError> {
    let own = queries::present_affiliation(connection, kept).await?;
    let other = queries::present_affiliation(connection, gone).await?;
    if let (Some(own), Some(other)) = (own, other) {
        let ends = if choices.takes(Field::Affiliation) {
            own
        } else {
            other
        };
        let until = state.clock.today().max(ends.since).to_string();
        let columns = [("until", Value::Text(until))];
        let key = RowKey::id(ends.id.get());
        journal
            .update(connection, "affiliations", &key, &columns)
            .await?;
    }
    let columns = [("person_id", Value::Number(kept.get()))];
    for key in queries::rows_that_refer(connection, reference("affiliations"), gone.get()).await? {
        journal
            .update(connection, "affiliations", &key, &columns)
            .await?;
    }
    Ok(())
}

fn reference(table: &str) -> &'static crate::merging::references::Reference {
    let found = TO_PEOPLE.iter().find(|one| one.table == table);
    found.expect("the table stands among the references")
}

/// Editions that either teaches.
async fn teaching(
    connection: &mut SqliteConnection,
    journal: &mut Journal,
    (kept, gone): (PersonId, PersonId),
) -> Result<(), AppError> {
    let own = queries::taught(connection, kept).await?;
    for (edition, assigned_at) in queries::taught(connection, gone).await? {
        let key = |person: PersonId| {
            RowKey::of(&[("edition_id", edition.get()), ("person_id", person.get())])
        };
        journal
            .delete(connection, "edition_facilitators", &key(gone))
            .await?;
        if own.iter().any(|(taught, _)| *taught == edition) {
            continue;
        }
        let row = [
            ("edition_id", Value::Number(edition.get())),
            ("person_id", Value::Number(kept.get())),
            ("assigned_at", Value::Text(assigned_at)),
        ];
        let table = "edition_facilitators";
        journal
            .insert(connection, table, Some(key(kept)), &row)
            .await?;
    }
    Ok(())
}

/// Where both stand with a funder what is stricter stands: a refusal is never lost by a merge.
async fn vettings(
    connection: &mut SqliteConnection,
    journal: &mut Journal,
    (kept, gone): (PersonId, PersonId),
) -> Result<(), AppError> {
    let own = queries::vettings(connection, kept).await?;
    for vetting in queries::vettings(connection, gone).await? {
        let key = |person: PersonId| {
            RowKey::of(&[("person_id", person.get()), ("program_id", vetting.program)])
        };
        journal.delete(connection, "vettings", &key(gone)).await?;
        if let Some(mine) = own.iter().find(|mine| mine.program == vetting.program) {
            if mine.strictness() >= vetting.strictness() {
                continue;
            }
            journal.delete(connection, "vettings", &key(kept)).await?;
        }
        let row = [
            ("person_id", Value::Number(kept.get())),
            ("program_id", Value::Number(vetting.program)),
            ("state", Value::Text(vetting.state.clone())),
            ("cleared_until", Value::text(vetting.cleared_until.clone())),
            ("state_at", Value::Text(vetting.state_at.clone())),
        ];
        journal
            .insert(connection, "vettings", Some(key(kept)), &row)
            .await?;
    }
    Ok(())
}

/// The records themselves: the one that goes says where it went, the one that stays takes what was
/// chosen. A document that is taken over is taken from the other, for no two people have the same.
async fn records(
    connection: &mut SqliteConnection,
    journal: &mut Journal,
    own: &Record,
    other: &Record,
    choices: &Choices,
) -> Result<(), AppError> {
    let mut columns = vec![
        ("merged_into", Value::Number(own.id.get())),
        ("version", Value::Number(other.version + 1)),
    ];
    if choices.takes(Field::Document) && other.document_hash.is_some() {
        let reason = t_in!(Locale::es, merging.document_reason);
        columns.extend([
            ("document_kind", Value::Text("none".to_owned())),
            ("document_sealed", Value::Null),
            ("document_hash", Value::Null),
            ("no_document_reason", Value::Text(reason)),
        ]);
    }
    let key = RowKey::id(other.id.get());
    journal.update(connection, "people", &key, &columns).await?;
    let mut columns = vec![("version", Value::Number(own.version + 1))];
    for field in &choices.0 {
        columns.extend(of_field(*field, other));
    }
    let key = RowKey::id(own.id.get());
    journal.update(connection, "people", &key, &columns).await?;
    Ok(())
}

/// The columns of a field as a record has them. Where somebody serves is no column of theirs.
fn of_field(field: Field, record: &Record) -> Vec<(&'static str, Value)> {
    let record = record.clone();
    match field {
        Field::Names => vec![
            ("given_names", Value::Text(record.given_names)),
            ("paternal_surname", Value::Text(record.paternal_surname)),
            ("maternal_surname", Value::text(record.maternal_surname)),
            ("sort_name", Value::Text(record.sort_name)),
        ],
        Field::Document => vec![
            (
                "document_kind",
                Value::Text(record.document_kind.to_string()),
            ),
            ("document_sealed", Value::bytes(record.document_sealed)),
            ("document_hash", Value::bytes(record.document_hash)),
            ("no_document_reason", Value::text(record.no_document_reason)),
        ],
        Field::Sex => vec![("sex", Value::Text(record.sex.to_string()))],
        Field::BirthYear => vec![("birth_year", Value::number(record.birth_year))],
        Field::Nationality => vec![("nationality", Value::Text(record.nationality.to_string()))],
        Field::Email => vec![("email", Value::text(record.email))],
        Field::Phone => vec![("phone", Value::text(record.phone))],
        Field::SelfIdentification => vec![
            ("ethnic_identity", Value::text(record.ethnic_identity)),
            ("disability", Value::text(record.disability)),
            ("consented_at", Value::text(record.consented_at)),
        ],
        Field::Affiliation => Vec::new(),
    }
}

/// What the audit trail keeps of a merge: no number of any document, and of what somebody says of
/// themselves only whether they do.
#[derive(Debug, Serialize)]
pub(super) struct Audited {
    merged: Option<PersonId>,
    given_names: String,
    paternal_surname: String,
    maternal_surname: Option<String>,
    document_kind: DocumentKind,
    sex: Sex,
    birth_year: Option<i64>,
    nationality: Country,
    email: Option<String>,
    phone: Option<String>,
    self_identified: bool,
    account: Option<AccountId>,
    enrolments_joined: usize,
}

impl Audited {
    /// A record, and the one that went into it.
    pub fn of(record: &Record, merged: Option<&Record>, joined: usize) -> Self {
        let record = record.clone();
        Self {
            merged: merged.map(|other| other.id),
            given_names: record.given_names,
            paternal_surname: record.paternal_surname,
            maternal_surname: record.maternal_surname,
            document_kind: record.document_kind,
            sex: record.sex,
            birth_year: record.birth_year,
            nationality: record.nationality,
            email: record.email,
            phone: record.phone,
            self_identified: record.consented_at.is_some(),
            account: record.account,
            enrolments_joined: if merged.is_some() { joined } else { 0 },
        }
    }
}

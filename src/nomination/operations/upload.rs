//! A list comes in.

use serde::Serialize;

use super::{KEPT_FOR, check_lines, sealed};
use crate::{
    access::{ManageEnrolments, Viewer, permit},
    audit,
    courses::{EditionId, visible_header},
    enrolment::operations::still_changes,
    error::{AppError, Fault, FormCheck},
    nomination::{
        NominationId, NominationState,
        columns::{Guess, guess},
        queries::{self, NewNomination},
    },
    people::InstitutionId,
    server::{AppState, SentFile},
    tables::{self, Table},
    values::{Text, chosen, optional},
};

/// A list as it was sent.
#[derive(Debug)]
pub struct NewList {
    institution: Option<InstitutionId>,
    letter: Option<Text<80>>,
    file_name: Text<160>,
    digest: [u8; 32],
    table: Table,
}

/// What the audit trail keeps of a list.
#[derive(Serialize)]
struct Told<'a> {
    file: &'a str,
    institution: Option<InstitutionId>,
    letter: Option<&'a str>,
    lines: usize,
}

impl NewList {
    /// Parses the form and reads the file.
    pub async fn parse(institution: &str, letter: &str, file: &SentFile) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let institution = check.field("institution", optional(institution, chosen));
        let letter = check.field("letter", optional(letter, Text::parse));
        let sent = check.field("file", file.whole());
        let read = match &sent {
            Some((_, content)) => {
                let table = tables::read((*content).clone()).await;
                let digest = *blake3::hash(content).as_bytes();
                check
                    .field("file", table.map_err(|found| found.told(Fault::NotATable)))
                    .map(|table| (digest, table))
            }
            None => None,
        };
        let name = sent.map(|(name, _)| listed(&name));
        let (institution, letter, file_name, (digest, table)) =
            check.finish((institution, letter, name, read))?;
        Ok(Self {
            institution,
            letter,
            file_name,
            digest,
            table,
        })
    }
}

/// The file's name as it is listed.
fn listed(name: &str) -> Text<160> {
    Text::parse(name).unwrap_or_else(|_| Text::parse("lista").expect("a word"))
}

/// Whether somebody may send a list for an edition: asked before the file is read, which costs.
pub async fn may_upload(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
) -> Result<(), AppError> {
    let mut connection = state.database.read().await?;
    let _ = permit(&mut connection, viewer, ManageEnrolments(edition)).await?;
    let header = visible_header(&mut connection, Some(viewer), edition).await?;
    Ok(still_changes(&header)?)
}

/// Takes a list in and, where its columns are plain, gives every line its verdict.
pub async fn upload(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    list: NewList,
) -> Result<NominationId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageEnrolments(edition)).await?;
    let header = visible_header(&mut tx, Some(viewer), edition).await?;
    still_changes(&header)?;
    queries::forget_before(&mut tx, now - KEPT_FOR).await?;
    let remembered = match list.institution {
        Some(institution) => queries::headings(&mut tx, institution).await?,
        None => Vec::new(),
    };
    let Guess { head, columns } = guess(&list.table, &remembered);
    let first = head.map_or(0, |head| head + 1);
    let headings = head.map(|head| sealed(&state.secrets, &list.table.rows[head].cells));
    let new = NewNomination {
        edition,
        institution: list.institution,
        letter: list.letter.as_ref().map(Text::as_str),
        file_name: list.file_name.as_str(),
        digest: &list.digest,
        account: permit.account(),
        now,
        headings,
        columns: &columns,
    };
    let id = queries::insert(&mut tx, new).await?;
    let rows = &list.table.rows[first..];
    if rows.is_empty() {
        return Err(AppError::field("file", Fault::EmptyFile));
    }
    for row in rows {
        let cells = sealed(&state.secrets, &row.cells);
        queries::insert_line(&mut tx, id, row.number, &cells).await?;
    }
    if columns.missing().is_empty() {
        let (from, to) = (NominationState::Columns, NominationState::Checked);
        queries::change_state(&mut tx, id, (from, to), now).await?;
        let nomination = queries::nomination(&mut tx, id).await?;
        check_lines(state, &mut tx, &nomination.ok_or(AppError::NotFound)?).await?;
    }
    let told = Told {
        file: list.file_name.as_str(),
        institution: list.institution,
        letter: list.letter.as_ref().map(Text::as_str),
        lines: rows.len(),
    };
    let event = audit::Event::new("nomination_create", "nomination", id.get()).after(&told);
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(id)
}

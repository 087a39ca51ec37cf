//! The lines of a list, and deciding which are enrolled.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use super::{
    list::Loaded,
    why::{became, moves, why},
};
use crate::{
    access::{ManagePerson, Viewer, allowed},
    error::AppError,
    nomination::{
        Decision, NominationState, Verdict,
        actions::Decide,
        check::{Found, check},
        operations::{line_reader, opened},
        queries::{self, Line, Nomination},
        words,
    },
    paths,
    people::{
        NewAffiliation, PersonId,
        operations::{Elsewhere, serves_elsewhere},
    },
    plural,
    server::{AppState, clock::lima_date},
    t,
    ui::{BulkBar, HiddenField, KeysetPager, Table},
};

/// Lines of a page.
const PAGE: usize = 50;
const PAGE_AND_ONE: i64 = 51;

/// A line as it is shown.
pub(super) struct LineView {
    pub line: Line,
    /// Of the person it is, where that is plain; otherwise as it is written.
    pub name: String,
    /// As it is written, where the register writes it in another way.
    written: Option<String>,
    pub found: Option<Found>,
    /// A number that was read with a zero more than was written: as written, and as read.
    padded: Option<(String, String)>,
    /// The list names them at another institution, and the viewer may write that down.
    elsewhere: Option<Elsewhere>,
}

/// A page of lines, each looked up anew while it can still be decided; and whether more follow.
pub(super) async fn load_lines(
    state: &AppState,
    connection: &mut SqliteConnection,
    (viewer, nomination): (&Viewer, &Nomination),
    view: Option<Verdict>,
    after: u32,
) -> Result<(Vec<LineView>, bool), AppError> {
    let mut lines = queries::lines(connection, nomination.id, view, after, PAGE_AND_ONE).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let reader = match nomination.state {
        NominationState::Checked => Some(line_reader(state, connection, nomination).await?),
        _ => None,
    };
    let mut views = Vec::with_capacity(lines.len());
    for line in lines {
        let row = opened(&state.secrets, line.number, line.cells.as_deref());
        let written = row
            .as_ref()
            .map(|row| nomination.columns.written_name(row))
            .filter(|name| !name.is_empty());
        let registered = line
            .name
            .clone()
            .filter(|_| line.verdict != Verdict::Conflict);
        let padded = row
            .as_ref()
            .zip(reader.as_ref())
            .and_then(|(row, reader)| reader.padded(row));
        let (found, elsewhere) = match (&row, &reader) {
            (Some(row), Some(reader)) => {
                let read = reader.read(row);
                let said = read.as_ref().ok().and_then(|new| new.affiliation.clone());
                let found = check(connection, &state.secrets, nomination.edition, read).await?;
                let on = lima_date(nomination.created_at);
                let elsewhere = match who(&line, &found) {
                    Some(person) => {
                        named_elsewhere(connection, viewer, person, said.as_ref(), on).await?
                    }
                    None => None,
                };
                (Some(found), elsewhere)
            }
            _ => (None, None),
        };
        let name = registered
            .or_else(|| written.clone())
            .unwrap_or_else(|| t!(nomination.no_name));
        let written = written.filter(|written| written.to_lowercase() != name.to_lowercase());
        views.push(LineView {
            line,
            name,
            written,
            found,
            padded,
            elsewhere,
        });
    }
    Ok((views, more))
}

/// Who in the register a line is about, where that is known or was said.
fn who(line: &Line, found: &Found) -> Option<PersonId> {
    let said = line.person.filter(|_| line.decision == Decision::Take);
    match (found, line.verdict) {
        (Found::Known(hit), Verdict::Known) => Some(hit.id),
        (Found::Possible(hits, _), Verdict::Possible) => {
            said.filter(|&person| hits.iter().any(|hit| hit.id == person))
        }
        (Found::Conflict(holder, _), Verdict::Conflict) => {
            said.filter(|&person| person == holder.id)
        }
        _ => None,
    }
}

/// Where the list names a person elsewhere, for whoever may write it down.
async fn named_elsewhere(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    person: PersonId,
    said: Option<&NewAffiliation>,
    on: NaiveDate,
) -> Result<Option<Elsewhere>, AppError> {
    let elsewhere = serves_elsewhere(connection, person, said, on).await?;
    if elsewhere.is_none() || !allowed(connection, viewer, ManagePerson(person)).await? {
        return Ok(None);
    }
    Ok(elsewhere)
}

/// The table; while lines can be decided, a form around it.
pub(super) fn table(loaded: &Loaded) -> AnyView {
    let decides = loaded.nomination.state == NominationState::Checked;
    let rows = loaded
        .lines
        .iter()
        .map(|line| row(line, decides))
        .collect_view();
    let table = view! {
        <Table caption=t!(nomination.lines_title) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col" class="num">{t!(nomination.line)}</th>
                <th scope="col">{t!(nomination.person)}</th>
                <th scope="col">{t!(nomination.verdict_head)}</th>
                <th scope="col">{t!(nomination.why)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any();
    let decidable = decides
        && loaded
            .lines
            .iter()
            .any(|line| line.line.verdict.can_be_taken());
    if !decidable {
        return table;
    }
    let view = loaded.view.map_or("", Verdict::as_str);
    view! {
        <form class="bulk" method="post" action=Decide::PATH>
            <HiddenField name="nomination" value=loaded.nomination.id.to_string() />
            <HiddenField name="view" value=view />
            <HiddenField name="after" value=loaded.after.to_string() />
            {table}
            <BulkBar label=t!(nomination.decide_note)>
                <button class="button button-secondary" type="submit">{t!(nomination.decide)}</button>
            </BulkBar>
        </form>
    }
    .into_any()
}

/// How many are shown, and the way to the next.
pub(super) fn pager(loaded: &Loaded) -> Option<AnyView> {
    let last = loaded.lines.last()?.line.number;
    let shown = i64::try_from(loaded.lines.len()).unwrap_or(i64::MAX);
    let first = (loaded.after > 0).then(|| loaded.address(loaded.view, 0));
    let next = loaded.more.then(|| loaded.address(loaded.view, last));
    let count = plural!(shown, nomination.shown);
    Some(view! { <KeysetPager count=count first=first next=next /> }.into_any())
}

fn row(view: &LineView, decides: bool) -> AnyView {
    let line = &view.line;
    let name = match (line.enrolment, line.person) {
        (Some(enrolment), _) => {
            view! { <a href=paths::enrolment(enrolment)>{view.name.clone()}</a> }.into_any()
        }
        (None, Some(person)) if !is_asked(line.verdict) => {
            view! { <a href=paths::person(person)>{view.name.clone()}</a> }.into_any()
        }
        _ => view.name.clone().into_any(),
    };
    let standing = match line.outcome {
        Some(outcome) => words::outcome_chip(outcome),
        None => words::verdict_chip(line.verdict),
    };
    let why = if decides { why(view) } else { became(line) };
    let written = view.written.as_deref().map(|written| {
        let words = t!(nomination.written_as, name = written);
        view! { " "<span class="quiet small">{words}</span> }
    });
    let padded = view.padded.as_ref().map(|(written, read)| {
        let words = t!(
            nomination.padded,
            written = written.as_str(),
            read = read.as_str()
        );
        view! { <p class="quiet small">{words}</p> }
    });
    let moves = view
        .elsewhere
        .as_ref()
        .map(|elsewhere| moves(view, elsewhere));
    view! {
        <tr>
            <td class="num" data-label=t!(nomination.line)>{line.number.to_string()}</td>
            <th scope="row">{name}{written}</th>
            <td data-label=t!(nomination.verdict_head)>{standing}</td>
            <td data-label=t!(nomination.why)>{padded}{why}{moves}</td>
        </tr>
    }
    .into_any()
}

/// Whether somebody must say who a line is.
const fn is_asked(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Possible | Verdict::Conflict)
}

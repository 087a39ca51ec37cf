//! The lines of a list, and deciding which are enrolled.

use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use super::list::Loaded;
use crate::{
    error::{AppError, Reason},
    nomination::{
        Decision, NominationState, Verdict,
        actions::Decide,
        check::{Found, check},
        line::LineFault,
        operations::{line_reader, opened},
        queries::{self, Line, Nomination},
        words,
    },
    paths,
    people::{self, Difference, PersonHit},
    plural,
    server::{AppState, words as house_words},
    t,
    ui::{BulkBar, HiddenField, KeysetPager, Table},
};

/// Lines of a page.
const PAGE: usize = 50;
const PAGE_AND_ONE: i64 = 51;

/// A line as it is shown.
pub(super) struct LineView {
    line: Line,
    /// Of the person it is, where that is plain; otherwise as it is written.
    name: String,
    /// As it is written, where the register writes it in another way.
    written: Option<String>,
    found: Option<Found>,
    /// A number that was read with a zero more than was written: as written, and as read.
    padded: Option<(String, String)>,
}

/// A page of lines, each looked up anew while it can still be decided; and whether more follow.
pub(super) async fn load_lines(
    state: &AppState,
    connection: &mut SqliteConnection,
    nomination: &Nomination,
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
        let found = match (&row, &reader) {
            (Some(row), Some(reader)) => {
                let read = reader.read(row);
                Some(check(connection, &state.secrets, nomination.edition, read).await?)
            }
            _ => None,
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
        });
    }
    Ok((views, more))
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
    let why = if decides { why(view) } else { refusal(line) };
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
    view! {
        <tr>
            <td class="num" data-label=t!(nomination.line)>{line.number.to_string()}</td>
            <th scope="row">{name}{written}</th>
            <td data-label=t!(nomination.verdict_head)>{standing}</td>
            <td data-label=t!(nomination.why)>{padded}{why}</td>
        </tr>
    }
    .into_any()
}

/// Whether somebody must say who a line is.
const fn is_asked(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Possible | Verdict::Conflict)
}

/// Why a line is as it is, and the choice where there is one.
fn why(view: &LineView) -> AnyView {
    let line = &view.line;
    let number = line.number.to_string();
    match (&view.found, line.verdict) {
        (_, Verdict::Repeated) => {
            let first = line.repeats.unwrap_or_default();
            t!(nomination.why_repeated, n = first).into_any()
        }
        (Some(Found::Faulty(faults)), _) => {
            let faults = faults.iter().map(fault).collect_view();
            view! { <ul class="lines" role="list">{faults}</ul> }.into_any()
        }
        (Some(Found::Possible(hits, _)), Verdict::Possible) => same_or_not(view, hits),
        (Some(Found::Conflict(holder, differences)), Verdict::Conflict) => {
            conflict(view, holder, differences)
        }
        (Some(Found::Conflict(..)), _) => t!(nomination.why_changed).into_any(),
        (_, Verdict::New | Verdict::Known) => {
            let taken = line.decision != Decision::Leave;
            let label = t!(nomination.take_line, name = view.name.as_str());
            let id = format!("take-{number}");
            view! {
                <input type="hidden" name="shown[]" value=number.clone() />
                <div class="choice">
                    <input type="checkbox" id=id.clone() name="take[]" value=number checked=taken aria-label=label />
                    <label for=id>{t!(nomination.take)}</label>
                </div>
            }
            .into_any()
        }
        (_, Verdict::Enrolled) => t!(nomination.why_enrolled).into_any(),
        _ => t!(nomination.why_changed).into_any(),
    }
}

/// A column, what stands in it, what is wrong with it and what to do.
fn fault(fault: &LineFault) -> AnyView {
    let column = words::field(fault.field);
    let sentence = words::remedy(fault.field)
        .filter(|_| fault.fault == crate::error::Fault::UnknownChoice)
        .unwrap_or_else(|| house_words::fault_sentence(&fault.fault));
    let value = if fault.value.is_empty() {
        t!(nomination.blank)
    } else {
        format!("«{}»", fault.value)
    };
    view! { <li><strong>{column}</strong>": "{value}" "{sentence}</li> }.into_any()
}

/// Whose number it is and what differs; it may be the same person all the same, and is nobody else.
fn conflict(view: &LineView, holder: &PersonHit, differences: &[Difference]) -> AnyView {
    let differs = people::words::differences(differences);
    let name = holder.name_and_institution();
    let words = t!(
        nomination.why_conflict,
        name = name.as_str(),
        differs = differs.as_str()
    );
    let options = vec![leave(&view.line), same(&view.line, holder)];
    view! { <p>{words}</p>{choice(view, options)} }.into_any()
}

/// The people of the same names, and that it is none of them.
fn same_or_not(view: &LineView, hits: &[PersonHit]) -> AnyView {
    let line = &view.line;
    let another = option(
        line,
        "another".to_owned(),
        t!(nomination.is_another),
        line.decision == Decision::Another,
    );
    let people = hits.iter().map(|hit| same(line, hit));
    let options = std::iter::once(leave(line))
        .chain(people)
        .chain([another])
        .collect();
    choice(view, options)
}

fn leave(line: &Line) -> AnyView {
    let chosen = line.decision == Decision::Leave;
    option(line, "leave".to_owned(), t!(nomination.leave), chosen)
}

fn same(line: &Line, hit: &PersonHit) -> AnyView {
    let name = hit.name_and_institution();
    let word = t!(nomination.is_person, name = name.as_str());
    let chosen = line.decision == Decision::Take && line.person == Some(hit.id);
    option(line, hit.id.to_string(), word, chosen)
}

fn option(line: &Line, decided: String, word: String, chosen: bool) -> AnyView {
    let value = format!("{}:{decided}", line.number);
    view! { <option value=value selected=chosen>{word}</option> }.into_any()
}

fn choice(view: &LineView, options: Vec<AnyView>) -> AnyView {
    let label = t!(nomination.who_is, name = view.name.as_str());
    view! { <select class="input" name="choice[]" aria-label=label>{options}</select> }.into_any()
}

/// Why a line was not enrolled.
fn refusal(line: &Line) -> AnyView {
    let reason: Option<Reason> = line
        .refusal
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok());
    reason
        .map(|reason| house_words::sentence(&reason.into()))
        .unwrap_or_default()
        .into_any()
}

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
    people::PersonHit,
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
    name: String,
    found: Option<Found>,
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
        let name = line.name.clone().or_else(|| {
            let row = row.as_ref()?;
            Some(nomination.columns.written_name(row)).filter(|name| !name.is_empty())
        });
        let found = match (&row, &reader) {
            (Some(row), Some(reader)) => {
                let read = reader.read(row);
                Some(check(connection, &state.secrets, nomination.edition, read).await?)
            }
            _ => None,
        };
        let name = name.unwrap_or_else(|| t!(nomination.no_name));
        views.push(LineView { line, name, found });
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
        (None, Some(person)) if line.verdict != Verdict::Possible => {
            view! { <a href=paths::person(person)>{view.name.clone()}</a> }.into_any()
        }
        _ => view.name.clone().into_any(),
    };
    let standing = match line.outcome {
        Some(outcome) => words::outcome_chip(outcome),
        None => words::verdict_chip(line.verdict),
    };
    let why = if decides { why(view) } else { refusal(line) };
    view! {
        <tr>
            <td class="num" data-label=t!(nomination.line)>{line.number.to_string()}</td>
            <th scope="row">{name}</th>
            <td data-label=t!(nomination.verdict_head)>{standing}</td>
            <td data-label=t!(nomination.why)>{why}</td>
        </tr>
    }
    .into_any()
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

/// The people of the same names, and that it is none of them.
fn same_or_not(view: &LineView, hits: &[PersonHit]) -> AnyView {
    let line = &view.line;
    let option = |decided: String, word: String, chosen: bool| {
        let value = format!("{}:{decided}", line.number);
        view! { <option value=value selected=chosen>{word}</option> }.into_any()
    };
    let leave = option(
        "leave".to_owned(),
        t!(nomination.leave),
        line.decision == Decision::Leave,
    );
    let people: Vec<AnyView> = hits
        .iter()
        .map(|hit| {
            let word = match &hit.institution {
                Some(institution) => {
                    t!(
                        nomination.is_person_at,
                        name = hit.name.as_str(),
                        institution = institution.as_str()
                    )
                }
                None => t!(nomination.is_person, name = hit.name.as_str()),
            };
            let chosen = line.decision == Decision::Take && line.person == Some(hit.id);
            option(hit.id.to_string(), word, chosen)
        })
        .collect();
    let another = option(
        "another".to_owned(),
        t!(nomination.is_another),
        line.decision == Decision::Another,
    );
    let label = t!(nomination.who_is, name = view.name.as_str());
    view! {
        <select class="input" name="choice[]" aria-label=label>{leave}{people}{another}</select>
    }
    .into_any()
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

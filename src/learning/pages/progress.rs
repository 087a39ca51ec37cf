//! How far everybody is with a session.

use leptos::prelude::*;

use super::frame::{UnitTab, facts, staff_way, tabs};
use crate::{
    access::{ReadRoster, permit, policy::ActionKind, viewer},
    enrolment::EnrolmentId,
    learning::{
        queries::{self, ProgressCounts, ProgressRow},
        unit,
    },
    paths,
    people::listed_name,
    plural,
    server::{
        page,
        page::{path_id, query_value},
        services,
    },
    sessions::SessionId,
    t,
    ui::{
        Chip, EmptyState, Figure, Figures, KeysetPager, Page, Progress, Table, Tone, When, number,
    },
};

/// People of a page.
const PAGE: usize = 50;

/// `/sessions/{id}/progress`
#[component]
pub fn SessionProgressPage() -> impl IntoView {
    let session = path_id::<SessionId>("id");
    let after = query_value("after").parse::<EnrolmentId>().ok();
    page(async move {
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let unit = unit::find(&mut connection, session?).await?;
        let _ = permit(&mut connection, &viewer, ReadRoster(unit.edition)).await?;
        let counts = queries::counts(&mut connection, &unit).await?;
        let name = match after {
            Some(after) => queries::place_in_list(&mut connection, unit.edition, after).await?,
            None => None,
        };
        let from = match (&name, after) {
            (Some(name), Some(after)) => (name.as_str(), after),
            _ => ("", EnrolmentId::new(0)),
        };
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut rows = queries::progress(&mut connection, &unit, from, limit).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let last = rows.last().filter(|_| more).map(|row| row.enrolment);
        let list = paths::session_progress(unit.session);
        let next = last.map(|last| list.clone().with("after", &last.to_string()));
        let shown = i64::try_from(rows.len()).unwrap_or_default();
        let pager = (more || name.is_some()).then(|| {
            let first = name.is_some().then_some(list);
            view! { <KeysetPager count=plural!(shown, learning.shown) first=first next=next /> }
        });
        let linked = unit.allows(&viewer, ActionKind::ManageEnrolments);
        let table = table(rows, counts, linked);
        let breadcrumbs = staff_way(&unit, &viewer, None);
        let (tabs, under_title) = (tabs(&unit, &viewer, UnitTab::Progress), facts(&unit));
        Ok(view! {
            <Page title=unit.title breadcrumbs=breadcrumbs under_title=under_title>
                {tabs}
                {figures(counts)}
                {table}
                {pager}
            </Page>
        }
        .into_any())
    })
}

fn figures(counts: ProgressCounts) -> AnyView {
    view! {
        <Figures>
            <Figure label=t!(learning.people) value=number::count(counts.people) />
            <Figure label=t!(learning.begun) value=number::count(counts.begun)
                how=t!(learning.begun_how) />
            <Figure label=t!(learning.finished) value=number::count(counts.finished)
                how=t!(learning.finished_how) />
        </Figures>
    }
    .into_any()
}

fn table(rows: Vec<ProgressRow>, counts: ProgressCounts, linked: bool) -> AnyView {
    if rows.is_empty() {
        return view! { <EmptyState title=t!(learning.nobody) body=t!(learning.nobody_body) /> }
            .into_any();
    }
    let lines = rows.into_iter().map(|row| line(row, counts.steps, linked));
    let lines: Vec<AnyView> = lines.collect();
    view! {
        <Table caption=t!(learning.tab.progress) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(learning.person)}</th>
                <th scope="col">{t!(learning.institution)}</th>
                <th scope="col">{t!(learning.done_steps)}</th>
                <th scope="col">{t!(learning.last_activity)}</th>
                <th scope="col">{t!(learning.state)}</th>
            </tr></thead>
            <tbody>{lines}</tbody>
        </Table>
    }
    .into_any()
}

fn line(row: ProgressRow, steps: i64, linked: bool) -> AnyView {
    let name = listed_name(
        &row.given_names,
        &row.paternal_surname,
        row.maternal_surname.as_deref(),
    );
    let name = if linked {
        view! { <a href=paths::enrolment(row.enrolment)>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    let done = t!(learning.of, done = row.done, total = steps);
    let last = match row.last_at {
        Some(at) => view! { <When at=at /> }.into_any(),
        None => "—".into_any(),
    };
    let state = match (row.finished_at, row.done) {
        (Some(_), _) => view! { <Chip tone=Tone::Good label=t!(learning.state_finished) /> },
        (None, 0) => view! { <Chip tone=Tone::Neutral label=t!(learning.state_new) /> },
        (None, _) => view! { <Chip tone=Tone::Progress label=t!(learning.state_begun) /> },
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label=t!(learning.institution)>{row.institution.unwrap_or_else(|| "—".into())}</td>
            <td data-label=t!(learning.done_steps)>
                <Progress label=done done=number::float(row.done) total=number::float(steps) />
            </td>
            <td data-label=t!(learning.last_activity)>{last}</td>
            <td data-label=t!(learning.state)>{state}</td>
        </tr>
    }
    .into_any()
}

//! The list of programs.

use leptos::prelude::*;

use super::parts::{FETCHED, date_key, pager, trim};
use crate::{
    access::{Place, Viewer, may, policy::ActionKind, viewer},
    courses::queries::{self, ProgramLine},
    error::AppError,
    paths,
    server::{page, page::query_value, services},
    t,
    ui::{ButtonLink, EmptyState, Page, Table, number, time},
};

/// The programs that the viewer works for.
#[component]
pub fn ProgramsPage() -> impl IntoView {
    page(async move {
        let viewer = viewer()?;
        if !viewer.roles.administrator && !viewer.is_coordinator() {
            return Err(AppError::Forbidden);
        }
        let state = services();
        let mut connection = state.database.read().await?;
        let after = query_value("after");
        let mut lines = queries::programs(
            &mut connection,
            scope(&viewer).as_deref(),
            date_key(&after),
            FETCHED,
        )
        .await?;
        let more = trim(&mut lines);
        let last = lines.last().map(|line| (line.starts_on, line.id.get()));
        let pager = pager(paths::programs(), &after, last.filter(|_| more));
        let new = may(&viewer, ActionKind::CreateProgram, public_place()).then(|| {
            view! { <ButtonLink href=paths::program_new()>{t!(courses.program.new)}</ButtonLink> }
        });
        Ok(view! {
            <Page title=t!(courses.programs) lead=t!(courses.program.lead) action=new.into_any()>
                {programs_table(lines)}
                {pager}
            </Page>
        }
        .into_any())
    })
}

/// Where what belongs to nobody stands.
fn public_place() -> Place {
    Place {
        public: true,
        ..Place::default()
    }
}

/// The programs somebody works for, as a JSON list; none: every program.
fn scope(viewer: &Viewer) -> Option<String> {
    let coordinates = &viewer.roles.coordinates;
    (!viewer.roles.administrator).then(|| serde_json::json!(coordinates).to_string())
}

fn programs_table(lines: Vec<ProgramLine>) -> AnyView {
    if lines.is_empty() {
        return view! {
            <EmptyState title=t!(courses.program.none) body=t!(courses.program.none_body) />
        }
        .into_any();
    }
    let rows = lines.into_iter().map(|line| {
        let dates = time::date_range(line.starts_on, line.ends_on);
        view! {
            <tr>
                <th scope="row"><a href=paths::program(line.id)>{line.name}</a></th>
                <td data-label=t!(courses.program.implementer)>{line.implementer}</td>
                <td data-label=t!(courses.program.funder)>{line.funder}</td>
                <td data-label=t!(courses.dates)>{dates}</td>
                <td class="num" data-label=t!(courses.catalogue)>{number::count(line.courses)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Table caption=t!(courses.programs) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(courses.program.name)}</th>
                <th scope="col">{t!(courses.program.implementer)}</th>
                <th scope="col">{t!(courses.program.funder)}</th>
                <th scope="col">{t!(courses.dates)}</th>
                <th scope="col" class="num">{t!(courses.catalogue)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

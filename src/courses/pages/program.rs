//! One program with its courses and editions.

use leptos::prelude::*;

use super::{
    editions_table,
    parts::{FETCHED, crumb, date_key, pager, trim},
};
use crate::{
    access::{ManageProgram, ReadProgram, permit, viewer},
    courses::{
        ProgramId,
        program::Program,
        queries::{self, CourseLine, EditionLine},
        words,
    },
    error::AppError,
    paths,
    server::{
        page,
        page::{path_id, query_value},
        services,
    },
    t,
    ui::{ButtonKind, ButtonLink, EmptyState, Fact, Facts, Page, Section, Table, number, time},
};

/// One program: what it is, its courses, its editions from the latest down.
#[component]
pub fn ProgramPage() -> impl IntoView {
    let id = path_id::<ProgramId>("id");
    page(async move {
        let id = id?;
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let _permit = permit(&mut connection, &viewer, ReadProgram(id)).await?;
        let manages = permit(&mut connection, &viewer, ManageProgram(id))
            .await
            .is_ok();
        let program = queries::program(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let signatories = queries::signatories(&mut connection, id).await?;
        let courses = queries::program_courses(&mut connection, id).await?;
        let after = query_value("after");
        let editions =
            queries::program_editions(&mut connection, id, date_key(&after), FETCHED).await?;
        Ok(program_view(
            program,
            signatories,
            courses,
            editions,
            &after,
            manages,
        ))
    })
}

fn program_view(
    program: Program,
    signatories: Vec<(String, String, String)>,
    courses: Vec<CourseLine>,
    editions: Vec<EditionLine>,
    after: &str,
    manages: bool,
) -> AnyView {
    let id = program.id;
    let action = manages.then(|| {
        view! {
            <ButtonLink href=paths::course_new(id)>{t!(courses.course.new)}</ButtonLink>
            <ButtonLink href=paths::program_edit(id) kind=ButtonKind::Secondary>
                {t!(courses.edit)}
            </ButtonLink>
            <ButtonLink href=paths::program_vetting(id) kind=ButtonKind::Quiet>
                {t!(courses.program.vetting)}
            </ButtonLink>
        }
    });
    let crumbs = vec![
        crumb(t!(courses.programs), paths::programs()),
        (program.name.clone(), None),
    ];
    let facts = program_facts(&program, signatories);
    let editions = editions_list(id, editions, after);
    let courses = courses_table(courses, manages);
    view! {
        <Page title=program.name breadcrumbs=crumbs action=action.into_any()>
            {facts}
            <Section title=t!(courses.catalogue)>{courses}</Section>
            <Section title=t!(courses.editions)>{editions}</Section>
        </Page>
    }
    .into_any()
}

fn program_facts(program: &Program, signatories: Vec<(String, String, String)>) -> AnyView {
    let signs = signatories.into_iter().map(|(name, title, institution)| {
        view! { <li>{format!("{name}, {title}, {institution}")}</li> }
    });
    let signs = signs.collect_view();
    let signatures = (!signs.is_empty()).then(|| {
        view! {
            <Fact label=t!(courses.program.signatories)><ul class="lines" role="list">{signs}</ul></Fact>
        }
    });
    let summary = (!program.summary.is_empty()).then(|| view! { <p>{program.summary.clone()}</p> });
    let (implementer, funder) = (program.implementer.clone(), program.funder.clone());
    let dates = time::date_range(program.starts_on, program.ends_on);
    view! {
        {summary}
        <Facts>
            <Fact label=t!(courses.program.implementer)>{implementer}</Fact>
            <Fact label=t!(courses.program.funder)>{funder}</Fact>
            <Fact label=t!(courses.dates)>{dates}</Fact>
            {signatures}
        </Facts>
    }
    .into_any()
}

fn courses_table(courses: Vec<CourseLine>, manages: bool) -> AnyView {
    if courses.is_empty() {
        return view! {
            <EmptyState title=t!(courses.course.none) body=t!(courses.course.none_body) />
        }
        .into_any();
    }
    let rows = courses.into_iter().map(|course| {
        let add = manages.then(|| {
            let label = t!(courses.edition.new_of, course = course.title.as_str());
            view! {
                <a class="button button-quiet" href=paths::edition_new(course.id) aria-label=label>
                    {t!(courses.edition.new)}
                </a>
            }
        });
        view! {
            <tr>
                <th scope="row"><a href=paths::course(course.id)>{course.title}</a></th>
                <td data-label=t!(courses.kind)>{words::kind(course.kind)}</td>
                <td class="num" data-label=t!(courses.length)>{time::duration(course.planned_minutes)}</td>
                <td class="num" data-label=t!(courses.editions)>{number::count(course.editions)}</td>
                <td>{add}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Table caption=t!(courses.catalogue) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(courses.course.title)}</th>
                <th scope="col">{t!(courses.kind)}</th>
                <th scope="col" class="num">{t!(courses.length)}</th>
                <th scope="col" class="num">{t!(courses.editions)}</th>
                <th scope="col"><span class="visually-hidden">{t!(courses.actions)}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn editions_list(program: ProgramId, mut editions: Vec<EditionLine>, after: &str) -> AnyView {
    if editions.is_empty() {
        return view! {
            <EmptyState title=t!(courses.edition.none) body=t!(courses.edition.none_body) />
        }
        .into_any();
    }
    let more = trim(&mut editions);
    let last = editions.last().map(|line| (line.starts_on, line.id.get()));
    let pager = pager(paths::program(program), after, last.filter(|_| more));
    view! {
        {editions_table(editions, true)}
        {pager}
    }
    .into_any()
}

//! A course as everybody sees it; its staff sees its drafts too.

use leptos::prelude::*;

use super::parts::{FETCHED, completion_rule, crumb, date_key, editions_table, pager, trim};
use crate::{
    access::{Place, Viewer, may, maybe_viewer, policy::ActionKind},
    courses::{
        CourseId, EditionId, EditionState, ProgramId,
        course::Course,
        queries::{self, EditionLine},
        words,
    },
    error::AppError,
    paths, plural,
    server::{
        page,
        page::{path_id, query_value},
        services,
    },
    settings, t,
    ui::{
        ButtonKind, ButtonLink, EmptyState, Fact, Facts, Icon, IconShape, Markdown, Page, Section,
        Split, time,
    },
};

/// A course: what one will be able to do, for whom, how long, what one gets, when it is given.
#[component]
pub fn CoursePage() -> impl IntoView {
    let id = path_id::<CourseId>("id");
    page(async move {
        let id = id?;
        let viewer = maybe_viewer();
        let state = services();
        let mut connection = state.database.read().await?;
        let course = queries::course(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let manages = manages(viewer.as_ref(), course.program);
        let after = query_value("after");
        let key = date_key(&after);
        let editions = queries::course_editions(&mut connection, id, manages, key, FETCHED).await?;
        if editions.is_empty() && !manages {
            return Err(AppError::NotFound);
        }
        let program = queries::program(&mut connection, course.program)
            .await?
            .ok_or(AppError::NotFound)?;
        let required = queries::prerequisites(&mut connection, id).await?;
        let minutes = settings::academic_minutes(&mut connection).await?;
        let today = state.clock.today();
        let open = queries::open_edition_of_course(&mut connection, id, today).await?;
        let past = queries::past_editions(&mut connection, id).await?;
        let editions = editions_view(id, editions, &after, past);
        let facts = facts(
            &course,
            &program.funder,
            &program.implementer,
            required,
            minutes,
        );
        let crumbs = if manages {
            vec![
                crumb(t!(courses.programs), paths::programs()),
                crumb(course.program_name.clone(), paths::program(course.program)),
                (course.title.clone(), None),
            ]
        } else {
            vec![
                crumb(t!(courses.catalogue), paths::courses()),
                (course.title.clone(), None),
            ]
        };
        let kind = view! {
            <span>{words::kind(course.kind)}</span>
            <span><Icon shape=IconShape::Clock />" "{time::training_hours(course.planned_minutes, minutes)}</span>
        };
        let lead = course.summary.clone();
        Ok(view! {
            <Page title=course.title.clone() lead=lead breadcrumbs=crumbs
                action=actions(id, manages, open) under_title=kind.into_any()>
                <Split>
                    <div>{course_texts(&course)}</div>
                    <Section title=t!(public.in_short) framed=true>{facts}</Section>
                </Split>
                <Section title=t!(courses.editions) id="editions">{editions}</Section>
            </Page>
        }
        .into_any())
    })
}

fn manages(viewer: Option<&Viewer>, program: ProgramId) -> bool {
    let place = Place {
        program: Some(program),
        ..Place::default()
    };
    viewer.is_some_and(|viewer| may(viewer, ActionKind::ManageProgram, place))
}

/// One button: for staff the next edition, for everyone else the edition that is open.
fn actions(course: CourseId, manages: bool, open: Option<EditionId>) -> AnyView {
    if manages {
        return view! {
            <ButtonLink href=paths::edition_new(course)>{t!(courses.edition.new)}</ButtonLink>
            <ButtonLink href=paths::course_edit(course) kind=ButtonKind::Secondary>
                {t!(courses.edit)}
            </ButtonLink>
        }
        .into_any();
    }
    let open = open.map(|edition| {
        view! { <ButtonLink href=paths::edition(edition)>{t!(public.see_open_edition)}</ButtonLink> }
    });
    open.into_any()
}

/// What one will be able to do, for whom, and what is taught.
pub(crate) fn course_texts(course: &Course) -> AnyView {
    let part = |title: String, text: &str, markdown: bool| {
        let text = text.to_owned();
        (!text.trim().is_empty()).then(|| {
            let body = if markdown {
                view! { <Markdown text=text /> }.into_any()
            } else {
                view! { <p>{text}</p> }.into_any()
            };
            view! { <Section title=title>{body}</Section> }
        })
    };
    let texts = [&course.outcomes, &course.audience, &course.syllabus];
    if texts.iter().all(|text| text.trim().is_empty()) {
        return view! { <p class="quiet">{t!(courses.no_texts)}</p> }.into_any();
    }
    view! {
        {part(t!(public.outcomes), &course.outcomes, true)}
        {part(t!(public.audience), &course.audience, false)}
        {part(t!(public.syllabus), &course.syllabus, true)}
    }
    .into_any()
}

fn facts(
    course: &Course,
    funder: &str,
    implementer: &str,
    required: Vec<(CourseId, String)>,
    minutes: i64,
) -> AnyView {
    let rule = completion_rule(
        course.min_share_permille,
        course.min_grade_tenths,
        course.excused_counts,
    );
    let length = time::training_hours(course.planned_minutes, minutes);
    let required = prerequisites_fact(required);
    let program = course.program_name.clone();
    let (implementer, funder) = (implementer.to_owned(), funder.to_owned());
    view! {
        <Facts stacked=true>
            <Fact label=t!(courses.length)>{length}</Fact>
            <Fact label=t!(public.what_you_get)>{rule}</Fact>
            {required}
            <Fact label=t!(public.program)>{program}</Fact>
            <Fact label=t!(courses.program.implementer)>{implementer}</Fact>
            <Fact label=t!(courses.program.funder)>{funder}</Fact>
        </Facts>
    }
    .into_any()
}

/// The courses to complete first, where there are any.
pub(crate) fn prerequisites_fact(required: Vec<(CourseId, String)>) -> Option<AnyView> {
    if required.is_empty() {
        return None;
    }
    let items = required
        .into_iter()
        .map(|(id, title)| view! { <li><a href=paths::course(id)>{title}</a></li> });
    let items = items.collect_view();
    Some(
        view! {
            <Fact label=t!(public.prerequisites)><ul class="lines" role="list">{items}</ul></Fact>
        }
        .into_any(),
    )
}

/// A page of editions, those that are over folded away unless they are what is looked through; `past`
/// are over in all.
fn editions_view(
    course: CourseId,
    mut editions: Vec<EditionLine>,
    after: &str,
    past: i64,
) -> AnyView {
    let more = trim(&mut editions);
    let last = editions.last().map(|last| (last.starts_on, last.id.get()));
    let pager = pager(paths::course(course), after, last.filter(|_| more));
    let lines = editions_lines(editions, !after.is_empty(), past);
    view! { {lines}{pager} }.into_any()
}

fn editions_lines(editions: Vec<EditionLine>, later_page: bool, all_past: i64) -> AnyView {
    if editions.is_empty() {
        return view! {
            <EmptyState title=t!(courses.edition.none) body=t!(courses.edition.none_body) />
        }
        .into_any();
    }
    let is_past = |edition: &EditionLine| {
        matches!(
            edition.state,
            EditionState::Closed | EditionState::Cancelled
        )
    };
    let (past, current): (Vec<_>, Vec<_>) = editions.into_iter().partition(is_past);
    let past = (!past.is_empty()).then(|| {
        let title = plural!(all_past, courses.past_editions);
        view! {
            <details class="fold" open=later_page>
                <summary>{title}</summary>
                {editions_table(past, false)}
            </details>
        }
    });
    let current = if current.is_empty() && later_page {
        ().into_any()
    } else if current.is_empty() {
        view! { <p class="quiet">{t!(courses.no_current_edition)}</p> }.into_any()
    } else {
        editions_table(current, false)
    };
    view! { {current}{past} }.into_any()
}

//! The door of a session: leads to where one left, and says what was earned at the end.

use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use super::{frame::learner_way, onward::onward, step_list::step_list};
use crate::{
    access::viewer,
    attendance::{self, Share, pages::share_bar},
    enrolment::EnrolmentId,
    error::AppError,
    learning::{
        actions::Finish,
        operations::{self, Lesson},
    },
    paths,
    server::{go_to, page, page::path_id, services},
    sessions::SessionId,
    settings, t,
    ui::{
        ButtonKind, EmptyState, Fact, Facts, Notice, NoticeKind, Page, PostButton, Section, Width,
        time,
    },
};

/// `/learn/{id}`
#[component]
pub fn LearnPage() -> impl IntoView {
    let session = path_id::<SessionId>("session");
    page(async move {
        let viewer = viewer()?;
        let session = session?;
        let state = services();
        let mut connection = state.database.read().await?;
        let now = state.clock.now();
        let lesson = operations::lesson(&mut connection, &viewer, session, now).await?;
        let Some(enrolment) = lesson.enrolment else {
            return Ok(preview(&lesson));
        };
        let trail = &lesson.trail;
        if let Some(next) = trail.next().filter(|_| trail.open && !trail.credited) {
            go_to(&paths::learn_step(session, next));
            return Ok(().into_any());
        }
        let top = if trail.is_finished() {
            finished(&mut connection, &lesson, enrolment, now).await?
        } else {
            unfinished(&lesson, now)
        };
        let steps = (!lesson.steps.is_empty()).then(|| {
            let list = step_list(&lesson, None);
            view! { <Section title=t!(learning.tab.steps)>{list}</Section> }
        });
        let mut breadcrumbs = learner_way(&lesson.unit);
        breadcrumbs.truncate(1);
        Ok(view! {
            <Page title=lesson.unit.title width=Width::Reading breadcrumbs=breadcrumbs>
                {top}
                {steps}
            </Page>
        }
        .into_any())
    })
}

/// Staff begins to look at the first step.
fn preview(lesson: &Lesson) -> AnyView {
    let session = lesson.unit.session;
    if let Some(first) = lesson.steps.first() {
        go_to(&paths::learn_step(session, first.id));
        return ().into_any();
    }
    view! {
        <Page title=lesson.unit.title.clone() width=Width::Reading>
            <EmptyState title=t!(learning.no_steps) body=t!(learning.no_steps_author) />
        </Page>
    }
    .into_any()
}

/// Why nothing can be done: no steps yet, not open yet, closed.
fn unfinished(lesson: &Lesson, now: DateTime<Utc>) -> AnyView {
    let unit = &lesson.unit;
    if lesson.trail.open {
        return view! { <EmptyState title=t!(learning.no_steps) body=t!(learning.no_steps_yet) /> }
            .into_any();
    }
    let why = if now < unit.starts_at {
        t!(learning.opens_at, when = time::date_time(unit.starts_at))
    } else if now > unit.ends_at {
        t!(learning.closed_at, when = time::date_time(unit.ends_at))
    } else {
        t!(learning.edition_not_under_way)
    };
    let (done, total) = (lesson.trail.done(), lesson.steps.len());
    let so_far = (total > 0).then(|| t!(learning.done_of, done = done, total = total));
    view! {
        <Notice kind=NoticeKind::Attention title=t!(learning.not_open)>
            <p>{why}</p>
            {so_far.map(|so_far| view! { <p>{so_far}</p> })}
        </Notice>
    }
    .into_any()
}

/// What was earned and what comes next; or the way to be credited at last.
async fn finished(
    connection: &mut SqliteConnection,
    lesson: &Lesson,
    enrolment: EnrolmentId,
    now: DateTime<Utc>,
) -> Result<AnyView, AppError> {
    if !lesson.trail.credited {
        return Ok(complete(lesson));
    }
    let academic = settings::academic_minutes(connection).await?;
    let share = attendance::share_of(connection, enrolment, now).await?;
    let hours = time::training_hours(lesson.unit.planned_minutes, academic);
    let share = share.map(|share| standing(lesson, share));
    let added = lesson
        .trail
        .next()
        .filter(|_| lesson.trail.open)
        .map(|step| {
            let href = paths::learn_step(lesson.unit.session, step);
            view! { <p>{t!(learning.added_later)}" "<a href=href>{t!(learning.see_added)}</a></p> }
        });
    let next = onward(connection, &lesson.unit, enrolment, now).await?;
    Ok(view! {
        <Notice kind=NoticeKind::Success title=t!(learning.finished_title)>
            <p>{t!(learning.earned, hours = hours)}</p>
            {added}
        </Notice>
        {share}
        {next}
    }
    .into_any())
}

/// Everything is done and nothing credited: the last open step was taken away.
fn complete(lesson: &Lesson) -> AnyView {
    if !lesson.trail.open {
        return unfinished(lesson, lesson.unit.ends_at);
    }
    let fields = vec![("session", lesson.unit.session.to_string())];
    view! {
        <p>{t!(learning.complete)}</p>
        <PostButton action=Finish::PATH fields=fields kind=ButtonKind::Primary>
            {t!(learning.finish)}
        </PostButton>
    }
    .into_any()
}

/// Attendance in the whole edition, with what it takes for a constancia.
fn standing(lesson: &Lesson, share: Share) -> AnyView {
    let bar = share_bar(share, lesson.unit.min_share_permille);
    let attended = t!(
        learning.attended_of,
        attended = time::duration(share.attended),
        planned = time::duration(share.planned)
    );
    view! {
        <Facts stacked=true>
            <Fact label=t!(learning.in_edition)>{attended}</Fact>
            <Fact label=t!(learning.share)>{bar}</Fact>
        </Facts>
    }
    .into_any()
}

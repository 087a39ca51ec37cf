//! The coordinator's home: today, what needs attention, the next four weeks.

use chrono::Days;
use leptos::prelude::*;

use crate::{
    access::Viewer,
    certificates, courses,
    error::AppError,
    home::queries::{self, EditionLine, SessionLine, Upcoming},
    paths::{self, Path},
    plural,
    server::{AppState, clock::from_lima},
    t,
    ui::{Chip, EmptyState, SeatsBar, Section, Table, TodoItem, TodoList, number, time},
};

/// The part of the home.
pub async fn part(state: &AppState, viewer: &Viewer) -> Result<AnyView, AppError> {
    let (now, today) = (state.clock.now(), state.clock.today());
    let programs = &viewer.roles.coordinates;
    let midnight = from_lima(today.and_time(chrono::NaiveTime::MIN));
    let mut connection = state.database.read().await?;
    let sessions = queries::sessions_of_programs(
        &mut connection,
        programs,
        midnight,
        midnight + chrono::Duration::days(1),
    )
    .await?;
    let mut todos = Vec::new();
    let work = |lines, words: Words| lines_of_work(lines, &words);
    todos.extend(work(
        queries::conflicts(&mut connection, programs).await?,
        Words {
            text: |n| plural!(n, home.conflicts),
            action: t!(home.settle),
            path: paths::edition_attendance,
        },
    ));
    todos.extend(work(
        queries::requests(&mut connection, programs).await?,
        Words {
            text: |n| plural!(n, home.requests),
            action: t!(home.review),
            path: paths::edition_enrolments,
        },
    ));
    let walk_ins = queries::walk_ins(&mut connection, programs).await?;
    todos.extend(walk_ins.into_iter().map(|line| {
        TodoItem::counted(
            line.count,
            plural!(line.count, home.walk_ins),
            format!("{} · {}", line.course, line.title),
            t!(home.review),
            paths::walk_ins(line.session),
        )
    }));
    todos.extend(work(
        queries::offline_marks(&mut connection, programs).await?,
        Words {
            text: |n| plural!(n, home.offline_marks),
            action: t!(home.review),
            path: paths::edition_offline_marks,
        },
    ));
    todos.extend(work(
        queries::notices(&mut connection, programs, now).await?,
        Words {
            text: |n| plural!(n, home.notices),
            action: t!(home.tell),
            path: paths::edition_notices,
        },
    ));
    todos.extend(work(
        queries::unmarked(&mut connection, programs, now).await?,
        Words {
            text: |n| plural!(n, home.unmarked),
            action: t!(home.complete),
            path: paths::edition_attendance,
        },
    ));
    todos.extend(due_certificates(&mut connection, now, programs).await?);
    todos.extend(work(
        queries::without_facilitator(&mut connection, programs, today).await?,
        Words {
            text: |_| t!(home.no_facilitator),
            action: t!(home.assign),
            path: paths::edition,
        },
    ));
    todos.extend(work(
        queries::without_venue(&mut connection, programs, today).await?,
        Words {
            text: |_| t!(home.no_venue),
            action: t!(home.choose_venue),
            path: paths::edition_edit,
        },
    ));
    let upcoming =
        queries::upcoming(&mut connection, programs, today, today + Days::new(28)).await?;
    Ok(view! {
        <Section title=t!(home.today)>{sessions_today(sessions)}</Section>
        <Section title=t!(home.attention)>{attention(todos)}</Section>
        <Section title=t!(home.four_weeks)>{four_weeks(upcoming)}</Section>
    }
    .into_any())
}

struct Words {
    text: fn(i64) -> String,
    action: String,
    path: fn(courses::EditionId) -> Path,
}

fn lines_of_work(lines: Vec<EditionLine>, words: &Words) -> Vec<TodoItem> {
    lines
        .into_iter()
        .map(|line| {
            TodoItem::counted(
                line.count,
                (words.text)(line.count),
                courses::words::edition_title(&line.course, line.number),
                words.action.clone(),
                (words.path)(line.edition),
            )
        })
        .collect()
}

async fn due_certificates(
    connection: &mut sqlx::SqliteConnection,
    now: chrono::DateTime<chrono::Utc>,
    programs: &[courses::ProgramId],
) -> Result<Vec<TodoItem>, AppError> {
    let editions = certificates::due_editions(connection, now, programs).await?;
    let item = |line: &certificates::DueEdition, count: i64, text: String, action: String| {
        let title = courses::words::edition_title(&line.course_title, line.number);
        let page = paths::edition_certificates(line.edition);
        TodoItem::counted(count, text, title, action, page)
    };
    let lost = editions.iter().filter(|line| line.lost > 0).map(|line| {
        let text = plural!(line.lost, home.lost);
        item(line, line.lost, text, t!(home.review))
    });
    let due = editions.iter().filter(|line| line.due > 0).map(|line| {
        let text = plural!(line.due, home.due);
        item(line, line.due, text, t!(home.issue))
    });
    Ok(lost.chain(due).collect())
}

/// Which sessions a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// They are over.
    Past,
    /// They are today's.
    Today,
    /// Their day is still to come: there is no attendance to take.
    Coming,
}

/// Sessions as work: the hour, what and where, how far, and the button that takes attendance.
pub(super) fn session_items(sessions: Vec<SessionLine>, when: When) -> Vec<TodoItem> {
    sessions
        .into_iter()
        .map(|line| {
            let kind = courses::words::kind(line.kind);
            let place = line
                .venue
                .map(|venue| format!(" — {venue}"))
                .unwrap_or_default();
            let (people, action, href) = if when == When::Coming {
                (
                    plural!(line.people, home.enrolled),
                    t!(home.see_edition),
                    paths::edition(line.edition),
                )
            } else {
                let marked = t!(
                    home.marked,
                    marked = number::count(line.marked),
                    people = number::count(line.people)
                );
                (
                    marked,
                    t!(home.take_attendance),
                    paths::session_attendance(line.id),
                )
            };
            let day = (when != When::Today)
                .then(|| time::day_and_month(time::in_lima(line.starts_at).date()));
            TodoItem {
                day: day.unwrap_or_default(),
                count: time::hour(line.starts_at),
                text: format!("{kind} · {}{place}", line.course),
                detail: format!("{} · {people}", line.title),
                action,
                href: href.into(),
            }
        })
        .collect()
}

fn sessions_today(sessions: Vec<SessionLine>) -> AnyView {
    if sessions.is_empty() {
        return view! { <p class="quiet">{t!(home.no_session_today)}</p> }.into_any();
    }
    view! { <TodoList items=session_items(sessions, When::Today) /> }.into_any()
}

fn attention(todos: Vec<TodoItem>) -> AnyView {
    if todos.is_empty() {
        return view! { <EmptyState title=t!(home.nothing_title) body=t!(home.nothing_body) /> }
            .into_any();
    }
    view! { <TodoList items=todos /> }.into_any()
}

fn four_weeks(editions: Vec<Upcoming>) -> AnyView {
    if editions.is_empty() {
        return view! { <p class="quiet">{t!(home.no_editions)}</p> }.into_any();
    }
    let rows = editions.into_iter().map(upcoming_row).collect_view();
    view! {
        <Table caption=t!(home.four_weeks) caption_hidden=true cards=true>
            <thead>
                <tr>
                    <th scope="col">{t!(home.edition)}</th>
                    <th scope="col">{t!(home.dates)}</th>
                    <th scope="col">{t!(home.place)}</th>
                    <th scope="col">{t!(home.seats)}</th>
                    <th scope="col">{t!(home.state)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn upcoming_row(edition: Upcoming) -> AnyView {
    let title = courses::words::edition_title(&edition.course, edition.number);
    let place = edition
        .venue
        .unwrap_or_else(|| courses::words::modality(edition.modality));
    let tone = courses::words::edition_tone(edition.state);
    let state = courses::words::edition_state(edition.state);
    view! {
        <tr>
            <th scope="row">
                <a href=paths::edition(edition.edition)>{title}</a>
                <span class="quiet">" "{courses::words::kind(edition.kind)}</span>
            </th>
            <td data-label=t!(home.dates)>{time::date_range(edition.starts_on, edition.ends_on)}</td>
            <td data-label=t!(home.place)>{place}</td>
            <td data-label=t!(home.seats)>
                <SeatsBar enrolled=edition.enrolled seats=edition.seats waiting=edition.waiting />
            </td>
            <td data-label=t!(home.state)><Chip tone=tone label=state /></td>
        </tr>
    }
    .into_any()
}

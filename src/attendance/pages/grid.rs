//! The attendance of an edition: people down, sessions across.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use leptos::prelude::*;
use sqlx::SqliteConnection;

use super::{grid_words::grid_words, limits, locked_notice};
use crate::{
    access::{policy::ActionKind, viewer},
    attendance::{
        MarkStatus, Share,
        grid::{Grid, GridPerson, GridSession},
        islands::AttendanceGrid,
        queries,
    },
    courses::{
        EditionHeader, EditionId, header_for,
        pages::{EditionFrame, EditionTab},
        words,
    },
    enrolment::queries::{RosterEntry, roster},
    error::AppError,
    paths, plural,
    server::{
        page::{page, path_id},
        services,
    },
    sessions::{self, Session},
    t,
    ui::{ButtonLink, ClientBundle, EmptyState, Notice, NoticeKind, time},
};

/// What another domain counts: marks that came in from phones and wait for a decision.
pub type Waiting = fn(&mut SqliteConnection, EditionId) -> BoxFuture<'_, Result<i64, AppError>>;

/// The attendance grid.
#[component]
pub fn EditionAttendancePage(
    /// How many marks wait for whoever coordinates.
    waiting: Waiting,
) -> impl IntoView {
    let id = path_id::<EditionId>("id");
    page(async move {
        let Loaded {
            header,
            grid,
            next,
            sessions,
            waiting,
        } = load(id?, waiting).await?;
        let content = content(&header, grid);
        let papers = papers(&sessions);
        let locked = locked_notice(&header);
        let offline = waiting_offline(&header, waiting);
        let action = next.map(take_list);
        Ok(view! {
            <EditionFrame header=header tab=EditionTab::Attendance action=action>
                {locked}
                {offline}
                {content}
                {papers}
            </EditionFrame>
        }
        .into_any())
    })
}

/// The way to the list of the session that is held now, or else the one before it.
fn take_list(session: Session) -> AnyView {
    let day = time::day_and_month(time::in_lima(session.starts_at).date());
    let when = format!("{day}, {}", time::hour(session.starts_at));
    view! {
        <ButtonLink href=paths::session_attendance(session.id)>
            {t!(attendance.grid.take_list_of, when = when)}
        </ButtonLink>
    }
    .into_any()
}

/// The sessions whose signed sheets can be brought in.
fn papers(sessions: &[Session]) -> Option<AnyView> {
    let line = |session: &Session| {
        let day = time::day_and_month(time::in_lima(session.starts_at).date());
        let what = format!("{day}, {}", session.title);
        view! { <li><a href=paths::paper(session.id)>{what}</a></li> }.into_any()
    };
    let meetings = sessions.iter().filter(|session| !session.is_self_paced());
    let lines: Vec<AnyView> = meetings.map(line).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>{t!(paper.by_session)}</summary>
                <ul class="lines" role="list">{lines}</ul>
            </details>
        }
        .into_any()
    })
}

/// The way to marks that came in from phones and wait for a decision.
fn waiting_offline(header: &EditionHeader, waiting: i64) -> Option<AnyView> {
    (waiting > 0).then(|| {
        let href = paths::edition_offline_marks(header.id);
        let words = plural!(waiting, offline.waiting_marks);
        view! { <Notice kind=NoticeKind::Attention><p><a href=href>{words}</a></p></Notice> }
            .into_any()
    })
}

/// What the page shows.
struct Loaded {
    header: EditionHeader,
    grid: Grid,
    /// The session to be taken now.
    next: Option<Session>,
    sessions: Vec<Session>,
    /// Marks of phones that wait for a decision.
    waiting: i64,
}

async fn load(id: EditionId, waiting: Waiting) -> Result<Loaded, AppError> {
    let (viewer, state) = (viewer()?, services());
    let mut connection = state.database.read().await?;
    let header = header_for(&mut connection, &viewer, id, ActionKind::TakeAttendance).await?;
    let sessions = sessions::list(&mut connection, id).await?;
    let people = roster(&mut connection, id).await?;
    let begun = state.clock.now() + crate::attendance::arrival::EARLY;
    let next = sessions
        .iter()
        .rfind(|session| session.starts_at <= begun)
        .filter(|_| !header.is_locked() && !people.is_empty())
        .cloned();
    let now = state.clock.now();
    let grid = Grid {
        edition: id,
        open: !header.is_locked(),
        min_share_permille: header.min_share_permille,
        excused_counts: header.excused_counts,
        sessions: sessions
            .iter()
            .map(|session| column(session, header.is_locked(), now))
            .collect(),
        people: people.into_iter().map(row).collect(),
        cells: queries::cells(&mut connection, id, None).await?,
        words: grid_words(),
    };
    // Deciding is for whoever coordinates.
    let waiting = if header.allows(Some(&viewer), ActionKind::ManageEnrolments) {
        waiting(&mut connection, id).await?
    } else {
        0
    };
    Ok(Loaded {
        header,
        grid,
        next,
        sessions,
        waiting,
    })
}

fn column(session: &Session, is_locked: bool, now: DateTime<Utc>) -> GridSession {
    let day = time::in_lima(session.starts_at).date();
    let hour = time::hour(session.starts_at);
    GridSession {
        id: session.id,
        title: session.title.clone(),
        day: time::day_and_month(day),
        hour: format!("{hour} · {}", words::modality(session.modality)),
        planned: session.planned_minutes,
        open: !is_locked && (!session.is_self_paced() || session.ends_at > now),
        limit: limits::in_grid(session, now),
    }
}

fn row(person: RosterEntry) -> GridPerson {
    GridPerson {
        enrolment: person.enrolment,
        name: person.listed_name(),
        folded: person.sort_name,
        institution: person.institution,
    }
}

fn content(header: &EditionHeader, grid: Grid) -> AnyView {
    if grid.sessions.is_empty() {
        let next = view! {
            <ButtonLink href=paths::edition_sessions(header.id)>{t!(attendance.grid.to_sessions)}</ButtonLink>
        };
        return view! {
            <EmptyState title=t!(attendance.grid.no_sessions)
                body=t!(attendance.grid.no_sessions_body) action=next.into_any() />
        }
        .into_any();
    }
    if grid.people.is_empty() {
        let next = view! {
            <ButtonLink href=paths::edition_enrolments(header.id)>{t!(attendance.grid.to_enrolments)}</ButtonLink>
        };
        return view! {
            <EmptyState title=t!(attendance.grid.no_people)
                body=t!(attendance.grid.no_people_body) action=next.into_any() />
        }
        .into_any();
    }
    let minimum = Share {
        attended: header.min_share_permille,
        planned: 1000,
        open: 0,
    };
    let minimum = t!(attendance.grid.minimum, share = minimum.percent());
    view! {
        {lists(&grid)}
        <AttendanceGrid grid=grid />
        <p class="quiet small">{minimum}</p>
        <ClientBundle />
    }
    .into_any()
}

/// The sessions as a list, where the screen is too narrow for the table to be the best way.
fn lists(grid: &Grid) -> AnyView {
    let open = grid.open;
    let lines: Vec<AnyView> = grid
        .sessions
        .iter()
        .map(|session| {
            let attended = grid
                .cells
                .iter()
                .filter(|cell| cell.session == session.id && cell.status.attended())
                .count();
            let label = if open && !session.allows(MarkStatus::Absent) {
                t!(attendance.limit.excuse)
            } else if open {
                t!(attendance.grid.take)
            } else {
                t!(attendance.grid.see_list)
            };
            let when = format!("{}, {}", session.day, session.hour);
            let count = t!(
                attendance.grid.came,
                n = attended,
                all = grid.people.len()
            );
            view! {
                <li>
                    <span class="grid-list-title">{session.title.clone()}</span>
                    <span class="quiet small">{when}{session.limit.clone().map(|limit| format!(" · {}", limit.short))}</span>
                    <span class="num">{count}</span>
                    <a class="button button-secondary" href=paths::session_attendance(session.id)>{label}</a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="lines grid-lists" role="list">{lines}</ul> }.into_any()
}

//! Marks of phones that were offline and that a rule stands against, for whoever decides; and the
//! cells in which they disagree with others.

use futures::future::BoxFuture;
use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use crate::{
    access::{policy::ActionKind, viewer},
    attendance::words::{status, status_with_minutes},
    check_in,
    courses::{EditionId, header_for},
    enrolment::EnrolmentId,
    error::AppError,
    offline::{
        OfflineMarkId, Refusal,
        actions::{Accept, Dismiss},
        queries::{self, DisputedLine, RefusedLine},
        words,
    },
    paths::{self, Path},
    people::{self, listed_name},
    plural,
    server::{
        AppState, page,
        page::{path_id, query_value},
        services,
    },
    sessions::SessionId,
    t,
    ui::{ConfirmButton, EmptyState, KeysetPager, Page, PostButton, Section, Width, number, time},
};

/// How many marks of an edition wait for a decision, for the page of its attendance.
pub fn waiting_marks(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> BoxFuture<'_, Result<i64, AppError>> {
    Box::pin(async move { Ok(queries::count_waiting(connection, edition).await?) })
}

/// The page.
#[component]
pub fn OfflineMarksPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    page(async move {
        let (state, viewer, id) = (services(), viewer()?, id?);
        let mut connection = state.database.read().await?;
        let header = header_for(&mut connection, &viewer, id, ActionKind::ManageEnrolments).await?;
        let asked = Asked::of_address(id);
        let (from, cell) = (asked.mark().unwrap_or(OfflineMarkId::new(0)), asked.cell());
        let mut refused = queries::refused(&mut connection, id, from, PAGE_AND_ONE).await?;
        let mut disputed = queries::disputed(&mut connection, id, cell, PAGE_AND_ONE).await?;
        let (more_marks, more_cells) = (trim(&mut refused), trim(&mut disputed));
        let waiting = queries::count_waiting(&mut connection, id).await?;
        let mut lines = Vec::with_capacity(refused.len());
        for one in &refused {
            lines.push(line(&state, &mut connection, id, one).await?);
        }
        drop(connection);
        let nothing = (waiting == 0 && disputed.is_empty() && cell.is_none()).then(|| {
            view! { <EmptyState title=t!(offline.queue.none) body=t!(offline.queue.none_body) /> }
        });
        let last = refused.last().filter(|_| more_marks);
        let pager = asked.marks_pager(lines.len(), waiting, last);
        let refused = (waiting > 0).then(|| {
            view! {
                <Section title=t!(offline.queue.refused)>
                    <p>{t!(offline.queue.refused_lead)}</p>
                    <ul class="lines" role="list">{lines}</ul>
                    {pager}
                </Section>
            }
        });
        let last = disputed.last().filter(|_| more_cells);
        let pager = asked.cells_pager(disputed.len(), last);
        let disputed = (!disputed.is_empty() || cell.is_some()).then(|| {
            let lines: Vec<AnyView> = disputed.iter().map(disputed_line).collect();
            view! {
                <Section title=t!(offline.queue.disputed)>
                    <p>{t!(offline.queue.disputed_lead)}</p>
                    <ul class="lines" role="list">{lines}</ul>
                    {pager}
                </Section>
            }
        });
        let crumbs = vec![
            (header.title(), Some(paths::edition(id).into())),
            (
                t!(attendance.title),
                Some(paths::edition_attendance(id).into()),
            ),
            (t!(offline.queue.title), None),
        ];
        Ok(view! {
            <Page title=t!(offline.queue.title) lead=plural!(waiting, offline.queue.waiting)
                width=Width::Form breadcrumbs=crumbs>
                {nothing}
                {refused}
                {disputed}
            </Page>
        }
        .into_any())
    })
}

/// Lines of each of the two lists on a page.
const PAGE: usize = 50;
const PAGE_AND_ONE: i64 = 51;

/// Takes the line away that only says that there are more; whether there are.
fn trim<T>(lines: &mut Vec<T>) -> bool {
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    more
}

/// Behind which line of each of the two lists the address asks for more: a mark `7`, and the cell of
/// session 3 and enrolment 12 as `3.12`.
struct Asked {
    edition: EditionId,
    marks: String,
    cells: String,
}

impl Asked {
    fn of_address(edition: EditionId) -> Self {
        Self {
            edition,
            marks: query_value("after"),
            cells: query_value("cells"),
        }
    }

    fn mark(&self) -> Option<OfflineMarkId> {
        self.marks.parse().ok()
    }

    fn cell(&self) -> Option<(SessionId, EnrolmentId)> {
        let (session, enrolment) = self.cells.split_once('.')?;
        Some((session.parse().ok()?, enrolment.parse().ok()?))
    }

    /// One list goes on, the other stays where it is.
    fn marks_pager(
        &self,
        shown: usize,
        waiting: i64,
        last: Option<&RefusedLine>,
    ) -> Option<AnyView> {
        let cells = self.cell().map(|_| self.cells.as_str()).unwrap_or_default();
        let shown = i64::try_from(shown).unwrap_or(i64::MAX);
        let count = plural!(shown, offline.queue.shown, total = number::count(waiting));
        let first = self.mark().map(|_| self.address("", cells));
        let next = last.map(|last| self.address(&last.id.to_string(), cells));
        pager(count, first, next)
    }

    fn cells_pager(&self, shown: usize, last: Option<&DisputedLine>) -> Option<AnyView> {
        let marks = self.mark().map(|_| self.marks.as_str()).unwrap_or_default();
        let shown = i64::try_from(shown).unwrap_or(i64::MAX);
        let count = plural!(shown, offline.queue.cells);
        let first = self.cell().map(|_| self.address(marks, ""));
        let next = last.map(|last| {
            let cell = format!("{}.{}", last.session, last.enrolment);
            self.address(marks, &cell)
        });
        pager(count, first, next)
    }

    fn address(&self, marks: &str, cells: &str) -> Path {
        [("after", marks), ("cells", cells)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .fold(
                paths::edition_offline_marks(self.edition),
                |path, (name, value)| path.with(name, value),
            )
    }
}

/// Nothing where one page holds it all.
fn pager(count: String, first: Option<Path>, next: Option<Path>) -> Option<AnyView> {
    (first.is_some() || next.is_some())
        .then(|| view! { <KeysetPager count=count first=first next=next /> }.into_any())
}

/// One refused mark: whom, what, when, from which phone, why, and the two buttons.
async fn line(
    state: &AppState,
    connection: &mut SqliteConnection,
    edition: EditionId,
    line: &RefusedLine,
) -> Result<AnyView, AppError> {
    let name = name(state, connection, line).await?;
    let session = line
        .title
        .clone()
        .unwrap_or_else(|| t!(offline.queue.no_session));
    let said = match line.minutes {
        Some(minutes) => status_with_minutes(line.status, minutes),
        None => status(line.status),
    };
    let marker = format!("{} {}", line.marker_given_names, line.marker_surname);
    let from = t!(
        offline.queue.from,
        marker = marker,
        phone = line.phone.clone(),
        when = time::date_time(line.corrected_at)
    );
    let why = line.reason.map(words::refusal).unwrap_or_default();
    let id = line.id.to_string();
    let describe = t!(offline.queue.accept_one, name = name.clone());
    let accept = match line.reason {
        // Nothing that anybody does changes these.
        Some(
            Refusal::ForeignSession | Refusal::TooEarly | Refusal::TooLate | Refusal::BadMinutes,
        ) => None,
        _ => Some(view! {
            <PostButton action=Accept::PATH fields=vec![("mark", id.clone())] describe=describe>
                {t!(offline.queue.accept)}
            </PostButton>
        }),
    };
    let next = match line.reason {
        Some(Refusal::NotEnrolled | Refusal::UnknownCode) => Some(
            view! { " "<a href=paths::edition_enrolments(edition)>{t!(offline.queue.enrol)}</a> }
                .into_any(),
        ),
        Some(Refusal::EditionClosed) => Some(
            view! { " "<a href=paths::edition(edition)>{t!(offline.queue.reopen)}</a> }.into_any(),
        ),
        _ => None,
    };
    Ok(view! {
        <li>
            <p><strong>{name}</strong>" · "{session}" · "{said}</p>
            <p class="quiet small">{from}</p>
            <p>{why}{next}</p>
            {accept}
            <ConfirmButton label=t!(offline.queue.dismiss_open)
                explanation=t!(offline.queue.dismiss_explained) confirm=t!(offline.queue.dismiss)
                action=Dismiss::PATH fields=vec![("mark", id)]
                reason=("reason", t!(offline.queue.reason)) />
        </li>
    }
    .into_any())
}

/// Whom it is about: somebody of the edition, or the holder of a code, who showed it.
async fn name(
    state: &AppState,
    connection: &mut SqliteConnection,
    line: &RefusedLine,
) -> Result<String, AppError> {
    if let (Some(given), Some(paternal)) = (&line.given_names, &line.paternal_surname) {
        let maternal = line.maternal_surname.as_deref();
        return Ok(listed_name(given, paternal, maternal));
    }
    let code = line.code.as_deref();
    let code = code.and_then(|code| state.secrets.open(code));
    if let Some(code) = code
        && let Some(person) = check_in::holder(state, connection, &code).await?
        && let Some(hit) = people::hit(connection, person).await?
    {
        return Ok(hit.name);
    }
    Ok(t!(offline.queue.nobody))
}

fn disputed_line(line: &DisputedLine) -> AnyView {
    let maternal = line.maternal_surname.as_deref();
    let name = listed_name(&line.given_names, &line.paternal_surname, maternal);
    let history = paths::mark_history(line.enrolment, line.session);
    view! { <li><a href=history>{name}</a>" · "{line.title.clone()}</li> }.into_any()
}

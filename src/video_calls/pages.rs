//! The report of a session's video call: sending it, and seeing what would become of it.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{
    CallService,
    actions::{Apply, Discard},
    matching::{Found, Line},
    operations::{self, Preview},
    queries::Enrolled,
};
use crate::{
    access::{policy::ActionKind, viewer},
    attendance::{MarkStatus, words::status_with_minutes},
    courses::header_for,
    error::AppError,
    paths, plural,
    server::{page, page::path_id, services},
    sessions::{self, Session, SessionId},
    t,
    ui::{
        ButtonKind, ButtonLink, FileField, Form, FormActions, HiddenField, Notice, NoticeKind,
        Page, PostButton, Section, Table, time,
    },
};

/// The most choices that are offered on one page: lines that fit nobody, times people.
const MOST_CHOICES: usize = 6_000;

/// The page.
#[component]
pub fn VideoCallPage() -> impl IntoView {
    let id = path_id::<SessionId>("id");
    page(async move {
        let (state, viewer, id) = (services(), viewer()?, id?);
        let mut connection = state.database.read().await?;
        let session = sessions::find(&mut connection, id).await?;
        let session = session.ok_or(AppError::NotFound)?;
        let header = header_for(
            &mut connection,
            &viewer,
            session.edition,
            ActionKind::TakeAttendance,
        )
        .await?;
        let preview = operations::preview(&state, &mut connection, &session).await?;
        drop(connection);
        let closed = if session.is_self_paced() {
            Some(t!(errors.check_in_self_paced))
        } else {
            header.is_locked().then(|| t!(attendance.roll.locked))
        };
        let content = match (closed, preview) {
            (Some(why), _) => {
                view! { <Notice kind=NoticeKind::Info><p>{why}</p></Notice> }.into_any()
            }
            (None, Some(preview)) => preview_section(&session, &preview),
            (None, None) => upload_form(id),
        };
        let title = t!(video_calls.title);
        let crumbs = vec![
            (header.title(), Some(paths::edition(header.id).into())),
            (
                t!(attendance.title),
                Some(paths::edition_attendance(header.id).into()),
            ),
            (
                session.title.clone(),
                Some(paths::session_attendance(id).into()),
            ),
            (title.clone(), None),
        ];
        let when = time::time_range(session.starts_at, session.ends_at);
        let lead = format!("{} · {when}", session.title);
        let to_list = view! {
            <ButtonLink kind=ButtonKind::Quiet href=paths::session_attendance(id)>{t!(video_calls.to_list)}</ButtonLink>
        };
        Ok(view! {
            <Page title=title lead=lead breadcrumbs=crumbs action=to_list.into_any()>{content}</Page>
        }
        .into_any())
    })
}

fn upload_form(id: SessionId) -> AnyView {
    view! {
        <Form action=paths::upload_video_call() multipart=true>
            <HiddenField name="session" value=id.to_string() />
            <FileField name="file" label=t!(video_calls.file) hint=t!(video_calls.file_hint)
                accept=".csv,.txt,.tsv,.xlsx" required=true />
            <p class="quiet small">{t!(video_calls.kept)}</p>
            <FormActions submit=t!(video_calls.send) />
        </Form>
    }
    .into_any()
}

fn preview_section(session: &Session, preview: &Preview) -> AnyView {
    let service = match preview.service {
        CallService::Zoom => t!(video_calls.service.zoom),
        CallService::Teams => t!(video_calls.service.teams),
        CallService::Meet => t!(video_calls.service.meet),
    };
    let unread = (preview.unread > 0).then(|| {
        let text = plural!(preview.unread, video_calls.unread);
        view! { <Notice kind=NoticeKind::Attention><p>{text}</p></Notice> }
    });
    let anybody = preview.lines.len().saturating_mul(preview.people.len()) <= MOST_CHOICES;
    let rows = preview
        .lines
        .iter()
        .enumerate()
        .map(|(index, line)| row(session, preview, anybody, index, line))
        .collect_view();
    let planned = time::duration(session.planned_minutes);
    let rule = t!(video_calls.rule, planned = planned);
    let id = preview.id.to_string();
    let discard = vec![("report", id.clone())];
    view! {
        {unread}
        <Section title=t!(video_calls.preview, service = service)>
            <p>{rule}</p>
            <Form action=Apply::PATH>
                <HiddenField name="report" value=id />
                <Table caption=t!(video_calls.title) caption_hidden=true cards=true>
                    <thead><tr>
                        <th scope="col">{t!(video_calls.in_call)}</th>
                        <th scope="col" class="num">{t!(video_calls.minutes)}</th>
                        <th scope="col">{t!(video_calls.verdict)}</th>
                        <th scope="col">{t!(video_calls.who)}</th>
                        <th scope="col">{t!(video_calls.becomes)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </Table>
                <FormActions submit=t!(video_calls.apply) />
            </Form>
            <PostButton action=Discard::PATH fields=discard kind=ButtonKind::Quiet>
                {t!(video_calls.discard)}
            </PostButton>
        </Section>
    }
    .into_any()
}

fn row(session: &Session, preview: &Preview, anybody: bool, index: usize, line: &Line) -> AnyView {
    let verdict = match (&line.found, line.minutes) {
        (_, ..=0) => t!(video_calls.no_time),
        (Found::One(_), _) => t!(video_calls.matched),
        (Found::Several(_), _) => t!(video_calls.several),
        (Found::Nobody, _) => t!(video_calls.nobody),
    };
    let candidates: Vec<&Enrolled> = match &line.found {
        Found::One(only) => of(preview, |one| one.enrolment == *only),
        Found::Several(all) => of(preview, |one| all.contains(&one.enrolment)),
        Found::Nobody if anybody => preview.people.iter().collect(),
        Found::Nobody => Vec::new(),
    };
    let who =
        (line.minutes > 0 && !candidates.is_empty()).then(|| choice(index, line, &candidates));
    let becomes = if line.minutes <= 0 {
        t!(video_calls.nothing)
    } else if line.minutes >= session.planned_minutes {
        status_with_minutes(MarkStatus::Present, 0)
    } else {
        status_with_minutes(MarkStatus::Partial, line.minutes)
    };
    let email = line.present.email.clone();
    let name = line.present.name.clone();
    let name = if name.is_empty() {
        t!(video_calls.unnamed)
    } else {
        name
    };
    view! {
        <tr>
            <th scope="row">{name}" "<span class="quiet">{email}</span></th>
            <td class="num" data-label=t!(video_calls.minutes)>{time::duration(line.minutes)}</td>
            <td data-label=t!(video_calls.verdict)>{verdict}</td>
            <td data-label=t!(video_calls.who)>{who}</td>
            <td data-label=t!(video_calls.becomes)>{becomes}</td>
        </tr>
    }
    .into_any()
}

fn of(preview: &Preview, is: impl Fn(&&Enrolled) -> bool) -> Vec<&Enrolled> {
    preview.people.iter().filter(is).collect()
}

/// Nobody, or one of these, with how they stand now.
fn choice(index: usize, line: &Line, candidates: &[&Enrolled]) -> AnyView {
    let matched = matches!(line.found, Found::One(_));
    let options: Vec<AnyView> = candidates
        .iter()
        .map(|one| {
            let now = match (one.status, one.minutes) {
                (Some(status), minutes) => {
                    let stands = status_with_minutes(status, minutes.unwrap_or(0));
                    format!("{} ({stands})", one.listed_name())
                }
                _ => one.listed_name(),
            };
            let value = one.enrolment.to_string();
            view! { <option value=value selected=matched>{now}</option> }.into_any()
        })
        .collect();
    let name = format!("choice-{index}");
    let label = t!(video_calls.who_is, name = line.present.name.as_str());
    view! {
        <select class="input" name=name aria-label=label>
            <option value="" selected=!matched>{t!(video_calls.leave)}</option>
            {options}
        </select>
    }
    .into_any()
}

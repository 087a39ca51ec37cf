//! Taking a session's list along: what is kept on the phone and for how long, and which phones have
//! it. The form is the one thing here that needs a script; the PIN never leaves the browser.

use leptos::{nonce::use_nonce, prelude::*, server_fn::ServerFn as _};

use super::phones::line;
use crate::{
    access::{policy::ActionKind, viewer},
    courses::{EditionHeader, header_for},
    error::{AppError, Reason},
    offline::{
        PhoneName,
        actions::Take,
        clock,
        operations::must_be_takeable,
        queries::{self, Phones},
    },
    paths,
    server::{assets, page, page::path_id, services, words::sentence},
    sessions::{self, Session, SessionId},
    t,
    ui::{Breadcrumbs, ButtonKind, ButtonLink, Notice, NoticeKind, Page, Section, Width, time},
};

/// The page.
#[component]
pub fn SessionOfflinePage() -> impl IntoView {
    let id = path_id::<SessionId>("id");
    page(async move {
        let (state, viewer, id) = (services(), viewer()?, id?);
        let mut connection = state.database.read().await?;
        let session = sessions::find(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let header = header_for(
            &mut connection,
            &viewer,
            session.edition,
            ActionKind::TakeAttendance,
        )
        .await?;
        let coordinates = header.allows(Some(&viewer), ActionKind::ManageEnrolments);
        let account = (!coordinates).then_some(viewer.account);
        let phones = queries::phones(&mut connection, Phones::OfSession(id, account)).await?;
        drop(connection);
        let now = state.clock.now();
        let take = match must_be_takeable(&state, &session, header.is_locked()) {
            Ok(()) => form(id),
            Err(reason) => closed(&session, reason),
        };
        let lines: Vec<AnyView> = phones.iter().map(|phone| line(phone, now, false)).collect();
        let phones = (!lines.is_empty()).then(|| {
            view! {
                <Section title=t!(offline.phones)>
                    <p>{t!(offline.phones_lead)}</p>
                    <ul class="lines" role="list">{lines}</ul>
                </Section>
            }
        });
        let to_list = view! {
            <ButtonLink kind=ButtonKind::Quiet href=paths::session_attendance(id)>{t!(offline.to_list)}</ButtonLink>
        };
        Ok(view! {
            <Page title=t!(offline.title) lead=session.title.clone() width=Width::Reading
                action=to_list.into_any() breadcrumbs=crumbs(&header, &session)>
                {kept()}
                {take}
                {phones}
            </Page>
        }
        .into_any())
    })
}

fn crumbs(header: &EditionHeader, session: &Session) -> Breadcrumbs {
    vec![
        (header.title(), Some(paths::edition(header.id).into())),
        (
            t!(attendance.title),
            Some(paths::edition_attendance(header.id).into()),
        ),
        (
            session.title.clone(),
            Some(paths::session_attendance(session.id).into()),
        ),
        (t!(offline.title), None),
    ]
}

/// What is kept on the phone, and for how long.
fn kept() -> AnyView {
    view! {
        <Section title=t!(offline.kept.title)>
            <ul>
                <li>{t!(offline.kept.what)}</li>
                <li>{t!(offline.kept.how)}</li>
                <li>{t!(offline.kept.how_long)}</li>
                <li>{t!(offline.kept.pin)}</li>
                <li>{t!(offline.kept.marks)}</li>
            </ul>
        </Section>
    }
    .into_any()
}

fn closed(session: &Session, reason: Reason) -> AnyView {
    let why = if reason == Reason::SessionNotBegun {
        let when = time::date_time(clock::takeable_from(session.starts_at));
        t!(offline.ahead, when = when)
    } else {
        sentence(&reason.into())
    };
    view! { <Notice kind=NoticeKind::Info><p>{why}</p></Notice> }.into_any()
}

fn form(session: SessionId) -> AnyView {
    let (script, nonce) = (assets::url("offline-take.js"), use_nonce());
    let sheet = paths::sign_in_sheet(session);
    view! {
        <Section title=t!(offline.take.title) framed=true>
            <div class="take">
                <div data-without>
                    <p>{t!(offline.take.without)}" "<a href=sheet>{t!(offline.take.sheet)}</a></p>
                </div>
                <form data-take=Take::PATH data-session=session.to_string()
                    data-shell=paths::offline() data-worker=paths::service_worker() class="is-asleep">
                    <label class="field">
                        <span class="field-label">{t!(offline.take.phone)}</span>
                        <span class="field-hint">{t!(offline.take.phone_hint)}</span>
                        <input class="input" name="phone" maxlength=PhoneName::MAX required autocomplete="off" />
                    </label>
                    {pin("pin", t!(offline.take.pin), Some(t!(offline.take.pin_hint)))}
                    {pin("again", t!(offline.take.again), None)}
                    <p class="field-error" role="alert" data-fault="differ" hidden>{t!(offline.take.differ)}</p>
                    <p class="field-error" role="alert" data-fault="weak" hidden>{t!(offline.take.weak)}</p>
                    <p class="field-error" role="alert" data-fault="lost" hidden>{t!(offline.take.lost)}</p>
                    <p class="field-error" role="alert" data-fault="pending" hidden>{t!(offline.take.pending)}</p>
                    <p><button class="button" type="submit">{t!(offline.take.submit)}</button></p>
                    <p role="status" data-busy hidden>{t!(offline.take.busy)}</p>
                </form>
            </div>
            <p><a href=paths::offline()>{t!(offline.take.open)}</a></p>
        </Section>
        <script type="module" src=script nonce=nonce></script>
    }
    .into_any()
}

/// A field for a PIN. It has no value that any server could send back.
fn pin(name: &'static str, label: String, hint: Option<String>) -> AnyView {
    let hint = hint.map(|hint| view! { <span class="field-hint">{hint}</span> });
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            {hint}
            <input class="input" type="password" name=name inputmode="numeric" pattern="[0-9]{6,12}"
                minlength="6" maxlength="12" required autocomplete="off" />
        </label>
    }
    .into_any()
}

//! Scanning one personal code after another at the door.
//!
//! The phone's own camera app does the same, one page a person. With script it is done here without
//! leaving the page: the browser reads the codes where it can, otherwise the package `scanner` of
//! this workspace, which only such a browser loads (`public/camera.js`). The words are in the page.

use axum::http::{HeaderName, HeaderValue};
use leptos::{nonce::use_nonce, prelude::*, server_fn::ServerFn as _};
use leptos_axum::ResponseOptions;

use super::{crumbs, session_of};
use crate::{
    access::viewer,
    attendance::arrival::Window,
    check_in::actions::{CheckInPerson, Scan},
    paths,
    server::{assets, page, page::path_id, services},
    sessions::SessionId,
    t,
    ui::{
        ButtonKind, ButtonLink, Form, FormActions, HiddenField, Notice, NoticeKind, Page, Section,
        TextField, Width, time,
    },
};

/// The page.
#[component]
pub fn ScanPage() -> impl IntoView {
    let id = path_id::<SessionId>("id");
    page(async move {
        let (state, viewer, id) = (services(), viewer()?, id?);
        let mut connection = state.database.read().await?;
        let (session, header) = session_of(&mut connection, &viewer, id).await?;
        drop(connection);
        let closed = if session.is_self_paced() {
            Some(t!(errors.check_in_self_paced))
        } else if header.is_locked() {
            Some(t!(errors.check_in_edition_closed))
        } else {
            match Window::of(session.starts_at, session.ends_at, state.clock.now()) {
                Window::Ahead(opens_at) => {
                    let when = time::date_time(opens_at);
                    Some(t!(check_in.room.ahead, when = when))
                }
                Window::Over => Some(t!(check_in.room.over)),
                Window::Open => None,
            }
        };
        let content = match closed {
            Some(why) => view! { <Notice kind=NoticeKind::Info><p>{why}</p></Notice> }.into_any(),
            None => open(id),
        };
        let to_list = view! {
            <ButtonLink kind=ButtonKind::Quiet href=paths::session_attendance(id)>{t!(check_in.to_list)}</ButtonLink>
        };
        Ok(view! {
            <Page title=t!(check_in.scan.title) lead=session.title.clone() width=Width::Reading
                action=to_list.into_any()
                breadcrumbs=crumbs(&header, &session, t!(check_in.scan.title))>
                {content}
            </Page>
        }
        .into_any())
    })
}

fn open(session: SessionId) -> AnyView {
    allow_camera();
    let (script, nonce) = (assets::url("scan.js"), use_nonce());
    let id = session.to_string();
    view! {
        <Section title=t!(check_in.scan.by_app)>
            <p>{t!(check_in.scan.by_app_how)}</p>
        </Section>
        <div class="scanner" data-scan=Scan::PATH data-session=id.clone() hidden>
            <h2>{t!(check_in.scan.here)}</h2>
            <p data-when="ready">{t!(check_in.scan.here_how)}</p>
            <p data-when="ready"><button class="button" type="button">{t!(check_in.scan.start)}</button></p>
            <p data-when="refused" hidden>{t!(check_in.scan.refused)}</p>
            <p data-when="none" hidden>{t!(check_in.scan.none)}</p>
            <video data-when="on" muted playsinline hidden></video>
            <p class="scanner-said" role="status" aria-live="assertive"></p>
            <p data-lost hidden>{t!(check_in.scan.lost)}</p>
        </div>
        <Section title=t!(check_in.scan.by_hand)>
            <Form action=CheckInPerson::PATH>
                <HiddenField name="session" value=id />
                <HiddenField name="then" value="scan" />
                <TextField name="token" label=t!(check_in.scan.code) hint=t!(check_in.scan.code_hint)
                    required=true maxlength=120 autocomplete="off" />
                <FormActions submit=t!(check_in.present) />
            </Form>
        </Section>
        <script type="module" src=script nonce=nonce></script>
    }
    .into_any()
}

/// This page alone may ask for the camera.
fn allow_camera() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static("camera=(self), geolocation=(), microphone=(), payment=()"),
        );
    }
}

//! The page that opens without a connection. It says nothing about anybody: what a phone holds is
//! unlocked and shown by its script, whose words all stand here.

use axum::http::{HeaderName, HeaderValue};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;

use crate::{
    attendance::{MarkStatus, words::status},
    paths,
    server::{assets, page},
    t,
    ui::{Page, Width},
};

/// What is said of somebody by one press.
const BUTTONS: [MarkStatus; 3] = [MarkStatus::Present, MarkStatus::Late, MarkStatus::Absent];

/// The page.
#[component]
pub fn OfflinePage() -> impl IntoView {
    page(async move {
        allow_camera();
        let (script, nonce) = (assets::url("offline.js"), use_nonce());
        Ok(view! {
            <Page title=t!(offline.shell.title) width=Width::Reading>
                <p data-without>{t!(offline.shell.without)}</p>
                <div class="offline" data-offline data-sync=paths::sync_offline()
                    data-worker=paths::service_worker() hidden>
                    <p class="scanner-said" role="status" aria-live="polite" data-said></p>
                    {none()}
                    {locked()}
                    {open()}
                    {line()}
                    {words()}
                </div>
                <script type="module" src=script nonce=nonce></script>
            </Page>
        }
        .into_any())
    })
}

fn none() -> AnyView {
    view! {
        <div data-view="none" hidden>
            <p>{t!(offline.shell.none)}</p>
            <p><a href=paths::home()>{t!(offline.shell.home)}</a></p>
        </div>
    }
    .into_any()
}

fn locked() -> AnyView {
    view! {
        <form data-view="locked" data-unlock hidden>
            <fieldset class="fieldset" data-lists hidden><legend>{t!(offline.shell.which)}</legend></fieldset>
            <p class="quiet" data-held></p>
            <label class="field">
                <span class="field-label">{t!(offline.shell.pin)}</span>
                <input class="input" type="password" name="pin" inputmode="numeric" minlength="6"
                    maxlength="12" required autocomplete="off" />
            </label>
            <p><button class="button" type="submit">{t!(offline.shell.unlock)}</button></p>
        </form>
    }
    .into_any()
}

fn open() -> AnyView {
    view! {
        <div data-view="open" hidden>
            <h2 data-title></h2>
            <p class="quiet small" data-until></p>
            <dl class="offline-counts">
                <div><dt>{t!(offline.shell.kept)}</dt><dd data-count="kept">"0"</dd></div>
                <div><dt>{t!(offline.shell.handed)}</dt><dd data-count="handed">"0"</dd></div>
                <div><dt>{t!(offline.shell.refused)}</dt><dd data-count="refused">"0"</dd></div>
            </dl>
            <p class="button-row">
                <button class="button" type="button" data-send>{t!(offline.shell.send)}</button>
                <button class="button button-secondary" type="button" data-lock>{t!(offline.shell.lock)}</button>
            </p>
            <label class="check"><input type="checkbox" data-go-on /><span>{t!(offline.shell.go_on)}</span></label>
            <details class="fold" data-codes>
                <summary>{t!(offline.shell.codes)}</summary>
                <p><button class="button button-secondary" type="button" data-scan hidden>{t!(offline.shell.scan)}</button></p>
                <video class="offline-video" muted playsinline hidden></video>
                <form data-code>
                    <label class="field">
                        <span class="field-label">{t!(offline.shell.code)}</span>
                        <input class="input" name="code" maxlength="120" required autocomplete="off" />
                    </label>
                    <p><button class="button button-secondary" type="submit">{t!(offline.shell.arrived)}</button></p>
                </form>
            </details>
            <label class="field" data-search>
                <span class="field-label">{t!(offline.shell.search)}</span>
                <input class="input" type="search" maxlength="80" autocomplete="off" />
            </label>
            <ul class="roll" role="list" data-people></ul>
            <details class="confirm">
                <summary class="button button-harm-quiet">{t!(offline.shell.erase_open)}</summary>
                <div class="confirm-body">
                    <p>{t!(offline.shell.erase_explained)}</p>
                    <button class="button button-harm" type="button" data-erase>{t!(offline.shell.erase)}</button>
                </div>
            </details>
        </div>
    }
    .into_any()
}

/// The pattern of one person's line.
fn line() -> AnyView {
    let button = |said: MarkStatus| {
        let class = format!("offline-mark mark-{said}");
        view! {
            <button class=class type="button" data-status=said.as_str() aria-pressed="false">{status(said)}</button>
        }
        .into_any()
    };
    let buttons = BUTTONS.map(button).into_iter().collect::<Vec<_>>();
    view! {
        <template data-line>
            <li class="roll-line">
                <div><p class="roll-name"></p><p class="small quiet" data-stands></p></div>
                <div class="marks" role="group">
                    {buttons}
                    <button class="offline-mark" type="button" data-undo>{t!(offline.shell.undo)}</button>
                    <details class="roll-more">
                        <summary>{status(MarkStatus::Partial)}</summary>
                        <label class="roll-minutes">
                            <span data-minutes>{t!(offline.shell.minutes)}</span>
                            <input class="input input-number" type="number" inputmode="numeric" min="1" />
                        </label>
                        <button class="offline-mark mark-partial" type="button" data-status="partial" aria-pressed="false">{t!(offline.shell.save_minutes)}</button>
                    </details>
                </div>
            </li>
        </template>
    }
    .into_any()
}

/// What the script says. `{n}` and the like are filled in there.
fn words() -> AnyView {
    let said = [
        ("not_taken", status(MarkStatus::NotTaken)),
        ("present", status(MarkStatus::Present)),
        ("late", status(MarkStatus::Late)),
        ("partial", t!(offline.said.partial)),
        ("excused", status(MarkStatus::Excused)),
        ("absent", status(MarkStatus::Absent)),
        ("wrong", t!(offline.said.wrong)),
        ("erased_by_pins", t!(offline.said.erased_by_pins)),
        ("expired", t!(offline.said.expired)),
        ("revoked", t!(offline.said.revoked)),
        ("erased", t!(offline.said.erased)),
        ("done", t!(offline.said.done)),
        ("sent", t!(offline.said.sent)),
        ("sending", t!(offline.said.sending)),
        ("no_connection", t!(offline.said.no_connection)),
        ("unknown", t!(offline.said.unknown)),
        ("opening", t!(offline.said.opening)),
        ("locked", t!(offline.said.locked)),
        ("marked", t!(offline.said.marked)),
        ("already", t!(offline.said.already)),
        ("not_listed", t!(offline.said.not_listed)),
        ("no_code", t!(offline.said.no_code)),
        ("no_camera", t!(offline.said.no_camera)),
        ("ahead", t!(offline.said.ahead)),
        ("bad_minutes", t!(offline.said.bad_minutes)),
        ("until", t!(offline.said.until)),
        ("held", t!(offline.said.held)),
        ("rest", t!(offline.said.rest)),
        ("storage", t!(offline.said.storage)),
    ];
    let words: Vec<AnyView> = said
        .into_iter()
        .map(|(name, words)| view! { <span data-word=name>{words}</span> }.into_any())
        .collect();
    view! { <div data-words hidden>{words}</div> }.into_any()
}

/// Codes are scanned here.
fn allow_camera() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static("camera=(self), geolocation=(), microphone=(), payment=()"),
        );
    }
}

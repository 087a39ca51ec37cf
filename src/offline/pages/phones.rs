//! Phones that have taken a list, with the button that takes it back.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use crate::{
    access::Viewer,
    error::AppError,
    offline::{
        actions::Revoke,
        queries::{self, PhoneLine, Phones},
        words,
    },
    paths,
    server::services,
    t,
    ui::{ButtonKind, Chip, PostButton, Section, time},
};

/// The viewer's own phones that may still hold a list, for the page about their account.
pub fn own_phones<'a>(
    connection: &'a mut SqliteConnection,
    viewer: &'a Viewer,
) -> BoxFuture<'a, Result<AnyView, AppError>> {
    Box::pin(async move {
        let now = services().clock.now();
        let phones = queries::phones(connection, Phones::Holding(viewer.account, now)).await?;
        if phones.is_empty() {
            return Ok(().into_any());
        }
        let lines: Vec<AnyView> = phones.iter().map(|phone| line(phone, now, true)).collect();
        Ok(view! {
            <Section title=t!(offline.own_phones)>
                <p>{t!(offline.own_phones_lead)}</p>
                <ul class="lines" role="list">{lines}</ul>
            </Section>
        }
        .into_any())
    })
}

/// One phone; `own_page`: on the page about the account, where the session is said.
pub(super) fn line(phone: &PhoneLine, now: DateTime<Utc>, own_page: bool) -> AnyView {
    let (tone, state) = words::state(phone, now);
    let about = if own_page {
        phone.title.clone()
    } else {
        format!("{} {}", phone.given_names, phone.paternal_surname)
    };
    let taken = t!(
        offline.taken_and_heard,
        taken = time::date_time(phone.taken_at),
        heard = time::date_time(phone.last_seen_at)
    );
    let back = if own_page { "account" } else { "" };
    let revoke = phone.revoked_at.is_none().then(|| {
        let fields = vec![("roster", phone.id.to_string()), ("then", back.to_owned())];
        let describe = t!(offline.revoke_phone, phone = phone.phone.clone());
        view! {
            <PostButton action=Revoke::PATH fields=fields kind=ButtonKind::Quiet describe=describe>
                {t!(offline.revoke)}
            </PostButton>
        }
    });
    let list = own_page.then(|| {
        view! { " "<a href=paths::session_offline(phone.session)>{t!(offline.see_session)}</a> }
    });
    view! {
        <li>
            <p><strong>{phone.phone.clone()}</strong>" · "{about}" "<Chip tone=tone label=state /></p>
            <p class="quiet small">{taken}{list}</p>
            {revoke}
        </li>
    }
    .into_any()
}

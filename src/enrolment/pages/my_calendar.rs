//! One's own calendar: its address, and how to change or remove it.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::viewer,
    enrolment::{
        actions::{ChangeCalendar, RemoveCalendar},
        feed,
    },
    server::{page::page, services},
    t,
    ui::{ButtonKind, ButtonRow, ConfirmButton, Page, PostButton, Width},
};

/// The page.
#[component]
pub fn MyCalendarPage() -> impl IntoView {
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let address = feed::own_address(&state, &viewer).await?;
        let part = match address {
            Some(address) => with_address(address),
            None => without_address(),
        };
        Ok(view! {
            <Page title=t!(enrolment.calendar.title) lead=t!(enrolment.calendar.lead)
                width=Width::Reading>
                {part}
            </Page>
        }
        .into_any())
    })
}

fn without_address() -> AnyView {
    view! {
        <PostButton action=ChangeCalendar::PATH kind=ButtonKind::Primary>
            {t!(enrolment.calendar.make)}
        </PostButton>
    }
    .into_any()
}

fn with_address(address: String) -> AnyView {
    // Phones and mail programs take this as the wish to keep it up to date.
    let scheme_free = address.split_once(':').map_or("", |(_, rest)| rest);
    let subscribe = format!("webcal:{scheme_free}");
    view! {
        <p><a href=subscribe>{t!(enrolment.calendar.subscribe)}</a></p>
        <p>{t!(enrolment.calendar.copy)}</p>
        <p><code class="message-body">{address}</code></p>
        <p>{t!(enrolment.calendar.private)}</p>
        <ButtonRow>
            <ConfirmButton label=t!(enrolment.calendar.change_open)
                explanation=t!(enrolment.calendar.change_explained)
                confirm=t!(enrolment.calendar.change) action=ChangeCalendar::PATH calm=true />
            <ConfirmButton label=t!(enrolment.calendar.remove_open)
                explanation=t!(enrolment.calendar.remove_explained)
                confirm=t!(enrolment.calendar.remove) action=RemoveCalendar::PATH />
        </ButtonRow>
    }
    .into_any()
}

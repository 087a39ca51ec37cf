//! Messages, waiting and sent.

use leptos::prelude::*;

use super::tabs;
use crate::{
    access::{Administer, permit, viewer},
    admin::{
        queries::{self, MessageLine},
        words::message_kind,
    },
    paths, plural,
    server::{
        page::{page, query_value},
        services,
    },
    t,
    ui::{Chip, EmptyState, KeysetPager, Page, Table, Tone, When, number},
};

const PAGE: i64 = 50;

/// Messages, the latest first.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let before: Option<i64> = query_value("before").parse().ok();
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        let _ = permit(&mut connection, &viewer, Administer).await?;
        let from = before.unwrap_or(i64::MAX);
        let mut lines = queries::messages(&mut connection, from, PAGE + 1).await?;
        let more = number::length(&lines) > PAGE;
        lines.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let list = list(lines, before.is_some(), more);
        Ok(view! {
            <Page title=t!(admin.outbox) lead=t!(admin.outbox_lead)>
                {tabs(&paths::outbox())}
                {list}
            </Page>
        }
        .into_any())
    })
}

fn list(lines: Vec<MessageLine>, later: bool, more: bool) -> AnyView {
    let Some(last) = lines.last() else {
        return view! { <EmptyState title=t!(admin.no_messages) body=t!(admin.no_messages_next) /> }
            .into_any();
    };
    let next = more.then(|| paths::outbox().with("before", &last.id.to_string()));
    let first = later.then(paths::outbox);
    let shown = plural!(number::length(&lines), admin.messages_shown);
    let rows = lines.into_iter().map(row).collect_view();
    view! {
        <Table caption=t!(admin.outbox) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(admin.message)}</th>
                <th scope="col">{t!(admin.kind)}</th>
                <th scope="col">{t!(admin.to)}</th>
                <th scope="col">{t!(admin.written)}</th>
                <th scope="col">{t!(admin.state)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
        <KeysetPager count=shown first=first next=next />
    }
    .into_any()
}

fn row(line: MessageLine) -> AnyView {
    let state = match line.sent_at {
        Some(at) => {
            view! { <Chip tone=Tone::Good label=t!(admin.sent) />" "<When at=at /> }.into_any()
        }
        None => view! { <Chip tone=Tone::Attention label=t!(admin.waiting) /> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <details>
                    <summary>{line.subject}</summary>
                    <p class="message-body">{line.body}</p>
                </details>
            </th>
            <td data-label=t!(admin.kind)>{message_kind(&line.kind)}</td>
            <td data-label=t!(admin.to)><a href=paths::person(line.person)>{line.address}</a></td>
            <td data-label=t!(admin.written)><When at=line.created_at /></td>
            <td data-label=t!(admin.state)>{state}</td>
        </tr>
    }
    .into_any()
}

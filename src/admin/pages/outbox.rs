//! Messages: waiting, sent, and what stood against the others.

use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::tabs;
use crate::{
    access::{Administer, permit, viewer},
    admin::{
        actions::{GiveUpMessage, ResendMessage},
        queries::{self, MessageLine},
        words,
    },
    messages::{self, DeliveryState, Trouble},
    paths, plural,
    server::{
        AppState,
        page::{page, query_value},
        services,
    },
    t,
    ui::{
        ButtonKind, Chip, ConfirmButton, EmptyState, FilterBar, KeysetPager, Notice, NoticeKind,
        Page, PostButton, SelectField, Table, Tone, When, number,
    },
};

const PAGE: i64 = 50;

/// Messages, the latest first.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let before: Option<i64> = query_value("before").parse().ok();
    let show: Option<DeliveryState> = query_value("show").parse().ok();
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        let _ = permit(&mut connection, &viewer, Administer).await?;
        let from = before.unwrap_or(i64::MAX);
        let mut lines = queries::messages(&mut connection, show, from, PAGE + 1).await?;
        let more = number::length(&lines) > PAGE;
        lines.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let parts = (
            no_server(&state),
            filter(show),
            list(&state, lines, show, before.is_some(), more),
        );
        Ok(view! {
            <Page title=t!(admin.outbox) lead=t!(admin.outbox_lead)>
                {tabs(&paths::outbox())}
                <p><a href=paths::letters()>{t!(admin.see_letters)}</a></p>
                {parts}
            </Page>
        }
        .into_any())
    })
}

fn no_server(state: &AppState) -> AnyView {
    if state.config.mail.is_some() {
        return ().into_any();
    }
    view! { <Notice kind=NoticeKind::Info>{t!(admin.no_mail_server)}</Notice> }.into_any()
}

fn filter(show: Option<DeliveryState>) -> AnyView {
    let options: Vec<(&str, String)> = DeliveryState::ALL
        .iter()
        .map(|&state| (state.as_str(), words::delivery(state)))
        .collect();
    let chosen = show.map_or("", DeliveryState::as_str);
    view! {
        <FilterBar action=paths::outbox() clear=show.map(|_| paths::outbox())>
            <SelectField name="show" label=t!(admin.show_messages) value=chosen
                placeholder=t!(admin.every_message) options=options />
        </FilterBar>
    }
    .into_any()
}

fn list(
    state: &AppState,
    lines: Vec<MessageLine>,
    show: Option<DeliveryState>,
    later: bool,
    more: bool,
) -> AnyView {
    let Some(last) = lines.last() else {
        return nothing(show.is_some());
    };
    let page = || match show {
        Some(show) => paths::outbox().with("show", show.as_str()),
        None => paths::outbox(),
    };
    let next = more.then(|| page().with("before", &last.id.to_string()));
    let first = later.then(page);
    let shown = plural!(number::length(&lines), admin.messages_shown);
    let now = state.clock.now();
    let rows = lines.into_iter().map(|line| row(state, line, now));
    let rows = rows.collect_view();
    view! {
        <Table caption=t!(admin.outbox) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(admin.message)}</th>
                <th scope="col">{t!(admin.kind)}</th>
                <th scope="col">{t!(admin.to)}</th>
                <th scope="col">{t!(admin.written)}</th>
                <th scope="col">{t!(admin.state)}</th>
                <th scope="col">{t!(admin.actions)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
        <KeysetPager count=shown first=first next=next />
    }
    .into_any()
}

fn nothing(filtered: bool) -> AnyView {
    let (title, body) = if filtered {
        (t!(admin.no_such_messages), t!(admin.no_such_messages_next))
    } else {
        (t!(admin.no_messages), t!(admin.no_messages_next))
    };
    view! { <EmptyState title=title body=body /> }.into_any()
}

fn row(state: &AppState, line: MessageLine, now: DateTime<Utc>) -> AnyView {
    let body = messages::revealed(state, &line.body, line.secret.as_deref());
    let body = body.unwrap_or_default();
    let (standing, actions) = (standing(&line), actions(&line, now));
    let address = line.address;
    let to = match line.person {
        Some(person) => view! { <a href=paths::person(person)>{address}</a> }.into_any(),
        None => address.into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <details>
                    <summary>{line.subject}</summary>
                    <p class="message-body">{body}</p>
                </details>
            </th>
            <td data-label=t!(admin.kind)>{words::message_kind(&line.kind)}</td>
            <td data-label=t!(admin.to)>{to}</td>
            <td data-label=t!(admin.written)><When at=line.created_at /></td>
            <td data-label=t!(admin.state)>{standing}</td>
            <td>{actions}</td>
        </tr>
    }
    .into_any()
}

/// The state, what stood against it, how often it was tried, and when it is next.
fn standing(line: &MessageLine) -> AnyView {
    let tone = match line.state {
        DeliveryState::Sent => Tone::Good,
        DeliveryState::Queued | DeliveryState::Sending => Tone::Attention,
        DeliveryState::Failed | DeliveryState::Uncertain => Tone::Harm,
    };
    let label = words::delivery(line.state);
    let sent = line.sent_at.map(|at| view! { " "<When at=at /> });
    let trouble = line.trouble.map(|trouble| {
        let reply = line.reply.clone();
        view! {
            <p class="small">{words::trouble(trouble)}</p>
            {reply.map(|reply| view! { <p class="small quiet">{reply}</p> })}
        }
    });
    let tries = (line.tries > 0 && line.state != DeliveryState::Sent).then(|| {
        let next = (line.state == DeliveryState::Queued)
            .then(|| view! { " · "{t!(admin.next_try)}" "<When at=line.due_at /> });
        view! { <p class="small quiet">{plural!(line.tries, admin.tries)}{next}</p> }
    });
    view! { <Chip tone=tone label=label />{sent}{trouble}{tries} }.into_any()
}

/// What can be decided about it.
fn actions(line: &MessageLine, now: DateTime<Utc>) -> AnyView {
    let fields = || vec![("message", line.id.to_string())];
    let expired = line.expires_at.is_some_and(|at| at <= now);
    let resend = match line.state {
        DeliveryState::Failed if !expired && line.trouble != Some(Trouble::Superseded) => Some(
            view! {
                <PostButton action=ResendMessage::PATH fields=fields() kind=ButtonKind::Quiet>
                    {t!(admin.resend)}
                </PostButton>
            }
            .into_any(),
        ),
        DeliveryState::Uncertain if !expired => Some(
            view! {
                <ConfirmButton label=t!(admin.resend_uncertain) explanation=t!(admin.resend_explained)
                    confirm=t!(admin.resend) action=ResendMessage::PATH fields=fields() />
            }
            .into_any(),
        ),
        _ => None,
    };
    let can_give_up = matches!(line.state, DeliveryState::Queued | DeliveryState::Uncertain);
    let give_up = can_give_up.then(|| {
        view! {
            <PostButton action=GiveUpMessage::PATH fields=fields() kind=ButtonKind::Quiet>
                {t!(admin.give_up)}
            </PostButton>
        }
    });
    view! { {resend}{give_up} }.into_any()
}

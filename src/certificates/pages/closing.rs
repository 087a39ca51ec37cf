//! The closing of an edition: what it would say of everybody, and the button.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::edition::Shown;
use crate::{
    certificates::{
        actions::{CloseEdition, ReopenEdition},
        closing,
    },
    courses::EditionState,
    enrolment::EnrolmentState,
    paths, plural, t,
    ui::{
        ButtonKind, ButtonLink, ButtonRow, ConfirmButton, Notice, NoticeKind, PostButton, Section,
        time,
    },
};

/// Whether the edition can be closed by this viewer at this moment.
pub(super) fn may_close_now(shown: &Shown) -> bool {
    shown.manages && is_over(shown)
}

/// Whether the sessions are over and nobody is written down as there: more likely it was forgotten.
pub(super) fn attendance_is_missing(shown: &Shown) -> bool {
    is_over(shown) && closing::nobody_attended(&shown.people)
}

fn is_over(shown: &Shown) -> bool {
    let over = shown.schedule.last_end.is_none_or(|end| end <= shown.now);
    over && shown.header.state == EditionState::Running
}

pub(super) fn closing_section(shown: &Shown) -> Option<AnyView> {
    if !shown.manages {
        return None;
    }
    let content = match shown.header.state {
        EditionState::Running if may_close_now(shown) => close(shown),
        EditionState::Running => {
            let end = shown.schedule.last_end.map(time::date_time);
            let text = t!(certificates.closing.wait, when = end.unwrap_or_default());
            view! { <p>{text}</p> }.into_any()
        }
        EditionState::Closed => reopen(shown),
        _ => return None,
    };
    let title = t!(certificates.closing.title);
    Some(view! { <Section title=title id="closing" framed=true>{content}</Section> }.into_any())
}

fn close(shown: &Shown) -> AnyView {
    let count = |state: EnrolmentState| {
        let people = shown.people.iter();
        let found = people.filter(|person| closing::outcome(person) == state);
        i64::try_from(found.count()).unwrap_or(i64::MAX)
    };
    let lines = [
        plural!(
            count(EnrolmentState::Completed),
            certificates.closing.completed
        ),
        plural!(
            count(EnrolmentState::NotCompleted),
            certificates.closing.not_completed
        ),
        plural!(count(EnrolmentState::NoShow), certificates.closing.no_show),
    ];
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    let open = shown.header.requested + shown.header.waiting;
    let declined = (open > 0).then(|| {
        view! { <li>{plural!(open, certificates.closing.open)}</li> }
    });
    let button = if closing::nobody_attended(&shown.people) {
        close_without_attendance(shown)
    } else {
        let fields = vec![("edition", shown.header.id.to_string())];
        view! {
            <ButtonRow>
                <PostButton action=CloseEdition::PATH fields=fields kind=ButtonKind::Primary>
                    {t!(certificates.closing.close)}
                </PostButton>
            </ButtonRow>
        }
        .into_any()
    };
    view! {
        <p>{t!(certificates.closing.explain)}</p>
        <ul>{lines}{declined}</ul>
        {button}
    }
    .into_any()
}

/// More likely attendance was forgotten than nobody came: the way there first, then the question.
fn close_without_attendance(shown: &Shown) -> AnyView {
    let fields = vec![
        ("edition", shown.header.id.to_string()),
        ("confirmed", "true".to_owned()),
    ];
    let attendance = paths::edition_attendance(shown.header.id);
    view! {
        <Notice kind=NoticeKind::Attention title=t!(certificates.closing.nobody_title)>
            <p>{t!(certificates.closing.nobody_attended)}</p>
        </Notice>
        <ButtonRow>
            <ButtonLink href=attendance>{t!(certificates.closing.take_attendance)}</ButtonLink>
        </ButtonRow>
        <ConfirmButton label=t!(certificates.closing.close_open) confirm=t!(certificates.closing.close_empty)
            explanation=t!(certificates.closing.close_empty_explain)
            action=CloseEdition::PATH fields=fields />
    }
    .into_any()
}

fn reopen(shown: &Shown) -> AnyView {
    let fields = vec![("edition", shown.header.id.to_string())];
    let when = time::date_time(shown.header.state_at);
    view! {
        <p>{t!(certificates.closing.closed, when = when)}</p>
        <ConfirmButton label=t!(certificates.closing.reopen) confirm=t!(certificates.closing.reopen_confirm)
            explanation=t!(certificates.closing.reopen_explain)
            action=ReopenEdition::PATH fields=fields reason=("reason", t!(certificates.reason)) />
    }
    .into_any()
}

//! The checklist before the closing: what is missing, where to mend it, and room to explain it.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::edition::Shown;
use crate::{
    closing::{
        actions::CloseEdition,
        checklist::{Check, Finding, Item},
        operations::{field, outcome},
        words,
    },
    enrolment::EnrolmentState,
    paths::{self, Path},
    plural, t,
    ui::{
        Chip, Form, FormActions, HiddenField, Notice, NoticeKind, Section, TextAreaField, Tone,
        number, time,
    },
};

/// The checklist of a running edition, and the button where it can be closed now.
pub(super) fn checklist(shown: &Shown) -> AnyView {
    let checks = &shown.present.checks;
    let settled = !checks.iter().any(Check::must_be_settled);
    let items: Vec<_> = checks.iter().map(|check| item(shown, check)).collect();
    let list = view! { <ul class="lines" role="list">{items}</ul> };
    let title = t!(closing.checklist);
    let lead = t!(closing.checklist_lead);
    if let Some(end) = shown.meets_until() {
        let text = t!(closing.wait, when = time::date_time(end));
        return view! {
            <Notice><p>{text}</p></Notice>
            <Section title=title><p>{lead}</p>{list}</Section>
        }
        .into_any();
    }
    if !settled {
        return view! {
            <Notice kind=NoticeKind::Attention><p>{t!(closing.settle_first)}</p></Notice>
            <Section title=title><p>{lead}</p>{list}</Section>
        }
        .into_any();
    }
    let outcomes = outcomes(shown);
    let id = shown.header.id.to_string();
    view! {
        <Section title=title>
            <p>{lead}</p>
            <Form action=CloseEdition::PATH>
                <HiddenField name="edition" value=id />
                {list}
                {outcomes}
                <FormActions submit=t!(closing.close) />
            </Form>
        </Section>
    }
    .into_any()
}

fn item(shown: &Shown, check: &Check) -> AnyView {
    let chip = if check.missing.is_empty() {
        view! { <Chip tone=Tone::Good label=t!(closing.state.met) /> }.into_any()
    } else if check.must_be_settled() {
        view! { <Chip tone=Tone::Harm label=t!(closing.state.settle) /> }.into_any()
    } else {
        view! { <Chip tone=Tone::Attention label=t!(closing.state.missing) /> }.into_any()
    };
    let content = if check.missing.is_empty() {
        view! { <p class="quiet">{words::met(check.item)}</p> }.into_any()
    } else {
        let lines: Vec<_> = check
            .missing
            .iter()
            .map(|finding| line(shown, check.item, finding))
            .collect();
        view! { <ul>{lines}</ul> }.into_any()
    };
    let explains = check.needs_explanation() && shown.meets_until().is_none() && shown.is_settled();
    let explanation = explains.then(|| {
        let label = t!(closing.explain, item = words::item(check.item));
        view! {
            <TextAreaField name=field(check.item) label=label hint=t!(closing.explain_hint)
                maxlength=500 rows=2 />
        }
    });
    view! {
        <li>
            <h3>{words::item(check.item)}" "{chip}</h3>
            <div class="fields">{content}{explanation}</div>
        </li>
    }
    .into_any()
}

fn line(shown: &Shown, item: Item, finding: &Finding) -> AnyView {
    let text = words::missing(item, finding.what.as_deref(), finding.count);
    let link = place(shown, item, finding);
    view! { <li><a href=link>{text}</a></li> }.into_any()
}

/// Where it is mended.
fn place(shown: &Shown, item: Item, finding: &Finding) -> Path {
    let edition = shown.header.id;
    match (item, finding.session) {
        (Item::Marks | Item::Conflicts, Some(session)) => paths::session_attendance(session),
        (Item::Headcount, Some(session)) => paths::paper(session),
        (Item::Marks | Item::Conflicts | Item::Headcount, None) => {
            paths::edition_attendance(edition)
        }
        (Item::Results, _) => paths::edition_results(edition),
        (Item::Pending, _) => paths::edition_enrolments(edition),
        (Item::SelfPaced, Some(session)) => paths::session_progress(session),
        (Item::SelfPaced, None) => paths::edition_sessions(edition),
    }
}

/// What the closing would say of everybody.
fn outcomes(shown: &Shown) -> AnyView {
    let count = |state: EnrolmentState| {
        let people = shown.present.people.iter();
        let found: Vec<_> = people.filter(|person| outcome(person) == state).collect();
        number::length(&found)
    };
    let lines = [
        plural!(count(EnrolmentState::Completed), closing.outcome.completed),
        plural!(
            count(EnrolmentState::NotCompleted),
            closing.outcome.not_completed
        ),
        plural!(count(EnrolmentState::NoShow), closing.outcome.no_show),
    ];
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    let open = shown.header.requested + shown.header.waiting;
    let declined = (open > 0).then(|| view! { <li>{plural!(open, closing.outcome.declined)}</li> });
    view! {
        <div>
            <p>{t!(closing.outcome.lead)}</p>
            <ul>{lines}{declined}</ul>
        </div>
    }
    .into_any()
}

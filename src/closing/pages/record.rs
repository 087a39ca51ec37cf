//! What is known of an edition's closings: the record that stands, those before it, what changed.

use leptos::prelude::*;

use super::sheet::{closed, document, item_lines};
use crate::{
    closing::{
        compare::{Change, changes},
        content::{Facts, ItemSaid, PersonSaid, RecordContent, SessionSaid, printed},
        files::{before, read},
        operations::numbered,
        queries::Stored,
        words,
    },
    courses::EditionId,
    enrolment,
    error::AppError,
    paths, plural, t,
    ui::{
        ButtonKind, ButtonLink, ButtonRow, Chip, Fact, Facts as FactList, Notice, NoticeKind,
        Section, Table, Tone, number, time,
    },
};

/// The record of a closed edition, with what changed against the one before. Editions closed before
/// there were records have none.
pub(super) fn standing(records: &[Stored]) -> Result<AnyView, AppError> {
    let Some(row) = records.first().filter(|row| row.superseded_at.is_none()) else {
        let text = t!(closing.no_record);
        return Ok(view! { <Notice><p>{text}</p></Notice> }.into_any());
    };
    let (said, before) = (read(row)?, before(records, 0)?);
    let changes = before.map(|before| {
        let found = changes(&before.facts, &said.facts);
        change_section(numbered(before.year, before.number), &found)
    });
    let title = t!(
        closing.record_title,
        number = numbered(row.year, row.number)
    );
    let pdf = paths::closing_record(row.edition);
    let people = people(&said);
    let headcounts = headcounts(&said);
    let items: Vec<_> = said.items.iter().map(item).collect();
    let (when, count) = (
        closed(&said),
        number::count(number::length(&said.facts.people)),
    );
    let (declined, digest) = (number::count(said.declined), printed(&row.content_digest));
    Ok(view! {
        <Section title=title framed=true>
            <FactList>
                <Fact label=t!(closing.fact.closed)>{when}</Fact>
                <Fact label=t!(closing.fact.people)>{count}</Fact>
                <Fact label=t!(closing.fact.declined)>{declined}</Fact>
                <Fact label=t!(closing.fact.digest)><code class="small digest">{digest}</code></Fact>
            </FactList>
            <ButtonRow>
                <ButtonLink href=pdf kind=ButtonKind::Secondary>{t!(closing.open_pdf)}</ButtonLink>
            </ButtonRow>
        </Section>
        {changes}
        <Section title=t!(closing.checklist)>
            <ul class="lines" role="list">{items}</ul>
        </Section>
        {headcounts}
        {people}
    }
    .into_any())
}

/// An item as it was closed over.
fn item(said: &ItemSaid) -> AnyView {
    let lines: Vec<_> = item_lines(said)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    let explanation = said.explanation.clone().map(|text| {
        view! { <p><span class="quiet">{t!(closing.explanation)}": "</span>{text}</p> }
    });
    let chip = if said.missing.is_empty() {
        view! { <Chip tone=Tone::Good label=t!(closing.state.met) /> }.into_any()
    } else {
        view! { <Chip tone=Tone::Attention label=t!(closing.state.explained) /> }.into_any()
    };
    view! {
        <li>
            <h3>{words::item(said.item)}" "{chip}</h3>
            <ul>{lines}</ul>
            {explanation}
        </li>
    }
    .into_any()
}

/// How many were counted in the sessions in which somebody counted.
fn headcounts(said: &RecordContent) -> Option<AnyView> {
    let line = |session: &SessionSaid| {
        let said = words::headcount(Some(session.headcount.as_ref()?));
        Some(view! { <li><strong>{session.title.clone()}</strong>": "{said}</li> }.into_any())
    };
    let lines: Vec<AnyView> = said.facts.sessions.iter().filter_map(line).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Section title=t!(closing.headcount.title)>
                <ul class="lines" role="list">{lines}</ul>
            </Section>
        }
        .into_any()
    })
}

fn people(said: &RecordContent) -> AnyView {
    let row = |person: &PersonSaid| {
        view! {
            <tr>
                <th scope="row"><a href=paths::enrolment(person.enrolment)>{person.name.clone()}</a></th>
                <td data-label=t!(closing.sheet.share)>{time::duration(person.attended_minutes)}</td>
                <td class="num" data-label=t!(closing.sheet.grade)>{words::grade(person.grade_tenths)}</td>
                <td data-label=t!(closing.sheet.outcome)>{enrolment::words::state_chip(person.outcome)}</td>
                <td data-label=t!(closing.sheet.document)>{document(person)}</td>
            </tr>
        }
    };
    let rows: Vec<_> = said.facts.people.iter().map(row).collect();
    let title = t!(closing.sheet.people);
    view! {
        <Section title=title.clone()>
            <Table caption=title caption_hidden=true cards=true>
                <thead><tr>
                    <th scope="col">{t!(closing.sheet.name)}</th>
                    <th scope="col">{t!(closing.sheet.share)}</th>
                    <th scope="col" class="num">{t!(closing.sheet.grade)}</th>
                    <th scope="col">{t!(closing.sheet.outcome)}</th>
                    <th scope="col">{t!(closing.sheet.document)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Section>
    }
    .into_any()
}

/// What is different today from the record that was set aside last.
pub(super) fn present_difference(
    records: &[Stored],
    today: &Facts,
) -> Result<Option<AnyView>, AppError> {
    let Some(row) = records.first() else {
        return Ok(None);
    };
    let said = read(row)?;
    let found = changes(&said.facts, today);
    Ok(Some(change_section(numbered(row.year, row.number), &found)))
}

fn change_section(number: String, changes: &[Change]) -> AnyView {
    let title = t!(closing.change.title, number = number);
    if changes.is_empty() {
        return view! { <Section title=title><p>{t!(closing.change.none)}</p></Section> }
            .into_any();
    }
    let row = |change: &Change| {
        let row = words::change(change);
        view! {
            <tr>
                <th scope="row">{row.who}</th>
                <td data-label=t!(closing.change.what)>{row.what}</td>
                <td data-label=t!(closing.change.before)>{row.before}</td>
                <td data-label=t!(closing.change.after)>{row.after}</td>
            </tr>
        }
    };
    let rows: Vec<_> = changes.iter().map(row).collect();
    let count = plural!(number::length(changes), closing.change.count);
    view! {
        <Section title=title.clone()>
            <p class="quiet">{count}</p>
            <Table caption=title caption_hidden=true cards=true>
                <thead><tr>
                    <th scope="col">{t!(closing.change.who)}</th>
                    <th scope="col">{t!(closing.change.what)}</th>
                    <th scope="col">{t!(closing.change.before)}</th>
                    <th scope="col">{t!(closing.change.after)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Section>
    }
    .into_any()
}

/// The records that were set aside, with why.
pub(super) fn aside(edition: EditionId, records: &[Stored]) -> Option<AnyView> {
    let line = |row: &Stored| {
        let at = row.superseded_at?;
        let pdf = paths::closing_record(edition).with("record", &row.id.to_string());
        let number = numbered(row.year, row.number);
        let text = t!(
            closing.set_aside,
            closed = time::date_time(row.closed_at),
            reopened = time::date_time(at)
        );
        let reason = row.superseded_reason.clone();
        Some(view! {
            <li><a href=pdf>{t!(closing.record_title, number = number)}</a>" "<span class="quiet">{text}</span>" "{reason}</li>
        })
    };
    let lines: Vec<_> = records.iter().filter_map(line).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Section title=t!(closing.earlier)><ul class="lines" role="list">{lines}</ul></Section>
        }
        .into_any()
    })
}

/// Says that the edition was reopened, and why.
pub(super) fn reopened(records: &[Stored]) -> Option<AnyView> {
    let row = records.first()?;
    let at = row.superseded_at?;
    let text = t!(
        closing.reopened,
        number = numbered(row.year, row.number),
        when = time::date_time(at)
    );
    let reason = row.superseded_reason.clone();
    Some(view! { <Notice kind=NoticeKind::Attention><p>{text}" "{reason}</p></Notice> }.into_any())
}

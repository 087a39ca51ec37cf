//! What was issued and is no longer earned, first of all there is to do.

use leptos::prelude::*;

use super::{
    edition::Shown,
    issued::{name, revise_link},
};
use crate::{
    certificates::{Candidate, lost::lost, queries::IssuedRow, words},
    courses::EditionId,
    paths, plural, t,
    ui::{Notice, NoticeKind, Section, Table},
};

pub(super) fn lost_section(shown: &Shown) -> AnyView {
    let lost = lost(&shown.people, &shown.issued);
    if lost.is_empty() {
        return ().into_any();
    }
    let title = plural!(
        i64::try_from(lost.len()).unwrap_or(i64::MAX),
        certificates.lost_title
    );
    let rows: Vec<_> = lost
        .into_iter()
        .map(|(issued, person)| row(issued, person, shown.header.id))
        .collect();
    view! {
        <Section title=title.clone() id="lost">
            <Notice kind=NoticeKind::Attention><p>{t!(certificates.lost_lead)}</p></Notice>
            <Table caption=title caption_hidden=true cards=true>
                <thead><tr>
                    <th scope="col">{t!(certificates.person)}</th>
                    <th scope="col">{t!(certificates.document)}</th>
                    <th scope="col">{t!(certificates.standing)}</th>
                    <th scope="col">{t!(certificates.actions)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Section>
    }
    .into_any()
}

fn row(issued: &IssuedRow, person: Option<&Candidate>, edition: EditionId) -> AnyView {
    let name = name(issued);
    let standing = person.map_or_else(
        || t!(certificates.lost_left),
        |person| words::explain(&person.standing),
    );
    let record = t!(certificates.see_record_of, name = name.as_str());
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            <td data-label=t!(certificates.document)>{words::short_kind(issued.kind)}</td>
            <td data-label=t!(certificates.standing)>{standing}</td>
            <td data-label=t!(certificates.actions)>
                {revise_link(issued, edition, &name)}" · "
                <a href=paths::enrolment(issued.enrolment) aria-label=record>
                    {t!(certificates.see_record)}
                </a>
            </td>
        </tr>
    }
    .into_any()
}

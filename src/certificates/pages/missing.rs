//! Those who hold no valid certificate and to whom none is due, and those whose names no sheet can
//! print: how they stand, in words.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::edition::Shown;
use crate::{
    attendance::pages::share_bar,
    certificates::{Candidate, actions::IssueOne, words},
    plural, t,
    ui::{ButtonKind, PostButton, Section, Table},
};

pub(super) fn missing_section(shown: &Shown) -> AnyView {
    let without: Vec<&Candidate> = shown
        .people
        .iter()
        .filter(|person| {
            person.printable_due().is_none() && (person.valid().is_none() || person.due().is_some())
        })
        .collect();
    if without.is_empty() {
        return ().into_any();
    }
    let count = i64::try_from(without.len()).unwrap_or(i64::MAX);
    let title = plural!(count, certificates.missing_title);
    let graded = shown.header.min_grade_tenths.is_some();
    let rows: Vec<_> = without
        .into_iter()
        .map(|person| row(shown, person, graded))
        .collect();
    view! {
        <Section title=title.clone()>
            <Table caption=title caption_hidden=true cards=true>
                <thead><tr>
                    <th scope="col">{t!(certificates.person)}</th>
                    <th scope="col">{t!(certificates.attendance)}</th>
                    {graded.then(|| view! { <th scope="col" class="num">{t!(certificates.grade)}</th> })}
                    <th scope="col">{t!(certificates.standing)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Section>
    }
    .into_any()
}

fn row(shown: &Shown, person: &Candidate, graded: bool) -> AnyView {
    let bar = share_bar(person.share, shown.header.min_share_permille);
    let grade = person
        .entry
        .grade_tenths
        .map_or_else(|| "—".to_owned(), words::grade);
    let institution = person.entry.institution.clone();
    let unprintable = (!person.is_printable() && person.standing.earned().is_some())
        .then(|| view! { <p>{t!(certificates.unprintable_name)}</p> });
    view! {
        <tr>
            <th scope="row">
                {person.entry.listed_name()}
                {institution.map(|name| view! { " "<span class="quiet small">{name}</span> })}
            </th>
            <td data-label=t!(certificates.attendance)>
                {bar}
            </td>
            {graded.then(|| view! { <td class="num" data-label=t!(certificates.grade)>{grade}</td> })}
            <td data-label=t!(certificates.standing)>
                {words::explain(&person.standing)}
                {unprintable}
                {issue_again(shown, person)}
            </td>
        </tr>
    }
    .into_any()
}

/// After a revocation nothing is due by itself; it takes a decision.
fn issue_again(shown: &Shown, person: &Candidate) -> Option<AnyView> {
    let printable = person.is_printable() && shown.unprintable.is_none();
    person.issuable().filter(|_| printable).map(|kind| {
        let fields = vec![
            ("edition", shown.header.id.to_string()),
            ("enrolment", person.entry.enrolment.to_string()),
        ];
        let describe = t!(
            certificates.issue_to,
            name = person.entry.listed_name()
        );
        let label = t!(certificates.issue_again, kind = words::short_kind(kind));
        view! {
            <PostButton action=IssueOne::PATH fields=fields kind=ButtonKind::Quiet describe=describe>
                {label}
            </PostButton>
        }
        .into_any()
    })
}

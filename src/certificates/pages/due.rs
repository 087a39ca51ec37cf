//! Those to whom a certificate is due: all of them, the chosen ones, or one.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::edition::{Shown, attendance_is_missing};
use crate::{
    attendance::pages::share_bar,
    certificates::{
        Candidate, CertificateKind,
        actions::{IssueChosen, IssueOne},
        words,
    },
    plural, t,
    ui::{BulkBar, Notice, NoticeKind, Section, Table, time},
};

pub(super) fn due_section(shown: &Shown) -> AnyView {
    let due: Vec<(&Candidate, CertificateKind)> = shown
        .people
        .iter()
        .filter_map(|person| person.printable_due().map(|kind| (person, kind)))
        .collect();
    let count = i64::try_from(due.len()).unwrap_or(i64::MAX);
    if let Some(text) = &shown.unprintable {
        let text = t!(certificates.unprintable_text, text = text.as_str());
        return view! { <Notice kind=NoticeKind::Attention><p>{text}</p></Notice> }.into_any();
    }
    if due.is_empty() {
        return not_yet(shown);
    }
    let graded = shown.header.min_grade_tenths.is_some();
    let rows: Vec<_> = due
        .into_iter()
        .map(|(person, kind)| row(shown, person, kind, graded))
        .collect();
    let title = plural!(count, certificates.due_title);
    let edition = shown.header.id.to_string();
    view! {
        <Section title=title.clone()>
            <form class="bulk" method="post" action=IssueChosen::PATH>
                <input type="hidden" name="edition" value=edition />
                <Table caption=title caption_hidden=true cards=true>
                    <thead><tr>
                        <th scope="col"><span class="visually-hidden">{t!(certificates.choose)}</span></th>
                        <th scope="col">{t!(certificates.person)}</th>
                        <th scope="col">{t!(certificates.document)}</th>
                        <th scope="col">{t!(certificates.attendance)}</th>
                        {graded.then(|| view! { <th scope="col" class="num">{t!(certificates.grade)}</th> })}
                        <th scope="col"><span class="visually-hidden">{t!(certificates.actions)}</span></th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </Table>
                <BulkBar label=t!(certificates.chosen)>
                    <button class="button" type="submit">{t!(certificates.issue_chosen)}</button>
                </BulkBar>
            </form>
        </Section>
    }
    .into_any()
}

/// Why nothing is due while the sessions last, or while attendance is missing.
fn not_yet(shown: &Shown) -> AnyView {
    if attendance_is_missing(shown) {
        let text = t!(certificates.attendance_missing);
        return view! { <Notice kind=NoticeKind::Attention><p>{text}</p></Notice> }.into_any();
    }
    let Some(end) = shown.schedule.last_end.filter(|end| *end > shown.now) else {
        return ().into_any();
    };
    let text = if shown.schedule.is_self_paced() {
        t!(certificates.not_yet_self_paced)
    } else {
        t!(certificates.not_yet, when = time::date_time(end))
    };
    view! { <Notice><p>{text}</p></Notice> }.into_any()
}

fn row(shown: &Shown, person: &Candidate, kind: CertificateKind, graded: bool) -> AnyView {
    let bar = share_bar(person.share, shown.header.min_share_permille);
    let name = person.entry.listed_name();
    let id = person.entry.enrolment.to_string();
    let tick = t!(certificates.choose_person, name = name.as_str());
    let issue = t!(certificates.issue_to, name = name.as_str());
    let grade = person
        .entry
        .grade_tenths
        .map_or_else(|| "—".to_owned(), words::grade);
    let institution = person.entry.institution.clone();
    view! {
        <tr>
            <td data-label=t!(certificates.choose)>
                <input type="checkbox" name="chosen[]" value=id.clone() aria-label=tick />
            </td>
            <th scope="row">
                {name}
                {institution.map(|name| view! { " "<span class="quiet small">{name}</span> })}
            </th>
            <td data-label=t!(certificates.document)>{words::short_kind(kind)}</td>
            <td data-label=t!(certificates.attendance)>
                {bar}
            </td>
            {graded.then(|| view! { <td class="num" data-label=t!(certificates.grade)>{grade}</td> })}
            <td>
                <button class="button button-quiet" type="submit" name="enrolment" value=id
                    formaction=IssueOne::PATH aria-label=issue>{t!(certificates.issue)}</button>
            </td>
        </tr>
    }
    .into_any()
}

//! What was issued in an edition, with its state and its file; and the one document that is about
//! to be corrected or revoked.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::edition::Shown;
use crate::{
    certificates::{
        CertificateId, CertificateState, Code,
        actions::{Replace, Revoke},
        queries::IssuedRow,
        words,
    },
    courses::EditionId,
    paths,
    people::listed_name,
    plural,
    server::clock::lima_date,
    t,
    ui::{ButtonRow, ConfirmButton, Section, Table, time},
};

/// The query parameter that names the document to be corrected or revoked.
pub(super) const CHOSEN: &str = "certificate";

pub(super) fn issued_section(shown: &Shown) -> AnyView {
    if shown.issued.is_empty() {
        return ().into_any();
    }
    let valid = shown
        .issued
        .iter()
        .filter(|row| row.state == CertificateState::Valid);
    let valid = i64::try_from(valid.count()).unwrap_or(i64::MAX);
    let title = plural!(valid, certificates.issued_title);
    let rows: Vec<_> = shown
        .issued
        .iter()
        .map(|issued| row(issued, shown.header.id))
        .collect();
    view! {
        <Section title=title.clone()>
            <Table caption=title caption_hidden=true cards=true>
                <thead><tr>
                    <th scope="col">{t!(certificates.person)}</th>
                    <th scope="col">{t!(certificates.document)}</th>
                    <th scope="col">{t!(certificates.issued_on)}</th>
                    <th scope="col">{t!(certificates.state)}</th>
                    <th scope="col">{t!(certificates.actions)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Section>
    }
    .into_any()
}

fn row(row: &IssuedRow, edition: EditionId) -> AnyView {
    let name = name(row);
    let issued = time::short_date(lima_date(row.issued_at));
    let why = row.state_reason.clone().map(|reason| {
        let since = time::short_date(lima_date(row.state_at));
        view! { <p class="quiet small">{since}": "{reason}</p> }
    });
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            <td data-label=t!(certificates.document)>{words::short_kind(row.kind)}</td>
            <td data-label=t!(certificates.issued_on)>{issued}</td>
            <td data-label=t!(certificates.state)>{words::state_chip(row.state)}{why}</td>
            <td data-label=t!(certificates.actions)>{links(row, edition, &name)}</td>
        </tr>
    }
    .into_any()
}

fn links(row: &IssuedRow, edition: EditionId, name: &str) -> AnyView {
    let look = row.code.parse::<Code>().ok().map(|code| {
        let pdf = (row.state == CertificateState::Valid).then(|| {
            let label = t!(certificates.pdf_of, name = name);
            view! { <a href=paths::certificate_pdf(&code) aria-label=label>{t!(certificates.pdf)}</a>" · " }
        });
        let verify = t!(certificates.verify_of, name = name);
        view! {
            {pdf}
            <a href=paths::verify_code(&code) aria-label=verify>{t!(certificates.verification)}</a>
        }
    });
    let revise = (row.state == CertificateState::Valid)
        .then(|| view! { " · "{revise_link(row, edition, name)} });
    view! { {look}{revise} }.into_any()
}

/// The way to [`revise_section`] with this document in it.
pub(super) fn revise_link(row: &IssuedRow, edition: EditionId, name: &str) -> AnyView {
    let href = paths::edition_certificates(edition).with(CHOSEN, &row.id.to_string());
    let label = t!(certificates.revise_of, name = name);
    view! { <a href=href aria-label=label>{t!(certificates.revise)}</a> }.into_any()
}

/// The document that was picked, and what can be done about it while it is valid.
pub(super) fn revise_section(shown: &Shown, chosen: Option<CertificateId>) -> Option<AnyView> {
    let row = shown
        .issued
        .iter()
        .find(|row| Some(row.id) == chosen && row.state == CertificateState::Valid)?;
    let name = name(row);
    let title = t!(certificates.revise_of, name = name.as_str());
    let id = row.id.to_string();
    let (again, fields) = (vec![("certificate", id.clone())], vec![("certificate", id)]);
    let reason = || ("reason", t!(certificates.reason));
    let explained = t!(certificates.replace_explain, name = name.as_str());
    let revoke = t!(certificates.revoke_explain, name = name.as_str());
    // A new sheet says what is recorded today; what it cannot print is put right first.
    let printable = shown.unprintable.is_none()
        && shown
            .people
            .iter()
            .all(|person| person.entry.enrolment != row.enrolment || person.is_printable());
    let unprintable = (!printable).then(|| view! { <p>{t!(certificates.unprintable_again)}</p> });
    let replace = printable.then(|| {
        view! {
                <ConfirmButton label=t!(certificates.replace) explanation=explained
                    confirm=t!(certificates.replace_confirm)
                    action=Replace::PATH fields=again reason=reason() />
        }
    });
    let section = view! {
        <Section title=title framed=true>
            {unprintable}
            <ButtonRow>
                {replace}
                <ConfirmButton label=t!(certificates.revoke) explanation=revoke
                    confirm=t!(certificates.revoke_confirm)
                    action=Revoke::PATH fields=fields reason=reason() />
            </ButtonRow>
        </Section>
    };
    Some(section.into_any())
}

pub(super) fn name(row: &IssuedRow) -> String {
    listed_name(
        &row.given_names,
        &row.paternal_surname,
        row.maternal_surname.as_deref(),
    )
}

//! What was issued in an edition, with its state, its file and what can be done about it.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::edition::Shown;
use crate::{
    certificates::{
        CertificateState, Code,
        actions::{Replace, Revoke},
        queries::IssuedRow,
        words,
    },
    paths,
    people::listed_name,
    plural, t,
    ui::{ConfirmButton, Section, Table, When},
};

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
    let rows: Vec<_> = shown.issued.iter().map(row).collect();
    view! {
        <Section title=title.clone() id="issued">
            <Table caption=title caption_hidden=true cards=true>
                <thead><tr>
                    <th scope="col">{t!(certificates.person)}</th>
                    <th scope="col">{t!(certificates.document)}</th>
                    <th scope="col">{t!(certificates.state)}</th>
                    <th scope="col">{t!(certificates.issued_on)}</th>
                    <th scope="col">{t!(certificates.actions)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Section>
    }
    .into_any()
}

fn row(row: &IssuedRow) -> AnyView {
    let name = listed_name(
        &row.given_names,
        &row.paternal_surname,
        row.maternal_surname.as_deref(),
    );
    let why = row.state_reason.clone().map(|reason| {
        let at = row.state_at;
        view! { <p class="quiet small">{reason}" · "<When at=at /></p> }
    });
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            <td data-label=t!(certificates.document)>{words::kind(row.kind)}</td>
            <td data-label=t!(certificates.state)>{words::state_chip(row.state)}{why}</td>
            <td data-label=t!(certificates.issued_on)><When at=row.issued_at /></td>
            <td data-label=t!(certificates.actions)>{actions(row, &name)}</td>
        </tr>
    }
    .into_any()
}

fn actions(row: &IssuedRow, name: &str) -> AnyView {
    let links = row.code.parse::<Code>().ok().map(|code| {
        let pdf = t!(certificates.pdf_of, name = name);
        let verify = t!(certificates.verify_of, name = name);
        view! {
            <a href=paths::certificate_pdf(&code) aria-label=pdf>{t!(certificates.pdf)}</a>" · "
            <a href=paths::verify_code(&code) aria-label=verify>{t!(certificates.verification)}</a>
        }
    });
    let revise = (row.state == CertificateState::Valid).then(|| revise(row, name));
    view! { {links}{revise} }.into_any()
}

fn revise(row: &IssuedRow, name: &str) -> AnyView {
    let fields = || vec![("certificate", row.id.to_string())];
    let reason = || ("reason", t!(certificates.reason));
    view! {
        <ConfirmButton label=t!(certificates.replace) confirm=t!(certificates.replace_confirm)
            explanation=t!(certificates.replace_explain, name = name)
            action=Replace::PATH fields=fields() reason=reason() />
        <ConfirmButton label=t!(certificates.revoke) confirm=t!(certificates.revoke_confirm)
            explanation=t!(certificates.revoke_explain, name = name)
            action=Revoke::PATH fields=fields() reason=reason() />
    }
    .into_any()
}

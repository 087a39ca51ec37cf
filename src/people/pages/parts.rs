//! What several pages show of a person: facts, places, affiliations.

use leptos::prelude::*;

use crate::{
    people::{
        AccountState, Country, Department, PersonRecord,
        queries::AffiliationRow,
        words::{country, document_kind, document_masked, sector, sex},
    },
    server::clock::lima_date,
    t,
    ui::{
        EmptyState, Fact, Facts, Table,
        time::{date_range, short_date},
    },
};

/// Document, sex, year of birth, nationality.
pub fn identity_facts(person: &PersonRecord) -> AnyView {
    facts_with(document_in_full(person), person)
}

/// The same with the last characters of the document's number alone.
pub fn identity_facts_masked(person: &PersonRecord) -> AnyView {
    let number = person.document_number.as_deref();
    facts_with(document_masked(person.document_kind, number), person)
}

fn facts_with(document: String, person: &PersonRecord) -> AnyView {
    let mut facts = vec![
        (t!(people.document), document),
        (t!(people.sex), sex(person.sex)),
    ];
    let birth_year = person.birth_year.map(|year| year.to_string());
    facts.extend(birth_year.map(|year| (t!(people.birth_year), year)));
    facts.push((t!(people.nationality), country(person.nationality)));
    fact_list(facts)
}

/// E-mail, telephone and the account.
pub fn contact_facts(person: &PersonRecord) -> AnyView {
    let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| t!(people.not_recorded));
    fact_list(vec![
        (t!(people.contact_email), or_none(&person.email)),
        (t!(people.phone), or_none(&person.phone)),
        (t!(people.account), account(&person.account)),
    ])
}

/// What the person says of themselves; nothing where they say nothing.
pub fn self_identification_facts(person: &PersonRecord) -> Option<AnyView> {
    let agreed = short_date(lima_date(person.consented_at?));
    let said = [
        (t!(people.ethnic_identity), person.ethnic_identity.clone()),
        (t!(people.disability), person.disability.clone()),
        (t!(people.consent_given), Some(agreed)),
    ];
    let facts = said
        .into_iter()
        .filter_map(|(word, value)| Some((word, value?)));
    Some(fact_list(facts.collect()))
}

fn fact_list(facts: Vec<(String, String)>) -> AnyView {
    let fact = |(word, value)| view! { <Fact label=word>{value}</Fact> };
    view! { <Facts>{facts.into_iter().map(fact).collect_view()}</Facts> }.into_any()
}

/// All affiliations, the latest first.
pub fn affiliation_table(rows: Vec<AffiliationRow>) -> AnyView {
    if rows.is_empty() {
        return view! {
            <EmptyState title=t!(people.no_affiliation) body=t!(people.no_affiliation_body) />
        }
        .into_any();
    }
    let lines = rows.into_iter().map(|row| {
        let place = place(row.department, row.country, row.region.as_deref());
        view! {
            <tr>
                <th scope="row">{institution_and_unit(&row)}</th>
                <td data-label=t!(people.position)>{row.position}</td>
                <td data-label=t!(people.place)>{place}</td>
                <td data-label=t!(people.period)>{period(row.since, row.until)}</td>
            </tr>
        }
    });
    view! {
        <Table caption=t!(people.affiliations) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(people.institution)}</th>
                <th scope="col">{t!(people.position)}</th>
                <th scope="col">{t!(people.place)}</th>
                <th scope="col">{t!(people.period)}</th>
            </tr></thead>
            <tbody>{lines.collect_view()}</tbody>
        </Table>
    }
    .into_any()
}

/// "Loreto", "Loja, Ecuador", "Ecuador".
pub fn place(department: Option<Department>, of: Country, region: Option<&str>) -> String {
    match (department, region) {
        (Some(department), _) => department.name().to_owned(),
        (None, Some(region)) => format!("{region}, {}", country(of)),
        (None, None) => country(of),
    }
}

fn document_in_full(person: &PersonRecord) -> String {
    let kind = document_kind(person.document_kind);
    match (&person.document_number, &person.no_document_reason) {
        (Some(number), _) => format!("{kind} {number}"),
        (None, Some(reason)) => format!("{kind}: {reason}"),
        (None, None) => t!(people.document_unreadable, kind = kind),
    }
}

fn account(account: &AccountState) -> String {
    match account {
        AccountState::None => t!(people.account_none),
        AccountState::Invited(email) => t!(people.account_invited, email = email),
        AccountState::Active(email) => t!(people.account_active, email = email),
        AccountState::Disabled(email) => t!(people.account_disabled, email = email),
    }
}

fn institution_and_unit(row: &AffiliationRow) -> AnyView {
    let name = row.institution_name.clone();
    let name = name.unwrap_or_else(|| t!(people.no_institution));
    let detail = match (&row.unit_name, row.sector) {
        (Some(unit), _) => Some(unit.clone()),
        (None, Some(one)) => Some(sector(one)),
        (None, None) => None,
    };
    let detail = detail.map(|detail| view! { <br /><span class="quiet small">{detail}</span> });
    view! { {name}{detail} }.into_any()
}

fn period(since: chrono::NaiveDate, until: Option<chrono::NaiveDate>) -> String {
    match until {
        Some(until) => date_range(since, until),
        None => t!(people.since_day, date = short_date(since)),
    }
}

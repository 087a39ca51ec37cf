//! The register: everybody, with or without an account.

use leptos::prelude::*;

use super::may_here;
use crate::{
    access::{ReadRegister, Viewer, permit, policy::ActionKind, viewer},
    paths,
    people::{
        Department, RegisterColumn,
        name::listed_name,
        queries::{self, InstitutionRow, ListRow},
        register::{COUNTED, PAGE, RegisterPage, RegisterQuery, Sought, count, read_page},
        words::{departments, document_masked, sectors},
    },
    plural,
    server::{Secrets, clock::lima_date, page, page::query_value, services},
    t,
    ui::{
        ButtonKind, ButtonLink, ButtonRow, EmptyState, FilterBar, HiddenField, KeysetPager, Page,
        SearchField, SelectField, Table, number, sort_head, time,
    },
    values::Order,
};

/// The list of people.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let query = RegisterQuery::read(query_value);
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        permit(&mut connection, &viewer, ReadRegister).await?;
        let secrets = &state.secrets;
        let sought = Sought::read(&mut connection, secrets, &query).await?;
        let found = read_page(&mut connection, &viewer, &query, &sought, PAGE).await?;
        let total = count(&mut connection, &query, &sought).await?;
        let institutions = queries::institutions(&mut connection).await?;
        drop(connection);
        let actions = actions(&viewer);
        let filters = filters(&query, institutions);
        let listing = listing(secrets, &viewer, &query, found, total);
        Ok(view! {
            <Page title=t!(people.title) lead=t!(people.lead) action=actions>
                {filters}
                {listing}
            </Page>
        }
        .into_any())
    })
}

fn actions(viewer: &Viewer) -> AnyView {
    let add = may_here(viewer, ActionKind::ManagePeople).then(|| {
        view! { <ButtonLink href=paths::person_new()>{t!(people.add)}</ButtonLink> }
    });
    let institutions = may_here(viewer, ActionKind::ManageInstitutions).then(|| {
        view! {
            <ButtonLink href=paths::institutions() kind=ButtonKind::Secondary>
                {t!(people.institutions)}
            </ButtonLink>
        }
    });
    let duplicates = may_here(viewer, ActionKind::ManagePeople).then(|| {
        view! {
            <ButtonLink href=paths::duplicates() kind=ButtonKind::Secondary>
                {t!(merging.duplicates)}
            </ButtonLink>
        }
    });
    view! { <ButtonRow>{add}{institutions}{duplicates}</ButtonRow> }.into_any()
}

fn filters(query: &RegisterQuery, institutions: Vec<InstitutionRow>) -> AnyView {
    let institutions: Vec<(String, String)> = institutions
        .into_iter()
        .map(|one| (one.id.to_string(), one.label()))
        .collect();
    let text = query.text.clone();
    let sector = query.sector.map_or("", |one| one.as_str());
    let institution = query
        .institution
        .map(|one| one.to_string())
        .unwrap_or_default();
    let department = query.department.map_or("", |one| one.as_str());
    let order = query.unusual_order().map(|order| {
        view! { <HiddenField name={Order::<RegisterColumn>::PARAMETER} value=order /> }
    });
    view! {
        <FilterBar action=paths::people() clear=query.is_narrow().then(paths::people)>
            <SearchField name="q" label=t!(people.search) value=text />
            <SelectField name="sector" label=t!(people.sector) placeholder=t!(people.any_sector)
                value=sector options=sectors() />
            <SelectField name="institution" label=t!(people.institution)
                placeholder=t!(people.any_institution) options=institutions
                value=institution />
            <SelectField name="department" label=t!(people.department)
                placeholder=t!(people.any_department) options=departments()
                value=department />
            {order}
        </FilterBar>
    }
    .into_any()
}

fn listing(
    secrets: &Secrets,
    viewer: &Viewer,
    query: &RegisterQuery,
    found: RegisterPage,
    total: i64,
) -> AnyView {
    if found.rows.is_empty() {
        return nobody(viewer, query);
    }
    let shown = i64::try_from(found.rows.len()).unwrap_or(i64::MAX);
    let readable = found.readable;
    let some_hidden = readable.len() < found.rows.len();
    let why_less = some_hidden
        .then(|| view! { <p class="quiet small">{t!(people.of_another_program_lead)}</p> });
    let lines = found.rows.into_iter().map(|row| {
        if readable.contains(&row.id) {
            line(secrets, row)
        } else {
            line_of_another_program(row)
        }
    });
    let lines = lines.collect_view();
    let head = |column: RegisterColumn, label: String| {
        let address = |order| query.ordered(order).address(None);
        sort_head(label, query.order, column.natural(), address)
    };
    let (name, recorded) = (
        head(RegisterColumn::Name, t!(people.name)),
        head(RegisterColumn::Recorded, t!(people.recorded)),
    );
    let total = if total > COUNTED {
        t!(people.more_than, n = number::count(COUNTED))
    } else {
        number::count(total)
    };
    view! {
        {why_less}
        <Table caption=t!(people.title) caption_hidden=true cards=true>
            <thead><tr>
                {name}
                <th scope="col">{t!(people.document)}</th>
                <th scope="col">{t!(people.institution)}</th>
                <th scope="col">{t!(people.department)}</th>
                {recorded}
                <th scope="col">{t!(people.account)}</th>
            </tr></thead>
            <tbody>{lines}</tbody>
        </Table>
        <KeysetPager count=plural!(shown, people.shown, total = total.as_str())
            first=query.after.map(|_| query.address(None))
            next=found.next.map(|last| query.address(Some(last))) file=query.file() />
    }
    .into_any()
}

fn line(secrets: &Secrets, row: ListRow) -> AnyView {
    let name = listed_name(
        &row.given_names,
        &row.paternal_surname,
        row.maternal_surname.as_deref(),
    );
    let number = row
        .document_sealed
        .as_deref()
        .and_then(|sealed| secrets.open(sealed));
    let account = if row.has_account {
        t!(people.has_account)
    } else {
        t!(people.has_no_account)
    };
    let recorded = time::short_date(lima_date(row.recorded_at)).replace(' ', "\u{a0}");
    let position = row.position.map(|position| {
        view! { <span class="under">{position}</span> }
    });
    view! {
        <tr>
            <th scope="row"><a href=paths::person(row.id)>{name}</a></th>
            <td data-label=t!(people.document)>
                {document_masked(row.document_kind, number.as_deref())}
            </td>
            <td data-label=t!(people.institution)>{row.institution}{position}</td>
            <td data-label=t!(people.department)>{row.department.map(Department::name)}</td>
            <td data-label=t!(people.recorded)>{recorded}</td>
            <td data-label=t!(people.account)>{account}</td>
        </tr>
    }
    .into_any()
}

/// Somebody whom another program knows: the name, and where they serve.
fn line_of_another_program(row: ListRow) -> AnyView {
    let name = listed_name(
        &row.given_names,
        &row.paternal_surname,
        row.maternal_surname.as_deref(),
    );
    view! {
        <tr>
            <th scope="row"><a href=paths::person(row.id)>{name}</a></th>
            <td data-label=t!(people.document)>
                <span class="quiet">{t!(people.of_another_program)}</span>
            </td>
            <td data-label=t!(people.institution)>{row.institution}</td>
            <td></td>
            <td></td>
            <td></td>
        </tr>
    }
    .into_any()
}

fn nobody(viewer: &Viewer, query: &RegisterQuery) -> AnyView {
    let (title, body) = if query.is_narrow() || query.after.is_some() {
        (t!(people.nobody_found), t!(people.nobody_found_body))
    } else {
        (t!(people.nobody), t!(people.nobody_body))
    };
    let add = may_here(viewer, ActionKind::ManagePeople).then(|| {
        view! { <ButtonLink href=paths::person_new()>{t!(people.add)}</ButtonLink> }
    });
    view! { <EmptyState title=title body=body action=add.into_any() /> }.into_any()
}

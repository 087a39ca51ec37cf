//! The institutions that people serve in.

use leptos::prelude::*;

use super::register_crumbs;
use crate::{
    access::{ManageInstitutions, permit, viewer},
    paths,
    people::{
        InstitutionId, Sector,
        queries::{self, InstitutionRow},
        words::{country, sector, sectors},
    },
    plural,
    server::{page, page::query_value, services},
    t,
    ui::{ButtonLink, EmptyState, FilterBar, KeysetPager, Page, SearchField, SelectField, Table},
    values::fold,
};

/// Lines of a page.
const PAGE: usize = 50;

/// What the address asks for.
struct Asked {
    text: String,
    sector: Option<Sector>,
    after: Option<InstitutionId>,
}

impl Asked {
    fn read() -> Self {
        Self {
            text: query_value("q").chars().take(200).collect(),
            sector: query_value("sector").parse().ok(),
            after: query_value("after").parse().ok(),
        }
    }

    fn is_narrow(&self) -> bool {
        !self.text.is_empty() || self.sector.is_some()
    }

    fn address(&self, after: Option<InstitutionId>) -> paths::Path {
        let parameters = [
            ("q", Some(self.text.clone()).filter(|text| !text.is_empty())),
            ("sector", self.sector.map(|one| one.to_string())),
            ("after", after.map(|one| one.to_string())),
        ];
        parameters
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .fold(paths::institutions(), |path, (name, value)| {
                path.with(name, &value)
            })
    }
}

/// The list of institutions.
#[component]
pub fn InstitutionsPage() -> impl IntoView {
    let asked = Asked::read();
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        permit(&mut connection, &viewer, ManageInstitutions).await?;
        let limit = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
        let text = fold(&asked.text);
        let rows =
            queries::institutions_page(&mut connection, asked.after, &text, asked.sector, limit);
        let rows = rows.await?;
        drop(connection);
        let action = view! {
            <ButtonLink href=paths::institution_new()>{t!(people.add_institution)}</ButtonLink>
        };
        let clear = asked.is_narrow().then(paths::institutions);
        let (text, chosen) = (
            asked.text.clone(),
            asked.sector.map_or("", |one| one.as_str()),
        );
        let listing = listing(&asked, rows);
        Ok(view! {
            <Page title=t!(people.institutions) lead=t!(people.institutions_lead)
                breadcrumbs=register_crumbs(None, t!(people.institutions)) action=action.into_any()>
                <FilterBar action=paths::institutions()
                    clear=clear>
                    <SearchField name="q" label=t!(people.search_institution)
                        value=text />
                    <SelectField name="sector" label=t!(people.sector)
                        placeholder=t!(people.any_sector) options=sectors()
                        value=chosen />
                </FilterBar>
                {listing}
            </Page>
        }
        .into_any())
    })
}

fn listing(asked: &Asked, mut rows: Vec<InstitutionRow>) -> AnyView {
    if rows.is_empty() {
        let add = view! {
            <ButtonLink href=paths::institution_new()>{t!(people.add_institution)}</ButtonLink>
        };
        return view! {
            <EmptyState title=t!(people.no_institution_found)
                body=t!(people.no_institution_found_body) action=add.into_any() />
        }
        .into_any();
    }
    let is_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let shown = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let next = rows
        .last()
        .filter(|_| is_more)
        .map(|row| asked.address(Some(row.id)));
    view! {
        <Table caption=t!(people.institutions) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(people.institution_name)}</th>
                <th scope="col">{t!(people.short_name)}</th>
                <th scope="col">{t!(people.sector)}</th>
                <th scope="col">{t!(people.country)}</th>
            </tr></thead>
            <tbody>{rows.into_iter().map(line).collect_view()}</tbody>
        </Table>
        <KeysetPager count=plural!(shown, people.institutions_shown)
            first=asked.after.map(|_| asked.address(None)) next=next />
    }
    .into_any()
}

fn line(row: InstitutionRow) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=paths::institution(row.id)>{row.name}</a></th>
            <td data-label=t!(people.short_name)>{row.short_name}</td>
            <td data-label=t!(people.sector)>{sector(row.sector)}</td>
            <td data-label=t!(people.country)>{country(row.country)}</td>
        </tr>
    }
    .into_any()
}

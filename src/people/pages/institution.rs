//! One institution: its names, sector and country, and its units.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::institution_crumbs;
use crate::{
    access::{ManageInstitutions, permit, viewer},
    error::AppError,
    paths,
    people::{
        Country, InstitutionId,
        actions::{AddUnit, RenameUnit, UpdateInstitution},
        queries::{self, InstitutionRow, UnitRow},
        register::RegisterQuery,
        words::{countries, sectors},
    },
    server::{page, page::path_id, returned_form, services},
    t,
    ui::{
        ButtonKind, ButtonLink, FieldRow, Form, FormActions, FormState, HiddenField, Page, Section,
        SelectField, TextField, VersionField, Width,
    },
};

/// An institution, as a form, with its units.
#[component]
pub fn InstitutionPage() -> impl IntoView {
    let id = path_id::<InstitutionId>("id");
    page(async move {
        let id = id?;
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        permit(&mut connection, &viewer, ManageInstitutions).await?;
        let institution = queries::institution(&mut connection, id).await?;
        let institution = institution.ok_or(AppError::NotFound)?;
        let units = queries::units(&mut connection, id).await?;
        drop(connection);
        let (edit, units) = (edit_form(institution.clone()), unit_list(units));
        Ok(view! {
            <Page title=institution.name.clone() width=Width::Form action=people_link(id)
                breadcrumbs=institution_crumbs(institution.name.clone())>
                {edit}
                <Section title=t!(people.units)>
                    {units}
                    {add_form(id)}
                </Section>
            </Page>
        }
        .into_any())
    })
}

/// Name, short name, sector, country.
pub fn institution_fields(institution: Option<InstitutionRow>) -> AnyView {
    let sector = institution.as_ref().map_or("", |one| one.sector.as_str());
    let country = institution
        .as_ref()
        .map_or(Country::Peru, |one| one.country);
    let (name, short_name) = institution.map_or_else(Default::default, |one| {
        (one.name, one.short_name.unwrap_or_default())
    });
    view! {
        <TextField name="name" label=t!(people.institution_name) required=true maxlength=200
            autocomplete="off" value=name />
        <TextField name="short_name" label=t!(people.short_name) hint=t!(people.short_name_hint)
            maxlength=40 size=20 autocomplete="off"
            value=short_name />
        <FieldRow>
            <SelectField name="sector" label=t!(people.sector) required=true
                hint=t!(people.sector_hint) placeholder=t!(people.choose) options=sectors()
                value=sector />
            <SelectField name="country" label=t!(people.country) required=true options=countries(country)
                value=country.as_str() />
        </FieldRow>
    }
    .into_any()
}

fn people_link(id: InstitutionId) -> AnyView {
    let members = RegisterQuery {
        institution: Some(id),
        ..RegisterQuery::default()
    };
    view! {
        <ButtonLink href=members.address(None) kind=ButtonKind::Secondary>
            {t!(people.see_members)}
        </ButtonLink>
    }
    .into_any()
}

fn edit_form(institution: InstitutionRow) -> AnyView {
    let form = returned_form().for_action(UpdateInstitution::PATH);
    view! {
        <Form action=UpdateInstitution::PATH form=&form>
            <HiddenField name="institution" value=institution.id.to_string() />
            <VersionField now=institution.version />
            {institution_fields(Some(institution))}
            <FormActions submit=t!(people.save) cancel=paths::institutions() />
        </Form>
    }
    .into_any()
}

/// Each unit with the form that renames it, folded away.
fn unit_list(units: Vec<UnitRow>) -> AnyView {
    if units.is_empty() {
        return view! { <p class="quiet">{t!(people.no_units)}</p> }.into_any();
    }
    let lines = units.into_iter().map(|unit| {
        let form = rename_state(&unit);
        let open = form.is_returned();
        let field_id = format!("unit-{}", unit.id);
        view! {
            <li>
                <details open=open>
                    <summary>{unit.name.clone()}</summary>
                    <Form action=RenameUnit::PATH form=form>
                        <HiddenField name="unit" value=unit.id.to_string() />
                        <TextField name="unit_name" label=t!(people.unit_name) required=true
                            maxlength=200 autocomplete="off" id=field_id value=unit.name />
                        <FormActions submit=t!(people.rename_unit) kind=ButtonKind::Secondary />
                    </Form>
                </details>
            </li>
        }
    });
    view! { <ul class="lines" role="list">{lines.collect_view()}</ul> }.into_any()
}

/// What was refused of this unit's form, among the forms of all units.
fn rename_state(unit: &UnitRow) -> FormState {
    let form = returned_form().for_action(RenameUnit::PATH);
    if form.value("unit") == Some(unit.id.to_string().as_str()) {
        form
    } else {
        FormState::default()
    }
}

fn add_form(id: InstitutionId) -> AnyView {
    let form = returned_form().for_action(AddUnit::PATH);
    view! {
        <Form action=AddUnit::PATH form=form>
            <HiddenField name="institution" value=id.to_string() />
            <TextField name="unit_name" label=t!(people.new_unit) required=true maxlength=200
                autocomplete="off" />
            <FormActions submit=t!(people.add_unit) kind=ButtonKind::Secondary />
        </Form>
    }
    .into_any()
}

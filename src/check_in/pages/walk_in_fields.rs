//! The fields about somebody who came without being enrolled.

use leptos::prelude::*;
use sqlx::SqliteConnection;

use crate::{
    error::AppError,
    people::{Country, DocumentKind, DocumentNumber, institution_choices, words},
    t,
    ui::{Choices, FieldRow, SelectField, TelField, TextField},
};

/// The institutions there are to choose from.
pub type Institutions = Vec<(String, Choices)>;

/// Reads them.
pub async fn institutions(connection: &mut SqliteConnection) -> Result<Institutions, AppError> {
    institution_choices(connection).await
}

/// What the one that was chosen is called.
pub fn institution_name(institutions: &Institutions, chosen: &str) -> Option<String> {
    let mut groups = institutions.iter();
    let found = groups.find_map(|(_, choices)| choices.label(chosen));
    found.map(str::to_owned)
}

/// The fields; stand inside a form. `own`: the person fills them in, and their browser may help.
pub fn walk_in_fields(institutions: Institutions, own: bool) -> AnyView {
    let help = move |what: &'static str| if own { what } else { "off" };
    view! {
        <TextField name="given_names" label=t!(people.given_names) required=true maxlength=120
            autocomplete=help("given-name") />
        <FieldRow>
            <TextField name="paternal_surname" label=t!(people.paternal_surname) required=true
                maxlength=80 autocomplete=help("family-name") />
            <TextField name="maternal_surname" label=t!(people.maternal_surname) maxlength=80
                autocomplete="off" />
        </FieldRow>
        <FieldRow>
            <SelectField name="sex" label=t!(people.sex) required=true
                placeholder=t!(people.choose) options=words::sexes() />
            <SelectField name="nationality" label=t!(people.nationality)
                options=words::countries(Country::Peru) value="PE" />
        </FieldRow>
        <FieldRow>
            <SelectField name="document_kind" label=t!(people.document_kind) required=true
                options=words::document_kinds() value=DocumentKind::Dni.as_str() />
            <TextField name="document_number" label=t!(people.document_number)
                maxlength=DocumentNumber::MAX_TYPED autocomplete="off" />
        </FieldRow>
        <SelectField name="institution" label=t!(people.institution)
            placeholder=t!(people.choose_institution) groups=institutions />
        <FieldRow>
            <TextField name="position" label=t!(people.position) maxlength=120
                autocomplete=help("organization-title") />
            <TelField name="phone" label=t!(people.phone) autocomplete=help("tel") />
        </FieldRow>
    }
    .into_any()
}

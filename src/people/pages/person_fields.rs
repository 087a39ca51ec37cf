//! The fields of a person's form, blank or with what is recorded.

use leptos::prelude::*;

use crate::{
    people::{
        Country, DocumentKind, DocumentNumber, PersonRecord,
        words::{countries, document_kinds, sexes},
    },
    t,
    ui::{
        CheckboxField, EmailField, FieldRow, FieldSet, NumberField, SelectField, TelField,
        TextField,
    },
};

/// What stands in the fields at first, as text.
#[derive(Debug)]
pub struct PersonValues {
    document_kind: &'static str,
    document_number: String,
    no_document_reason: String,
    given_names: String,
    paternal_surname: String,
    maternal_surname: String,
    sex: &'static str,
    birth_year: String,
    nationality: Country,
    own: OwnValues,
}

/// The same for the fields that people may correct about themselves.
#[derive(Debug, Default)]
pub struct OwnValues {
    email: String,
    phone: String,
    ethnic_identity: String,
    disability: String,
    consented: bool,
}

impl PersonValues {
    /// A new person: most have a DNI and are from Peru.
    pub fn blank() -> Self {
        Self {
            document_kind: DocumentKind::Dni.as_str(),
            document_number: String::new(),
            no_document_reason: String::new(),
            given_names: String::new(),
            paternal_surname: String::new(),
            maternal_surname: String::new(),
            sex: "",
            birth_year: String::new(),
            nationality: Country::Peru,
            own: OwnValues::default(),
        }
    }

    /// What is recorded.
    pub fn of(person: PersonRecord) -> Self {
        let birth_year = person.birth_year.map(|year| year.to_string());
        Self {
            own: OwnValues::of(&person),
            document_kind: person.document_kind.as_str(),
            document_number: person.document_number.unwrap_or_default(),
            no_document_reason: person.no_document_reason.unwrap_or_default(),
            given_names: person.given_names,
            paternal_surname: person.paternal_surname,
            maternal_surname: person.maternal_surname.unwrap_or_default(),
            sex: person.sex.as_str(),
            birth_year: birth_year.unwrap_or_default(),
            nationality: person.nationality,
        }
    }
}

impl OwnValues {
    /// What is recorded.
    pub fn of(person: &PersonRecord) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            email: text(&person.email),
            phone: text(&person.phone),
            ethnic_identity: text(&person.ethnic_identity),
            disability: text(&person.disability),
            consented: person.consented_at.is_some(),
        }
    }
}

/// Who fills in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilledBy {
    /// Somebody of the staff, about another person.
    Staff,
    /// The person, whose browser may help.
    Themselves,
}

/// All fields of a person; stands inside a form.
pub fn person_fields(values: PersonValues) -> AnyView {
    view! {
        <FieldSet legend=t!(people.identity)>
            <TextField name="given_names" label=t!(people.given_names) required=true maxlength=120
                autocomplete="off" value=values.given_names />
            <FieldRow>
                <TextField name="paternal_surname" label=t!(people.paternal_surname) required=true
                    maxlength=80 autocomplete="off" value=values.paternal_surname />
                <TextField name="maternal_surname" label=t!(people.maternal_surname) maxlength=80
                    autocomplete="off" value=values.maternal_surname />
            </FieldRow>
            <FieldRow>
                <SelectField name="sex" label=t!(people.sex) required=true
                    placeholder=t!(people.choose) options=sexes() value=values.sex />
                <NumberField name="birth_year" label=t!(people.birth_year) min=1900.0 max=2100.0
                    value=values.birth_year />
                <SelectField name="nationality" label=t!(people.nationality) required=true
                    options=countries(values.nationality) value=values.nationality.as_str() />
            </FieldRow>
        </FieldSet>
        <FieldSet legend=t!(people.document) hint=t!(people.document_hint)>
            <FieldRow>
                <SelectField name="document_kind" label=t!(people.document_kind) required=true
                    options=document_kinds() value=values.document_kind />
                <TextField name="document_number" label=t!(people.document_number)
                    maxlength=DocumentNumber::MAX_TYPED autocomplete="off"
                    value=values.document_number />
            </FieldRow>
            <TextField name="no_document_reason" label=t!(people.no_document_reason)
                hint=t!(people.no_document_reason_hint) maxlength=200 autocomplete="off"
                value=values.no_document_reason />
        </FieldSet>
        {own_fields(values.own, FilledBy::Staff)}
    }
    .into_any()
}

/// Contact and self-identification; stands inside a form.
pub fn own_fields(values: OwnValues, by: FilledBy) -> AnyView {
    let (contact_hint, consent, email_help, phone_help) = match by {
        FilledBy::Staff => (t!(people.contact_hint), t!(people.consent), "off", "off"),
        FilledBy::Themselves => (
            t!(people.own_contact_hint),
            t!(people.own_consent),
            "email",
            "tel",
        ),
    };
    view! {
        <FieldSet legend=t!(people.contact) hint=contact_hint>
            <FieldRow>
                <EmailField name="email" label=t!(people.contact_email) autocomplete=email_help
                    value=values.email />
                <TelField name="phone" label=t!(people.phone) autocomplete=phone_help
                    value=values.phone />
            </FieldRow>
        </FieldSet>
        <FieldSet legend=t!(people.self_identification) hint=t!(people.self_identification_hint)>
            <TextField name="ethnic_identity" label=t!(people.ethnic_identity)
                hint=t!(people.ethnic_identity_hint) maxlength=80 autocomplete="off"
                value=values.ethnic_identity />
            <TextField name="disability" label=t!(people.disability)
                hint=t!(people.disability_hint) maxlength=120 autocomplete="off"
                value=values.disability />
            <CheckboxField name="consent" label=consent value="1" checked=values.consented />
        </FieldSet>
    }
    .into_any()
}

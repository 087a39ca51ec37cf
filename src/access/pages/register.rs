//! The page where one becomes a participant.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::{actions::Register, maybe_viewer},
    error::AppError,
    paths,
    people::{Country, DocumentNumber, institution_choices, words},
    server::{
        go_to,
        page::{page, query_value},
        services,
    },
    t,
    ui::{
        Choices, EmailField, FieldRow, FieldSet, Form, FormActions, HiddenField, Page,
        PasswordField, SelectField, TextField, Width,
    },
};

/// Registering. Who is signed in already goes home.
#[component]
pub fn RegisterPage() -> impl IntoView {
    page(async move {
        if maybe_viewer().is_some() {
            go_to(&paths::home());
            return Ok(().into_any());
        }
        let mut connection = services().database.read().await?;
        let institutions = institution_choices(&mut connection).await?;
        Ok::<_, AppError>(form(institutions, services().config.mail.is_some()))
    })
}

fn form(institutions: Vec<(String, Choices)>, by_letter: bool) -> AnyView {
    let email_hint = if by_letter {
        t!(access.email_hint_letter)
    } else {
        t!(access.email_hint)
    };
    view! {
        <Page title=t!(access.register) lead=t!(access.register_lead) width=Width::Form>
            <Form action=Register::PATH>
                <HiddenField name="next" value=query_value("next") />
                {who()}
                {document()}
                {service(institutions)}
                <FieldSet legend=t!(access.your_account)>
                    <EmailField name="email" label=t!(access.email) hint=email_hint required=true autocomplete="username" />
                    <PasswordField name="password" label=t!(access.password) hint=t!(access.password_hint) autocomplete="new-password" />
                    <PasswordField name="repeat_password" label=t!(access.repeat_password) autocomplete="new-password" />
                </FieldSet>
                <FormActions submit=t!(access.register_submit) cancel=paths::sign_in() />
            </Form>
        </Page>
    }
    .into_any()
}

fn who() -> AnyView {
    view! {
        <FieldSet legend=t!(access.who)>
            <TextField name="given_names" label=t!(access.given_names) required=true maxlength=120 autocomplete="given-name" />
            <FieldRow>
                <TextField name="paternal_surname" label=t!(access.paternal_surname) required=true maxlength=80 autocomplete="family-name" />
                <TextField name="maternal_surname" label=t!(access.maternal_surname) maxlength=80 autocomplete="off" />
            </FieldRow>
            <SelectField name="sex" label=t!(access.sex) required=true placeholder=t!(access.choose) options=words::sexes() />
        </FieldSet>
    }
    .into_any()
}

fn document() -> AnyView {
    view! {
        <FieldSet legend=t!(access.document) hint=t!(access.document_hint)>
            <FieldRow>
                <SelectField name="document_kind" label=t!(access.document_kind) required=true value="dni" options=words::document_kinds() />
                <TextField name="document_number" label=t!(access.document_number) maxlength=DocumentNumber::MAX_TYPED autocomplete="off" />
            </FieldRow>
            <TextField name="no_document_reason" label=t!(access.no_document_reason) hint=t!(access.no_document_hint) autocomplete="off" />
            <SelectField name="nationality" label=t!(access.nationality) value="PE" options=words::countries(Country::Peru) />
        </FieldSet>
    }
    .into_any()
}

fn service(institutions: Vec<(String, Choices)>) -> AnyView {
    view! {
        <FieldSet legend=t!(access.service) hint=t!(access.service_hint)>
            <SelectField name="institution" label=t!(access.institution) placeholder=t!(access.no_institution) groups=institutions />
            <FieldRow>
                <TextField name="position" label=t!(access.position) maxlength=120 autocomplete="organization-title" />
                <SelectField name="department" label=t!(access.department) placeholder=t!(access.no_department) options=words::departments() />
            </FieldRow>
        </FieldSet>
    }
    .into_any()
}

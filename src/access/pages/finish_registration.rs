//! The pages between registering and having an account, where a letter lies between.

use axum::http::StatusCode;
use leptos::{prelude::*, server_fn::ServerFn as _};
use leptos_axum::ResponseOptions;

use crate::{
    access::{
        actions::FinishRegistration,
        maybe_viewer,
        waiting::{self, Link},
    },
    error::AppError,
    paths,
    server::{
        page::{page, query_value, says_why_not},
        services,
    },
    t,
    ui::{
        ButtonKind, ButtonLink, ButtonRow, EmailField, Form, FormActions, HiddenField, Page,
        PasswordField, Section, Width,
    },
};

/// What whoever registered reads next, whoever they are and whatever is known of them.
#[component]
pub fn RegistrationSentPage() -> impl IntoView {
    view! {
        <Page title=t!(access.registration_sent_title) lead=t!(access.registration_sent_lead) width=Width::Reading>
            <Section title=t!(access.nothing_came)>
                <ul>
                    <li>{t!(access.nothing_came_junk)}</li>
                    <li>{t!(access.nothing_came_address)}</li>
                    <li>{t!(access.nothing_came_known)}</li>
                    <li>{t!(access.nothing_came_help)}</li>
                </ul>
            </Section>
            <ButtonRow>
                <ButtonLink href=paths::register() kind=ButtonKind::Secondary>{t!(access.register_again)}</ButtonLink>
                <ButtonLink href=paths::forgotten_password() kind=ButtonKind::Quiet>{t!(access.forgotten)}</ButtonLink>
            </ButtonRow>
        </Page>
    }
}

/// Where the link of the letter leads: typing the password again, or why nothing comes of it. Only
/// the form does anything, for mail servers open links by themselves.
#[component]
pub fn FinishRegistrationPage() -> impl IntoView {
    let token = query_value("token");
    page(async move {
        let view = match waiting::look(&services(), &token).await? {
            Link::Waits(email) => waits(token, email),
            Link::Refused => refused(),
            Link::Gone => gone(),
        };
        Ok::<_, AppError>(view)
    })
}

fn waits(token: String, email: String) -> AnyView {
    view! {
        <Page title=t!(access.finish_title) lead=t!(access.finish_lead) width=Width::Form>
            <Form action=FinishRegistration::PATH>
                <HiddenField name="token" value=token />
                // Password managers keep the password under this name.
                <EmailField name="email" label=t!(access.email) value=email autocomplete="username" />
                <PasswordField name="password" label=t!(access.password) hint=t!(access.finish_hint) autocomplete="current-password" />
                <FormActions submit=t!(access.finish_submit) />
            </Form>
            <p class="quiet">{t!(access.finish_not_you)}</p>
        </Page>
    }
    .into_any()
}

fn refused() -> AnyView {
    answer_gone();
    // The notice right after it was refused says the same.
    let why = (!says_why_not()).then(|| {
        view! {
            <p>{t!(access.refused)}</p>
            <p>{t!(access.refused_next)}</p>
        }
    });
    view! {
        <Page title=t!(access.refused_title) width=Width::Reading>
            {why}
            <p>{t!(access.refused_mistyped)}</p>
            <ButtonRow>
                <ButtonLink href=paths::sign_in()>{t!(access.sign_in)}</ButtonLink>
            </ButtonRow>
        </Page>
    }
    .into_any()
}

fn gone() -> AnyView {
    answer_gone();
    let next = match maybe_viewer() {
        // Whoever sent the form twice has their account by now.
        Some(_) => view! {
            <p><ButtonLink href=paths::home()>{t!(errors.go_home)}</ButtonLink></p>
        }
        .into_any(),
        None => view! {
            <p>{t!(access.finish_gone_next)}</p>
            <ButtonRow>
                <ButtonLink href=paths::sign_in()>{t!(access.sign_in)}</ButtonLink>
                <ButtonLink href=paths::register() kind=ButtonKind::Secondary>{t!(access.register_again)}</ButtonLink>
            </ButtonRow>
        }
        .into_any(),
    };
    view! {
        <Page title=t!(access.link_expired_title) width=Width::Reading>
            <p>{t!(access.finish_gone)}</p>
            {next}
        </Page>
    }
    .into_any()
}

fn answer_gone() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::GONE);
    }
}

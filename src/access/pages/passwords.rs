//! The pages where somebody without a password gets one.

use axum::http::StatusCode;
use leptos::{prelude::*, server_fn::ServerFn as _};
use leptos_axum::ResponseOptions;

use crate::{
    access::{
        LinkPurpose,
        actions::{ForgottenPassword, SetPassword},
        link::{self, LinkHolder},
    },
    error::AppError,
    paths,
    server::{
        page::{page, query_value},
        services,
    },
    t,
    ui::{
        ButtonKind, ButtonLink, ButtonRow, EmailField, Form, FormActions, HiddenField, Page,
        PasswordField, Width,
    },
};

/// Asking for a link to set a new password.
#[component]
pub fn ForgottenPasswordPage() -> impl IntoView {
    view! {
        <Page title=t!(access.forgotten_title) lead=t!(access.forgotten_lead) width=Width::Form>
            <Form action=ForgottenPassword::PATH>
                <EmailField name="email" label=t!(access.email) required=true autocomplete="username" />
                <FormActions submit=t!(access.send_link) cancel=paths::sign_in() />
            </Form>
            <p class="quiet">{t!(access.no_mail_help)}</p>
        </Page>
    }
}

/// Where a one-time link leads: setting the password, or why the link is of no use any more.
#[component]
pub fn SetPasswordPage() -> impl IntoView {
    let token = query_value("token");
    page(async move {
        let view = match link::holder(&services(), &token).await? {
            Some(holder) => set_password(token, holder),
            None => link_expired(),
        };
        Ok::<_, AppError>(view)
    })
}

fn set_password(token: String, holder: LinkHolder) -> AnyView {
    let lead = match holder.purpose {
        LinkPurpose::Invitation => t!(access.accept_lead, name = holder.given_names),
        LinkPurpose::PasswordReset => t!(access.reset_lead, name = holder.given_names),
    };
    view! {
        <Page title=t!(access.set_password) lead=lead width=Width::Form>
            <Form action=SetPassword::PATH>
                <HiddenField name="token" value=token />
                // Password managers keep the password under this name.
                <EmailField name="email" label=t!(access.email) value=holder.email autocomplete="username" />
                <PasswordField name="new_password" label=t!(access.new_password) hint=t!(access.password_hint) autocomplete="new-password" />
                <PasswordField name="repeat_password" label=t!(access.repeat_password) autocomplete="new-password" />
                <FormActions submit=t!(access.save_password) />
            </Form>
        </Page>
    }
    .into_any()
}

fn link_expired() -> AnyView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::GONE);
    }
    view! {
        <Page title=t!(access.link_expired_title) width=Width::Reading>
            <p>{t!(access.link_expired)}</p>
            <p>{t!(access.link_expired_next)}</p>
            <ButtonRow>
                <ButtonLink href=paths::forgotten_password()>{t!(access.ask_new_link)}</ButtonLink>
                <ButtonLink href=paths::sign_in() kind=ButtonKind::Secondary>{t!(access.sign_in)}</ButtonLink>
            </ButtonRow>
        </Page>
    }
    .into_any()
}

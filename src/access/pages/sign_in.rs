//! The page where one signs in.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::actions::SignIn,
    paths,
    server::page::{query_value, returned_form},
    t,
    ui::{EmailField, Form, FormActions, HiddenField, Page, PasswordField, Width},
};

/// Signing in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let form = returned_form();
    let next = query_value("next");
    let mut register = paths::register();
    if !next.is_empty() {
        register = register.with("next", &next);
    }
    view! {
        <Page title=t!(access.sign_in) lead=t!(access.sign_in_lead) width=Width::Form>
            <Form action=SignIn::PATH form=&form>
                <HiddenField name="next" value=next />
                <EmailField form=&form name="email" label=t!(access.email) required=true autocomplete="username" />
                <PasswordField form=&form name="password" label=t!(access.password) autocomplete="current-password" />
                <FormActions submit=t!(access.sign_in) />
            </Form>
            <p><a href=paths::forgotten_password()>{t!(access.forgotten)}</a></p>
            <p><a href=register>{t!(access.no_account)}</a></p>
        </Page>
    }
}

//! One's own code, to be scanned at the door.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::viewer,
    check_in::{actions::RenewCode, operations, personal_code},
    paths,
    server::{page, services},
    t,
    ui::{ConfirmButton, Page, QrCode, Width},
};

/// The page.
#[component]
pub fn MyCodePage() -> impl IntoView {
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let token = operations::own_code(&state, &viewer).await?;
        let address = format!(
            "{}{}",
            state.config.base_url,
            paths::check_in_person(&token)
        );
        Ok(view! {
            <Page title=t!(check_in.own.title) lead=t!(check_in.own.lead) width=Width::Reading>
                <div class="own-code">
                    <QrCode text=address label=t!(check_in.own.picture) />
                    <p class="own-code-name">{viewer.name}</p>
                    <p><code>{personal_code::readable(&token)}</code></p>
                </div>
                <p>{t!(check_in.own.keep)}</p>
                <p><a href=paths::check_in()>{t!(check_in.own.to_check_in)}</a></p>
                <ConfirmButton label=t!(check_in.own.renew_open)
                    explanation=t!(check_in.own.renew_explained)
                    confirm=t!(check_in.own.renew) action=RenewCode::PATH calm=true />
            </Page>
        }
        .into_any())
    })
}

//! One's own account: language, password, devices.

use capacita_locales::Locale;
use futures::future::BoxFuture;
use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use crate::{
    access::{
        SignInId, Viewer,
        actions::{ChangePassword, EndOtherSignIns, EndSignIn, SetLanguage, SignOut},
        device_name,
        own_account::{self, Device},
        viewer,
    },
    error::AppError,
    server::{page::page, services, words::locale_code},
    t,
    ui::{
        ButtonKind, Chip, Fact, Facts, Form, FormActions, Page, PasswordField, PostButton, Section,
        SelectField, Table, Tone, When, Width,
    },
};

/// What another domain adds about the viewer's phones.
pub type Phones =
    for<'a> fn(&'a mut SqliteConnection, &'a Viewer) -> BoxFuture<'a, Result<AnyView, AppError>>;

/// One's own account.
#[component]
pub fn MyAccountPage(
    /// The lists that the viewer's phones hold.
    phones: Phones,
) -> impl IntoView {
    page(async move {
        let (viewer, state) = (viewer()?, services());
        let devices = own_account::devices(&state, &viewer).await?;
        let mut connection = state.database.read().await?;
        let phones = phones(&mut connection, &viewer).await?;
        drop(connection);
        let (name, email) = (viewer.name.clone(), viewer.email.clone());
        let parts = (
            language(viewer.locale),
            password(),
            devices_section(viewer.sign_in, devices),
        );
        let view = view! {
            <Page title=t!(access.my_account) width=Width::Form>
                <Facts>
                    <Fact label=t!(access.name)>{name}</Fact>
                    <Fact label=t!(access.email)>{email}</Fact>
                </Facts>
                {parts}
                {phones}
            </Page>
        };
        Ok(view.into_any())
    })
}

fn language(chosen: Locale) -> AnyView {
    // Each language is named in itself, for whoever reads no other.
    let languages = vec![("es", "Español"), ("en", "English")];
    view! {
        <Section title=t!(access.language)>
            <Form action=SetLanguage::PATH>
                <SelectField name="locale" label=t!(access.language_label) value=locale_code(chosen) options=languages />
                <FormActions submit=t!(access.save_language) kind=ButtonKind::Secondary />
            </Form>
        </Section>
    }
    .into_any()
}

fn password() -> AnyView {
    view! {
        <Section title=t!(access.change_password)>
            <p>{t!(access.change_password_lead)}</p>
            <Form action=ChangePassword::PATH>
                <PasswordField name="current_password" label=t!(access.current_password) autocomplete="current-password" />
                <PasswordField name="new_password" label=t!(access.new_password) hint=t!(access.password_hint) autocomplete="new-password" />
                <PasswordField name="repeat_password" label=t!(access.repeat_password) autocomplete="new-password" />
                <FormActions submit=t!(access.change_password) kind=ButtonKind::Secondary />
            </Form>
        </Section>
    }
    .into_any()
}

fn devices_section(present: SignInId, devices: Vec<Device>) -> AnyView {
    let others = devices.len() > 1;
    let rows = devices
        .into_iter()
        .map(|device| device_row(present, device))
        .collect_view();
    let end_others = others.then(|| {
        view! { <PostButton action=EndOtherSignIns::PATH>{t!(access.end_others)}</PostButton> }
    });
    view! {
        <Section title=t!(access.devices)>
            <p>{t!(access.devices_lead)}</p>
            <Table caption=t!(access.devices) caption_hidden=true cards=true>
                <thead><tr>
                    <th scope="col">{t!(access.device)}</th>
                    <th scope="col">{t!(access.signed_in_at)}</th>
                    <th scope="col">{t!(access.last_seen_at)}</th>
                    <th scope="col">{t!(access.device_action)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
            {end_others}
        </Section>
    }
    .into_any()
}

fn device_row(present: SignInId, device: Device) -> AnyView {
    let name = device_name(&device.device);
    let describe = t!(access.sign_out_device, device = name.clone());
    let here = device.id == present;
    let mark = here.then(|| view! { " " <Chip tone=Tone::Good label=t!(access.this_device) /> });
    let (action, fields) = if here {
        (SignOut::PATH, vec![])
    } else {
        (EndSignIn::PATH, vec![("sign_in", device.id.to_string())])
    };
    view! {
        <tr>
            <th scope="row">{name}{mark}</th>
            <td data-label=t!(access.signed_in_at)><When at=device.created_at /></td>
            <td data-label=t!(access.last_seen_at)><When at=device.last_seen_at /></td>
            <td>
                <PostButton action=action fields=fields kind=ButtonKind::Quiet describe=describe>
                    {t!(access.sign_out)}
                </PostButton>
            </td>
        </tr>
    }
    .into_any()
}

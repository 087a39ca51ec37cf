//! How messages read, with invented people and events, in both languages.

use capacita_locales::Locale;
use leptos::prelude::*;

use crate::{
    access::{self, ReadTemplates, permit, viewer},
    admin::words::message_kind,
    certificates, enrolment,
    messages::Sample,
    server::{page::page, services, words::in_language},
    sessions, t,
    ui::{Page, Section},
};

/// Every letter.
#[component]
pub fn LettersPage() -> impl IntoView {
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        let _ = permit(&mut connection, &viewer, ReadTemplates).await?;
        let base_url = &state.config.base_url;
        let sections = [
            (
                t!(admin.spanish),
                "es",
                in_language(Locale::es, || samples(base_url)),
            ),
            (
                t!(admin.english),
                "en",
                in_language(Locale::en, || samples(base_url)),
            ),
        ];
        let sections = sections.map(|(title, code, samples)| section(title, code, samples));
        Ok(view! {
            <Page title=t!(admin.letters) lead=t!(admin.letters_lead)>
                {sections.collect_view()}
            </Page>
        }
        .into_any())
    })
}

/// In the order in which people meet them.
fn samples(base_url: &str) -> Vec<Sample> {
    [
        access::sample_letters(base_url),
        enrolment::operations::sample_letters(base_url),
        sessions::letters::samples(base_url),
        certificates::sample_letters(base_url),
    ]
    .concat()
}

fn section(title: String, code: &'static str, samples: Vec<Sample>) -> AnyView {
    let letters = samples.into_iter().map(|sample| {
        view! {
            <details>
                <summary>
                    {message_kind(sample.kind)}": "<span lang=code>{sample.letter.subject}</span>
                </summary>
                <p class="message-body" lang=code>{sample.letter.body}</p>
            </details>
        }
    });
    let letters = letters.collect_view();
    view! { <Section title=title>{letters}</Section> }.into_any()
}

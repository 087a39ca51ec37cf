//! What is kept of whom, why, who sees it, and what one can ask for.

use leptos::prelude::*;

use crate::{
    server::services,
    t,
    ui::{Markdown, Page, Section, Width},
};

/// Privacy.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let by_letter = services().config.mail.is_some();
    let registering = if by_letter {
        t!(public.privacy_page.registering_by_letter)
    } else {
        t!(public.privacy_page.registering_at_once)
    };
    let parts = [
        (
            t!(public.privacy_page.kept_title),
            t!(public.privacy_page.kept),
        ),
        (
            t!(public.privacy_page.why_title),
            t!(public.privacy_page.why),
        ),
        (
            t!(public.privacy_page.who_title),
            t!(public.privacy_page.who),
        ),
        (
            t!(public.privacy_page.verify_title),
            t!(public.privacy_page.verify),
        ),
        (
            t!(public.privacy_page.safe_title),
            t!(public.privacy_page.safe),
        ),
        (t!(public.privacy_page.registering_title), registering),
        (
            t!(public.privacy_page.cookies_title),
            t!(public.privacy_page.cookies),
        ),
        (
            t!(public.privacy_page.rights_title),
            t!(public.privacy_page.rights),
        ),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .map(|(title, text)| {
            view! { <Section title=title><Markdown text=text /></Section> }.into_any()
        })
        .collect();
    view! {
        <Page title=t!(public.privacy) lead=t!(public.privacy_lead) width=Width::Reading>{parts}</Page>
    }
}

//! Help for everybody: how to enrol, what counts, what to do when something does not work.

use leptos::prelude::*;

use crate::{
    t,
    ui::{Markdown, Page, Section, Width},
};

/// Help.
#[component]
pub fn HelpPage() -> impl IntoView {
    let parts = [
        (
            "enrol",
            t!(public.help_page.enrol_title),
            t!(public.help_page.enrol),
        ),
        (
            "states",
            t!(public.help_page.states_title),
            t!(public.help_page.states),
        ),
        (
            "attendance",
            t!(public.help_page.attendance_title),
            t!(public.help_page.attendance),
        ),
        (
            "documents",
            t!(public.help_page.documents_title),
            t!(public.help_page.documents),
        ),
        (
            "self-paced",
            t!(public.help_page.self_paced_title),
            t!(public.help_page.self_paced),
        ),
        (
            "account",
            t!(public.help_page.account_title),
            t!(public.help_page.account),
        ),
        (
            "data",
            t!(public.help_page.data_title),
            t!(public.help_page.data),
        ),
        (
            "staff",
            t!(public.help_page.staff_title),
            t!(public.help_page.staff),
        ),
    ];
    let links: Vec<_> = parts
        .iter()
        .map(|(id, title, _)| {
            view! { <li><a href=format!("#{id}")>{title.clone()}</a></li> }.into_any()
        })
        .collect();
    let parts: Vec<_> = parts
        .into_iter()
        .map(|(id, title, text)| {
            view! { <Section title=title id=id><Markdown text=text /></Section> }.into_any()
        })
        .collect();
    view! {
        <Page title=t!(public.help) lead=t!(public.help_lead) width=Width::Reading>
            <nav aria-label=t!(public.help_page.contents)><ul class="lines" role="list">{links}</ul></nav>
            {parts}
        </Page>
    }
}

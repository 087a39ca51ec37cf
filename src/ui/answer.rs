//! One large answer, such as whether a certificate is genuine.

use leptos::prelude::*;

use super::{chip::Tone, icon::Icon};

/// The answer before everything else; facts follow in `children`.
#[component]
pub fn Answer(
    /// What the answer means.
    tone: Tone,
    /// The answer, one or two words ("Válido"). It is the page's h1: no `Page` title beside it.
    #[prop(into)]
    title: String,
    /// What that means, one sentence.
    #[prop(into)]
    text: String,
    /// The facts, usually `Facts stacked=true`.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let document_title = title.clone();
    view! {
        <leptos_meta::Title text=document_title />
        <article class=format!("answer answer-{}", tone.name())>
            <div class="answer-head">
                <Icon shape=tone.shape() />
                <h1>{title}</h1>
                <p>{text}</p>
            </div>
            {children.map(|children| view! { <div class="answer-body">{children()}</div> })}
        </article>
    }
}

//! A page's head and its column: breadcrumbs, the one h1, the main action, notices, content.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::Title;

use super::notice::{Notice, NoticeKind};

/// How wide the content is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// Text: 40 rem.
    Reading,
    /// Forms: 48 rem.
    Form,
    /// Tables and work: all there is.
    #[default]
    Work,
}

impl Width {
    const fn class(self) -> &'static str {
        match self {
            Self::Reading => "page page-reading",
            Self::Form => "page page-form",
            Self::Work => "page",
        }
    }
}

/// What earlier actions left to say on this page; the router provides it as a context.
#[derive(Clone, Debug, Default)]
pub struct PageContext {
    notices: Arc<[(NoticeKind, String)]>,
}

impl PageContext {
    /// A request with what earlier actions left to say.
    pub fn new(notices: Vec<(NoticeKind, String)>) -> Self {
        Self {
            notices: notices.into(),
        }
    }
}

/// The breadcrumbs: words and addresses from the home page down; the last, without an address,
/// is the page itself.
pub type Breadcrumbs = Vec<(String, Option<String>)>;

/// One page. Every page holds exactly one.
#[component]
pub fn Page(
    /// The h1 and the document's title.
    #[prop(into)]
    title: String,
    /// One sentence under the title.
    #[prop(optional, into)]
    lead: Option<String>,
    /// The way here.
    #[prop(optional)]
    breadcrumbs: Breadcrumbs,
    /// The page's main action, at the right of the title, below it on a phone.
    #[prop(optional)]
    action: Option<AnyView>,
    /// What stands under the title: a `Chip`, a line of facts.
    #[prop(optional)]
    under_title: Option<AnyView>,
    /// How wide the content is.
    #[prop(optional)]
    width: Width,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title.clone() />
        <div class=width.class()>
            {breadcrumbs_nav(breadcrumbs)}
            <header class="page-head">
                <div class="page-title">
                    <h1>{title}</h1>
                    {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
                    {under_title.map(|facts| view! { <div class="page-facts">{facts}</div> })}
                </div>
                {action.map(|action| view! { <div class="page-action">{action}</div> })}
            </header>
            {notices()}
            <div class="page-body">{children()}</div>
        </div>
    }
}

fn notices() -> Vec<AnyView> {
    let context = use_context::<PageContext>().unwrap_or_default();
    let notice = |(kind, text): &(NoticeKind, String)| {
        let (kind, text) = (*kind, text.clone());
        view! { <Notice kind=kind><p>{text}</p></Notice> }.into_any()
    };
    context.notices.iter().map(notice).collect()
}

fn breadcrumbs_nav(items: Breadcrumbs) -> Option<AnyView> {
    let crumb = |(label, href): (String, Option<String>)| match href {
        Some(href) => view! { <li><a href=href>{label}</a></li> }.into_any(),
        None => view! { <li aria-current="page">{label}</li> }.into_any(),
    };
    (!items.is_empty()).then(|| {
        let items = items.into_iter().map(crumb).collect_view();
        view! { <nav class="breadcrumbs" aria-label=crate::t!(ui.breadcrumbs)><ol>{items}</ol></nav> }
            .into_any()
    })
}

/// Things side by side where there is room, the first one wider: content and what belongs to it.
#[component]
pub fn Split(
    /// Two blocks.
    children: Children,
) -> impl IntoView {
    view! { <div class="split">{children()}</div> }
}

/// Text set for reading, such as a syllabus or a self-paced unit.
#[component]
pub fn Prose(
    /// Headings, paragraphs and lists.
    children: Children,
) -> impl IntoView {
    view! { <div class="prose">{children()}</div> }
}

//! What just happened, what to mind, and what to do where there is nothing yet.

use leptos::prelude::*;

use super::icon::{Icon, IconShape};

/// How much a notice matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    /// A fact.
    #[default]
    Info,
    /// Something was done.
    Success,
    /// Something needs a decision.
    Attention,
    /// Something failed or would harm.
    Harm,
}

impl NoticeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "notice notice-info",
            Self::Success => "notice notice-success",
            Self::Attention => "notice notice-attention",
            Self::Harm => "notice notice-harm",
        }
    }

    const fn shape(self) -> IconShape {
        match self {
            Self::Info => IconShape::Info,
            Self::Success => IconShape::Check,
            Self::Attention => IconShape::Triangle,
            Self::Harm => IconShape::Cross,
        }
    }

    const fn role(self) -> &'static str {
        match self {
            Self::Info | Self::Success | Self::Attention => "status",
            Self::Harm => "alert",
        }
    }
}

/// A message at the top of the content or beside what it is about; read out.
#[component]
pub fn Notice(
    /// How much it matters.
    #[prop(optional)]
    kind: NoticeKind,
    /// A short headline.
    #[prop(optional, into)]
    title: Option<String>,
    /// The message and what to do next.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=kind.class() role=kind.role()>
            <Icon shape=kind.shape() />
            <div class="notice-text">
                {title.map(|title| view! { <p class="notice-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}

/// A list or a page that holds nothing yet: says why, and what the next step is.
#[component]
pub fn EmptyState(
    /// What is missing ("Aún no hay ediciones").
    #[prop(into)]
    title: String,
    /// Why, and what happens once there is something.
    #[prop(optional, into)]
    body: Option<String>,
    /// The next step, usually a `ButtonLink`.
    #[prop(optional)]
    action: Option<AnyView>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            {body.map(|body| view! { <p>{body}</p> })}
            {action.map(|action| view! { <div class="empty-action">{action}</div> })}
        </div>
    }
}

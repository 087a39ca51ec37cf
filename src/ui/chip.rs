//! State chips: a word, a shape and a tone, never colour alone.

use leptos::prelude::*;

use super::icon::{Icon, IconShape};

/// What a state means to the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do: draft, closed, not taken.
    #[default]
    Neutral,
    /// Under way: announced, enrolling, running, requested.
    Progress,
    /// Well: enrolled, present, valid.
    Good,
    /// Needs someone: waiting, conflict, expiring.
    Attention,
    /// Bad or ended badly: cancelled, revoked, absent.
    Harm,
}

impl Tone {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Progress => "progress",
            Self::Good => "good",
            Self::Attention => "attention",
            Self::Harm => "harm",
        }
    }

    pub(super) const fn shape(self) -> IconShape {
        match self {
            Self::Neutral => IconShape::Circle,
            Self::Progress => IconShape::HalfCircle,
            Self::Good => IconShape::Check,
            Self::Attention => IconShape::Triangle,
            Self::Harm => IconShape::Cross,
        }
    }
}

/// The state of a thing, in one or two words.
#[component]
pub fn Chip(
    /// What it means to the reader.
    #[prop(optional)]
    tone: Tone,
    /// The word ("inscrita", "en espera").
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <span class=format!("chip chip-{}", tone.name())>
            <Icon shape=tone.shape() />
            {label}
        </span>
    }
}

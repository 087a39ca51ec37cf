//! The few icons, drawn inline. An icon always stands beside a word, so all are hidden from
//! assistive technology.

use leptos::{prelude::*, tachys::html::InertElement};

/// A shape on a 16 × 16 grid, drawn in the colour of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconShape {
    /// Done, valid, enrolled.
    Check,
    /// Harm, revoked, declined.
    Cross,
    /// Attention.
    Triangle,
    /// Neutral, not yet begun.
    Circle,
    /// Under way.
    HalfCircle,
    /// A fact worth knowing.
    Info,
    /// Search.
    Search,
    /// A person, an account.
    Person,
    /// A date.
    Calendar,
    /// A place.
    Place,
    /// A duration.
    Clock,
    /// A link to a live online session.
    Video,
    /// A file to take away.
    Download,
    /// Ascending.
    Up,
    /// Descending.
    Down,
    /// Onwards.
    Next,
    /// Back.
    Back,
    /// Add.
    Plus,
    /// Print.
    Print,
}

/// The drawing of a line along a path.
macro_rules! drawn {
    ($path:literal) => {
        concat!(
            r#"<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><path d=""#,
            $path,
            r#""></path></svg>"#
        )
    };
}

impl IconShape {
    const fn drawing(self) -> &'static str {
        match self {
            Self::Check => drawn!("M3 8.5 6.5 12 13 4.5"),
            Self::Cross => drawn!("M4 4l8 8M12 4l-8 8"),
            Self::Triangle => drawn!("M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 11.6v.4"),
            Self::Circle => drawn!("M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z"),
            Self::HalfCircle => {
                drawn!("M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 2.5v11M10 3v10M12 4.5v7")
            }
            Self::Info => {
                drawn!("M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 7.3v4M8 4.6v.4")
            }
            Self::Search => drawn!("M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.4 10.4 14 14"),
            Self::Person => drawn!(
                "M8 2.2a2.9 2.9 0 1 0 0 5.8 2.9 2.9 0 0 0 0-5.8zM2.5 14c.4-3 2.6-4.3 5.5-4.3s5.1 1.3 5.5 4.3"
            ),
            Self::Calendar => drawn!("M2.5 3.500h11v10h-11zM2.5 6.500h11M5.5 1.800v3M10.5 1.800v3"),
            Self::Place => drawn!(
                "M8 14.300C5 11 3.5 8.7 3.5 6.400a4.5 4.5 0 0 1 9 0c0 2.3-1.5 4.6-4.5 7.900zM8 5v2.800M6.6 6.400h2.8"
            ),
            Self::Clock => {
                drawn!("M8 1.800a6.2 6.2 0 1 0 0 12.400A6.2 6.2 0 0 0 8 1.800zM8 4.500V8l2.5 1.8")
            }
            Self::Video => drawn!("M1.8 4h8.400v8H1.800zM10.2 7l4-2.300v6.600l-4-2.3"),
            Self::Download => drawn!("M8 2v8M4.5 6.8 8 10.300l3.5-3.500M2.5 13.500h11"),
            Self::Up => drawn!("M4 10l4-4.5 4 4.5"),
            Self::Down => drawn!("M4 6l4 4.500L12 6"),
            Self::Next => drawn!("M6 3.5 10.5 8 6 12.5"),
            Self::Back => drawn!("M10 3.5 5.5 8l4.5 4.5"),
            Self::Plus => drawn!("M8 3v10M3 8h10"),
            Self::Print => {
                drawn!("M4.5 6V2.200h7V6M4.5 11.500h-3V6h13v5.500h-3M4.5 9.500h7v4.300h-7z")
            }
        }
    }
}

/// One icon, as tall as its text. Lists hold many, so each is written out beforehand.
#[component]
pub fn Icon(
    /// Which one.
    shape: IconShape,
) -> impl IntoView {
    InertElement::new(shape.drawing())
}

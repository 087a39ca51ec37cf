//! Quantities as lengths. Widths are attributes of SVG, because the page allows no inline style.

use leptos::prelude::*;

use super::{
    icon::{Icon, IconShape},
    number,
};

/// `value` of `max` in hundredths, between 0 and 100.
fn hundredths(value: f64, max: f64) -> f64 {
    if max > 0.0 {
        (100.0 * value / max).clamp(0.0, 100.0)
    } else {
        0.0
    }
}

fn length(x: f64, width: f64, class: &'static str) -> AnyView {
    view! { <rect class=class x=format!("{x:.1}") y="0" width=format!("{width:.1}") height="8"></rect> }
        .into_any()
}

fn bar(class: &'static str, parts: Vec<AnyView>) -> AnyView {
    view! {
        <svg class=class viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="bar-track" x="0" y="0" width="100" height="8"></rect>
            {parts}
        </svg>
    }
    .into_any()
}

/// A bar in a table, beside the number it shows; decoration for the eye alone.
#[component]
pub fn Bar(
    /// The row's figure.
    #[prop(into)]
    value: f64,
    /// The largest figure of the column.
    #[prop(into)]
    max: f64,
) -> impl IntoView {
    bar("bar", vec![length(0.0, hundredths(value, max), "bar-fill")])
}

/// Seats taken: "38/40", or "38 de 40 vacantes ocupadas" where no head of a column says what is
/// counted; the same as a bar, and how many wait.
#[component]
pub fn SeatsBar(
    /// People enrolled.
    enrolled: i64,
    /// Seats in all; none when there is no limit.
    #[prop(optional_no_strip)]
    seats: Option<i64>,
    /// People on the waiting list.
    #[prop(optional)]
    waiting: i64,
    /// Whether the unit is written out.
    #[prop(optional)]
    unit: bool,
) -> impl IntoView {
    let waits = (waiting > 0).then(|| {
        let text = crate::t!(ui.waiting, n = number::count(waiting));
        view! { <span class="seats-waiting">{text}</span> }
    });
    let taken = number::count(enrolled);
    let Some(seats) = seats else {
        let text = crate::t!(ui.enrolled_no_limit, n = taken);
        return view! { <span class="seats"><span class="seats-count">{text}</span>{waits}</span> }
            .into_any();
    };
    let all = number::count(seats);
    let spoken = crate::t!(ui.seats_taken, taken = taken.clone(), seats = all.clone());
    let count = if unit {
        view! { <span class="seats-count">{spoken}</span> }.into_any()
    } else {
        view! {
            <span class="seats-count" aria-hidden="true">{format!("{taken}/{all}")}</span>
            <span class="visually-hidden">{spoken}</span>
        }
        .into_any()
    };
    let class = if enrolled >= seats {
        "bar-full"
    } else {
        "bar-fill"
    };
    let share = hundredths(number::float(enrolled), number::float(seats));
    view! {
        <span class="seats">
            {count}
            {bar("bar", vec![length(0.0, share, class)])}
            {waits}
        </span>
    }
    .into_any()
}

/// How a share stands towards the minimum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareState {
    /// It is reached.
    Reached,
    /// It can still be reached; says how far it is ("lleva 3 h de 10 h").
    Open(String),
    /// It is not and cannot be reached any more.
    Short,
}

/// A share with the threshold drawn in: attendance against the course's minimum.
#[component]
pub fn ShareBar(
    /// The share, 0 to 1.
    share: f64,
    /// The minimum, 0 to 1.
    minimum: f64,
    /// What that means.
    state: ShareState,
) -> impl IntoView {
    let (tone, class, icon, spoken) = match &state {
        ShareState::Reached => (
            "share share-reached",
            "bar-fill",
            Some(IconShape::Check),
            crate::t!(ui.share_reached),
        ),
        ShareState::Open(_) => (
            "share share-open",
            "bar-fill",
            None,
            crate::t!(ui.share_open),
        ),
        ShareState::Short => (
            "share share-short",
            "bar-short",
            Some(IconShape::Triangle),
            crate::t!(ui.share_short),
        ),
    };
    let so_far = match state {
        ShareState::Open(so_far) => Some(so_far),
        ShareState::Reached | ShareState::Short => None,
    };
    let threshold = (minimum * 100.0).clamp(0.0, 99.0);
    view! {
        <span class=tone>
            {bar("bar", vec![
                length(0.0, hundredths(share, 1.0), class),
                length(threshold - 1.5, 4.0, "bar-gap"),
                length(threshold, 1.0, "bar-threshold"),
            ])}
            <span class="share-value">
                {number::share(share)}
                {icon.map(|icon| view! { <Icon shape=icon /> })}
                <span class="visually-hidden">{spoken}</span>
            </span>
            {so_far.map(|so_far| view! { <span class="quiet">{so_far}</span> })}
        </span>
    }
}

/// How far along: units done of units to do, with its words.
#[component]
pub fn Progress(
    /// What is counted ("Paso 3 de 8", "6 h de 20 h").
    #[prop(into)]
    label: String,
    /// Done.
    #[prop(into)]
    done: f64,
    /// To do in all.
    #[prop(into)]
    total: f64,
) -> impl IntoView {
    let now = format!("{:.0}", hundredths(done, total));
    view! {
        <div class="progress">
            <span class="progress-label">{label.clone()}</span>
            <progress max="100" value=now aria-label=label></progress>
        </div>
    }
}

/// A big number, and how it is counted on demand. Several stand in a `<div class="figures">`.
#[component]
pub fn Figure(
    /// What it counts.
    #[prop(into)]
    label: String,
    /// The number, already written (`number::count(1700)`).
    #[prop(into)]
    value: String,
    /// How it is counted, a sentence or two.
    #[prop(optional, into)]
    how: Option<String>,
) -> impl IntoView {
    view! {
        <div class="figure">
            <p class="figure-value">{value}</p>
            <p class="figure-label">{label}</p>
            {how.map(|how| view! {
                <details class="figure-how">
                    <summary>{crate::t!(ui.how_counted)}</summary>
                    <p>{how}</p>
                </details>
            })}
        </div>
    }
}

/// The row of figures.
#[component]
pub fn Figures(
    /// `Figure`s.
    children: Children,
) -> impl IntoView {
    view! { <div class="figures">{children()}</div> }
}

#[cfg(test)]
mod tests {
    use super::hundredths;

    #[test]
    fn a_bar_never_leaves_its_track() {
        assert!((hundredths(41.0, 40.0) - 100.0).abs() < f64::EPSILON);
        assert!(hundredths(3.0, 0.0).abs() < f64::EPSILON);
        assert!((hundredths(1.0, 4.0) - 25.0).abs() < f64::EPSILON);
    }
}

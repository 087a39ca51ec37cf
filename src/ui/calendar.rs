//! A month of sessions: a grid on a wide screen, a list of the days that hold something on a phone.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use super::{chip::Tone, time};

/// One thing on a day.
#[derive(Clone, Debug)]
pub struct CalendarEntry {
    /// The day in Lima.
    pub date: NaiveDate,
    /// The hour ("9:00"); empty for the whole day.
    pub hour: String,
    /// What it is.
    pub label: String,
    /// Its page.
    pub href: String,
    /// Its state.
    pub tone: Tone,
}

/// The month as a table. Entries of one day stand in the order in which they are given.
#[component]
pub fn MonthGrid(
    /// Any day of the month.
    month: NaiveDate,
    /// Today, which stands out.
    today: NaiveDate,
    /// All that happens in the weeks shown.
    entries: Vec<CalendarEntry>,
) -> impl IntoView {
    let weeks = time::weeks_of(month);
    let heads = weeks.first().into_iter().flatten();
    let heads = heads.map(|day| view! { <th scope="col">{time::weekday_name(*day)}</th> });
    let heads = heads.collect_view();
    let rows = weeks.iter().map(|days| {
        let cells = days.iter().map(|day| cell(*day, month, today, &entries));
        view! { <tr>{cells.collect::<Vec<_>>()}</tr> }
    });
    let rows = rows.collect_view();
    let name = format!("{} {}", time::long_month_name(month.month()), month.year());
    view! {
        <table class="month">
            <caption class="visually-hidden">{name}</caption>
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn cell(day: NaiveDate, month: NaiveDate, today: NaiveDate, entries: &[CalendarEntry]) -> AnyView {
    let mine: Vec<AnyView> = entries
        .iter()
        .filter(|entry| entry.date == day)
        .cloned()
        .map(line)
        .collect();
    let mut class = String::from("day");
    for (name, applies) in [
        (" day-outside", day.month() != month.month()),
        (" day-today", day == today),
        (" day-empty", mine.is_empty()),
    ] {
        class.push_str(if applies { name } else { "" });
    }
    let current = (day == today).then_some("date");
    view! {
        <td class=class aria-current=current>
            <time datetime=day.to_string()>
                <span class="day-name">{time::weekday_name(day)}" "</span>
                {day.day()}
                <span class="day-name">" "{time::month_name(day.month())}</span>
            </time>
            <ul role="list">{mine}</ul>
        </td>
    }
    .into_any()
}

fn line(entry: CalendarEntry) -> AnyView {
    view! {
        <li class=format!("entry entry-{}", entry.tone.name())>
            <a href=entry.href><span class="entry-hour">{entry.hour}</span>" "{entry.label}</a>
        </li>
    }
    .into_any()
}

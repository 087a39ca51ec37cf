//! What the pages of this domain share: the way back, the pages of lists by date, tables of
//! editions, the rule of completion in words.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    courses::{queries::EditionLine, words},
    paths::Path,
    people::Department,
    t,
    ui::{Chip, KeysetPager, SeatsBar, Table, number, time},
    values::fold,
};

/// Lines of a list before it goes on on another page.
const LINES: usize = 50;

/// How many lines a list asks for: one more than it shows.
pub(super) const FETCHED: i64 = 51;

/// A step of the way back.
pub(super) fn crumb(label: String, path: Path) -> (String, Option<String>) {
    (label, Some(path.into()))
}

/// The key in the address of a list that begins with the latest: `2026-11-21.7`. Anything else is
/// the beginning.
pub(super) fn date_key(typed: &str) -> (NaiveDate, i64) {
    let parsed = typed
        .split_once('.')
        .and_then(|(day, id)| Some((crate::values::date(day).ok()?, id.parse().ok()?)));
    let beginning = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date");
    parsed.unwrap_or((beginning, i64::MAX))
}

/// Takes the line away that only says that there are more; whether there are.
pub(super) fn trim<T>(lines: &mut Vec<T>) -> bool {
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    more
}

/// The pages of a list by date; nothing where one page holds it all.
pub(super) fn pager(list: Path, after: &str, last: Option<(NaiveDate, i64)>) -> Option<AnyView> {
    let next = last.map(|(day, id)| list.clone().with("after", &format!("{day}.{id}")));
    let first = (!after.is_empty()).then_some(list);
    (first.is_some() || next.is_some())
        .then(|| view! { <KeysetPager count="" first=first next=next /> }.into_any())
}

/// Where an edition takes place: venue and department, whichever are known. What the venue's name
/// says already is not said twice.
pub(crate) fn whereabouts(venue: Option<&str>, department: Option<Department>) -> Option<String> {
    let department = department.map(Department::name);
    match (venue, department) {
        (Some(venue), Some(department)) if fold(venue).contains(&fold(department)) => {
            Some(venue.to_owned())
        }
        (Some(venue), Some(department)) => Some(format!("{venue}, {department}")),
        (Some(only), None) | (None, Some(only)) => Some(only.to_owned()),
        (None, None) => None,
    }
}

/// A table of editions, with the titles of their courses where these differ.
pub(crate) fn editions_table(editions: Vec<EditionLine>, with_course: bool) -> AnyView {
    let rows = editions.into_iter().map(|edition| {
        let title = if with_course {
            words::edition_title(&edition.course_title, edition.number)
        } else {
            t!(courses.edition_number, number = edition.number)
        };
        let place = whereabouts(edition.venue.as_deref(), edition.department);
        let dates = time::date_range(edition.starts_on, edition.ends_on);
        view! {
            <tr>
                <th scope="row"><a href=crate::paths::edition(edition.id)>{title}</a></th>
                <td data-label=t!(courses.dates)>{dates}</td>
                <td data-label=t!(courses.place)>{place.unwrap_or_else(|| "—".to_owned())}</td>
                <td data-label=t!(courses.modality)>{words::modality(edition.modality)}</td>
                <td data-label=t!(courses.seats)>
                    <SeatsBar enrolled=edition.enrolled seats=edition.seats waiting=edition.waiting />
                </td>
                <td data-label=t!(courses.state)>
                    <Chip tone=words::edition_tone(edition.state) label=words::edition_state(edition.state) />
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Table caption=t!(courses.editions) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(courses.edition_word)}</th>
                <th scope="col">{t!(courses.dates)}</th>
                <th scope="col">{t!(courses.place)}</th>
                <th scope="col">{t!(courses.modality)}</th>
                <th scope="col">{t!(courses.seats)}</th>
                <th scope="col">{t!(courses.state)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

/// What one gets and for what: the rule of completion, a sentence a document.
pub(crate) fn completion_rule(
    min_share_permille: i64,
    min_grade_tenths: Option<i64>,
    excused_counts: bool,
) -> AnyView {
    let share = format!("{}\u{a0}%", number::tenths(min_share_permille));
    let grade = min_grade_tenths.map(|grade| {
        view! { <li>{t!(courses.rule.certificado, grade = number::tenths(grade))}</li> }
    });
    let excused = excused_counts.then(|| view! { <li>{t!(courses.rule.excused)}</li> });
    view! {
        <ul class="lines" role="list">
            <li>{t!(courses.rule.constancia, share = share)}</li>
            {grade}
            {excused}
        </ul>
    }
    .into_any()
}

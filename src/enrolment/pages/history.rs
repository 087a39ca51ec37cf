//! What a person's record shows of their enrolments.

use leptos::prelude::*;
use sqlx::SqliteConnection;

use crate::{
    access::{Place, Viewer, may, policy::ActionKind},
    courses::words::edition_title,
    enrolment::{
        queries::{self, HistoryEntry},
        words::state_chip,
    },
    error::AppError,
    paths,
    people::PersonId,
    t,
    ui::{EmptyState, Section, Table, time},
};

/// The section with what a person has enrolled in, the latest first: everything for themselves and
/// for administrators, else what belongs to programs that the viewer coordinates. Whoever calls it
/// has made sure that the viewer may read the person's record.
pub async fn person_history(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    person: PersonId,
) -> Result<AnyView, AppError> {
    let sees_all = viewer.roles.administrator || viewer.person == person;
    let coordinator = (!sees_all).then_some(viewer.account);
    let entries = queries::history(connection, person, coordinator).await?;
    let content = if entries.is_empty() {
        let (title, body) = (t!(enrolment.none_ever), t!(enrolment.none_ever_body));
        view! { <EmptyState title=title body=body /> }.into_any()
    } else {
        table(viewer, person, entries)
    };
    let scope = coordinator
        .map(|_| view! { <p class="quiet small">{t!(enrolment.history_of_own_programs)}</p> });
    Ok(view! {
        <Section title=t!(enrolment.participations) id="enrolments">{content}{scope}</Section>
    }
    .into_any())
}

fn table(viewer: &Viewer, person: PersonId, entries: Vec<HistoryEntry>) -> AnyView {
    let lines: Vec<AnyView> = entries
        .into_iter()
        .map(|entry| line(viewer, person, entry))
        .collect();
    view! {
        <Table caption=t!(enrolment.participations) caption_hidden=true cards=true>
            <thead>
                <tr>
                    <th scope="col">{t!(enrolment.edition)}</th>
                    <th scope="col">{t!(enrolment.dates)}</th>
                    <th scope="col">{t!(enrolment.institution_then)}</th>
                    <th scope="col">{t!(enrolment.state_head)}</th>
                    <th scope="col" class="num">{t!(enrolment.grade)}</th>
                    <th scope="col"><span class="visually-hidden">{t!(enrolment.title)}</span></th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </Table>
    }
    .into_any()
}

fn line(viewer: &Viewer, person: PersonId, entry: HistoryEntry) -> AnyView {
    let dates = time::date_range(entry.starts_on, entry.ends_on);
    let title = edition_title(&entry.title, entry.number);
    let describe = t!(enrolment.see_enrolment_in, edition = title.as_str());
    let place = Place {
        program: Some(entry.program),
        edition: Some(entry.edition),
        ..Place::default()
    };
    let knows = person == viewer.person || may(viewer, ActionKind::ManageEnrolments, place);
    let see = knows.then(|| {
        view! { <a href=paths::enrolment(entry.enrolment) aria-label=describe>{t!(enrolment.see)}</a> }
    });
    view! {
        <tr>
            <th scope="row"><a href=paths::edition(entry.edition)>{title}</a></th>
            <td data-label=t!(enrolment.dates)>{dates}</td>
            <td data-label=t!(enrolment.institution_then)>{entry.institution}</td>
            <td data-label=t!(enrolment.state_head)>{state_chip(entry.state)}</td>
            <td class="num" data-label=t!(enrolment.grade)>{entry.grade_tenths.map(grade)}</td>
            <td>{see}</td>
        </tr>
    }
    .into_any()
}

/// A grade in tenths as people write it: 145 is "14.5", 140 is "14".
fn grade(tenths: i64) -> String {
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

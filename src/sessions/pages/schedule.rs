//! The sessions of an edition for its staff: what is planned, what overlaps, who teaches.

use std::collections::HashMap;

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{
    fields::{Offered, session_place, session_when},
    forms::{Adding, add_section},
};
use crate::{
    access::{ReadEdition, permit, policy::ActionKind, viewer},
    courses::{
        self, EditionHeader, EditionId,
        actions::{AssignFacilitator, RemoveFacilitator},
        pages::{EditionFrame, EditionTab},
        queries::Facilitator,
    },
    error::AppError,
    paths,
    people::{self, PersonHit},
    plural,
    server::{
        page,
        page::{path_id, query_value},
        services,
    },
    sessions::{
        Session, SessionId,
        conflict::{Conflict, Shared, conflicts},
        queries,
    },
    t,
    ui::{
        ButtonKind, EmptyState, FilterBar, Icon, IconShape, PostButton, SearchField, Section,
        Table, number, time,
    },
};

/// People that a search for a facilitator shows.
const HITS: i64 = 10;

/// The schedule of an edition.
#[component]
pub fn SchedulePage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    page(async move {
        let id = id?;
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let _permit = permit(&mut connection, &viewer, ReadEdition(id)).await?;
        let header = courses::queries::header(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let changes =
            header.allows(Some(&viewer), ActionKind::ManageProgram) && !header.is_locked();
        let sessions = queries::list(&mut connection, id).await?;
        let found = conflicts(&mut connection, &viewer, id).await?;
        let facilitators = courses::queries::facilitators(&mut connection, id).await?;
        let who = query_value("who");
        let hits = if changes {
            people::find(&mut connection, &who, HITS).await?
        } else {
            Vec::new()
        };
        let offered = Offered {
            venues: courses::queries::venue_names(&mut connection).await?,
            facilitators: facilitators.clone(),
            days: (header.starts_on.to_string(), header.ends_on.to_string()),
        };
        let adding = Adding::chosen(&query_value("add"), &header);
        let add = changes.then(|| add_section(&header, adding, offered));
        let total = total(&header, &sessions);
        let list = sessions_table(sessions, &found, changes);
        let teachers = teachers(&header, facilitators, &who, hits, changes);
        Ok(view! {
            <EditionFrame header=header tab=EditionTab::Sessions>
                <Section title=t!(sessions.title)>{list}{total}</Section>
                {add}
                <Section title=t!(sessions.facilitators) id="facilitators">{teachers}</Section>
            </EditionFrame>
        }
        .into_any())
    })
}

/// How the sessions add up to what the course promises.
fn total(header: &EditionHeader, sessions: &[Session]) -> Option<AnyView> {
    if sessions.is_empty() {
        return None;
    }
    let minutes: i64 = sessions.iter().map(|session| session.planned_minutes).sum();
    let (scheduled, planned) = (
        time::duration(minutes),
        time::duration(header.planned_minutes),
    );
    let sentence = if minutes == header.planned_minutes {
        t!(sessions.total_fits, scheduled = scheduled)
    } else {
        t!(
            sessions.total_differs,
            scheduled = scheduled,
            planned = planned
        )
    };
    Some(view! { <p class="quiet">{sentence}</p> }.into_any())
}

fn sessions_table(
    sessions: Vec<Session>,
    found: &HashMap<SessionId, Vec<Conflict>>,
    changes: bool,
) -> AnyView {
    if sessions.is_empty() {
        return view! { <EmptyState title=t!(sessions.none) body=t!(sessions.none_staff) /> }
            .into_any();
    }
    let rows = sessions.into_iter().map(|session| {
        let conflicts = found.get(&session.id).map(|list| conflict_lines(list));
        let links = changes.then(|| session_links(&session));
        let teacher = session.facilitator.clone();
        let teacher = teacher.unwrap_or_else(|| t!(sessions.all_facilitators));
        view! {
            <tr>
                <th scope="row">{session.title.clone()}</th>
                <td data-label=t!(sessions.when)>{session_when(&session)}{conflicts}</td>
                <td data-label=t!(courses.place)>{session_place(&session, true)}</td>
                <td data-label=t!(sessions.facilitator)>{teacher}</td>
                <td class="num" data-label=t!(sessions.worth)>{time::duration(session.planned_minutes)}</td>
                <td>{links}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Table caption=t!(sessions.title) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(sessions.session)}</th>
                <th scope="col">{t!(sessions.when)}</th>
                <th scope="col">{t!(courses.place)}</th>
                <th scope="col">{t!(sessions.facilitator)}</th>
                <th scope="col" class="num">{t!(sessions.worth)}</th>
                <th scope="col"><span class="visually-hidden">{t!(courses.actions)}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn session_links(session: &Session) -> AnyView {
    let label = t!(sessions.edit_of, session = session.title.as_str());
    let steps = session.is_self_paced().then(|| {
        view! {
            <a class="button button-quiet" href=paths::session_steps(session.id)>{t!(sessions.steps)}</a>
        }
    });
    view! {
        <a class="button button-quiet" href=paths::session_edit(session.id) aria-label=label>
            {t!(courses.edit)}
        </a>
        {steps}
    }
    .into_any()
}

/// What overlaps with a session, each on its line.
fn conflict_lines(conflicts: &[Conflict]) -> AnyView {
    let lines: Vec<_> = conflicts
        .iter()
        .map(|conflict| {
            let what = match &conflict.shared {
                Shared::Edition => t!(sessions.conflict.edition),
                Shared::Teachers(names) => t!(sessions.conflict.teachers, names = names.as_str()),
                Shared::Venue(name) => t!(sessions.conflict.venue, name = name.as_str()),
                Shared::Participants(count) => plural!(*count, sessions.conflict.participants),
            };
            let other = conflict.other.clone();
            let other = other.unwrap_or_else(|| t!(sessions.conflict.hidden));
            let when = time::time_range(conflict.starts_at, conflict.ends_at);
            let line = t!(
                sessions.conflict.line,
                what = what,
                other = other,
                when = when
            );
            view! { <li><Icon shape=IconShape::Triangle />" "{line}</li> }.into_any()
        })
        .collect();
    view! { <ul class="conflicts" role="list">{lines}</ul> }.into_any()
}

/// Who teaches, and a search for who might.
fn teachers(
    header: &EditionHeader,
    facilitators: Vec<Facilitator>,
    who: &str,
    hits: Vec<PersonHit>,
    changes: bool,
) -> AnyView {
    let edition = header.id;
    let none = facilitators.is_empty().then(|| {
        view! { <p class="quiet">{t!(sessions.no_facilitators)}</p> }
    });
    let lines: Vec<_> = facilitators
        .into_iter()
        .map(|one| {
            let describe = t!(sessions.remove_of, name = one.name.as_str());
            let fields = vec![
                ("edition", edition.to_string()),
                ("person", one.person.to_string()),
            ];
            let remove = changes.then(|| {
                view! {
                    <PostButton action=RemoveFacilitator::PATH fields=fields kind=ButtonKind::Quiet
                        describe=describe>{t!(sessions.remove)}</PostButton>
                }
            });
            view! { <li class="line-with-action"><span>{one.name}</span>{remove}</li> }.into_any()
        })
        .collect();
    let search = changes.then(|| search(edition, who, hits));
    view! {
        {none}
        <ul class="lines" role="list">{lines}</ul>
        {search}
    }
    .into_any()
}

fn search(edition: EditionId, who: &str, hits: Vec<PersonHit>) -> AnyView {
    let path = paths::edition_sessions(edition);
    let asked = !who.trim().is_empty();
    let clear = asked.then(|| path.clone());
    let nobody = (asked && hits.is_empty()).then(|| {
        view! { <p>{t!(sessions.nobody_found)}</p> }
    });
    let lines: Vec<_> = hits.into_iter().map(|hit| hit_line(edition, hit)).collect();
    let more = (i64::try_from(lines.len()).is_ok_and(|shown| shown == HITS)).then(|| {
        view! { <p class="small quiet">{t!(sessions.first_hits, n = number::count(HITS))}</p> }
    });
    let who = who.to_owned();
    view! {
        <FilterBar action=path clear=clear submit=t!(sessions.search)>
            <SearchField name="who" label=t!(sessions.search_facilitator) value=who />
        </FilterBar>
        {nobody}
        <ul class="lines" role="list">{lines}</ul>
        {more}
    }
    .into_any()
}

fn hit_line(edition: EditionId, hit: PersonHit) -> AnyView {
    let describe = t!(sessions.assign_of, name = hit.name.as_str());
    let fields = vec![
        ("edition", edition.to_string()),
        ("person", hit.id.to_string()),
    ];
    let institution = hit
        .institution
        .map(|name| view! { <span class="quiet">" · "{name}</span> });
    view! {
        <li class="line-with-action">
            <span>{hit.name}{institution}</span>
            <PostButton action=AssignFacilitator::PATH fields=fields describe=describe>
                {t!(sessions.assign)}
            </PostButton>
        </li>
    }
    .into_any()
}

//! What stands around the pages on which staff works with a session.

use leptos::prelude::*;

use crate::{
    access::{Viewer, policy::ActionKind},
    learning::unit::Unit,
    paths, t,
    ui::{Breadcrumbs, TabItem, Tabs, time},
};

/// A page of a session, for its staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitTab {
    /// Its steps, for their author.
    Steps,
    /// How far everybody is.
    Progress,
    /// What learners see.
    Preview,
}

impl UnitTab {
    const ALL: [Self; 3] = [Self::Steps, Self::Progress, Self::Preview];

    const fn needs(self) -> ActionKind {
        match self {
            Self::Steps => ActionKind::ManageProgram,
            Self::Progress => ActionKind::ReadRoster,
            Self::Preview => ActionKind::ReadEdition,
        }
    }

    fn item(self, unit: &Unit, current: bool) -> TabItem {
        match self {
            Self::Steps => TabItem::new(
                t!(learning.tab.steps),
                paths::session_steps(unit.session),
                current,
            ),
            Self::Progress => TabItem::new(
                t!(learning.tab.progress),
                paths::session_progress(unit.session),
                current,
            ),
            Self::Preview => TabItem::new(
                t!(learning.tab.preview),
                paths::learn(unit.session),
                current,
            ),
        }
    }
}

/// The tabs of a session, those that the viewer may see.
pub(super) fn tabs(unit: &Unit, viewer: &Viewer, tab: UnitTab) -> AnyView {
    let items = UnitTab::ALL
        .into_iter()
        .filter(|item| unit.allows(viewer, item.needs()))
        .map(|item| item.item(unit, item == tab))
        .collect();
    view! { <Tabs label=unit.title.clone() items=items /> }.into_any()
}

/// The way to a session for its staff; `here` stands below it.
pub(super) fn staff_way(unit: &Unit, viewer: &Viewer, here: Option<String>) -> Breadcrumbs {
    let mut way = Vec::new();
    if unit.allows(viewer, ActionKind::ManageProgram) {
        way.push((t!(courses.programs), Some(paths::programs().into())));
        let program = paths::program(unit.program);
        way.push((unit.program_name.clone(), Some(program.into())));
    }
    let edition = paths::edition_sessions(unit.edition);
    way.push((unit.edition_title(), Some(edition.into())));
    match here {
        Some(here) => {
            let session = paths::session_steps(unit.session);
            way.push((unit.title.clone(), Some(session.into())));
            way.push((here, None));
        }
        None => way.push((unit.title.clone(), None)),
    }
    way
}

/// The way to a session for those who take part in it. Short, for a phone: the title of a step
/// stands right below it.
pub(super) fn learner_way(unit: &Unit) -> Breadcrumbs {
    let edition = paths::edition(unit.edition);
    let session = paths::learn(unit.session);
    vec![
        (unit.edition_title(), Some(edition.into())),
        (unit.title.clone(), Some(session.into())),
    ]
}

/// When a session is open and what it is worth.
pub(super) fn facts(unit: &Unit) -> AnyView {
    let open = time::time_range(unit.starts_at, unit.ends_at);
    let worth = t!(
        learning.worth,
        duration = time::duration(unit.planned_minutes)
    );
    view! { <span>{open}</span><span>{worth}</span> }.into_any()
}

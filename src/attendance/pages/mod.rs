//! Pages of attendance.

mod by_phone;
mod grid;
mod grid_words;
mod history;
mod limits;
mod results;
mod roll;
mod roll_choice;
mod share_bar;

use leptos::prelude::*;

pub use self::{
    grid::EditionAttendancePage, history::MarkHistoryPage, results::EditionResultsPage,
    roll::SessionAttendancePage, share_bar::share_bar,
};
use crate::{
    courses::{EditionHeader, EditionState},
    t,
    ui::{Notice, NoticeKind},
};

/// Says why nothing can be marked, where nothing can.
fn locked_notice(header: &EditionHeader) -> Option<AnyView> {
    header.is_locked().then(|| {
        let why = if header.state == EditionState::Cancelled {
            t!(attendance.roll.cancelled)
        } else {
            t!(attendance.roll.locked)
        };
        view! { <Notice kind=NoticeKind::Info><p>{why}</p></Notice> }.into_any()
    })
}

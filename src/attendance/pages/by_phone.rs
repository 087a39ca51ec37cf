//! The ways by which people check in by phone or without being enrolled, the sheet that they signed,
//! and the report of a call.

use leptos::prelude::*;

use crate::{courses::EditionHeader, paths, sessions::Session, t};

/// Links for a session's page, where there is anything to check in to.
pub(super) fn by_phone(header: &EditionHeader, session: &Session) -> Option<AnyView> {
    if session.is_self_paced() {
        return None;
    }
    let paper = view! { <a href=paths::paper(session.id)>{t!(paper.link)}</a> };
    if header.is_locked() {
        return Some(paper.into_any());
    }
    Some(
        view! {
            {paper}
            <a href=paths::badges(header.id)>{t!(attendance.roll.badges)}</a>
            <a href=paths::room_code(session.id)>{t!(attendance.roll.room_code)}</a>
            <a href=paths::scan(session.id)>{t!(attendance.roll.scan)}</a>
            <a href=paths::session_offline(session.id)>{t!(offline.link)}</a>
            <a href=paths::walk_ins(session.id)>{t!(attendance.roll.walk_ins)}</a>
            <a href=paths::video_call(session.id)>{t!(attendance.roll.video_call)}</a>
        }
        .into_any(),
    )
}

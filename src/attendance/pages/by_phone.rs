//! The ways by which people check in by phone or without being enrolled, the sheet that they signed,
//! and the report of a call.

use leptos::prelude::*;

use crate::{courses::EditionHeader, paths, sessions::Session, t};

/// Links for a session's page, where there is anything to check in to: folded, for the list comes
/// first.
pub(super) fn by_phone(header: &EditionHeader, session: &Session) -> Option<AnyView> {
    if session.is_self_paced() {
        return None;
    }
    let line =
        |href: paths::Path, label: String| view! { <li><a href=href>{label}</a></li> }.into_any();
    let mut lines = vec![
        line(paths::sign_in_sheet(session.id), t!(paper.sheet.print)),
        line(paths::paper(session.id), t!(paper.link)),
    ];
    if !header.is_locked() {
        lines.extend([
            line(paths::session_offline(session.id), t!(offline.link)),
            line(paths::room_code(session.id), t!(attendance.roll.room_code)),
            line(paths::scan(session.id), t!(attendance.roll.scan)),
            line(paths::badges(header.id), t!(attendance.roll.badges)),
            line(paths::walk_ins(session.id), t!(attendance.roll.walk_ins)),
            line(
                paths::video_call(session.id),
                t!(attendance.roll.video_call),
            ),
        ]);
    }
    Some(
        view! {
            <details class="fold roll-ways">
                <summary>{t!(attendance.roll.ways)}</summary>
                <ul role="list">{lines}</ul>
            </details>
        }
        .into_any(),
    )
}

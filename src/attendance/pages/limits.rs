//! What may be said of a session now, in the reader's words: the grid and the list show alike what
//! the server would refuse.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    attendance::{
        MarkStatus,
        arrival::EARLY,
        grid::Limit,
        operations::{is_ahead, said_ahead},
    },
    sessions::Session,
    t,
    ui::{Notice, NoticeKind, time},
};

/// The limit of a session that has not begun.
pub(super) fn ahead(session: &Session, now: DateTime<Utc>) -> Option<Limit> {
    is_ahead(session.starts_at, now).then(|| {
        let from = session.starts_at - EARLY;
        Limit {
            allowed: allowed(said_ahead),
            short: t!(attendance.limit.ahead_short),
            why: t!(attendance.limit.ahead, when = time::date_time(from)),
        }
    })
}

/// The limit of a session in the grid, where there is no room for a reason: who was present in a
/// self-paced session says the session itself.
pub(super) fn in_grid(session: &Session, now: DateTime<Utc>) -> Option<Limit> {
    let self_paced = || {
        session.is_self_paced().then(|| Limit {
            allowed: allowed(|status| !status.attended()),
            short: t!(attendance.limit.self_paced_short),
            why: t!(attendance.limit.self_paced),
        })
    };
    ahead(session, now).or_else(self_paced)
}

/// The limit in a sentence, above the list.
pub(super) fn notice(limit: Option<&Limit>) -> Option<AnyView> {
    limit.map(|limit| {
        let why = limit.why.clone();
        view! { <Notice kind=NoticeKind::Info><p>{why}</p></Notice> }.into_any()
    })
}

fn allowed(may: fn(MarkStatus) -> bool) -> Vec<MarkStatus> {
    let all = MarkStatus::ALL.iter().copied();
    all.filter(|status| may(*status)).collect()
}

//! The words of checking in.

use super::WalkInState;
use crate::{
    attendance::{CheckedIn, words::status},
    t,
    ui::time,
};

/// What the person who checked in is told.
pub fn own(session: &str, done: &CheckedIn) -> String {
    let (at, status) = (time::hour(done.at), status(done.status));
    if done.before {
        t!(
            check_in.already,
            session = session,
            time = at,
            status = status
        )
    } else {
        t!(check_in.done, session = session, time = at, status = status)
    }
}

/// What the facilitator who scanned somebody is told.
pub fn scanned(name: &str, done: &CheckedIn) -> String {
    let (at, status) = (time::hour(done.at), status(done.status));
    if done.before {
        t!(
            check_in.person_already,
            name = name,
            time = at,
            status = status
        )
    } else {
        t!(
            check_in.person_done,
            name = name,
            time = at,
            status = status
        )
    }
}

/// How far a walk-in is.
pub fn walk_in_state(state: WalkInState) -> String {
    match state {
        WalkInState::Waiting => t!(check_in.walk_in.state.waiting),
        WalkInState::Accepted => t!(check_in.walk_in.state.accepted),
        WalkInState::Rejected => t!(check_in.walk_in.state.rejected),
        WalkInState::Lapsed => t!(check_in.walk_in.state.lapsed),
    }
}

//! Server functions about people who came without being enrolled.

use leptos::prelude::*;

use crate::{
    access::viewer,
    check_in::{
        WalkInId,
        operations::{self, Choice, RejectionReason},
        walk_in::Entry,
    },
    courses::actions::hidden_id,
    error::{AppError, Fault},
    paths,
    server::{Identity, go_to, go_to_with_notice, services},
    sessions::SessionId,
    t,
};

/// Takes down what somebody wrote about themselves on their own phone. Nobody need be signed in.
#[server(endpoint = "check_in/write_own_walk_in")]
pub async fn write_own_walk_in(
    session: String,
    #[server(default)] code: String,
    #[server(flatten)] entry: Entry,
) -> Result<(), AppError> {
    let state = services();
    let address = expect_context::<Identity>().address;
    let session: SessionId = hidden_id(&session)?;
    operations::write_own(&state, address, (session, &code), &entry).await?;
    go_to(&paths::walk_in_done());
    Ok(())
}

/// Takes down who came, written by whoever takes attendance.
#[server(endpoint = "check_in/write_walk_in")]
pub async fn write_walk_in(
    session: String,
    #[server(flatten)] entry: Entry,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session: SessionId = hidden_id(&session)?;
    operations::write_other(&state, &viewer, session, &entry).await?;
    go_to_with_notice(paths::walk_ins(session), t!(check_in.walk_in.written));
    Ok(())
}

/// Enrols a walk-in and marks them present. `choice` says who it is where the names are in the
/// register: a person's number, or `another`.
#[server(endpoint = "check_in/accept_walk_in")]
pub async fn accept_walk_in(
    walk_in: String,
    #[server(default)] choice: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: WalkInId = hidden_id(&walk_in)?;
    let choice = match choice.as_str() {
        "" => Choice::Plain,
        "another" => Choice::Another,
        person => Choice::Same(
            person
                .parse()
                .map_err(|_| AppError::field("choice", Fault::UnknownChoice))?,
        ),
    };
    let session = operations::accept(&state, &viewer, id, choice).await?;
    go_to_with_notice(paths::walk_ins(session), t!(check_in.walk_in.accepted));
    Ok(())
}

/// Does not enrol a walk-in.
#[server(endpoint = "check_in/reject_walk_in")]
pub async fn reject_walk_in(
    walk_in: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: WalkInId = hidden_id(&walk_in)?;
    let reason = RejectionReason::parse(&reason).map_err(|fault| {
        let needed = fault == Fault::Missing;
        AppError::field("reason", if needed { Fault::ReasonNeeded } else { fault })
    })?;
    let session = operations::reject(&state, &viewer, id, &reason).await?;
    go_to_with_notice(paths::walk_ins(session), t!(check_in.walk_in.rejected));
    Ok(())
}

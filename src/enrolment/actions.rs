//! Server functions of enrolments.

use std::str::FromStr;

use leptos::prelude::*;

use super::{
    EnrolmentId, EnrolmentState, ListView,
    operations::{self, Decided, Entered, StepReason, Verdict},
    queries,
};
use crate::{
    access::viewer,
    courses::EditionId,
    error::{AppError, Fault, FormCheck},
    paths::{self, Path},
    people::PersonId,
    plural,
    server::{AppState, go_to_with_notice, services, words},
    t,
    ui::number,
    values::chosen,
};

/// Enrols oneself, or asks for it.
#[server(endpoint = "enrolment/request")]
pub async fn request(edition: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let entered = operations::request(&state, &viewer, edition).await?;
    let notice = match place_in_line(&state, entered).await? {
        Some(n) => t!(enrolment.done.waiting, n = n),
        None if entered.state == EnrolmentState::Requested => t!(enrolment.done.requested),
        None => t!(enrolment.done.enrolled),
    };
    go_to_with_notice(paths::edition(edition), notice);
    Ok(())
}

/// Withdraws one's own enrolment.
#[server(endpoint = "enrolment/withdraw")]
pub async fn withdraw(enrolment: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition = operations::withdraw(&state, &viewer, hidden_id(&enrolment)?).await?;
    go_to_with_notice(paths::edition(edition), t!(enrolment.done.withdrawn));
    Ok(())
}

/// Enrols somebody else.
#[server(endpoint = "enrolment/enrol_other")]
pub async fn enrol_other(
    edition: String,
    #[server(default)] person: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let person: PersonId = field("person", chosen(&person))?;
    let entered = operations::enrol_other(&state, &viewer, edition, person).await?;
    let notice = match place_in_line(&state, entered).await? {
        Some(n) => t!(enrolment.done.other_waiting, n = n),
        None => t!(enrolment.done.other_enrolled),
    };
    go_to_with_notice(paths::enrolment(entered.id), notice);
    Ok(())
}

/// Approves or declines the chosen enrolments of an edition.
#[server(endpoint = "enrolment/decide")]
pub async fn decide(
    edition: String,
    #[server(default)] chosen: Vec<String>,
    #[server(default)] verdict: String,
    #[server(default)] reason: String,
    #[server(default)] view: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let mut check = FormCheck::default();
    let ids = check.field("chosen", chosen_ids(&chosen));
    let verdict = check.field("verdict", VerdictKind::parse(&verdict));
    let verdict = verdict.and_then(|kind| match kind {
        VerdictKind::Approve => Some(Verdict::Approve),
        VerdictKind::Decline => check
            .field("reason", step_reason(&reason))
            .map(Verdict::Decline),
    });
    let (ids, verdict) = check.finish((ids, verdict))?;
    let decided = operations::decide(&state, &viewer, edition, &ids, &verdict).await?;
    go_to_with_notice(back_to_list(edition, &view), decided_notice(&decided));
    Ok(())
}

/// Withdraws somebody, with a reason.
#[server(endpoint = "enrolment/withdraw_other")]
pub async fn withdraw_other(
    enrolment: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let enrolment: EnrolmentId = hidden_id(&enrolment)?;
    let reason = field("reason", step_reason(&reason))?;
    operations::withdraw_other(&state, &viewer, enrolment, &reason).await?;
    go_to_with_notice(
        paths::enrolment(enrolment),
        t!(enrolment.done.other_withdrawn),
    );
    Ok(())
}

/// Gives the free seats of an edition to those who wait.
#[server(endpoint = "enrolment/fill_seats")]
pub async fn fill_seats(edition: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let filled = operations::fill(&state, &viewer, edition).await?;
    let notice = match filled {
        0 => t!(enrolment.done.none_filled),
        n => plural!(n, enrolment.done.filled),
    };
    go_to_with_notice(back_to_list(edition, ListView::TakingPart.as_str()), notice);
    Ok(())
}

/// An id that a form carries unseen: anything else is nothing that could be found.
fn hidden_id<T: FromStr<Err = Fault>>(typed: &str) -> Result<T, AppError> {
    chosen(typed).map_err(|_| AppError::NotFound)
}

fn field<T>(name: &str, parsed: Result<T, Fault>) -> Result<T, AppError> {
    parsed.map_err(|fault| AppError::field(name, fault))
}

#[derive(Clone, Copy)]
enum VerdictKind {
    Approve,
    Decline,
}

impl VerdictKind {
    fn parse(typed: &str) -> Result<Self, Fault> {
        match typed {
            "" => Err(Fault::Missing),
            "approve" => Ok(Self::Approve),
            "decline" => Ok(Self::Decline),
            _ => Err(Fault::UnknownChoice),
        }
    }
}

fn chosen_ids(typed: &[String]) -> Result<Vec<EnrolmentId>, Fault> {
    if typed.is_empty() {
        return Err(Fault::Missing);
    }
    typed.iter().map(|id| chosen(id)).collect()
}

fn step_reason(typed: &str) -> Result<StepReason, Fault> {
    StepReason::parse(typed).map_err(|fault| match fault {
        Fault::Missing => Fault::ReasonNeeded,
        fault => fault,
    })
}

fn back_to_list(edition: EditionId, view: &str) -> Path {
    let list = paths::edition_enrolments(edition);
    match view.parse::<ListView>() {
        Ok(view) => list.with(ListView::PARAMETER, view.as_str()),
        Err(_) => list,
    }
}

/// The place on the waiting list of who waits now, for the line that says what was done.
async fn place_in_line(state: &AppState, entered: Entered) -> Result<Option<String>, AppError> {
    let mut connection = state.database.read().await?;
    let place = queries::waiting_position(&mut connection, entered.id).await?;
    Ok(place.map(number::count))
}

/// What became of everybody, in a sentence each.
fn decided_notice(decided: &Decided) -> String {
    let mut sentences = Vec::new();
    if decided.enrolled > 0 {
        sentences.push(plural!(decided.enrolled, enrolment.decided.enrolled));
    }
    if decided.waiting > 0 {
        sentences.push(plural!(decided.waiting, enrolment.decided.waiting));
    }
    if decided.declined > 0 {
        sentences.push(plural!(decided.declined, enrolment.decided.declined));
    }
    for (name, reason) in &decided.refused {
        let why = words::sentence(&AppError::Conflict(reason.clone()));
        sentences.push(t!(
            enrolment.decided.refused,
            name = name.as_str(),
            why = why
        ));
    }
    sentences.join(" ")
}

//! Server functions of enrolments.

use leptos::prelude::*;

use super::{
    EnrolmentId, EnrolmentState, ListView, OfferToken, feed,
    operations::{self, Decided, Entered, StepReason, Told, Verdict},
    queries,
    quota::Quota,
    words::no_seat,
};
use crate::{
    access::{Viewer, viewer},
    courses::{
        EditionId,
        actions::{hidden_id, hidden_version},
        edition::{EditionForm, NewEdition},
        visible_header,
    },
    error::{AppError, Fault, FormCheck},
    messages,
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
    let line = place_in_line(&state, &viewer, edition, entered).await?;
    let notice = match (entered.state, line) {
        (EnrolmentState::Requested, _) => t!(enrolment.done.requested),
        (_, Some((why, n))) => t!(enrolment.done.waiting, why = why, n = n),
        (_, None) => t!(enrolment.done.enrolled),
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
    let line = place_in_line(&state, &viewer, edition, entered).await?;
    let notice = match (entered.state, line) {
        (EnrolmentState::Requested, _) => t!(enrolment.done.other_requested),
        (_, Some((why, n))) => t!(enrolment.done.other_waiting, why = why, n = n),
        (_, None) => t!(enrolment.done.other_enrolled),
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

/// Changes an edition; whoever waits gets the seats that are added.
#[server(endpoint = "courses/update_edition")]
pub async fn update_edition(
    #[server(default)] edition: String,
    #[server(default)] version: String,
    #[server(flatten)] form: EditionForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let version = hidden_version(&version)?;
    let new = NewEdition::parse(&form)?;
    let filled = operations::update_edition(&state, &viewer, edition, version, &new).await?;
    let notice = with_filled(t!(courses.done.edition_updated), filled);
    go_to_with_notice(paths::edition(edition), notice);
    Ok(())
}

/// Gives an edition up, with a reason: everybody in it is told.
#[server(endpoint = "courses/cancel_edition")]
pub async fn cancel_edition(
    #[server(default)] edition: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let reason = field("reason", step_reason(&reason))?;
    let told = operations::cancel_edition(&state, &viewer, edition, &reason).await?;
    go_to_with_notice(paths::edition(edition), cancelled_notice(told));
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

/// Sets how many seats are kept for a group of people, and how many it may take at most.
#[server(endpoint = "enrolment/set_quota")]
pub async fn set_quota(
    edition: String,
    #[server(default)] group: String,
    #[server(default)] reserved: String,
    #[server(default)] at_most: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let quota = Quota::parse(&group, &reserved, &at_most)?;
    let filled = operations::set_quota(&state, &viewer, edition, &quota).await?;
    let notice = with_filled(t!(enrolment.quota.set), filled);
    go_to_with_notice(paths::edition_quotas(edition), notice);
    Ok(())
}

/// Removes a quota.
#[server(endpoint = "enrolment/remove_quota")]
pub async fn remove_quota(edition: String, quota: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let (edition, quota) = (hidden_id(&edition)?, hidden_id(&quota)?);
    let filled = operations::remove_quota(&state, &viewer, edition, quota).await?;
    let notice = with_filled(t!(enrolment.quota.removed), filled);
    go_to_with_notice(paths::edition_quotas(edition), notice);
    Ok(())
}

/// Gives somebody's place in an edition to another person.
#[server(endpoint = "enrolment/substitute")]
pub async fn substitute(
    enrolment: String,
    #[server(default)] person: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let enrolment: EnrolmentId = hidden_id(&enrolment)?;
    let mut check = FormCheck::default();
    let person = check.field("person", chosen::<PersonId>(&person));
    let reason = check.field("reason", step_reason(&reason));
    let (person, reason) = check.finish((person, reason))?;
    let entered = operations::substitute(&state, &viewer, enrolment, person, &reason).await?;
    go_to_with_notice(paths::enrolment(entered.id), t!(enrolment.substitute.done));
    Ok(())
}

/// Answers the offer of a seat: whoever has its link may.
#[server(endpoint = "enrolment/answer_offer")]
pub async fn answer_offer(
    token: String,
    #[server(default)] answer: String,
) -> Result<(), AppError> {
    let state = services();
    let token = OfferToken::parse(&token).ok_or(AppError::NotFound)?;
    let accepted = match answer.as_str() {
        "accept" => true,
        "decline" => false,
        _ => return Err(AppError::field("answer", Fault::UnknownChoice)),
    };
    let edition = operations::answer_offer(&state, &token, accepted).await?;
    let notice = if accepted {
        t!(enrolment.offer.accepted)
    } else {
        t!(enrolment.offer.declined)
    };
    go_to_with_notice(paths::edition(edition), notice);
    Ok(())
}

/// What was done, and how many of those who waited got a seat by it.
fn with_filled(notice: String, filled: i64) -> String {
    match filled {
        0 => notice,
        n => format!("{notice} {}", plural!(n, enrolment.done.filled)),
    }
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

/// Why somebody waits now and in which place on the waiting list, for the line that says what was
/// done.
async fn place_in_line(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    entered: Entered,
) -> Result<Option<(String, String)>, AppError> {
    let mut connection = state.database.read().await?;
    let Some(place) = queries::waiting_position(&mut connection, entered.id).await? else {
        return Ok(None);
    };
    let header = visible_header(&mut connection, Some(viewer), edition).await?;
    let why = operations::why_waiting(&mut connection, &header, entered.id).await?;
    Ok(Some((no_seat(why), number::count(place))))
}

fn cancelled_notice(told: Told) -> String {
    let mut sentences = vec![plural!(told.by_mail, enrolment.cancel.told)];
    if told.without_address > 0 {
        sentences.push(plural!(
            told.without_address,
            enrolment.cancel.without_address
        ));
    }
    sentences.join(" ")
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

#[cfg(test)]
mod tests {
    use leptos::server_fn::ServerFn as _;

    use super::*;

    #[test]
    fn the_form_of_an_edition_is_posted_here() {
        assert_eq!(UpdateEdition::PATH, paths::UPDATE_EDITION);
    }
}

/// Ticks off what somebody without e-mail was told.
#[server(endpoint = "enrolment/tick_notice")]
pub async fn tick_notice(notice: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition = messages::told(&state, &viewer, hidden_id(&notice)?).await?;
    go_to_with_notice(
        paths::edition_notices(edition),
        t!(enrolment.notices.ticked),
    );
    Ok(())
}

/// Gives one's own calendar a new address.
#[server(endpoint = "enrolment/change_calendar")]
pub async fn change_calendar() -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    feed::change_address(&state, &viewer).await?;
    go_to_with_notice(paths::my_calendar(), t!(enrolment.calendar.changed));
    Ok(())
}

/// Removes the address of one's own calendar.
#[server(endpoint = "enrolment/remove_calendar")]
pub async fn remove_calendar() -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    feed::remove_address(&state, &viewer).await?;
    go_to_with_notice(paths::my_calendar(), t!(enrolment.calendar.removed));
    Ok(())
}

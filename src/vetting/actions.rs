//! Server functions of vetting.

use leptos::prelude::*;

use super::operations::{self, Answer};
use crate::{
    access::viewer,
    courses::{EditionId, ProgramId, actions::hidden_id},
    enrolment::EnrolmentId,
    error::{AppError, Fault},
    paths,
    people::Sector,
    plural,
    server::{go_to_with_notice, services},
    t,
    values::chosen as one_of,
};

/// Says which sectors are vetted in a program.
#[server(endpoint = "vetting/set_rules")]
pub async fn set_rules(
    program: String,
    #[server(default)] sectors: Vec<String>,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let program: ProgramId = hidden_id(&program)?;
    let sectors: Result<Vec<Sector>, Fault> = sectors.iter().map(|typed| one_of(typed)).collect();
    let sectors = sectors.map_err(|fault| AppError::field("sectors", fault))?;
    operations::set_rules(&state, &viewer, program, &sectors).await?;
    go_to_with_notice(paths::program(program), t!(vetting.rules_set));
    Ok(())
}

/// Records what the funder answered about the chosen people of an edition.
#[server(endpoint = "vetting/record")]
pub async fn record(
    edition: String,
    #[server(default)] chosen: Vec<String>,
    #[server(default)] state: String,
    #[server(default)] cleared_until: String,
) -> Result<(), AppError> {
    let (services, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    if chosen.is_empty() {
        return Err(AppError::field("chosen", Fault::Missing));
    }
    let chosen: Result<Vec<EnrolmentId>, Fault> =
        chosen.iter().map(|typed| one_of(typed)).collect();
    let chosen = chosen.map_err(|fault| AppError::field("chosen", fault))?;
    let answer = Answer::parse(&state, &cleared_until, services.clock.today())?;
    let done = operations::record(&services, &viewer, edition, &chosen, answer).await?;
    let mut notice = plural!(done.people, vetting.recorded);
    if done.filled > 0 {
        notice = format!("{notice} {}", plural!(done.filled, enrolment.done.filled));
    }
    go_to_with_notice(paths::edition_vetting(edition), notice);
    Ok(())
}

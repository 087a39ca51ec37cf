//! Server functions of video-call reports. The one that takes a file is in [`super::files`].

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{
    VideoReportId,
    operations::{self, Choices},
};
use crate::{
    access::viewer,
    courses::actions::hidden_id,
    error::{AppError, Fault},
    paths, plural,
    server::{go_to_with_notice, services},
    t,
};

/// Makes marks of a report. `choice-3` says who the line is: an enrolment, or nobody.
#[server(endpoint = "video_calls/apply")]
pub async fn apply(
    report: String,
    #[server(flatten)] lines: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: VideoReportId = hidden_id(&report)?;
    let choices = choices(&lines)?;
    let (session, marks) = operations::apply(&state, &viewer, id, &choices).await?;
    let notice = match i64::try_from(marks) {
        Ok(0) => t!(video_calls.nothing_new),
        marks => plural!(marks.unwrap_or(i64::MAX), video_calls.applied),
    };
    go_to_with_notice(paths::video_call(session), notice);
    Ok(())
}

/// Gives a report up.
#[server(endpoint = "video_calls/discard")]
pub async fn discard(report: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: VideoReportId = hidden_id(&report)?;
    let session = operations::discard(&state, &viewer, id).await?;
    go_to_with_notice(paths::video_call(session), t!(video_calls.discarded));
    Ok(())
}

fn choices(lines: &BTreeMap<String, String>) -> Result<Choices, AppError> {
    let mut choices = Choices::new();
    for (name, value) in lines {
        let Some(index) = name.strip_prefix("choice-") else {
            continue;
        };
        let unknown = || AppError::field(name, Fault::UnknownChoice);
        let index = index.parse().map_err(|_| unknown())?;
        let enrolment = match value.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| unknown())?),
        };
        choices.insert(index, enrolment);
    }
    Ok(choices)
}

//! Server functions of certificates.

use std::str::FromStr;

use leptos::prelude::*;

use super::{
    CertificateId,
    operations::{self, StateReason, Which},
};
use crate::{
    access::viewer,
    courses::EditionId,
    enrolment::EnrolmentId,
    error::{AppError, Fault},
    paths, plural,
    server::{go_to_with_notice, services},
    t,
    values::chosen,
};

/// Issues every certificate that is due in an edition.
#[server(endpoint = "certificates/issue_due")]
pub async fn issue_due(edition: String) -> Result<(), AppError> {
    issue(&edition, Ok(Which::AllDue)).await
}

/// Issues those of the chosen people's certificates that are due.
#[server(endpoint = "certificates/issue_chosen")]
pub async fn issue_chosen(
    edition: String,
    #[server(default)] chosen: Vec<String>,
) -> Result<(), AppError> {
    let ids: Result<Vec<EnrolmentId>, _> = chosen.iter().map(|typed| hidden_id(typed)).collect();
    issue(&edition, ids.map(Which::Chosen)).await
}

/// Issues one person's certificate, even after theirs was revoked.
#[server(endpoint = "certificates/issue_one")]
pub async fn issue_one(edition: String, enrolment: String) -> Result<(), AppError> {
    issue(&edition, hidden_id(&enrolment).map(Which::One)).await
}

/// Revokes a certificate, with a reason.
#[server(endpoint = "certificates/revoke")]
pub async fn revoke(
    certificate: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let certificate: CertificateId = hidden_id(&certificate)?;
    let reason = parse_reason(&reason)?;
    let edition = operations::revoke(&state, &viewer, certificate, &reason).await?;
    let notice = t!(certificates.done.revoked);
    go_to_with_notice(paths::edition_certificates(edition), notice);
    Ok(())
}

/// Issues a certificate anew with today's data, with a reason; the old one is replaced.
#[server(endpoint = "certificates/replace")]
pub async fn replace(
    certificate: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let certificate: CertificateId = hidden_id(&certificate)?;
    let reason = parse_reason(&reason)?;
    let edition = operations::replace(&state, &viewer, certificate, &reason).await?;
    let notice = t!(certificates.done.replaced);
    go_to_with_notice(paths::edition_certificates(edition), notice);
    Ok(())
}

async fn issue(edition: &str, which: Result<Which, AppError>) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(edition)?;
    let outcome = operations::issue(&state, &viewer, edition, &which?).await?;
    let (issued, left) = (outcome.issued, outcome.unprintable);
    let mut notice = Vec::new();
    if issued > 0 {
        notice.push(plural!(issued, certificates.done.issued));
    } else if left.is_empty() {
        notice.push(t!(certificates.done.nothing));
    }
    if !left.is_empty() {
        let names = left.join("; ");
        notice.push(t!(certificates.done.unprintable, names = names));
    }
    let notice = notice.join(" ");
    go_to_with_notice(paths::edition_certificates(edition), notice);
    Ok(())
}

/// An id that a form carries unseen: anything else is nothing that could be found.
fn hidden_id<T: FromStr<Err = Fault>>(typed: &str) -> Result<T, AppError> {
    chosen(typed).map_err(|_| AppError::NotFound)
}

fn parse_reason(typed: &str) -> Result<StateReason, AppError> {
    StateReason::parse(typed).map_err(|fault| match fault {
        Fault::Missing => AppError::field("reason", Fault::ReasonNeeded),
        fault => AppError::field("reason", fault),
    })
}

//! Taking back what was issued, with a reason.

use sqlx::SqliteConnection;

use super::{
    StateReason,
    issue::{Recorded, issue_one},
};
use crate::{
    access::{IssueCertificates, Permit, ReadCertificate, Viewer, permit},
    audit::{self, Event},
    certificates::{
        CertificateId, CertificateState,
        candidates::candidates_for,
        content::edition_facts,
        queries::{self, Origin},
        tell::{News, tell},
    },
    courses::{EditionId, visible_header},
    error::{AppError, Reason},
    server::AppState,
};

/// Revokes a certificate and tells the person; gives its edition. `CertificateNotValid` when it is
/// not valid any more.
pub async fn revoke(
    state: &AppState,
    viewer: &Viewer,
    certificate: CertificateId,
    reason: &StateReason,
) -> Result<EditionId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (permit, origin) = permit_about(&mut tx, viewer, certificate).await?;
    if !queries::revoke(&mut tx, certificate, reason.as_str(), now).await? {
        return Err(Reason::CertificateNotValid.into());
    }
    let recorded = |state, reason| Recorded {
        state,
        kind: origin.kind,
        enrolment: origin.enrolment,
        reason,
    };
    let event = Event::new("certificate_revoke", "certificate", certificate.get())
        .before(&recorded("valid", None))
        .after(&recorded("revoked", Some(reason.as_str())));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    let header = visible_header(&mut tx, Some(viewer), origin.edition).await?;
    let news = News::Revoked {
        kind: origin.kind,
        reason: reason.as_str(),
    };
    tell(state, &mut tx, origin.person, &header, certificate, news).await?;
    tx.commit().await?;
    Ok(origin.edition)
}

/// Issues a certificate anew with the data of today, for instance after a name was corrected; the
/// old one is replaced, for the reason given. Gives its edition.
///
/// The new one is what is earned today. `OwnRecord` to oneself; `MarksDisagree` while it is not
/// settled what somebody attended; `NotEarned` when that is less than what was issued: then the old
/// one can only be revoked.
pub async fn replace(
    state: &AppState,
    viewer: &Viewer,
    certificate: CertificateId,
    reason: &StateReason,
) -> Result<EditionId, AppError> {
    let mut tx = state.database.write().await?;
    let (permit, origin) = permit_about(&mut tx, viewer, certificate).await?;
    if origin.state != CertificateState::Valid {
        return Err(Reason::CertificateNotValid.into());
    }
    let header = visible_header(&mut tx, Some(viewer), origin.edition).await?;
    let people = candidates_for(&mut tx, state.clock.now(), &header, viewer).await?;
    let person = people
        .iter()
        .find(|person| person.entry.enrolment == origin.enrolment)
        .ok_or(Reason::NotEarned)?;
    if person.own {
        return Err(Reason::OwnRecord.into());
    }
    if person.disputed {
        return Err(Reason::MarksDisagree.into());
    }
    let kind = person
        .standing
        .earned()
        .filter(|kind| *kind >= origin.kind)
        .ok_or(Reason::NotEarned)?;
    let facts = edition_facts(&mut tx, header).await?;
    let reason = reason.as_str();
    issue_one(state, &mut tx, &permit, &facts, person, kind, reason).await?;
    tx.commit().await?;
    Ok(origin.edition)
}

/// The permit to revise a certificate. Whoever may not read it is told that there is none.
async fn permit_about(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    certificate: CertificateId,
) -> Result<(Permit<IssueCertificates>, Origin), AppError> {
    permit(connection, viewer, ReadCertificate(certificate)).await?;
    let origin = queries::origin(connection, certificate)
        .await?
        .ok_or(AppError::NotFound)?;
    let permit = permit(connection, viewer, IssueCertificates(origin.edition)).await?;
    Ok((permit, origin))
}

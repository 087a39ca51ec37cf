//! Keeping, giving and erasing files.

use axum::body::Bytes;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::SqliteConnection;

use super::{
    AttachmentId, AttachmentKind, MOST, Owner,
    queries::{self, Kept, NewRow},
};
use crate::{
    access::{AccountId, ManageEnrolments, Permit, TakeAttendance, Viewer, permit},
    audit::{self, Event},
    courses::{EditionState, Modality},
    error::{AppError, Fault, Reason},
    server::{AppState, SentFile, incident, secrets::hexadecimal},
    values::Text,
};

/// Why a file is removed.
pub type RemovalReason = Text<500>;

/// A file as it was sent, looked at.
#[derive(Debug)]
pub struct NewFile {
    kind: AttachmentKind,
    name: String,
    content: Bytes,
}

impl NewFile {
    /// Parses the files of a form, all or none; faults are at `file`.
    pub fn parse(sent: &[SentFile]) -> Result<Vec<Self>, AppError> {
        let at = |fault| AppError::field("file", fault);
        if sent.len() > MOST {
            return Err(at(too_many()));
        }
        let parse = |file: &SentFile| {
            let (name, content) = file.whole()?;
            let kind = AttachmentKind::of(&name, content)?;
            Ok(Self {
                kind,
                name,
                content: content.clone(),
            })
        };
        let files: Result<Vec<Self>, Fault> = sent.iter().map(parse).collect();
        let files = files.map_err(at)?;
        if files.is_empty() {
            return Err(at(Fault::Missing));
        }
        Ok(files)
    }
}

fn too_many() -> Fault {
    let max = i64::try_from(MOST).unwrap_or(i64::MAX);
    Fault::TooMany { max }
}

/// The permit of whoever works with an owner's files.
enum Allowed {
    Session(Permit<TakeAttendance>),
    Nomination(Permit<ManageEnrolments>),
}

impl Allowed {
    fn account(&self) -> Option<AccountId> {
        match self {
            Self::Session(permit) => permit.account(),
            Self::Nomination(permit) => permit.account(),
        }
    }

    async fn record(
        &self,
        connection: &mut SqliteConnection,
        state: &AppState,
        event: Event<'_>,
    ) -> Result<(), AppError> {
        let now = state.clock.now();
        match self {
            Self::Session(permit) => audit::record_permitted(connection, now, permit, event).await,
            Self::Nomination(permit) => {
                audit::record_permitted(connection, now, permit, event).await
            }
        }
    }
}

/// Asks for the permit; for everybody else the owner is not there.
async fn allowed(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    owner: Owner,
) -> Result<(Allowed, queries::Place), AppError> {
    let place = queries::place(connection, owner).await?;
    let place = place.ok_or(AppError::NotFound)?;
    let permitted = match owner {
        Owner::Session(_) => permit(connection, viewer, TakeAttendance(place.edition))
            .await
            .map(Allowed::Session),
        Owner::Nomination(_) => permit(connection, viewer, ManageEnrolments(place.edition))
            .await
            .map(Allowed::Nomination),
    };
    match permitted {
        Ok(allowed) => Ok((allowed, place)),
        Err(AppError::Forbidden) => Err(AppError::NotFound),
        Err(error) => Err(error),
    }
}

/// The same for who changes something: not in an edition that is over.
async fn changing(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    owner: Owner,
) -> Result<Allowed, AppError> {
    let (allowed, place) = allowed(connection, viewer, owner).await?;
    if matches!(place.state, EditionState::Closed | EditionState::Cancelled) {
        return Err(Reason::EditionClosed.into());
    }
    if place.modality == Some(Modality::SelfPaced) {
        return Err(Reason::CheckInSelfPaced.into());
    }
    Ok(allowed)
}

/// Refuses whoever may not send files there: asked before they are sealed, which costs.
pub async fn may_upload(state: &AppState, viewer: &Viewer, owner: Owner) -> Result<(), AppError> {
    let mut connection = state.database.read().await?;
    changing(&mut connection, viewer, owner).await?;
    Ok(())
}

/// A file with its digest, sealed.
struct Sealed {
    file: NewFile,
    digest: [u8; 32],
    content: Vec<u8>,
}

/// Keeps files, all or none; one that is there already is not kept twice. Gives how many were added.
/// `TooMany` at `file` beyond [`MOST`].
pub async fn upload(
    state: &AppState,
    viewer: &Viewer,
    owner: Owner,
    files: Vec<NewFile>,
) -> Result<usize, AppError> {
    let secrets = state.secrets.clone();
    let seal = move |file: NewFile| Sealed {
        digest: Sha256::digest(&file.content).into(),
        content: secrets.seal_bytes(&file.content),
        file,
    };
    let sealing = move || files.into_iter().map(seal).collect::<Vec<_>>();
    let sealed = tokio::task::spawn_blocking(sealing).await;
    let sealed = sealed.map_err(|fault| incident(&fault))?;
    let mut tx = state.database.write().await?;
    let allowed = changing(&mut tx, viewer, owner).await?;
    let listed = queries::listed(&mut tx, owner).await?;
    let kept = listed.into_iter().filter(|file| file.removed_at.is_none());
    let mut digests: Vec<Vec<u8>> = kept.map(|file| file.digest).collect();
    let mut added = 0;
    for one in sealed {
        if digests.iter().any(|known| known[..] == one.digest) {
            continue;
        }
        if digests.len() >= MOST {
            return Err(AppError::field("file", too_many()));
        }
        let row = NewRow {
            owner,
            kind: one.file.kind,
            file_name: &one.file.name,
            size: i64::try_from(one.file.content.len()).unwrap_or(i64::MAX),
            digest: &one.digest,
            content: &one.content,
            account: allowed.account(),
            now: state.clock.now(),
        };
        let id = queries::insert(&mut tx, row).await?;
        let told = told(owner, &one.file.name, &one.digest);
        let event = Event::new("attachment_create", "attachment", id.get()).after(&told);
        allowed.record(&mut tx, state, event).await?;
        digests.push(one.digest.to_vec());
        added += 1;
    }
    tx.commit().await?;
    Ok(added)
}

/// What an audit event tells of a file: enough to know it again.
fn told(owner: Owner, name: &str, digest: &[u8]) -> Value {
    let mut told = json!({ "file": name, "sha256": hexadecimal(digest) });
    match owner {
        Owner::Session(id) => told["session"] = id.get().into(),
        Owner::Nomination(id) => told["nomination"] = id.get().into(),
    }
    told
}

/// A file as it was sent. `NotFound` for who may not have it, and once it was removed.
pub async fn download(
    state: &AppState,
    viewer: &Viewer,
    id: AttachmentId,
) -> Result<(String, AttachmentKind, Vec<u8>), AppError> {
    let mut connection = state.database.read().await?;
    let kept = found(&mut connection, id).await?;
    allowed(&mut connection, viewer, kept.owner).await?;
    let content = queries::content(&mut connection, id).await?;
    drop(connection);
    let content = content.ok_or(AppError::NotFound)?;
    let secrets = state.secrets.clone();
    let opening = move || secrets.open_bytes(&content);
    let opened = tokio::task::spawn_blocking(opening).await;
    let opened = opened.map_err(|fault| incident(&fault))?;
    let damaged = || incident(&"a kept file was sealed with another key, or is damaged");
    let content = opened.ok_or_else(damaged)?;
    Ok((kept.file_name, kept.kind, content))
}

async fn found(connection: &mut SqliteConnection, id: AttachmentId) -> Result<Kept, AppError> {
    let kept = queries::kept(connection, id).await?;
    kept.ok_or(AppError::NotFound)
}

/// Erases what is in a file; done twice, it changes nothing. Gives what it belonged to.
pub async fn remove(
    state: &AppState,
    viewer: &Viewer,
    id: AttachmentId,
    reason: &RemovalReason,
) -> Result<Owner, AppError> {
    let mut tx = state.database.write().await?;
    let kept = found(&mut tx, id).await?;
    let allowed = changing(&mut tx, viewer, kept.owner).await?;
    if kept.removed {
        return Ok(kept.owner);
    }
    let why = (allowed.account(), reason.as_str());
    queries::remove(&mut tx, id, why, state.clock.now()).await?;
    let event = Event::new("attachment_remove", "attachment", id.get())
        .before(&told(kept.owner, &kept.file_name, &kept.digest))
        .after(&json!({ "reason": reason.as_str() }));
    allowed.record(&mut tx, state, event).await?;
    tx.commit().await?;
    Ok(kept.owner)
}

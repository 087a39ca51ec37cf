//! What people change about their own account. No permit: it is theirs, and `Viewer` proves it.

use capacita_locales::Locale;
use serde_json::json;

use super::{
    NewPassword, Viewer, queries,
    sign_in::known_mark,
    throttle::{self, Subject},
};
use crate::{
    audit::{self, Event},
    error::{AppError, Fault},
    server::{AppState, words::locale_code},
};

pub use super::queries::Device;

/// Where the viewer is signed in, last seen first.
pub async fn devices(state: &AppState, viewer: &Viewer) -> Result<Vec<Device>, AppError> {
    let mut connection = state.database.read().await?;
    Ok(queries::devices(&mut connection, viewer.account, state.clock.now()).await?)
}

/// Changes the password; every other device is signed out. The present one must be known, and
/// guessing it is slowed down as signing in is; one that was set meanwhile stays. Gives what this
/// device is known by from now on.
pub async fn change_password(
    state: &AppState,
    viewer: &Viewer,
    current: &str,
    new: &NewPassword,
) -> Result<String, AppError> {
    let attempt = throttle::begin(state, &[Subject::SignedIn(viewer.account)]).await?;
    let mut connection = state.database.read().await?;
    let before = queries::password_hash(&mut connection, viewer.account).await?;
    drop(connection);
    let wrong = || AppError::field("current_password", Fault::WrongPassword);
    if !state.passwords.verify(current, before.as_deref()).await? {
        return Err(wrong());
    }
    let hash = state.passwords.hash(new.as_str()).await?;
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    if queries::password_hash(&mut tx, viewer.account).await? != before {
        return Err(wrong());
    }
    attempt.succeeded(&mut tx).await?;
    queries::set_password_hash(&mut tx, viewer.account, &hash).await?;
    queries::use_up_links(&mut tx, viewer.account, now).await?;
    queries::end_sign_ins(&mut tx, viewer.account, Some(viewer.sign_in), now).await?;
    let event = Event::new("password_change", "account", viewer.account.get());
    audit::record(&mut tx, now, Some(viewer.account), event).await?;
    tx.commit().await?;
    Ok(known_mark(state, viewer.account, &hash))
}

/// Signs every other device out; gives how many there were.
pub async fn end_other_sign_ins(state: &AppState, viewer: &Viewer) -> Result<u64, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let ended = queries::end_sign_ins(&mut tx, viewer.account, Some(viewer.sign_in), now).await?;
    let event = Event::new("sign_out_others", "account", viewer.account.get())
        .after(&json!({ "devices": ended }));
    audit::record(&mut tx, now, Some(viewer.account), event).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Sets the language of pages and messages.
pub async fn set_language(
    state: &AppState,
    viewer: &Viewer,
    locale: Locale,
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    queries::set_locale(&mut tx, viewer.account, locale_code(locale)).await?;
    let event = Event::new("language_change", "account", viewer.account.get())
        .before(&json!({ "locale": locale_code(viewer.locale) }))
        .after(&json!({ "locale": locale_code(locale) }));
    audit::record(&mut tx, state.clock.now(), Some(viewer.account), event).await?;
    tx.commit().await
}

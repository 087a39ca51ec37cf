//! What administrators set.

use serde_json::json;

use crate::{
    access::{Administer, Viewer, permit},
    audit::{self, Event},
    error::AppError,
    server::AppState,
    settings::{self, AcademicMinutes},
};

/// Sets the minutes of an academic hour: from now on all hours are counted and printed so.
/// Certificates that were issued keep the hours they state.
pub async fn set_academic_minutes(
    state: &AppState,
    viewer: &Viewer,
    minutes: AcademicMinutes,
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, Administer).await?;
    let before = settings::academic_minutes(&mut tx).await?;
    settings::set_academic_minutes(&mut tx, minutes).await?;
    let event = Event::new("setting_change", "setting", 1)
        .before(&json!({ "academic_minutes": before }))
        .after(&json!({ "academic_minutes": minutes }));
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    tx.commit().await
}

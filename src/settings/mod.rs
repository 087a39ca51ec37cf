//! What an administrator sets for the whole house, and what the house notes about itself.
//!
//! Few, named and typed: there is one function a setting, and no way to read one by a name that
//! somebody typed. The form that changes them belongs to `admin`.
//!
//! Owns `settings`.

mod queries;

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::error::{AppError, Fault};

const ACADEMIC_MINUTES: &str = "academic_minutes";
const LAST_BACKUP: &str = "last_backup_at";

/// Minutes of an academic hour (hora lectiva).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct AcademicMinutes(i64);

impl AcademicMinutes {
    /// What may be chosen; the first is the default.
    pub const CHOICES: [i64; 2] = [45, 60];

    /// Parses what was chosen.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        Self::CHOICES
            .into_iter()
            .find(|minutes| minutes.to_string() == typed)
            .map(Self)
            .ok_or(Fault::UnknownChoice)
    }

    /// The minutes.
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// How many minutes an academic hour has: 45 or 60. Print it beside every number of hours.
pub async fn academic_minutes(connection: &mut SqliteConnection) -> Result<i64, AppError> {
    let stored = queries::value(connection, ACADEMIC_MINUTES).await?;
    let minutes = stored.and_then(|text| AcademicMinutes::parse(&text).ok());
    Ok(minutes.map_or(AcademicMinutes::CHOICES[0], AcademicMinutes::get))
}

/// Sets the minutes of an academic hour.
pub async fn set_academic_minutes(
    connection: &mut SqliteConnection,
    minutes: AcademicMinutes,
) -> Result<(), AppError> {
    Ok(queries::set_value(connection, ACADEMIC_MINUTES, &minutes.get().to_string()).await?)
}

/// When `capacita backup` last finished; `None`: never.
pub async fn last_backup(
    connection: &mut SqliteConnection,
) -> Result<Option<DateTime<Utc>>, AppError> {
    let stored = queries::value(connection, LAST_BACKUP).await?;
    Ok(stored
        .and_then(|text| DateTime::parse_from_rfc3339(&text).ok())
        .map(|at| at.to_utc()))
}

/// Notes that a backup has finished.
pub async fn note_backup(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    Ok(queries::set_value(connection, LAST_BACKUP, &now.to_rfc3339()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_academic_hour_has_45_or_60_minutes() {
        assert_eq!(
            AcademicMinutes::parse("60").map(AcademicMinutes::get),
            Ok(60)
        );
        for bad in ["", "50", "045", "-45"] {
            assert_eq!(AcademicMinutes::parse(bad), Err(Fault::UnknownChoice));
        }
    }
}

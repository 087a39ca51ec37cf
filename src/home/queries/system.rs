//! What is wrong with the system.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, query};

/// What is wrong with the system, as counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SystemCounts {
    /// Accounts or addresses that must wait before they try again.
    pub blocked: i64,
    /// Invitations not taken up.
    pub invited: i64,
    /// Programs that run and that nobody coordinates.
    pub uncoordinated: i64,
}

/// Counts what an administrator should look at.
pub async fn system_counts(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> sqlx::Result<SystemCounts> {
    let row = query!(
        r#"SELECT (SELECT count(*) FROM sign_in_failures WHERE blocked_until > ?1) AS "blocked!: i64",
                  (SELECT count(*) FROM accounts WHERE password_hash IS NULL AND disabled_at IS NULL) AS "invited!: i64",
                  (SELECT count(*) FROM programs WHERE ends_on >= ?2
                      AND NOT EXISTS (SELECT 1 FROM role_grants
                          WHERE role = 'coordinator' AND role_grants.program_id = programs.id)) AS "uncoordinated!: i64""#,
        now,
        today,
    )
    .fetch_one(connection)
    .await?;
    Ok(SystemCounts {
        blocked: row.blocked,
        invited: row.invited,
        uncoordinated: row.uncoordinated,
    })
}

//! Recording grades, tests and materials.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{must_be_open, refuse_own};
use crate::{
    access::{Permit, RecordResults},
    attendance::{
        queries::{self, ResultsRow},
        results::{Results, ResultsLine},
    },
    audit::{self, Event},
    enrolment::EnrolmentId,
    error::{AppError, Reason},
};

impl ResultsRow {
    /// What is recorded.
    pub(in crate::attendance) const fn results(&self) -> Results {
        Results {
            grade_tenths: self.grade_tenths,
            pre_test_tenths: self.pre_test_tenths,
            post_test_tenths: self.post_test_tenths,
            materials: self.materials,
        }
    }
}

/// Records the lines of the form that were changed, all or none. Gives their number.
///
/// # Errors
/// `EditionClosed`; `NotTakingPart` for somebody who is not on the edition's list; `OwnRecord`;
/// `ChangedMeanwhile` when somebody else has changed one of these enrolments.
pub async fn record_results(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<RecordResults>,
    lines: &[ResultsLine],
) -> Result<usize, AppError> {
    let edition = permit.action().0;
    let state = queries::edition_state(connection, edition)
        .await?
        .ok_or(AppError::NotFound)?;
    must_be_open(state)?;
    let before: BTreeMap<EnrolmentId, Results> = queries::results(connection, edition)
        .await?
        .iter()
        .map(|row| (row.enrolment, row.results()))
        .collect();
    for line in lines {
        let before = before.get(&line.enrolment).ok_or(Reason::NotTakingPart)?;
        refuse_own(connection, permit, line.enrolment).await?;
        if !queries::write_results(connection, line).await? {
            return Err(Reason::ChangedMeanwhile.into());
        }
        let event = Event::new("results_record", "enrolment", line.enrolment.get())
            .before(before)
            .after(&line.results);
        audit::record_permitted(connection, now, permit, event).await?;
    }
    Ok(lines.len())
}

//! Closing records: their id.

use crate::values::id;

id! {
    /// One closing record.
    RecordId
}

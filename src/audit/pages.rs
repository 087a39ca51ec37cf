//! Pages of the audit trail.

mod changes;
mod trail;

pub use self::trail::AuditPage;
pub(super) use changes::Shown;

//! Sessions: ids and what everyone needs to know of one.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    courses::{EditionId, Modality, VenueId},
    people::PersonId,
    values::id,
};

id! {
    /// One meeting or one self-paced unit of an edition. Never a login: that is a sign-in.
    SessionId
}

/// One session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The edition it belongs to.
    pub edition: EditionId,
    /// What it is about.
    pub title: String,
    /// How it is held.
    pub modality: Modality,
    /// When it begins; a self-paced session opens then.
    pub starts_at: DateTime<Utc>,
    /// When it ends; a self-paced session closes then.
    pub ends_at: DateTime<Utc>,
    /// What attending all of it is worth, in minutes; breaks are not counted.
    pub planned_minutes: i64,
    /// Its own venue; none: the edition's.
    pub venue_id: Option<VenueId>,
    /// Its own venue's name.
    pub venue: Option<String>,
    /// Where it meets online.
    pub meeting_link: Option<String>,
    /// Who teaches it; none: everyone who teaches the edition.
    pub facilitator_id: Option<PersonId>,
    /// Their name.
    pub facilitator: Option<String>,
    /// For optimistic locking.
    pub version: i64,
}

impl Session {
    /// Whether it is studied at one's own pace.
    pub const fn is_self_paced(&self) -> bool {
        matches!(self.modality, Modality::SelfPaced)
    }
}

//! Enrolments: ids and states.

use crate::values::{choice, id};

id! {
    /// A person in an edition.
    EnrolmentId
}

choice! {
    /// Where an enrolment stands. History is kept, never overwritten.
    ///
    /// ```text
    /// requested ──┬──────────▶ enrolled ─┬─▶ completed ─────┐
    ///     │       │              ▲  │    ├─▶ not_completed ─┤
    ///     │       └─▶ waiting ───┘  │    └─▶ no_show ───────┤
    ///     │              │          │                       │
    ///     ▼              ▼          ▼          enrolled ◀───┘ (the edition is reopened)
    /// declined or declined or   withdrawn
    /// withdrawn   withdrawn
    /// ```
    EnrolmentState {
        Requested => "requested",
        Enrolled => "enrolled",
        Waiting => "waiting",
        Declined => "declined",
        Withdrawn => "withdrawn",
        Completed => "completed",
        NotCompleted => "not_completed",
        NoShow => "no_show",
    }
}

impl EnrolmentState {
    /// The states of those who take part, which are those that hold a seat.
    pub const TAKING_PART: &'static [Self] = &[
        Self::Enrolled,
        Self::Completed,
        Self::NotCompleted,
        Self::NoShow,
    ];

    /// Whether the person takes part, or took part until the edition was closed.
    pub const fn takes_part(self) -> bool {
        matches!(
            self,
            Self::Enrolled | Self::Completed | Self::NotCompleted | Self::NoShow
        )
    }

    /// Whether the person has business in the edition: no second enrolment beside this one.
    pub const fn is_active(self) -> bool {
        self.takes_part() || matches!(self, Self::Requested | Self::Waiting)
    }
}

/// What stands in the address of an offer: which one it is, and the proof that we wrote it. It holds
/// for this very offer; nothing of it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferToken {
    /// Whose offer it claims to be.
    pub enrolment: EnrolmentId,
    /// Hexadecimal.
    pub(super) proof: String,
}

impl OfferToken {
    /// Reads what stands in an address; `None`: it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (enrolment, proof) = text.split_once('-')?;
        let sound = proof.len() == 32 && proof.bytes().all(|b| b.is_ascii_hexdigit());
        sound.then_some(Self {
            enrolment: enrolment.parse().ok()?,
            proof: proof.to_owned(),
        })
    }
}

impl std::fmt::Display for OfferToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.enrolment, self.proof)
    }
}

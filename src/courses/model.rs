//! Programs, courses and editions: ids and choices.

use crate::values::{choice, id};

id! {
    /// A funded effort that owns courses.
    ProgramId
}
id! {
    /// What is taught.
    CourseId
}
id! {
    /// One delivery of a course.
    EditionId
}
id! {
    /// A place where sessions are held.
    VenueId
}

choice! {
    /// What kind of training a course is.
    CourseKind {
        Workshop => "workshop",
        Intensive => "intensive",
        Virtual => "virtual",
        Conference => "conference",
        StudyVisit => "study_visit",
        RightsTalk => "rights_talk",
    }
}

choice! {
    /// How an edition or a session is held.
    Modality {
        InPerson => "in_person",
        LiveOnline => "live_online",
        Hybrid => "hybrid",
        SelfPaced => "self_paced",
    }
}

choice! {
    /// Where an edition stands.
    ///
    /// ```text
    /// draft ──▶ announced ──▶ enrolling ──▶ running ──▶ closed
    ///   │           │             │            ▲ │         │
    ///   │           │             │            │ │         └─ reopen (with a reason) ─▶ running
    ///   └───────────┴──────┬──────┴────────────┼─┘
    ///                      ▼                   │
    ///                  cancelled     announced ┘ (by invitation: no open enrolment)
    /// ```
    EditionState {
        Draft => "draft",
        Announced => "announced",
        Enrolling => "enrolling",
        Running => "running",
        Closed => "closed",
        Cancelled => "cancelled",
    }
}

choice! {
    /// The language an edition is taught in, by its ISO 639 code.
    Language {
        Spanish => "es",
        Quechua => "qu",
        Aymara => "ay",
        Ashaninka => "cni",
        Awajun => "agr",
        ShipiboKonibo => "shp",
        English => "en",
    }
}

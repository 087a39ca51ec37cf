//! The words of this domain's choices, in the language of the request.

use capacita_locales::Locale;

use super::{CourseKind, EditionState, Language, Modality};
use crate::{t, ui::Tone};

/// A kind of training ("Taller").
pub fn kind(kind: CourseKind) -> String {
    match kind {
        CourseKind::Workshop => t!(terms.course_kind.workshop),
        CourseKind::Intensive => t!(terms.course_kind.intensive),
        CourseKind::Virtual => t!(terms.course_kind.virtual_course),
        CourseKind::Conference => t!(terms.course_kind.conference),
        CourseKind::StudyVisit => t!(terms.course_kind.study_visit),
        CourseKind::RightsTalk => t!(terms.course_kind.rights_talk),
    }
}

/// How something is held ("Presencial").
pub fn modality(modality: Modality) -> String {
    match modality {
        Modality::InPerson => t!(terms.modality.in_person),
        Modality::LiveOnline => t!(terms.modality.live_online),
        Modality::Hybrid => t!(terms.modality.hybrid),
        Modality::SelfPaced => t!(terms.modality.self_paced),
    }
}

/// Where an edition stands ("Inscripción abierta").
pub fn edition_state(state: EditionState) -> String {
    match state {
        EditionState::Draft => t!(terms.edition_state.draft),
        EditionState::Announced => t!(terms.edition_state.announced),
        EditionState::Enrolling => t!(terms.edition_state.enrolling),
        EditionState::Running => t!(terms.edition_state.running),
        EditionState::Closed => t!(terms.edition_state.closed),
        EditionState::Cancelled => t!(terms.edition_state.cancelled),
    }
}

/// What an edition's state means to the reader.
pub const fn edition_tone(state: EditionState) -> Tone {
    match state {
        EditionState::Draft | EditionState::Closed => Tone::Neutral,
        EditionState::Announced | EditionState::Running => Tone::Progress,
        EditionState::Enrolling => Tone::Good,
        EditionState::Cancelled => Tone::Harm,
    }
}

/// A language that is taught in ("Quechua").
pub fn language(language: Language) -> String {
    match language {
        Language::Spanish => t!(terms.language.es),
        Language::Quechua => t!(terms.language.qu),
        Language::Aymara => t!(terms.language.ay),
        Language::Ashaninka => t!(terms.language.cni),
        Language::Awajun => t!(terms.language.agr),
        Language::ShipiboKonibo => t!(terms.language.shp),
        Language::English => t!(terms.language.en),
    }
}

/// An edition's name: "Cadena de custodia, edición 2".
pub fn edition_title(course: &str, number: i64) -> String {
    t!(courses.edition_title, course = course, number = number)
}

/// The language of sheets that are printed for an edition: Spanish where we have no words in its own.
pub const fn locale_of(language: Language) -> Locale {
    match language {
        Language::English => Locale::en,
        _ => Locale::es,
    }
}

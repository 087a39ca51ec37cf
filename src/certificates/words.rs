//! The words of this domain: kinds, states, and what is missing for a certificate.

use leptos::prelude::*;

use super::{
    CertificateKind, CertificateState,
    rule::{Certificado, Constancia, GradeGap, Rule, Standing},
};
use crate::{
    t,
    ui::{Chip, Tone, number, time},
};

/// A kind of certificate in full: "Constancia de participación".
pub fn kind(kind: CertificateKind) -> String {
    match kind {
        CertificateKind::Constancia => t!(terms.certificate_kind.constancia),
        CertificateKind::Certificado => t!(terms.certificate_kind.certificado),
    }
}

/// A kind of certificate in one word: "Constancia".
pub fn short_kind(kind: CertificateKind) -> String {
    match kind {
        CertificateKind::Constancia => t!(terms.certificate_kind.constancia_short),
        CertificateKind::Certificado => t!(terms.certificate_kind.certificado_short),
    }
}

/// Whether a certificate stands: "Válido".
pub fn state(state: CertificateState) -> String {
    match state {
        CertificateState::Valid => t!(terms.certificate_state.valid),
        CertificateState::Replaced => t!(terms.certificate_state.replaced),
        CertificateState::Revoked => t!(terms.certificate_state.revoked),
    }
}

/// What a state means to the reader.
pub const fn tone(state: CertificateState) -> Tone {
    match state {
        CertificateState::Valid => Tone::Good,
        CertificateState::Replaced => Tone::Neutral,
        CertificateState::Revoked => Tone::Harm,
    }
}

/// The state as a chip.
pub fn state_chip(state: CertificateState) -> AnyView {
    view! { <Chip tone=tone(state) label=self::state(state) /> }.into_any()
}

/// A grade in tenths as people write it: "14", "13.9".
pub fn grade(tenths: i64) -> String {
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

/// A number of training hours in tenths: "10.6".
pub fn tenths_of_hours(tenths: i64) -> String {
    match (number::count(tenths / 10), tenths % 10) {
        (whole, 0) => whole,
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

/// What somebody has earned and what is missing, to whoever runs the edition: "Alcanza la
/// constancia. Para el certificado: nota 12, necesita 14."
pub fn explain(standing: &Standing) -> String {
    let first = match (standing.constancia, standing.certificado) {
        (Constancia::NothingPlanned, _) => return t!(certificates.explain.nothing_planned),
        (_, Certificado::Earned) => return t!(certificates.explain.certificado),
        (Constancia::Earned, _) => t!(certificates.explain.constancia),
        (Constancia::Missing { minutes }, _) => {
            t!(certificates.explain.minutes, time = time::duration(minutes))
        }
    };
    let second = grade_gap(standing).map(|gap| match gap {
        GradeGap::NotRecorded => t!(certificates.explain.no_grade),
        GradeGap::TooLow { grade, needed } => t!(
            certificates.explain.low_grade,
            grade = self::grade(grade),
            needed = self::grade(needed)
        ),
    });
    together(first, second)
}

/// The same to the person: "Le faltan 2 h para la constancia."
pub fn explain_to_person(standing: &Standing) -> String {
    let first = match (standing.constancia, standing.certificado) {
        (Constancia::NothingPlanned, _) => return t!(certificates.to_person.nothing_planned),
        (_, Certificado::Earned) => return t!(certificates.to_person.certificado),
        (Constancia::Earned, _) => t!(certificates.to_person.constancia),
        (Constancia::Missing { minutes }, _) => {
            t!(
                certificates.to_person.minutes,
                time = time::duration(minutes)
            )
        }
    };
    let second = grade_gap(standing).map(|gap| match gap {
        GradeGap::NotRecorded => t!(certificates.to_person.no_grade),
        GradeGap::TooLow { grade, needed } => t!(
            certificates.to_person.low_grade,
            grade = self::grade(grade),
            needed = self::grade(needed)
        ),
    });
    together(first, second)
}

const fn grade_gap(standing: &Standing) -> Option<GradeGap> {
    match standing.certificado {
        Certificado::Missing { grade, .. } => grade,
        Certificado::NotOffered | Certificado::Earned => None,
    }
}

fn together(first: String, second: Option<String>) -> String {
    match second {
        Some(second) => format!("{first} {second}"),
        None => first,
    }
}

/// What a course asks for, a sentence each. `planned`: minutes of all sessions of the edition.
pub fn rule(rule: Rule, planned: i64, excused_counts: bool) -> Vec<String> {
    let share = permille(rule.min_share_permille);
    let needed = (planned * rule.min_share_permille + 999) / 1000;
    let mut sentences = vec![if planned > 0 {
        t!(
            certificates.rule.constancia,
            share = share,
            needed = time::duration(needed),
            planned = time::duration(planned)
        )
    } else {
        t!(certificates.rule.constancia_unplanned, share = share)
    }];
    sentences.push(match rule.min_grade_tenths {
        Some(tenths) => t!(certificates.rule.certificado, grade = grade(tenths)),
        None => t!(certificates.rule.ungraded),
    });
    sentences.push(if excused_counts {
        t!(certificates.rule.excused_counts)
    } else {
        t!(certificates.rule.excused_not)
    });
    sentences
}

/// A share in thousandths: "80 %", "87.5 %".
fn permille(permille: i64) -> String {
    number::share(number::float(permille) / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{attendance::Share, certificates::rule::standing};

    const GRADED: Rule = Rule {
        min_share_permille: 800,
        min_grade_tenths: Some(140),
    };

    fn stands(attended: i64, planned: i64, grade: Option<i64>) -> Standing {
        standing(
            Share {
                attended,
                planned,
                open: 0,
            },
            grade,
            GRADED,
        )
    }

    #[test]
    fn what_is_missing_is_said_in_words() {
        for (standing, expected, to_person) in [
            (
                stands(264, 480, Some(150)),
                "Faltan 2 h de asistencia para la constancia.",
                "Le faltan 2 h de asistencia para la constancia.",
            ),
            (
                stands(264, 480, Some(120)),
                "Faltan 2 h de asistencia para la constancia. Para el certificado: nota 12, necesita 14.",
                "Le faltan 2 h de asistencia para la constancia. Para el certificado: su nota es 12 y necesita 14.",
            ),
            (
                stands(480, 480, Some(139)),
                "Alcanza la constancia. Para el certificado: nota 13.9, necesita 14.",
                "Ya alcanzó la constancia. Para el certificado: su nota es 13.9 y necesita 14.",
            ),
            (
                stands(480, 480, None),
                "Alcanza la constancia. Para el certificado falta registrar la nota.",
                "Ya alcanzó la constancia. Para el certificado todavía no se registra su nota.",
            ),
            (
                stands(480, 480, Some(140)),
                "Alcanza el certificado.",
                "Ya alcanzó el certificado.",
            ),
            (
                stands(0, 0, None),
                "Aún no hay sesiones programadas.",
                "Aún no hay sesiones programadas.",
            ),
        ] {
            assert_eq!(explain(&standing), expected);
            assert_eq!(explain_to_person(&standing), to_person);
        }
    }

    #[test]
    fn the_rule_is_said_in_hours() {
        let said = rule(GRADED, 480, false);
        assert_eq!(
            said,
            [
                "Constancia de participación: asistir al 80\u{a0}% o más, es decir, a 6 h 24 min de las 8 h programadas.",
                "Certificado de aprobación: además, una nota de 14 o más, sobre 20.",
                "Las inasistencias justificadas no cuentan como asistencia.",
            ]
        );
        assert_eq!(grade(139), "13.9");
        assert_eq!(tenths_of_hours(106), "10.6");
        assert_eq!(tenths_of_hours(10_000), "1,000");
        assert_eq!(permille(875), "87.5\u{a0}%");
    }
}

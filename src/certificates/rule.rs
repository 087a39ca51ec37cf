//! What attendance and grade earn: one pure function, in whole numbers, that says what is missing.
//!
//! Minutes are those that count (excused ones as the course says) of those planned over all
//! sessions of the edition, taken or not. Grades are in tenths of the scale from 0 to 20.

use super::CertificateKind;
use crate::attendance::Share;

/// What a course asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The least share of the planned minutes, in thousandths.
    pub min_share_permille: i64,
    /// The least grade, in tenths; `None`: the course is not graded.
    pub min_grade_tenths: Option<i64>,
}

/// Whether the constancia is earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constancia {
    /// Attended enough.
    Earned,
    /// Not yet.
    Missing {
        /// Minutes still to attend.
        minutes: i64,
    },
    /// The edition has no sessions, so there is nothing to attend.
    NothingPlanned,
}

/// Whether the certificado is earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificado {
    /// The course is not graded.
    NotOffered,
    /// Attended enough and passed.
    Earned,
    /// Not yet; at least one of the two is there, unless nothing is planned at all.
    Missing {
        /// Minutes still to attend; `None`: attended enough.
        minutes: Option<i64>,
        /// What is wrong with the grade; `None`: it is high enough.
        grade: Option<GradeGap>,
    },
}

/// What a grade lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GradeGap {
    /// Nobody has recorded one.
    NotRecorded,
    /// It is below the minimum.
    TooLow {
        /// The grade, in tenths.
        grade: i64,
        /// The minimum, in tenths.
        needed: i64,
    },
}

/// How somebody stands in an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// For having taken part.
    pub constancia: Constancia,
    /// For having passed.
    pub certificado: Certificado,
}

/// How somebody stands who attended this share and has this grade.
pub fn standing(share: Share, grade_tenths: Option<i64>, rule: Rule) -> Standing {
    let constancia = if share.planned <= 0 {
        Constancia::NothingPlanned
    } else if share.reaches(rule.min_share_permille) {
        Constancia::Earned
    } else {
        Constancia::Missing {
            minutes: share.missing(rule.min_share_permille),
        }
    };
    let certificado = rule
        .min_grade_tenths
        .map_or(Certificado::NotOffered, |needed| {
            certificado(constancia, grade_gap(grade_tenths, needed))
        });
    Standing {
        constancia,
        certificado,
    }
}

const fn certificado(constancia: Constancia, grade: Option<GradeGap>) -> Certificado {
    match (constancia, grade) {
        (Constancia::Earned, None) => Certificado::Earned,
        (Constancia::Missing { minutes }, grade) => Certificado::Missing {
            minutes: Some(minutes),
            grade,
        },
        (Constancia::Earned | Constancia::NothingPlanned, grade) => Certificado::Missing {
            minutes: None,
            grade,
        },
    }
}

const fn grade_gap(grade: Option<i64>, needed: i64) -> Option<GradeGap> {
    match grade {
        None => Some(GradeGap::NotRecorded),
        Some(grade) if grade < needed => Some(GradeGap::TooLow { grade, needed }),
        Some(_) => None,
    }
}

impl Standing {
    /// The most that is earned.
    pub fn earned(self) -> Option<CertificateKind> {
        if self.certificado == Certificado::Earned {
            Some(CertificateKind::Certificado)
        } else if self.constancia == Constancia::Earned {
            Some(CertificateKind::Constancia)
        } else {
            None
        }
    }
}

/// What was issued last to somebody in an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issued {
    /// Nothing.
    Nothing,
    /// This, and it is valid.
    Valid(CertificateKind),
    /// Something that was revoked; nothing is valid.
    Revoked,
}

/// What is due to somebody without further thought. A revoked certificate is not: somebody decided
/// against it.
pub fn due(standing: Standing, in_time: bool, issued: Issued) -> Option<CertificateKind> {
    match issued {
        Issued::Revoked => None,
        _ => issuable(standing, in_time, issued),
    }
}

/// What may be issued to somebody when a coordinator says so.
pub fn issuable(standing: Standing, in_time: bool, issued: Issued) -> Option<CertificateKind> {
    let earned = standing.earned().filter(|_| in_time)?;
    match (issued, earned) {
        (Issued::Nothing | Issued::Revoked, earned) => Some(earned),
        (Issued::Valid(CertificateKind::Constancia), CertificateKind::Certificado) => Some(earned),
        (Issued::Valid(_), _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CertificateKind as Kind;

    const GRADED: Rule = Rule {
        min_share_permille: 800,
        min_grade_tenths: Some(140),
    };
    const UNGRADED: Rule = Rule {
        min_share_permille: 800,
        min_grade_tenths: None,
    };

    fn stands(attended: i64, planned: i64, grade: Option<i64>, rule: Rule) -> Standing {
        standing(
            Share {
                attended,
                planned,
                open: 0,
            },
            grade,
            rule,
        )
    }

    #[test]
    fn just_below_the_share_is_not_enough() {
        for (attended, planned, expected) in [
            (799, 1000, Constancia::Missing { minutes: 1 }),
            (800, 1000, Constancia::Earned),
            (801, 1000, Constancia::Earned),
            (383, 480, Constancia::Missing { minutes: 1 }),
            (384, 480, Constancia::Earned),
            // 80 % of 301 minutes is 240.8.
            (240, 301, Constancia::Missing { minutes: 1 }),
            (241, 301, Constancia::Earned),
            (0, 480, Constancia::Missing { minutes: 384 }),
            (264, 480, Constancia::Missing { minutes: 120 }),
            (0, 0, Constancia::NothingPlanned),
        ] {
            let found = stands(attended, planned, None, UNGRADED);
            assert_eq!(found.constancia, expected, "{attended} of {planned}");
            assert_eq!(found.certificado, Certificado::NotOffered);
            let earns = expected == Constancia::Earned;
            assert_eq!(found.earned(), earns.then_some(Kind::Constancia));
        }
    }

    #[test]
    fn just_below_the_grade_is_not_enough() {
        let gap = |grade| Certificado::Missing {
            minutes: None,
            grade: Some(grade),
        };
        let low = |grade| GradeGap::TooLow { grade, needed: 140 };
        for (grade, certificado, earned) in [
            (None, gap(GradeGap::NotRecorded), Kind::Constancia),
            (Some(0), gap(low(0)), Kind::Constancia),
            (Some(139), gap(low(139)), Kind::Constancia),
            (Some(140), Certificado::Earned, Kind::Certificado),
            (Some(200), Certificado::Earned, Kind::Certificado),
        ] {
            let found = stands(800, 1000, grade, GRADED);
            assert_eq!(found.certificado, certificado, "{grade:?}");
            assert_eq!(found.earned(), Some(earned), "{grade:?}");
        }
    }

    #[test]
    fn a_grade_alone_earns_nothing() {
        let found = stands(799, 1000, Some(200), GRADED);
        let missing = Certificado::Missing {
            minutes: Some(1),
            grade: None,
        };
        assert_eq!(found.certificado, missing);
        assert_eq!(found.earned(), None);
        let both = stands(700, 1000, Some(120), GRADED).certificado;
        let grade = GradeGap::TooLow {
            grade: 120,
            needed: 140,
        };
        let missing = Certificado::Missing {
            minutes: Some(100),
            grade: Some(grade),
        };
        assert_eq!(both, missing);
    }

    #[test]
    fn without_sessions_nothing_is_earned() {
        let found = stands(0, 0, Some(200), GRADED);
        assert_eq!(found.constancia, Constancia::NothingPlanned);
        assert_eq!(found.earned(), None);
        assert_eq!(due(found, true, Issued::Nothing), None);
    }

    #[test]
    fn what_is_due() {
        let nothing = stands(0, 480, None, GRADED);
        let constancia = stands(480, 480, None, GRADED);
        let certificado = stands(480, 480, Some(150), GRADED);
        let (had, passed) = (
            Issued::Valid(Kind::Constancia),
            Issued::Valid(Kind::Certificado),
        );
        for (standing, issued, is_due, may_issue) in [
            (nothing, Issued::Nothing, None, None),
            (nothing, had, None, None),
            (
                constancia,
                Issued::Nothing,
                Some(Kind::Constancia),
                Some(Kind::Constancia),
            ),
            (constancia, had, None, None),
            (constancia, passed, None, None),
            (constancia, Issued::Revoked, None, Some(Kind::Constancia)),
            (
                certificado,
                Issued::Nothing,
                Some(Kind::Certificado),
                Some(Kind::Certificado),
            ),
            (
                certificado,
                had,
                Some(Kind::Certificado),
                Some(Kind::Certificado),
            ),
            (certificado, passed, None, None),
            (certificado, Issued::Revoked, None, Some(Kind::Certificado)),
        ] {
            assert_eq!(
                due(standing, true, issued),
                is_due,
                "{standing:?} {issued:?}"
            );
            assert_eq!(issuable(standing, true, issued), may_issue);
            assert_eq!(due(standing, false, issued), None);
            assert_eq!(issuable(standing, false, issued), None);
        }
    }
}

//! Results of a person in an edition: grade, tests before and after, materials received.
//!
//! Grades and tests are tenths of 0–20, Peru's scale; blank means not recorded, never nought.

use std::collections::BTreeMap;

use serde::Serialize;

use super::form::hidden_id;
use crate::{
    enrolment::EnrolmentId,
    error::{AppError, Fault, FormCheck},
    values::{optional, tenths, whole_number},
};

/// The highest grade, in tenths.
pub const HIGHEST: i64 = 200;

/// What is recorded of one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Results {
    /// The grade, in tenths of 0–20.
    pub grade_tenths: Option<i64>,
    /// The test before, in tenths of 0–20.
    pub pre_test_tenths: Option<i64>,
    /// The test after, in tenths of 0–20.
    pub post_test_tenths: Option<i64>,
    /// Whether the person received the materials.
    pub materials: bool,
}

impl Results {
    /// The results as one hidden field carries them, to see later what was changed: `145,,160,1`.
    pub fn to_field(self) -> String {
        let number = |tenths: Option<i64>| tenths.map_or_else(String::new, |t| t.to_string());
        format!(
            "{},{},{},{}",
            number(self.grade_tenths),
            number(self.pre_test_tenths),
            number(self.post_test_tenths),
            i64::from(self.materials)
        )
    }

    /// Reads [`Results::to_field`].
    pub fn from_field(field: &str) -> Result<Self, Fault> {
        let parts: Vec<&str> = field.split(',').collect();
        let [grade, pre, post, materials] = parts[..] else {
            return Err(Fault::UnknownChoice);
        };
        let number = |text| optional(text, |text| whole_number(text, 0, HIGHEST));
        Ok(Self {
            grade_tenths: number(grade)?,
            pre_test_tenths: number(pre)?,
            post_test_tenths: number(post)?,
            materials: materials == "1",
        })
    }
}

/// A line of the form that says something else than what its writer saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResultsLine {
    /// Whose results.
    pub enrolment: EnrolmentId,
    /// The version of the enrolment that its writer saw.
    pub version: i64,
    /// What is to be recorded.
    pub results: Results,
}

/// The fields of one line.
#[derive(Clone, Copy, Debug)]
pub struct LineFields<'a> {
    fields: &'a BTreeMap<String, String>,
    enrolment: EnrolmentId,
}

impl<'a> LineFields<'a> {
    /// The fields that bear this enrolment in their names.
    pub const fn new(fields: &'a BTreeMap<String, String>, enrolment: EnrolmentId) -> Self {
        Self { fields, enrolment }
    }

    fn value(self, kind: &str) -> &'a str {
        let field = self.fields.get(&format!("{kind}-{}", self.enrolment));
        field.map_or("", String::as_str)
    }

    /// What the line says; faults are noted at their fields.
    fn results(self, check: &mut FormCheck) -> Option<Results> {
        let mut number = |kind: &str| {
            let parsed = optional(self.value(kind), |typed| tenths(typed, HIGHEST));
            check.field(&format!("{kind}-{}", self.enrolment), parsed)
        };
        let (grade, pre, post) = (number("grade"), number("pre"), number("post"));
        Some(Results {
            grade_tenths: grade?,
            pre_test_tenths: pre?,
            post_test_tenths: post?,
            materials: !self.value("materials").is_empty(),
        })
    }

    /// What its writer saw.
    fn seen(self) -> Result<(Results, i64), AppError> {
        let hidden = |_| AppError::NotFound;
        let seen = Results::from_field(self.value("was")).map_err(hidden)?;
        let version = whole_number(self.value("version"), 1, i64::MAX).map_err(hidden)?;
        Ok((seen, version))
    }
}

/// The lines of the form that were changed: `grade-17`, `pre-17`, `post-17`, `materials-17`, with
/// `was-17` and `version-17` for what was seen.
pub(super) fn changed_lines(
    fields: &BTreeMap<String, String>,
) -> Result<Vec<ResultsLine>, AppError> {
    let mut check = FormCheck::default();
    let mut lines = Vec::new();
    for name in fields.keys() {
        let Some(number) = name.strip_prefix("was-") else {
            continue;
        };
        let enrolment: EnrolmentId = hidden_id(number)?;
        let line = LineFields::new(fields, enrolment);
        let (seen, version) = line.seen()?;
        if let Some(results) = line.results(&mut check)
            && results != seen
        {
            lines.push(ResultsLine {
                enrolment,
                version,
                results,
            });
        }
    }
    check.finish((Some(lines),)).map(|(lines,)| lines)
}

/// Whether a line that came back was left as its writer saw it.
pub(super) fn is_untouched(typed: LineFields<'_>) -> bool {
    let results = typed.results(&mut FormCheck::default());
    matches!((results, typed.seen()), (Some(results), Ok((seen, _))) if results == seen)
}

/// A number of tenths as it is typed and read: "14.5", "15"; blank where nothing is recorded.
pub fn shown(tenths: Option<i64>) -> String {
    match tenths.map(|tenths| (tenths / 10, tenths % 10)) {
        None => String::new(),
        Some((whole, 0)) => whole.to_string(),
        Some((whole, tenth)) => format!("{whole}.{tenth}"),
    }
}

/// The mean of what is recorded, in tenths, rounded to the nearest.
pub fn mean(values: impl IntoIterator<Item = Option<i64>>) -> Option<i64> {
    let (sum, count) = values
        .into_iter()
        .flatten()
        .fold((0, 0), |(sum, count), value| (sum + value, count + 1));
    (sum * 2 + count).checked_div(count * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(body: &[(&str, &str)]) -> Result<Vec<ResultsLine>, AppError> {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        changed_lines(&body.iter().map(own).collect())
    }

    #[test]
    fn only_changed_lines_are_taken() {
        let body = [
            ("grade-1", "14,5"),
            ("pre-1", ""),
            ("post-1", "20"),
            ("materials-1", "1"),
            ("was-1", ",,,0"),
            ("version-1", "3"),
            ("grade-2", "12.0"),
            ("pre-2", ""),
            ("post-2", ""),
            ("was-2", "120,,,0"),
            ("version-2", "1"),
        ];
        let results = Results {
            grade_tenths: Some(145),
            pre_test_tenths: None,
            post_test_tenths: Some(200),
            materials: true,
        };
        let changed = ResultsLine {
            enrolment: EnrolmentId::new(1),
            version: 3,
            results,
        };
        assert_eq!(lines(&body), Ok(vec![changed]));
        assert_eq!(Results::from_field(&results.to_field()), Ok(results));
    }

    #[test]
    fn every_fault_stands_at_its_field() {
        let body = [
            ("grade-1", "21"),
            ("pre-1", "x"),
            ("post-1", "14.55"),
            ("was-1", ",,,0"),
            ("version-1", "1"),
        ];
        let Err(AppError::Invalid(faults)) = lines(&body) else {
            panic!("taken");
        };
        let told: Vec<_> = faults
            .iter()
            .map(|fault| (fault.field.as_str(), fault.fault.clone()))
            .collect();
        let out = Fault::OutOfRange { min: 0, max: 20 };
        assert_eq!(
            told,
            [
                ("grade-1", out),
                ("pre-1", Fault::NotANumber),
                ("post-1", Fault::NotANumber)
            ]
        );
    }

    #[test]
    fn hidden_fields_that_were_tampered_with_find_nothing() {
        for (was, version) in [
            ("", "1"),
            ("1,2", "1"),
            ("x,,,0", "1"),
            (",,,0", "0"),
            (",,,0", ""),
        ] {
            let body = [("was-1", was), ("version-1", version)];
            assert_eq!(lines(&body), Err(AppError::NotFound), "{was:?} {version:?}");
        }
    }

    #[test]
    fn numbers_read_as_they_are_typed() {
        assert_eq!(shown(None), "");
        assert_eq!(shown(Some(0)), "0");
        assert_eq!(shown(Some(145)), "14.5");
        assert_eq!(shown(Some(200)), "20");
        assert_eq!(mean([]), None);
        assert_eq!(mean([None, Some(140), Some(145)]), Some(143));
        assert_eq!(mean([Some(100), Some(101), Some(101)]), Some(101));
    }
}

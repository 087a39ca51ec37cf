//! Where somebody serves at one time: parsed from what was typed.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Country, Department, InstitutionId, UnitId};
use crate::{
    error::{AppError, Fault, FormCheck},
    values::{Text, chosen, date, optional},
};

/// An affiliation's form as it was typed. Every field is text; blank where nothing was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct AffiliationForm<'a> {
    /// An [`InstitutionId`]; may be blank where a unit is chosen.
    pub institution: &'a str,
    /// A [`UnitId`]; may be blank.
    pub unit: &'a str,
    /// Position or rank; may be blank.
    pub position: &'a str,
    /// A [`Department`], in Peru alone; may be blank.
    pub department: &'a str,
    /// A [`Country`].
    pub country: &'a str,
    /// Free text, outside Peru alone; may be blank.
    pub region: &'a str,
    /// The first day, as date fields send it.
    pub since: &'a str,
}

/// An affiliation that begins. Serialised for the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewAffiliation {
    /// The institution; `None` while only its unit was chosen, and for who serves in none.
    pub institution: Option<InstitutionId>,
    /// A unit of the institution.
    pub unit: Option<UnitId>,
    /// Position or rank.
    pub position: Option<Text<120>>,
    /// Department of Peru.
    pub department: Option<Department>,
    /// Country.
    pub country: Country,
    /// Region of another country.
    pub region: Option<Text<120>>,
    /// The first day.
    pub since: NaiveDate,
}

impl AffiliationForm<'_> {
    /// Whether nothing is said about where the person serves. Country and day stand in the form
    /// from the start and do not count.
    fn is_blank(&self) -> bool {
        let said = [
            self.institution,
            self.unit,
            self.position,
            self.department,
            self.region,
        ];
        said.iter().all(|typed| typed.trim().is_empty())
    }
}

impl NewAffiliation {
    /// Parses the form. Institution, unit or position must be there; `today` is the latest day.
    pub fn parse(form: &AffiliationForm<'_>, today: NaiveDate) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let affiliation = Self::check(&mut check, form, today);
        check
            .finish((affiliation,))
            .map(|(affiliation,)| affiliation)
    }

    /// The same for a form in which the affiliation may be left out.
    pub fn parse_optional(
        form: &AffiliationForm<'_>,
        today: NaiveDate,
    ) -> Result<Option<Self>, AppError> {
        if form.is_blank() {
            return Ok(None);
        }
        Self::parse(form, today).map(Some)
    }

    fn check(check: &mut FormCheck, form: &AffiliationForm<'_>, today: NaiveDate) -> Option<Self> {
        let institution = check.field("institution", optional(form.institution, chosen));
        let unit = check.field("unit", optional(form.unit, chosen));
        let position = check.field("position", optional(form.position, Text::parse));
        if (&institution, &unit, &position) == (&Some(None), &Some(None), &Some(None)) {
            check.fault("institution", Fault::Missing);
        }
        let department = check.field("department", optional(form.department, chosen));
        let country = chosen(form.country).and_then(|country: Country| country.replacing(None));
        let country = check.field("country", country);
        let region = check.field("region", optional(form.region, Text::parse));
        let since = check.field("since", day(form.since, today));
        let affiliation = Self {
            institution: institution?,
            unit: unit?,
            position: position?,
            department: department?,
            country: country?,
            region: region?,
            since: since?,
        };
        affiliation.check_place(check);
        Some(affiliation)
    }

    /// A department is one of Peru, a region one of another country.
    fn check_place(&self, check: &mut FormCheck) {
        if self.country == Country::Peru && self.region.is_some() {
            check.fault("region", Fault::PlaceAndCountryDiffer);
        }
        if self.country != Country::Peru && self.department.is_some() {
            check.fault("department", Fault::PlaceAndCountryDiffer);
        }
    }
}

/// Parses a day that is not in the future.
pub fn day(typed: &str, today: NaiveDate) -> Result<NaiveDate, Fault> {
    let day = date(typed)?;
    if day > today {
        return Err(Fault::DateTooLate { latest: today });
    }
    Ok(day)
}

/// The last day of an affiliation that ends because another begins: the day before, or its own
/// first day where both begin on the same (the former was a mistake of that day).
pub fn last_day_before(next: NaiveDate, since: NaiveDate) -> NaiveDate {
    next.pred_opt().unwrap_or(next).max(since)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-11-21".parse().expect("a date")
    }

    fn sound() -> AffiliationForm<'static> {
        AffiliationForm {
            institution: "101",
            department: "16",
            country: "PE",
            since: "2026-01-15",
            ..AffiliationForm::default()
        }
    }

    #[test]
    fn what_each_field_takes() {
        let latest = today();
        let cases: [(AffiliationForm<'_>, &[(&str, Fault)]); 10] = [
            (sound(), &[]),
            (
                AffiliationForm {
                    institution: "",
                    unit: "101",
                    ..sound()
                },
                &[],
            ),
            (
                AffiliationForm {
                    institution: "",
                    position: "Apu",
                    ..sound()
                },
                &[],
            ),
            (
                AffiliationForm {
                    institution: "",
                    ..sound()
                },
                &[("institution", Fault::Missing)],
            ),
            (
                AffiliationForm {
                    institution: "x",
                    ..sound()
                },
                &[("institution", Fault::UnknownChoice)],
            ),
            (
                AffiliationForm {
                    department: "26",
                    ..sound()
                },
                &[("department", Fault::UnknownChoice)],
            ),
            (
                AffiliationForm {
                    country: "EC",
                    ..sound()
                },
                &[("department", Fault::PlaceAndCountryDiffer)],
            ),
            (
                AffiliationForm {
                    region: "Loja",
                    ..sound()
                },
                &[("region", Fault::PlaceAndCountryDiffer)],
            ),
            (
                AffiliationForm {
                    since: "2026-11-22",
                    ..sound()
                },
                &[("since", Fault::DateTooLate { latest })],
            ),
            (
                AffiliationForm {
                    country: "",
                    since: "",
                    ..sound()
                },
                &[("country", Fault::Missing), ("since", Fault::Missing)],
            ),
        ];
        for (form, expected) in cases {
            let faults = match NewAffiliation::parse(&form, latest) {
                Ok(_) => Vec::new(),
                Err(AppError::Invalid(faults)) => faults,
                Err(other) => panic!("{other:?}"),
            };
            let faults: Vec<_> = faults
                .iter()
                .map(|one| (one.field.as_str(), one.fault.clone()))
                .collect();
            assert_eq!(faults, expected, "{form:?}");
        }
    }

    #[test]
    fn a_blank_form_is_no_affiliation() {
        let blank = AffiliationForm {
            country: "PE",
            since: "2026-11-21",
            ..AffiliationForm::default()
        };
        assert_eq!(NewAffiliation::parse_optional(&blank, today()), Ok(None));
        let somewhere = AffiliationForm {
            department: "16",
            ..blank
        };
        assert_eq!(
            NewAffiliation::parse_optional(&somewhere, today()),
            Err(AppError::field("institution", Fault::Missing))
        );
    }

    #[test]
    fn the_former_ends_the_day_before() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        assert_eq!(
            last_day_before(day("2026-03-01"), day("2025-01-01")),
            day("2026-02-28")
        );
        assert_eq!(
            last_day_before(day("2026-03-01"), day("2026-03-01")),
            day("2026-03-01")
        );
    }
}

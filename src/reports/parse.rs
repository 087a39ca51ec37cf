//! Reads the query of totals: the same for page and exports, and strict, so that a slip never
//! counts something else than was meant.

use std::str::FromStr;

use chrono::{Datelike as _, NaiveDate};

use super::model::{Cut, Month, TotalsQuery};
use crate::{people::Department, values};

/// A parameter or value that is not known, or that another one contradicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadParameter {
    /// Its name.
    pub name: String,
    /// What it held.
    pub value: String,
    /// The name and value of another that cannot be meant together with it.
    pub against: Option<(String, String)>,
}

impl BadParameter {
    /// Nothing of that name, or not with that value.
    pub(super) fn unknown(name: &str, value: &str) -> Self {
        Self {
            name: name.to_owned(),
            value: value.to_owned(),
            against: None,
        }
    }

    fn contradicts(self, name: &str, value: &str) -> Self {
        Self {
            against: Some((name.to_owned(), value.to_owned())),
            ..self
        }
    }
}

/// Parameters that have nothing to do with what is counted.
const IGNORED: &[&str] = &["lang", "kept"];

/// What is done with figures of a few people.
pub(super) const SMALL: &str = "small";

/// They are withheld: the only value of [`SMALL`].
pub(super) const WITHHELD: &str = "withheld";

/// Parses the pairs behind the question mark. Blank values are fields left empty.
pub fn parse(pairs: &[(String, String)]) -> Result<TotalsQuery, BadParameter> {
    let mut query = TotalsQuery::default();
    for (name, value) in pairs {
        let value = value.trim();
        if value.is_empty() || IGNORED.contains(&name.as_str()) {
            // A blank value of an unknown parameter is still a slip.
            if value.is_empty() && !is_known(name) {
                return Err(BadParameter::unknown(name, value));
            }
            continue;
        }
        let bad = || BadParameter::unknown(name, value);
        if let Some(other) = said_otherwise(&query, name).filter(|other| other != value) {
            return Err(bad().contradicts(name, &other));
        }
        take(&mut query, name, value).ok_or_else(bad)?;
    }
    narrow(&mut query)?;
    Ok(query)
}

/// What an earlier parameter of this name said, where there can be one alone.
fn said_otherwise(query: &TotalsQuery, name: &str) -> Option<String> {
    match name {
        "from" => query.from.map(|day| day.to_string()),
        "to" => query.to.map(|day| day.to_string()),
        "period" => query.period.clone(),
        _ => None,
    }
}

/// Keeps of the days those that lie in the preset as well. Where none is left, the two parameters
/// that leave none are named.
fn narrow(query: &mut TotalsQuery) -> Result<(), BadParameter> {
    let day = |name, day: NaiveDate| BadParameter::unknown(name, &day.to_string());
    if let (Some(from), Some(to)) = (query.from, query.to)
        && to < from
    {
        return Err(day("to", to).contradicts("from", &from.to_string()));
    }
    let Some((preset, (first, last))) = query
        .period
        .clone()
        .and_then(|preset| period(&preset).map(|days| (preset, days)))
    else {
        return Ok(());
    };
    if let Some(from) = query.from.filter(|from| last < *from) {
        return Err(day("from", from).contradicts("period", &preset));
    }
    if let Some(to) = query.to.filter(|to| *to < first) {
        return Err(day("to", to).contradicts("period", &preset));
    }
    query.from = Some(query.from.map_or(first, |from| from.max(first)));
    query.to = Some(query.to.map_or(last, |to| to.min(last)));
    Ok(())
}

fn is_known(name: &str) -> bool {
    IGNORED.contains(&name)
        || matches!(name, "by" | "from" | "to" | "period" | SMALL)
        || name.parse::<Cut>().is_ok()
}

fn take(query: &mut TotalsQuery, name: &str, value: &str) -> Option<()> {
    match name {
        "by" => value
            .split(',')
            .try_for_each(|cut| push(&mut query.by, cut.trim())),
        "from" => values::date(value).ok().map(|date| query.from = Some(date)),
        "to" => values::date(value).ok().map(|date| query.to = Some(date)),
        "period" => take_period(query, value),
        "program" => push(&mut query.programs, value),
        "course" => push(&mut query.courses, value),
        "edition" => push(&mut query.editions, value),
        "kind" => push(&mut query.kinds, value),
        "modality" => push(&mut query.modalities, value),
        "month" => push(&mut query.months, value),
        "sector" => push(&mut query.sectors, value),
        "institution" => push(&mut query.institutions, value),
        "department" => department(value).map(|department| query.departments.push(department)),
        "sex" => push(&mut query.sexes, value),
        SMALL => (value == WITHHELD).then(|| query.withholds_small = true),
        _ => None,
    }
}

/// Adds a value once.
fn push<T: FromStr + PartialEq>(list: &mut Vec<T>, value: &str) -> Option<()> {
    let value = value.parse().ok()?;
    if !list.contains(&value) {
        list.push(value);
    }
    Some(())
}

fn take_period(query: &mut TotalsQuery, value: &str) -> Option<()> {
    period(value)?;
    query.period = Some(value.to_owned());
    Some(())
}

/// The days of a preset: `cy2022` is a calendar year, `fy2022` a fiscal year of the United States,
/// which begins on 1 October of the year before.
pub fn period(preset: &str) -> Option<(NaiveDate, NaiveDate)> {
    let (kind, year) = preset.split_at_checked(2)?;
    let year: i32 = year
        .parse()
        .ok()
        .filter(|year| (1991..=2100).contains(year))?;
    let day = NaiveDate::from_ymd_opt;
    match kind {
        "cy" => Some((day(year, 1, 1)?, day(year, 12, 31)?)),
        "fy" => Some((day(year - 1, 10, 1)?, day(year, 9, 30)?)),
        _ => None,
    }
}

/// The year of a day in fiscal years of the United States.
pub fn fiscal_year(day: NaiveDate) -> i32 {
    day.year() + i32::from(day.month() >= 10)
}

/// The presets offered, of both kinds: from this year back to that of the `first` day that anything
/// was held on, the latest first; and the `chosen` one, wherever it lies.
pub fn presets(first: NaiveDate, today: NaiveDate, chosen: Option<&str>) -> Vec<String> {
    let first = first.min(today);
    let years = |kind: &'static str, from: i32, to: i32| {
        let known = (from..=to).rev().map(move |year| format!("{kind}{year}"));
        known.filter(|preset| period(preset).is_some())
    };
    let mut presets: Vec<String> = years("cy", first.year(), today.year())
        .chain(years("fy", fiscal_year(first), fiscal_year(today)))
        .collect();
    if let Some(chosen) = chosen.filter(|chosen| !presets.iter().any(|known| known == chosen)) {
        presets.push(chosen.to_owned());
    }
    presets
}

/// A department by its code or its name.
fn department(value: &str) -> Option<Department> {
    let folded = values::fold(value);
    let by_name = || {
        Department::ALL
            .iter()
            .copied()
            .find(|found| values::fold(found.name()) == folded)
    };
    value.parse().ok().or_else(by_name)
}

impl FromStr for Month {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, month) = text.split_once('-').ok_or(())?;
        let parsed = Self {
            year: year.parse().map_err(|_| ())?,
            month: month.parse().map_err(|_| ())?,
        };
        let sound = (1..=12).contains(&parsed.month) && parsed.to_string() == text;
        if sound { Ok(parsed) } else { Err(()) }
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Sector;

    fn pairs(query: &str) -> Vec<(String, String)> {
        form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect()
    }

    #[test]
    fn everything_is_read() {
        let query = parse(&pairs("by=sector,sex&period=fy2022&sector=police&sector=judiciary&program=1&department=16&department=Cusco&month=2022-03&lang=en&kind=&small=withheld"))
            .expect("sound");
        assert_eq!(query.by, [Cut::Sector, Cut::Sex]);
        assert!(query.withholds_small);
        assert_eq!(query.sectors, [Sector::Police, Sector::Judiciary]);
        assert_eq!(query.departments, [Department::Loreto, Department::Cusco]);
        assert_eq!(
            query.months,
            [Month {
                year: 2022,
                month: 3
            }]
        );
        assert_eq!(
            query.from.map(|day| day.to_string()).as_deref(),
            Some("2021-10-01")
        );
        assert_eq!(
            query.to.map(|day| day.to_string()).as_deref(),
            Some("2022-09-30")
        );
    }

    #[test]
    fn slips_are_named() {
        let cases = [
            ("colour=red", "colour"),
            ("colour=", "colour"),
            ("by=sector,colour", "by"),
            ("from=2022-02-30", "from"),
            ("from=2022-02-02&to=2022-02-01", "to"),
            ("period=xy2022", "period"),
            ("period=ñ", "period"),
            ("period=cy20222", "period"),
            ("program=01", "program"),
            ("program=x", "program"),
            ("month=2022-13", "month"),
            ("month=2022-3", "month"),
            ("department=26", "department"),
            ("sex=F", "sex"),
            ("small=shown", "small"),
        ];
        for (query, name) in cases {
            assert_eq!(
                parse(&pairs(query)).map_err(|bad| bad.name),
                Err(name.to_owned()),
                "{query}"
            );
        }
    }

    #[test]
    fn two_that_leave_no_day_are_both_named() {
        let bad = |name: &str, value: &str, other: (&str, &str)| {
            Err(BadParameter::unknown(name, value).contradicts(other.0, other.1))
        };
        for (query, expected) in [
            (
                "from=2022-02-02&to=2022-02-01",
                bad("to", "2022-02-01", ("from", "2022-02-02")),
            ),
            (
                "from=2024-01-01&period=cy2022",
                bad("from", "2024-01-01", ("period", "cy2022")),
            ),
            (
                "period=fy2022&to=2021-09-30",
                bad("to", "2021-09-30", ("period", "fy2022")),
            ),
            (
                "period=fy2022&period=cy2022",
                bad("period", "cy2022", ("period", "fy2022")),
            ),
            (
                "from=2022-01-01&from=2022-02-01",
                bad("from", "2022-02-01", ("from", "2022-01-01")),
            ),
        ] {
            assert_eq!(parse(&pairs(query)), expected, "{query}");
        }
    }

    #[test]
    fn a_preset_narrows_the_days_in_any_order() {
        let day = |day: &str| Some(day.parse::<NaiveDate>().expect("a day"));
        for query in [
            "period=cy2022&from=2021-05-01&to=2022-06-30",
            "from=2021-05-01&to=2022-06-30&period=cy2022",
        ] {
            let query = parse(&pairs(query)).expect("sound");
            assert_eq!(
                (query.from, query.to),
                (day("2022-01-01"), day("2022-06-30"))
            );
        }
    }

    #[test]
    fn the_fiscal_year_turns_in_october() {
        let presets = |today: &str| {
            let day = |day: &str| day.parse::<NaiveDate>().expect("a day");
            super::presets(day("2025-11-30"), day(today), None)
        };
        assert_eq!(presets("2026-09-30"), ["cy2026", "cy2025", "fy2026"]);
        assert!(presets("2026-10-01").contains(&"fy2027".to_owned()));
    }

    #[test]
    fn the_years_offered_reach_back_to_the_first_and_hold_the_chosen_one() {
        let day = |day: &str| day.parse::<NaiveDate>().expect("a day");
        let offered = super::presets(day("2016-03-01"), day("2027-01-01"), Some("cy2014"));
        for preset in ["cy2016", "fy2016", "cy2022", "fy2027", "cy2014"] {
            assert!(offered.contains(&preset.to_owned()), "{preset}");
        }
        assert!(!offered.contains(&"cy2015".to_owned()));
        let twice = super::presets(day("2026-03-01"), day("2026-03-01"), Some("cy2026"));
        assert_eq!(twice, ["cy2026", "fy2026"]);
    }
}

//! Reads the query of totals: the same for page and exports, and strict, so that a slip never
//! counts something else than was meant.

use std::str::FromStr;

use chrono::{Datelike as _, NaiveDate};

use super::model::{Cut, Month, TotalsQuery};
use crate::{people::Department, values};

/// A parameter or value that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadParameter {
    /// Its name.
    pub name: String,
    /// What it held.
    pub value: String,
}

/// Parameters that have nothing to do with what is counted.
const IGNORED: &[&str] = &["lang", "kept"];

/// Parses the pairs behind the question mark. Blank values are fields left empty.
pub fn parse(pairs: &[(String, String)]) -> Result<TotalsQuery, BadParameter> {
    let mut query = TotalsQuery::default();
    for (name, value) in pairs {
        let value = value.trim();
        if value.is_empty() || IGNORED.contains(&name.as_str()) {
            // A blank value of an unknown parameter is still a slip.
            if value.is_empty() && !is_known(name) {
                return Err(bad(name, value));
            }
            continue;
        }
        take(&mut query, name, value).ok_or_else(|| bad(name, value))?;
    }
    if let (Some(from), Some(to)) = (query.from, query.to)
        && to < from
    {
        return Err(bad("to", &to.to_string()));
    }
    Ok(query)
}

fn bad(name: &str, value: &str) -> BadParameter {
    BadParameter {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

fn is_known(name: &str) -> bool {
    IGNORED.contains(&name)
        || matches!(name, "by" | "from" | "to" | "period")
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
    let (from, to) = period(value)?;
    query.from = Some(query.from.map_or(from, |other| other.max(from)));
    query.to = Some(query.to.map_or(to, |other| other.min(to)));
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

/// The presets offered: this and the four years before, of both kinds.
pub fn presets(today: NaiveDate) -> Vec<String> {
    let fiscal = if today.month() >= 10 {
        today.year() + 1
    } else {
        today.year()
    };
    let years =
        |kind: &'static str, last: i32| (0..5).map(move |back| format!("{kind}{}", last - back));
    years("cy", today.year())
        .chain(years("fy", fiscal))
        .collect()
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
        let query = parse(&pairs("by=sector,sex&period=fy2022&sector=police&sector=judiciary&program=1&department=16&department=Cusco&month=2022-03&lang=en&kind="))
            .expect("sound");
        assert_eq!(query.by, [Cut::Sector, Cut::Sex]);
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
    fn the_fiscal_year_turns_in_october() {
        let presets = |day: &str| super::presets(day.parse().expect("a day"));
        assert!(presets("2026-09-30").contains(&"fy2026".to_owned()));
        assert!(!presets("2026-09-30").contains(&"fy2027".to_owned()));
        assert!(presets("2026-10-01").contains(&"fy2027".to_owned()));
    }
}

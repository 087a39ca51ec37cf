//! Many sessions in one step: every Tuesday and Thursday, 9 to 13, for two weeks.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::session::{Bounds, NewSession, Setting, hours};
use crate::{
    error::{AppError, Fault, FormCheck},
    server::clock::from_lima,
    values::{Text, date},
};

/// Sessions that one series can add.
pub const MAX_SESSIONS: usize = 60;

/// What was typed about a series.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of the form, by their names")]
pub struct SeriesForm {
    pub title: String,
    pub modality: String,
    pub mon: String,
    pub tue: String,
    pub wed: String,
    pub thu: String,
    pub fri: String,
    pub sat: String,
    pub sun: String,
    pub from: String,
    pub until: String,
    pub start: String,
    pub end: String,
    pub planned_minutes: String,
    pub venue: String,
    pub meeting_link: String,
    pub facilitator: String,
}

impl SeriesForm {
    /// The days of the week that are ticked.
    fn weekdays(&self) -> Vec<Weekday> {
        let ticked = [
            (Weekday::Mon, &self.mon),
            (Weekday::Tue, &self.tue),
            (Weekday::Wed, &self.wed),
            (Weekday::Thu, &self.thu),
            (Weekday::Fri, &self.fri),
            (Weekday::Sat, &self.sat),
            (Weekday::Sun, &self.sun),
        ];
        ticked
            .into_iter()
            .filter_map(|(day, typed)| (!typed.is_empty()).then_some(day))
            .collect()
    }
}

/// The sessions of a series, within the days of their edition, numbered behind their title where
/// there are several.
pub fn parse(form: &SeriesForm, bounds: Bounds) -> Result<Vec<NewSession>, AppError> {
    let mut check = FormCheck::default();
    let title = check.field("title", Text::<190>::parse(&form.title));
    let setting = Setting::parse(
        &mut check,
        &form.modality,
        &form.venue,
        &form.meeting_link,
        &form.facilitator,
    );
    let days = days(&mut check, form, bounds);
    let hours = hours(&mut check, &form.start, &form.end, &form.planned_minutes);
    let (title, setting, days, hours) = check.finish((title, setting, days, hours))?;
    let several = days.len() > 1;
    let session = |(number, day): (usize, NaiveDate)| {
        let title = if several {
            format!("{} {number}", title.as_str())
        } else {
            title.as_str().to_owned()
        };
        NewSession {
            title: Text::parse(&title).expect("190 characters and a number fit into 200"),
            setting: setting.clone(),
            starts_at: from_lima(day.and_time(hours.start)),
            ends_at: from_lima(day.and_time(hours.end)),
            planned_minutes: hours.planned_minutes,
        }
    };
    Ok((1..).zip(days).map(session).collect())
}

fn days(check: &mut FormCheck, form: &SeriesForm, bounds: Bounds) -> Option<Vec<NaiveDate>> {
    let weekdays = form.weekdays();
    if weekdays.is_empty() {
        check.fault("mon", Fault::Missing);
    }
    let within = |typed: &str| date(typed).and_then(|day| bounds.check(day));
    let from = check.field("from", within(&form.from));
    let until = check.field("until", within(&form.until));
    let (from, until) = (from?, until?);
    if until < from {
        check.fault("until", Fault::EndBeforeStart);
        return None;
    }
    let days = dates(&weekdays, from, until);
    let found = match days.len() {
        0 if weekdays.is_empty() => return None,
        0 => Err(Fault::NoSuchDay),
        1..=MAX_SESSIONS => Ok(days),
        _ => Err(Fault::TooMany {
            max: i64::try_from(MAX_SESSIONS).unwrap_or(i64::MAX),
        }),
    };
    check.field("until", found)
}

/// The dates that fall on these days of the week, from the first day to the last, both included.
pub fn dates(weekdays: &[Weekday], from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
    from.iter_days()
        .take_while(|day| *day <= until)
        .filter(|day| weekdays.contains(&day.weekday()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn bounds() -> Bounds {
        Bounds {
            from: day("2027-03-01"),
            until: day("2027-12-31"),
        }
    }

    fn form() -> SeriesForm {
        SeriesForm {
            title: "Litigación".into(),
            modality: "live_online".into(),
            tue: "true".into(),
            thu: "true".into(),
            from: "2027-03-01".into(),
            until: "2027-03-14".into(),
            start: "09:00".into(),
            end: "13:00".into(),
            ..SeriesForm::default()
        }
    }

    #[test]
    fn every_tuesday_and_thursday_for_two_weeks() {
        let sessions = parse(&form(), bounds()).expect("sound");
        let shown: Vec<_> = sessions
            .iter()
            .map(|s| {
                (
                    s.title.as_str(),
                    s.starts_at.to_rfc3339(),
                    s.planned_minutes,
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("Litigación 1", "2027-03-02T14:00:00+00:00".to_owned(), 240),
                ("Litigación 2", "2027-03-04T14:00:00+00:00".to_owned(), 240),
                ("Litigación 3", "2027-03-09T14:00:00+00:00".to_owned(), 240),
                ("Litigación 4", "2027-03-11T14:00:00+00:00".to_owned(), 240),
            ]
        );
    }

    #[test]
    fn both_ends_are_included_and_years_turn() {
        let all = [
            Weekday::Mon,
            Weekday::Tue,
            Weekday::Wed,
            Weekday::Thu,
            Weekday::Fri,
            Weekday::Sat,
            Weekday::Sun,
        ];
        assert_eq!(dates(&all, day("2028-02-28"), day("2028-03-01")).len(), 3);
        assert_eq!(
            dates(&[Weekday::Fri], day("2027-12-31"), day("2028-01-07")),
            [day("2027-12-31"), day("2028-01-07")]
        );
        assert_eq!(
            dates(&[Weekday::Tue], day("2027-03-02"), day("2027-03-02")),
            [day("2027-03-02")]
        );
        assert!(dates(&[Weekday::Wed], day("2027-03-02"), day("2027-03-02")).is_empty());
    }

    #[test]
    fn one_session_bears_no_number() {
        let one = SeriesForm {
            until: "2027-03-03".into(),
            ..form()
        };
        let sessions = parse(&one, bounds()).expect("sound");
        assert_eq!(sessions.len(), 1);
        assert_eq!(sessions[0].title.as_str(), "Litigación");
    }

    #[test]
    fn what_is_refused() {
        let no_day = SeriesForm {
            tue: String::new(),
            thu: String::new(),
            ..form()
        };
        let cases = [
            (no_day, "mon", Fault::Missing),
            (
                SeriesForm {
                    until: "2027-02-28".into(),
                    ..form()
                },
                "until",
                Fault::OutsideEdition,
            ),
            (
                SeriesForm {
                    from: "2027-02-28".into(),
                    ..form()
                },
                "from",
                Fault::OutsideEdition,
            ),
            (
                SeriesForm {
                    from: "2027-03-15".into(),
                    ..form()
                },
                "until",
                Fault::EndBeforeStart,
            ),
            (
                SeriesForm {
                    until: "2027-03-01".into(),
                    ..form()
                },
                "until",
                Fault::NoSuchDay,
            ),
            (
                SeriesForm {
                    until: "2027-12-31".into(),
                    ..form()
                },
                "until",
                Fault::TooMany { max: 60 },
            ),
            (
                SeriesForm {
                    end: "09:00".into(),
                    ..form()
                },
                "end",
                Fault::EndBeforeStart,
            ),
            (
                SeriesForm {
                    title: "a".repeat(191),
                    ..form()
                },
                "title",
                Fault::TooLong { max: 190 },
            ),
        ];
        for (form, field, fault) in cases {
            let refused = Err(AppError::field(field, fault));
            assert_eq!(parse(&form, bounds()), refused, "{form:?}");
        }
    }
}

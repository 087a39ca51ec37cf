//! A session as it is typed: one that meets, or one that is studied at one's own pace.

#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    courses::{Modality, edition::VenueName},
    error::{AppError, Fault, FormCheck},
    people::PersonId,
    server::clock::from_lima,
    values::{Text, chosen, date, optional, time, whole_number},
};

/// The most minutes that a session can be worth.
pub const MAX_MINUTES: i64 = 6000;

/// What was typed about a session that meets.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of the form, by their names")]
pub struct MeetingForm {
    pub title: String,
    pub modality: String,
    pub date: String,
    pub start: String,
    pub end: String,
    pub planned_minutes: String,
    pub venue: String,
    pub meeting_link: String,
    pub facilitator: String,
}

/// What was typed about a session studied at one's own pace.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of the form, by their names")]
pub struct UnitForm {
    pub title: String,
    pub opens_on: String,
    pub closes_on: String,
    pub planned_minutes: String,
}

/// The days of the edition that a session must lie in, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

impl Bounds {
    /// The day, if it is one of these.
    pub fn check(self, day: NaiveDate) -> Result<NaiveDate, Fault> {
        if (self.from..=self.until).contains(&day) {
            Ok(day)
        } else {
            Err(Fault::OutsideEdition)
        }
    }
}

/// Where a session is held and who teaches it: what all sessions of a series share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// How it is held; never self-paced where it meets.
    pub modality: Modality,
    /// Its own venue; none: the edition's.
    pub venue: Option<VenueName>,
    /// Where it meets online.
    pub meeting_link: Option<MeetingLink>,
    /// Who teaches it; none: everyone who teaches the edition.
    pub facilitator: Option<PersonId>,
}

/// A session, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// What it is about.
    pub title: Text<200>,
    /// Where and by whom.
    pub setting: Setting,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// What attending all of it is worth, in minutes.
    pub planned_minutes: i64,
}

impl NewSession {
    /// Parses a session that meets, within the days of its edition.
    pub fn meeting(form: &MeetingForm, bounds: Bounds) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let title = check.field("title", Text::parse(&form.title));
        let setting = Setting::parse(
            &mut check,
            &form.modality,
            &form.venue,
            &form.meeting_link,
            &form.facilitator,
        );
        let day = check.field("date", date(&form.date).and_then(|day| bounds.check(day)));
        let hours = hours(&mut check, &form.start, &form.end, &form.planned_minutes);
        let (title, setting, day, hours) = check.finish((title, setting, day, hours))?;
        Ok(Self {
            title,
            setting,
            starts_at: from_lima(day.and_time(hours.start)),
            ends_at: from_lima(day.and_time(hours.end)),
            planned_minutes: hours.planned_minutes,
        })
    }

    /// Parses a session studied at one's own pace: open from the beginning of its first day to the
    /// last minute of its last.
    pub fn unit(form: &UnitForm, bounds: Bounds) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let title = check.field("title", Text::parse(&form.title));
        let opens = check.field(
            "opens_on",
            date(&form.opens_on).and_then(|day| bounds.check(day)),
        );
        let closes = check.field(
            "closes_on",
            date(&form.closes_on).and_then(|day| bounds.check(day)),
        );
        if let (Some(opens), Some(closes)) = (opens, closes)
            && closes < opens
        {
            check.fault("closes_on", Fault::EndBeforeStart);
        }
        let minutes = check.field(
            "planned_minutes",
            whole_number(&form.planned_minutes, 1, MAX_MINUTES),
        );
        let (title, opens, closes, planned_minutes) =
            check.finish((title, opens, closes, minutes))?;
        let last_minute = NaiveTime::from_hms_opt(23, 59, 0).expect("a time of day");
        Ok(Self {
            title,
            setting: Setting {
                modality: Modality::SelfPaced,
                venue: None,
                meeting_link: None,
                facilitator: None,
            },
            starts_at: from_lima(opens.and_time(NaiveTime::MIN)),
            ends_at: from_lima(closes.and_time(last_minute)),
            planned_minutes,
        })
    }
}

impl Setting {
    /// Parses what the sessions of one form share.
    pub fn parse(
        check: &mut FormCheck,
        modality: &str,
        venue: &str,
        meeting_link: &str,
        facilitator: &str,
    ) -> Option<Self> {
        let modality = check.field("modality", chosen(modality).and_then(meets));
        let venue = check.field("venue", optional(venue, VenueName::parse));
        let meeting_link = check.field("meeting_link", optional(meeting_link, MeetingLink::parse));
        let facilitator = check.field("facilitator", optional(facilitator, chosen));
        Some(Self {
            modality: modality?,
            venue: venue?,
            meeting_link: meeting_link?,
            facilitator: facilitator?,
        })
    }
}

fn meets(modality: Modality) -> Result<Modality, Fault> {
    if modality == Modality::SelfPaced {
        Err(Fault::UnknownChoice)
    } else {
        Ok(modality)
    }
}

/// From when to when, and what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// When it begins, in Lima.
    pub start: NaiveTime,
    /// When it ends, in Lima.
    pub end: NaiveTime,
    /// What it is worth: as typed, else its length.
    pub planned_minutes: i64,
}

/// Parses the hours of a session that meets: it ends after it begins, on the same day, and is
/// worth no more than it lasts.
pub fn hours(check: &mut FormCheck, start: &str, end: &str, minutes: &str) -> Option<Hours> {
    let start = check.field("start", time(start));
    let end = check.field("end", time(end));
    let (start, end) = (start?, end?);
    let length = (end - start).num_minutes();
    if length < 1 {
        check.fault("end", Fault::EndBeforeStart);
        return None;
    }
    let minutes = check.field(
        "planned_minutes",
        optional(minutes, |typed| whole_number(typed, 1, length)),
    )?;
    Some(Hours {
        start,
        end,
        planned_minutes: minutes.unwrap_or(length),
    })
}

/// Where a session meets online: an address that begins with `https://`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingLink(Text<500>);

impl MeetingLink {
    /// Parses what was typed.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let text = Text::<500>::parse(typed)?;
        let host = text.as_str().strip_prefix("https://");
        let host = host.and_then(|rest| rest.split(['/', '?', '#']).next());
        let sound = host.is_some_and(|host| host.contains('.') && !host.starts_with('.'))
            && !text.as_str().contains([' ', '<', '>', '"', '\\', '@']);
        if sound {
            Ok(Self(text))
        } else {
            Err(Fault::NotALink)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

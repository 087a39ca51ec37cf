//! What arrives in forms, parsed into what the operations take.

use std::{collections::BTreeMap, str::FromStr};

use super::{
    ClientKey, MarkId, MarkSource, MarkStatus,
    operations::{MarkReason, NewMark, Statement},
};
use crate::{
    enrolment::EnrolmentId,
    error::{AppError, Fault, FormCheck},
    values::{chosen, optional},
};

/// An id that a form carries unseen: anything else is nothing that could be found.
pub(super) fn hidden_id<T: FromStr<Err = Fault>>(typed: &str) -> Result<T, AppError> {
    chosen(typed).map_err(|_| AppError::NotFound)
}

/// Minutes as they are typed; which of them a mark can have is for the operation to say.
fn whole_minutes(typed: &str) -> Result<i64, Fault> {
    typed.trim().parse().map_err(|_| Fault::NotANumber)
}

/// One cell as it is posted.
#[derive(Clone, Copy, Debug)]
pub(super) struct CellForm<'a> {
    pub enrolment: &'a str,
    pub session: &'a str,
    pub status: &'a str,
    pub minutes: &'a str,
    pub seen: &'a str,
    pub reason: &'a str,
}

impl CellForm<'_> {
    /// From a form that a person fills in: nothing typed in it is passed over.
    pub fn parse(self) -> Result<NewMark, AppError> {
        let new = self.read()?;
        if new.minutes.is_some() && new.status != MarkStatus::Partial {
            return Err(AppError::field("minutes", Fault::MinutesBesideMark));
        }
        Ok(new)
    }

    fn read(self) -> Result<NewMark, AppError> {
        let mut check = FormCheck::default();
        let status = check.field("status", chosen::<MarkStatus>(self.status));
        let seen = check.field("seen", optional(self.seen, chosen::<MarkId>));
        let minutes = check.field("minutes", optional(self.minutes, whole_minutes));
        let reason = check.field("reason", optional(self.reason, MarkReason::parse));
        let (status, seen, minutes, reason) = check.finish((status, seen, minutes, reason))?;
        Ok(NewMark {
            enrolment: hidden_id(self.enrolment)?,
            session: hidden_id(self.session)?,
            status,
            minutes,
            source: MarkSource::Form,
            client_key: None,
            seen,
            reason,
        })
    }

    /// From the grid, which names each mark by a key.
    pub fn parse_for_grid(self, key: &str) -> Result<NewMark, AppError> {
        let key = ClientKey::parse(key).map_err(|fault| AppError::field("key", fault))?;
        Ok(NewMark {
            source: MarkSource::Grid,
            client_key: Some(key),
            ..self.read()?
        })
    }
}

/// The lines of a session's form, in the order of the enrolments: `mark-17`, `minutes-17`,
/// `seen-17`. A line without a choice and without minutes says nothing; minutes alone say
/// partial attendance. What minutes beside a choice say depends on what the page showed, which the
/// operation knows.
pub(super) fn statements(fields: &BTreeMap<String, String>) -> Result<Vec<Statement>, AppError> {
    let value = |kind: &str, enrolment: EnrolmentId| {
        let field = fields.get(&format!("{kind}-{enrolment}"));
        field.map_or("", |value| value.trim())
    };
    let mut check = FormCheck::default();
    let mut statements = Vec::new();
    for name in fields.keys() {
        let Some(number) = name.strip_prefix("seen-") else {
            continue;
        };
        let enrolment: EnrolmentId = hidden_id(number)?;
        let (mark, minutes) = (value("mark", enrolment), value("minutes", enrolment));
        if mark.is_empty() && minutes.is_empty() {
            continue;
        }
        let status = if mark.is_empty() {
            Some(MarkStatus::Partial)
        } else {
            check.field(&format!("mark-{enrolment}"), chosen(mark))
        };
        let seen = optional(value("seen", enrolment), chosen::<MarkId>);
        let seen = check.field(&format!("mark-{enrolment}"), seen);
        let minutes = optional(minutes, whole_minutes);
        let minutes = check.field(&format!("minutes-{enrolment}"), minutes);
        if let (Some(status), Some(seen), Some(minutes)) = (status, seen, minutes) {
            statements.push(Statement {
                enrolment,
                status,
                minutes,
                seen,
            });
        }
    }
    check.finish((Some(statements),)).map(|(lines,)| lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(body: &[(&str, &str)]) -> Result<Vec<Statement>, AppError> {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        statements(&body.iter().map(own).collect())
    }

    fn line(enrolment: i64, status: MarkStatus, minutes: Option<i64>, seen: i64) -> Statement {
        Statement {
            enrolment: EnrolmentId::new(enrolment),
            status,
            minutes,
            seen: (seen > 0).then(|| MarkId::new(seen)),
        }
    }

    #[test]
    fn lines_are_put_together() {
        let body = [
            ("mark-1", "present"),
            ("minutes-1", ""),
            ("seen-1", "9"),
            ("minutes-2", ""),
            ("seen-2", ""),
            ("minutes-3", " 90 "),
            ("seen-3", ""),
            ("mark-4", "partial"),
            ("minutes-4", " "),
            ("seen-4", ""),
            // Minutes beside a choice are not lost.
            ("mark-6", "present"),
            ("minutes-6", "30"),
            ("seen-6", "8"),
            // Without what was seen there is no line.
            ("mark-5", "present"),
            ("other", "1"),
        ];
        let expected = vec![
            line(1, MarkStatus::Present, None, 9),
            line(3, MarkStatus::Partial, Some(90), 0),
            line(4, MarkStatus::Partial, None, 0),
            line(6, MarkStatus::Present, Some(30), 8),
        ];
        assert_eq!(parsed(&body), Ok(expected));
        assert_eq!(parsed(&[]), Ok(vec![]));
    }

    #[test]
    fn every_fault_is_named() {
        let body = [
            ("mark-1", "here"),
            ("seen-1", ""),
            ("mark-2", "present"),
            ("seen-2", "x"),
            ("mark-3", "present"),
            ("minutes-3", "abc"),
            ("seen-3", ""),
        ];
        let Err(AppError::Invalid(faults)) = parsed(&body) else {
            panic!("taken");
        };
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["mark-1", "mark-2", "minutes-3"]);
        assert_eq!(parsed(&[("seen-x", "")]), Err(AppError::NotFound));
    }
}

//! The way through a session: which step is next, and which may be done.

use chrono::{DateTime, Utc};

use super::StepId;
use crate::{
    courses::EditionState,
    error::{AppError, Reason},
};

/// The steps of a session in their order, as one learner stands to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// Every step and whether it is done.
    pub steps: Vec<(StepId, bool)>,
    /// Whether the session was credited: it stays so whatever is added to it.
    pub credited: bool,
    /// Whether steps may be done now.
    pub open: bool,
}

/// What doing a step would mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// It is done already: nothing.
    Again,
    /// It is the next one.
    Now,
}

impl Trail {
    /// The first step that is not done.
    pub fn next(&self) -> Option<StepId> {
        let open = self.steps.iter().find(|(_, done)| !done);
        open.map(|(step, _)| *step)
    }

    /// How many steps are done.
    pub fn done(&self) -> usize {
        self.steps.iter().filter(|(_, done)| *done).count()
    }

    /// Whether all there is to do is done.
    pub fn is_complete(&self) -> bool {
        !self.steps.is_empty() && self.next().is_none()
    }

    /// Whether the learner has finished: credited, or everything done.
    pub fn is_finished(&self) -> bool {
        self.credited || self.is_complete()
    }

    /// Whether the step may be looked at: it is done, or it is the next one and may be done now.
    pub fn may_read(&self, step: StepId) -> bool {
        self.doing(step).is_ok()
    }

    /// Whether the step may be done. A step that is done is done for good, even when the session
    /// has closed.
    pub fn doing(&self, step: StepId) -> Result<Doing, AppError> {
        let found = self.steps.iter().find(|(other, _)| *other == step);
        let (_, done) = found.ok_or(AppError::NotFound)?;
        if *done {
            Ok(Doing::Again)
        } else if !self.open {
            Err(Reason::SessionNotOpen.into())
        } else if self.next() == Some(step) {
            Ok(Doing::Now)
        } else {
            Err(Reason::EarlierStepOpen.into())
        }
    }

    /// Takes note that a step is done.
    pub fn mark(&mut self, step: StepId) {
        for (other, done) in &mut self.steps {
            *done = *done || *other == step;
        }
    }

    /// The step before this one and the step after it.
    pub fn neighbours(&self, step: StepId) -> (Option<StepId>, Option<StepId>) {
        let at = self.steps.iter().position(|(other, _)| *other == step);
        let step_at = |index: usize| self.steps.get(index).map(|(step, _)| *step);
        match at {
            Some(at) => (at.checked_sub(1).and_then(step_at), step_at(at + 1)),
            None => (None, None),
        }
    }
}

/// Whether the steps of a session may be done: the session is open, both ends included, and its
/// edition is under way.
pub fn is_open(
    state: EditionState,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> bool {
    matches!(state, EditionState::Enrolling | EditionState::Running)
        && (starts_at..=ends_at).contains(&now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;

    fn trail(done: &[bool], open: bool) -> Trail {
        let steps = (1..).map(StepId::new).zip(done.iter().copied());
        Trail {
            steps: steps.collect(),
            credited: false,
            open,
        }
    }

    #[test]
    fn steps_are_done_in_their_order_while_the_session_is_open() {
        let early = || Err(Reason::EarlierStepOpen.into());
        let closed = || Err(Reason::SessionNotOpen.into());
        let none = || Err(AppError::NotFound);
        for (done, open, step, expected) in [
            (&[false, false][..], true, 1, Ok(Doing::Now)),
            (&[false, false], true, 2, early()),
            (&[true, false], true, 1, Ok(Doing::Again)),
            (&[true, false], true, 2, Ok(Doing::Now)),
            // A step that was put before others that are done.
            (&[false, true, false], true, 2, Ok(Doing::Again)),
            (&[false, true, false], true, 3, early()),
            (&[true, false], false, 1, Ok(Doing::Again)),
            (&[true, false], false, 2, closed()),
            (&[true, true], true, 3, none()),
            (&[], true, 1, none()),
        ] {
            let found = trail(done, open).doing(StepId::new(step));
            assert_eq!(found, expected, "{done:?}, open: {open}, step {step}");
        }
    }

    #[test]
    fn a_session_without_steps_is_never_finished() {
        assert!(!trail(&[], true).is_finished());
        assert!(trail(&[true, true], true).is_finished());
        let added_later = Trail {
            credited: true,
            ..trail(&[true, false], true)
        };
        assert!(added_later.is_finished() && !added_later.is_complete());
        assert_eq!(added_later.next(), Some(StepId::new(2)));
    }

    #[test]
    fn neighbours_end_at_the_ends() {
        let trail = trail(&[true, false, false], true);
        let step = StepId::new;
        assert_eq!(trail.neighbours(step(1)), (None, Some(step(2))));
        assert_eq!(trail.neighbours(step(2)), (Some(step(1)), Some(step(3))));
        assert_eq!(trail.neighbours(step(3)), (Some(step(2)), None));
        assert_eq!(trail.neighbours(step(4)), (None, None));
    }

    #[test]
    fn a_session_is_open_from_its_beginning_to_its_end() {
        let from = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        let to = from + Duration::hours(1);
        let second = Duration::seconds(1);
        for (state, now, open) in [
            (EditionState::Running, from, true),
            (EditionState::Enrolling, to, true),
            (EditionState::Running, from - second, false),
            (EditionState::Running, to + second, false),
            (EditionState::Draft, from, false),
            (EditionState::Announced, from, false),
            (EditionState::Closed, from, false),
            (EditionState::Cancelled, from, false),
        ] {
            assert_eq!(is_open(state, from, to, now), open, "{state} {now}");
        }
    }
}

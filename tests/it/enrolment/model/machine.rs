//! The model: seats, a waiting list and who is in which state, in a few lines.

use proptest::prelude::*;

use super::PEOPLE;

/// The administrator among the people.
const ADMINISTRATOR: usize = 0;

/// The coordinator of the edition's program.
const COORDINATOR: usize = 2;

#[derive(Clone, Debug)]
pub enum Step {
    /// Asks for a seat.
    Request(usize),
    /// Withdraws the latest enrolment.
    Withdraw(usize),
    /// The coordinator withdraws the latest enrolment.
    WithdrawOther(usize),
    /// The coordinator enrols somebody.
    EnrolOther(usize),
    /// The coordinator approves the latest enrolments of several people at once.
    Approve(Vec<usize>),
    /// The coordinator declines the latest enrolment.
    Decline(usize),
    /// Seats are added or taken away, even from people who hold one.
    Seats(Option<usize>),
    /// The coordinator gives the edition another number of seats.
    Edit(Option<usize>),
    /// Approval is needed from now on, or not.
    Approval(bool),
    /// The coordinator fills free seats.
    Fill,
    /// Time passes.
    Wait,
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let person = 0..PEOPLE.len();
    let step = prop_oneof![
        4 => person.clone().prop_map(Step::Request),
        3 => person.clone().prop_map(Step::Withdraw),
        1 => person.clone().prop_map(Step::WithdrawOther),
        2 => person.clone().prop_map(Step::EnrolOther),
        2 => prop::collection::vec(person.clone(), 1..4).prop_map(Step::Approve),
        1 => person.prop_map(Step::Decline),
        2 => prop::option::weighted(0.9, 0_usize..4).prop_map(Step::Seats),
        2 => prop::option::weighted(0.9, 0_usize..6).prop_map(Step::Edit),
        1 => any::<bool>().prop_map(Step::Approval),
        1 => Just(Step::Fill),
        2 => Just(Step::Wait),
    ];
    prop::collection::vec(step, 1..24)
}

/// One enrolment of the model; its place in the list of all is the order of the requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: i64,
    pub person: usize,
    pub state: &'static str,
    /// When the state was entered.
    since: i64,
}

#[derive(Debug)]
pub struct Model {
    pub seats: Option<usize>,
    pub approval: bool,
    pub now: i64,
    pub entries: Vec<Entry>,
}

impl Model {
    pub fn new() -> Self {
        let first = Entry {
            id: 1,
            person: 3,
            state: "enrolled",
            since: 0,
        };
        Self {
            seats: Some(2),
            approval: false,
            now: 1,
            entries: vec![first],
        }
    }

    fn latest(&mut self, person: usize) -> Option<usize> {
        self.entries
            .iter()
            .rposition(|entry| entry.person == person)
    }

    fn is_active(&self, person: usize) -> bool {
        let active = ["requested", "enrolled", "waiting"];
        self.entries
            .iter()
            .any(|entry| entry.person == person && active.contains(&entry.state))
    }

    pub fn enrolled(&self) -> usize {
        let enrolled = |entry: &&Entry| entry.state == "enrolled";
        self.entries.iter().filter(enrolled).count()
    }

    fn has_seat(&self) -> bool {
        self.seats.is_none_or(|seats| self.enrolled() < seats)
    }

    fn fill(&mut self) {
        while self.has_seat() {
            let waiting = self
                .entries
                .iter_mut()
                .filter(|entry| entry.state == "waiting");
            let Some(next) = waiting.min_by_key(|entry| (entry.since, entry.id)) else {
                return;
            };
            next.state = "enrolled";
            next.since = self.now;
        }
    }

    fn place(&mut self) -> &'static str {
        self.fill();
        if self.has_seat() {
            "enrolled"
        } else {
            "waiting"
        }
    }

    fn add(&mut self, person: usize, state: &'static str) -> bool {
        let last = self.entries.iter().map(|entry| entry.id).max().unwrap_or(0);
        self.entries.push(Entry {
            id: last.max(3) + 1,
            person,
            state,
            since: self.now,
        });
        true
    }

    /// Takes one step of somebody; `false`: refused, and nothing changed.
    pub fn take(&mut self, step: &Step) -> bool {
        match step {
            Step::Request(person) | Step::EnrolOther(person) if self.is_active(*person) => false,
            // Who works for the edition takes no part in it, an administrator not by themselves.
            Step::Request(ADMINISTRATOR | COORDINATOR) | Step::EnrolOther(COORDINATOR) => false,
            Step::Request(person) if self.approval => self.add(*person, "requested"),
            Step::Request(person) | Step::EnrolOther(person) => {
                let place = self.place();
                self.add(*person, place)
            }
            Step::Withdraw(person) | Step::WithdrawOther(person) => {
                self.leave(*person, &["requested", "waiting", "enrolled"], "withdrawn")
            }
            Step::Decline(person) => self.leave(*person, &["requested", "waiting"], "declined"),
            Step::Approve(people) => self.approve(people),
            Step::Fill => {
                self.fill();
                true
            }
            Step::Edit(seats) if seats.is_some_and(|seats| seats < self.enrolled()) => false,
            Step::Edit(seats) => {
                self.seats = *seats;
                self.fill();
                true
            }
            Step::Seats(_) | Step::Approval(_) | Step::Wait => unreachable!("not a request"),
        }
    }

    fn leave(&mut self, person: usize, from: &[&str], to: &'static str) -> bool {
        let Some(index) = self.latest(person) else {
            return false;
        };
        let entry = &mut self.entries[index];
        if !from.contains(&entry.state) {
            return false;
        }
        entry.state = to;
        entry.since = self.now;
        self.fill();
        true
    }

    /// In the order of the requests, which is that of the ids here.
    fn approve(&mut self, people: &[usize]) -> bool {
        let mut indices: Vec<usize> = people.iter().filter_map(|one| self.latest(*one)).collect();
        let chosen = indices.len();
        indices.sort_unstable();
        indices.dedup();
        let mut refused = 0;
        for &index in &indices {
            match self.entries[index].state {
                "requested" => {
                    let place = self.place();
                    self.entries[index].state = place;
                    self.entries[index].since = self.now;
                }
                "waiting" => self.fill(),
                _ => refused += 1,
            }
        }
        if chosen == 0 || (chosen == 1 && refused == 1) {
            return false;
        }
        self.fill();
        true
    }
}

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
    /// The coordinator sets how many seats are kept for a group, and how many it may take.
    SetQuota(usize, Quota),
    /// The coordinator removes a group's quota.
    RemoveQuota(usize),
    /// Free seats are offered from now on, or given at once.
    Offers(bool),
    /// Answers an offer under its link.
    Answer(usize, bool),
    /// The time of every offer is over.
    EndOffers,
    /// Time passes.
    Wait,
}

/// Seats that are kept, and the most.
pub type Quota = (usize, Option<usize>);

/// Groups that may have a quota, as forms name them, with their kind and who belongs to them.
pub const GROUPS: [(&str, char, &[usize]); 4] = [
    ("sex:f", 'x', &[0, 2, 3, 4]),
    ("sex:m", 'x', &[1, 5]),
    ("sector:prosecution", 's', &[3]),
    ("sector:police", 's', &[4]),
];

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let person = 0..PEOPLE.len();
    let step = prop_oneof![
        4 => person.clone().prop_map(Step::Request),
        3 => person.clone().prop_map(Step::Withdraw),
        1 => person.clone().prop_map(Step::WithdrawOther),
        2 => person.clone().prop_map(Step::EnrolOther),
        2 => prop::collection::vec(person.clone(), 1..4).prop_map(Step::Approve),
        1 => person.clone().prop_map(Step::Decline),
        2 => prop::option::weighted(0.9, 0_usize..4).prop_map(Step::Seats),
        2 => prop::option::weighted(0.9, 0_usize..6).prop_map(Step::Edit),
        1 => any::<bool>().prop_map(Step::Approval),
        3 => (0..GROUPS.len(), 0_usize..3, prop::option::of(0_usize..3))
            .prop_map(|(group, kept, most)| Step::SetQuota(group, (kept, most))),
        1 => (0..GROUPS.len()).prop_map(Step::RemoveQuota),
        2 => any::<bool>().prop_map(Step::Offers),
        3 => (person.clone(), any::<bool>()).prop_map(|(person, yes)| Step::Answer(person, yes)),
        1 => Just(Step::EndOffers),
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
    /// Whether they wait and are offered a seat.
    pub offered: bool,
    /// When the state was entered.
    since: i64,
}

impl Entry {
    /// Whether a seat is theirs, or theirs to take.
    fn holds(&self) -> bool {
        self.state == "enrolled" || self.offered
    }
}

#[derive(Debug)]
pub struct Model {
    pub seats: Option<usize>,
    pub approval: bool,
    pub offers: bool,
    pub now: i64,
    pub entries: Vec<Entry>,
    pub quotas: [Option<Quota>; GROUPS.len()],
}

impl Model {
    pub fn new() -> Self {
        let first = Entry {
            id: 1,
            person: 3,
            state: "enrolled",
            offered: false,
            since: 0,
        };
        Self {
            seats: Some(2),
            approval: false,
            offers: false,
            now: 1,
            entries: vec![first],
            quotas: [None; GROUPS.len()],
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

    /// How many seats are taken.
    pub fn taken(&self) -> usize {
        self.entries.iter().filter(|entry| entry.holds()).count()
    }

    /// How many of a group hold a seat.
    pub fn holding(&self, group: usize) -> usize {
        let members = GROUPS[group].2;
        let holds = |entry: &&Entry| entry.holds() && members.contains(&entry.person);
        self.entries.iter().filter(holds).count()
    }

    /// Seats that must stay free for groups of one kind.
    fn kept(&self, kind: char) -> usize {
        let kept = |group: usize| match self.quotas[group] {
            Some((kept, _)) if GROUPS[group].1 == kind => kept.saturating_sub(self.holding(group)),
            _ => 0,
        };
        (0..GROUPS.len()).map(kept).sum()
    }

    /// Seats that must stay free: one person can fill one of each kind.
    fn all_kept(&self) -> usize {
        self.kept('x').max(self.kept('s'))
    }

    /// Whether somebody may have a seat: tries it, and looks whether all still holds.
    fn has_seat(&self, person: usize) -> bool {
        let Some(left) = self.free().checked_sub(1) else {
            return false;
        };
        let mut then = Self {
            entries: self.entries.clone(),
            ..*self
        };
        then.add(person, "enrolled");
        let full = |group: usize| match self.quotas[group] {
            Some((_, Some(most))) => {
                GROUPS[group].2.contains(&person) && then.holding(group) > most
            }
            _ => false,
        };
        let helps = then.all_kept() < self.all_kept();
        !(0..GROUPS.len()).any(full) && (then.all_kept() <= left || helps)
    }

    fn free(&self) -> usize {
        let seats = self.seats.unwrap_or(usize::MAX);
        seats.saturating_sub(self.taken())
    }

    /// Whether somebody's seat is one of those that are kept.
    fn fills_kept(&self, person: usize) -> bool {
        let mut then = Self {
            entries: self.entries.clone(),
            ..*self
        };
        then.add(person, "enrolled");
        then.all_kept() < self.all_kept()
    }

    fn fill(&mut self) {
        loop {
            let waiting = (0..self.entries.len()).filter(|&one| {
                let entry = &self.entries[one];
                entry.state == "waiting" && !entry.offered && self.has_seat(entry.person)
            });
            let turn = |one: &usize| {
                let entry = &self.entries[*one];
                (!self.fills_kept(entry.person), entry.since, entry.id)
            };
            let Some(next) = waiting.min_by_key(turn) else {
                return;
            };
            if self.offers {
                self.entries[next].offered = true;
            } else {
                self.enter(next, "enrolled");
            }
        }
    }

    fn enter(&mut self, index: usize, state: &'static str) {
        let now = self.now;
        let entry = &mut self.entries[index];
        (entry.state, entry.offered, entry.since) = (state, false, now);
    }

    fn place(&mut self, person: usize) -> &'static str {
        self.fill();
        if self.has_seat(person) {
            "enrolled"
        } else {
            "waiting"
        }
    }

    fn set_quota(&mut self, group: usize, (kept, most): Quota) -> bool {
        let of_others = |other: &usize| *other != group && GROUPS[*other].1 == GROUPS[group].1;
        let others: usize = (0..GROUPS.len())
            .filter(of_others)
            .filter_map(|other| self.quotas[other])
            .map(|(kept, _)| kept)
            .sum();
        let says_something = kept > 0 || most.is_some();
        let fits = match self.seats {
            Some(seats) => kept + others <= seats || kept == 0,
            None => kept == 0,
        };
        let enough = most.is_none_or(|most| most >= kept && most >= self.holding(group));
        if !(says_something && fits && enough) {
            return false;
        }
        self.quotas[group] = Some((kept, most));
        self.fill();
        true
    }

    fn add(&mut self, person: usize, state: &'static str) -> bool {
        let last = self.entries.iter().map(|entry| entry.id).max().unwrap_or(0);
        self.entries.push(Entry {
            id: last.max(3) + 1,
            person,
            state,
            offered: false,
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
                let place = self.place(*person);
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
            Step::Edit(seats) if seats.is_some_and(|seats| seats < self.taken()) => false,
            Step::Edit(seats) => {
                self.seats = *seats;
                self.fill();
                true
            }
            Step::SetQuota(group, quota) => self.set_quota(*group, *quota),
            Step::RemoveQuota(group) => {
                let removed = self.quotas[*group].take().is_some();
                if removed {
                    self.fill();
                }
                removed
            }
            Step::Answer(person, yes) => self.answer(*person, *yes),
            Step::EndOffers => {
                self.end_offers();
                true
            }
            Step::Seats(_) | Step::Approval(_) | Step::Offers(_) | Step::Wait => {
                unreachable!("not a request")
            }
        }
    }

    fn leave(&mut self, person: usize, from: &[&str], to: &'static str) -> bool {
        let Some(index) = self.latest(person) else {
            return false;
        };
        if !from.contains(&self.entries[index].state) {
            return false;
        }
        self.enter(index, to);
        self.fill();
        true
    }

    fn answer(&mut self, person: usize, yes: bool) -> bool {
        let Some(index) = self.latest(person).filter(|&one| self.entries[one].offered) else {
            return false;
        };
        self.enter(index, if yes { "enrolled" } else { "withdrawn" });
        self.fill();
        true
    }

    fn end_offers(&mut self) {
        let offered: Vec<usize> = (0..self.entries.len())
            .filter(|&one| self.entries[one].offered)
            .collect();
        for &index in &offered {
            self.enter(index, "withdrawn");
        }
        if !offered.is_empty() {
            self.fill();
        }
    }

    /// In the order of the requests, which is that of the ids here.
    fn approve(&mut self, people: &[usize]) -> bool {
        let mut indices: Vec<usize> = people.iter().filter_map(|one| self.latest(*one)).collect();
        let chosen = indices.len();
        indices.sort_unstable();
        indices.dedup();
        // Who had no offer when they were chosen waits on.
        let offered: Vec<bool> = indices
            .iter()
            .map(|&one| self.entries[one].offered)
            .collect();
        let mut refused = 0;
        for (&index, offered) in indices.iter().zip(offered) {
            match self.entries[index].state {
                "requested" => {
                    let place = self.place(self.entries[index].person);
                    self.enter(index, place);
                }
                "waiting" if offered => self.enter(index, "enrolled"),
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

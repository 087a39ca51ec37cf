//! Random histories of one edition, compared step by step with a model of a few lines.

use axum::http::StatusCode;
use proptest::{prelude::*, test_runner::TestRunner};
use tokio::sync::OnceCell;

use super::change;
use crate::test_app::{Client, TestApp};

/// Accounts that ask, by person; 5 is enrolled from the beginning.
const PEOPLE: [(i64, &str); 6] = [
    (1, "admin"),
    (2, "manager"),
    (3, "coordinator"),
    (5, "participant"),
    (6, "other"),
    (7, "stranger-coordinator"),
];

#[derive(Clone, Debug)]
enum Step {
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
    /// Seats are added or taken away, where editions are edited.
    Seats(Option<usize>),
    /// Approval is needed from now on, or not.
    Approval(bool),
    /// The coordinator fills free seats.
    Fill,
    /// Time passes.
    Wait,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let person = 0..PEOPLE.len();
    let step = prop_oneof![
        4 => person.clone().prop_map(Step::Request),
        3 => person.clone().prop_map(Step::Withdraw),
        1 => person.clone().prop_map(Step::WithdrawOther),
        2 => person.clone().prop_map(Step::EnrolOther),
        2 => prop::collection::vec(person.clone(), 1..4).prop_map(Step::Approve),
        1 => person.prop_map(Step::Decline),
        2 => prop::option::weighted(0.9, 0_usize..4).prop_map(Step::Seats),
        1 => any::<bool>().prop_map(Step::Approval),
        1 => Just(Step::Fill),
        2 => Just(Step::Wait),
    ];
    prop::collection::vec(step, 1..24)
}

/// One enrolment of the model; its place in the list of all is the order of the requests.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    id: i64,
    person: usize,
    state: &'static str,
    /// When the state was entered.
    since: i64,
}

#[derive(Debug)]
struct Model {
    seats: Option<usize>,
    approval: bool,
    now: i64,
    entries: Vec<Entry>,
}

impl Model {
    fn new() -> Self {
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

    fn enrolled(&self) -> usize {
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
    fn take(&mut self, step: &Step) -> bool {
        match step {
            Step::Request(person) | Step::EnrolOther(person) if self.is_active(*person) => false,
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

/// The server beside its model.
struct World {
    app: TestApp,
    clients: Vec<Client>,
    model: Model,
}

impl World {
    async fn new(file: &[u8], cookies: &[Option<String>]) -> Self {
        let app = TestApp::copy_of(file).await;
        let clients = cookies
            .iter()
            .map(|cookie| app.client(cookie.clone()))
            .collect();
        Self {
            app,
            clients,
            model: Model::new(),
        }
    }

    async fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match step {
            Step::Seats(seats) => {
                let sql = seats.map_or("NULL".to_owned(), |seats| seats.to_string());
                change(
                    &self.app,
                    format!("UPDATE editions SET seats = {sql} WHERE id = 1"),
                )
                .await;
                self.model.seats = *seats;
            }
            Step::Approval(needed) => {
                let needed_sql = i32::from(*needed);
                let sql = format!("UPDATE editions SET needs_approval = {needed_sql} WHERE id = 1");
                change(&self.app, sql).await;
                self.model.approval = *needed;
            }
            Step::Wait => {
                self.app.clock.advance(chrono::Duration::seconds(1));
                self.model.now += 1;
            }
            _ => self.ask(step).await?,
        }
        Ok(())
    }

    async fn ask(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let coordinator = &self.clients[2];
        let enrolment = |person: &usize| {
            let index = self
                .model
                .entries
                .iter()
                .rposition(|entry| entry.person == *person);
            index.map_or("0".to_owned(), |index| {
                self.model.entries[index].id.to_string()
            })
        };
        let answer = match step {
            Step::Request(person) => {
                self.clients[*person]
                    .post("enrolment/request", &[("edition", "1")])
                    .await
            }
            Step::Withdraw(person) => {
                let form = [("enrolment", &*enrolment(person))];
                self.clients[*person]
                    .post("enrolment/withdraw", &form)
                    .await
            }
            Step::WithdrawOther(person) => {
                let form = [("enrolment", &*enrolment(person)), ("reason", "x")];
                coordinator.post("enrolment/withdraw_other", &form).await
            }
            Step::EnrolOther(person) => {
                let id = PEOPLE[*person].0.to_string();
                let form = [("edition", "1"), ("person", &*id)];
                coordinator.post("enrolment/enrol_other", &form).await
            }
            Step::Decline(person) => {
                let id = enrolment(person);
                let form = decision("decline", &[&id]);
                coordinator.post("enrolment/decide", &form).await
            }
            Step::Approve(people) => {
                let ids: Vec<String> = people
                    .iter()
                    .map(enrolment)
                    .filter(|id| id != "0")
                    .collect();
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                let form = decision("approve", &ids);
                coordinator.post("enrolment/decide", &form).await
            }
            Step::Fill => {
                coordinator
                    .post("enrolment/fill_seats", &[("edition", "1")])
                    .await
            }
            Step::Seats(_) | Step::Approval(_) | Step::Wait => unreachable!("not a request"),
        };
        let accepted = self.model.take(step);
        prop_assert_eq!(
            answer.status == StatusCode::OK,
            accepted,
            "{:?}: {}",
            step,
            answer.body
        );
        Ok(())
    }

    /// The database holds what the model holds, and no more people than seats were ever given one.
    async fn compare(&self) -> Result<(), TestCaseError> {
        let mut connection = self.app.state.database.read().await.expect("a connection");
        let rows: Vec<(i64, i64, String)> = sqlx::query_as(
            "SELECT id, person_id, state FROM enrolments WHERE edition_id = 1 ORDER BY id",
        )
        .fetch_all(&mut *connection)
        .await
        .expect("rows");
        let expected: Vec<(i64, i64, String)> = self
            .model
            .entries
            .iter()
            .map(|entry| (entry.id, PEOPLE[entry.person].0, entry.state.to_owned()))
            .collect();
        prop_assert_eq!(rows, expected);
        let unlogged = "SELECT count(*) FROM enrolments WHERE state <> (
            SELECT to_state FROM enrolment_events WHERE enrolment_id = enrolments.id
            ORDER BY id DESC LIMIT 1)";
        let unlogged = self.app.count(unlogged).await;
        prop_assert_eq!(unlogged, 0, "the last event says where it stands");
        Ok(())
    }
}

fn decision<'a>(verdict: &'a str, ids: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("edition", "1"), ("verdict", verdict), ("reason", "x")];
    form.extend(ids.iter().map(|id| ("chosen[]", *id)));
    form
}

/// Everybody signed in, once for all cases.
async fn prepared() -> &'static (Vec<u8>, Vec<Option<String>>) {
    static PREPARED: OnceCell<(Vec<u8>, Vec<Option<String>>)> = OnceCell::const_new();
    PREPARED
        .get_or_init(async || {
            let app = TestApp::new().await;
            let mut cookies = Vec::new();
            for (_, name) in PEOPLE {
                cookies.push(app.sign_in(name).await.cookie());
            }
            (app.into_file().await, cookies)
        })
        .await
}

#[test]
fn any_history_keeps_seats_order_and_one_active_enrolment() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (file, cookies) = runtime.block_on(prepared());
    let config = ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let run = |steps: Vec<Step>| {
        runtime.block_on(async {
            let mut world = World::new(file, cookies).await;
            for step in &steps {
                let taken_before = world.model.enrolled();
                world.take(step).await?;
                world.compare().await?;
                let seats = world.model.seats.unwrap_or(usize::MAX);
                // Only seats that were taken away leave more people than seats, and then no more come.
                prop_assert!(world.model.enrolled() <= seats.max(taken_before));
            }
            Ok(())
        })
    };
    TestRunner::new(config)
        .run(&steps(), run)
        .expect("every history holds");
}

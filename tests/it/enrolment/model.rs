//! Random histories of one edition, compared step by step with a model of a few lines.

mod machine;

use axum::http::StatusCode;
use capacita::{
    command::end_offers,
    enrolment::{EnrolmentId, OfferToken},
};
use chrono::{DateTime, Utc};
use proptest::{prelude::*, test_runner::TestRunner};
use tokio::sync::OnceCell;

use self::machine::{GROUPS, Model, Step, steps};
use super::change;
use crate::test_app::{Answer, Client, TestApp};

/// Accounts that ask, by person; 5 is enrolled from the beginning.
const PEOPLE: [(i64, &str); 6] = [
    (1, "admin"),
    (2, "manager"),
    (3, "coordinator"),
    (5, "participant"),
    (6, "other"),
    (7, "stranger-coordinator"),
];

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
            Step::Offers(offers) => {
                let hours = if *offers { "1" } else { "NULL" };
                let sql = format!("UPDATE editions SET offer_hours = {hours} WHERE id = 1");
                change(&self.app, sql).await;
                self.model.offers = *offers;
            }
            Step::EndOffers => {
                self.app.clock.advance(chrono::Duration::hours(1));
                self.model.now += 3600;
                end_offers(&self.app.state).await.expect("ended");
                self.model.take(step);
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
            Step::Edit(seats) => self.edit(*seats).await,
            Step::SetQuota(group, (kept, most)) => {
                let (kept, most) = (kept.to_string(), most.map(|most| most.to_string()));
                let form = [
                    ("edition", "1"),
                    ("group", GROUPS[*group].0),
                    ("reserved", &*kept),
                    ("at_most", most.as_deref().unwrap_or_default()),
                ];
                coordinator.post("enrolment/set_quota", &form).await
            }
            Step::RemoveQuota(group) => {
                let id = self.quota(*group).await;
                let form = [("edition", "1"), ("quota", &*id)];
                coordinator.post("enrolment/remove_quota", &form).await
            }
            Step::Answer(person, yes) => {
                let token = self.offer(&enrolment(person)).await;
                let answer = if *yes { "accept" } else { "decline" };
                let form = [("token", &*token), ("answer", answer)];
                self.app
                    .stranger()
                    .post("enrolment/answer_offer", &form)
                    .await
            }
            Step::Seats(_) | Step::Approval(_) | Step::Offers(_) | Step::EndOffers | Step::Wait => {
                unreachable!("not a request")
            }
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

    /// What stands in the link of somebody's offer, or something like it.
    async fn offer(&self, enrolment: &str) -> String {
        let sql = format!("SELECT offered_until FROM enrolments WHERE id = {enrolment}");
        let mut connection = self.app.state.database.read().await.expect("a connection");
        let until: Option<Option<DateTime<Utc>>> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_optional(&mut *connection)
            .await
            .expect("an answer");
        match until.flatten() {
            Some(until) => {
                let enrolment = EnrolmentId::new(enrolment.parse().expect("a number"));
                OfferToken::new(&self.app.state.secrets, enrolment, until).to_string()
            }
            None => format!("{}-{}", enrolment.replace('0', "9"), "0".repeat(32)),
        }
    }

    /// The number of a group's quota.
    async fn quota(&self, group: usize) -> String {
        let name = GROUPS[group].0;
        let (column, value) = name.split_once(':').expect("kind and value");
        let sql = format!("SELECT id FROM edition_quotas WHERE {column} = '{value}'");
        let mut connection = self.app.state.database.read().await.expect("a connection");
        let id: Option<i64> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_optional(&mut *connection)
            .await
            .expect("an answer");
        id.unwrap_or(99).to_string()
    }

    /// Posts the form of the edition with this number of seats.
    async fn edit(&self, seats: Option<usize>) -> Answer {
        let version = self
            .app
            .text("SELECT CAST(version AS TEXT) FROM editions WHERE id = 1")
            .await;
        let number = seats.map_or(String::new(), |seats| seats.to_string());
        let tick = |yes: bool| if yes { "true" } else { "" };
        let form = [
            ("edition", "1"),
            ("version", &version),
            ("modality", "in_person"),
            ("language", "es"),
            ("starts_on", "2026-11-21"),
            ("ends_on", "2026-12-05"),
            ("seats", &number),
            ("unlimited", tick(seats.is_none())),
            ("waiting_list", "true"),
            ("offer_hours", if self.model.offers { "1" } else { "" }),
            ("needs_approval", tick(self.model.approval)),
            ("enrol_from", "2026-11-01"),
            ("enrol_until", "2026-11-30"),
        ];
        self.clients[2].post("courses/update_edition", &form).await
    }

    /// The database holds what the model holds, and no more people than seats were ever given one.
    async fn compare(&self) -> Result<(), TestCaseError> {
        let mut connection = self.app.state.database.read().await.expect("a connection");
        let rows: Vec<(i64, i64, String, bool)> = sqlx::query_as(
            "SELECT id, person_id, state, offered_until IS NOT NULL FROM enrolments
             WHERE edition_id = 1 ORDER BY id",
        )
        .fetch_all(&mut *connection)
        .await
        .expect("rows");
        let expected: Vec<(i64, i64, String, bool)> = self
            .model
            .entries
            .iter()
            .map(|entry| {
                let person = PEOPLE[entry.person].0;
                (entry.id, person, entry.state.to_owned(), entry.offered)
            })
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
fn any_history_keeps_seats_quotas_offers_order_and_one_active_enrolment() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (file, cookies) = runtime.block_on(prepared());
    let config = ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let run = |steps: Vec<Step>| {
        runtime.block_on(async {
            let mut world = World::new(file, cookies).await;
            for step in &steps {
                let taken_before = world.model.taken();
                let held_before = [0, 1, 2, 3].map(|group| world.model.holding(group));
                world.take(step).await?;
                world.compare().await?;
                let seats = world.model.seats.unwrap_or(usize::MAX);
                // Only seats that were taken away leave more people than seats, and then no more come.
                prop_assert!(world.model.taken() <= seats.max(taken_before));
                for (group, quota) in world.model.quotas.iter().enumerate() {
                    let most = quota.and_then(|(_, most)| most).unwrap_or(usize::MAX);
                    let held = world.model.holding(group);
                    prop_assert!(held <= most.max(held_before[group]));
                }
            }
            Ok(())
        })
    };
    TestRunner::new(config)
        .run(&steps(), run)
        .expect("every history holds");
}

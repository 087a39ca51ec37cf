//! The figures against a recount of the records, written down a second time and in another way:
//! with cancelled editions, withdrawn people, editions without sessions, marks at midnight.

use std::collections::{BTreeMap, BTreeSet};

use capacita::demo;
use chrono::{DateTime, Duration};

use super::{
    changes::{CHANGES, count_heads},
    csv_rows,
};
use crate::test_app::TestApp;

#[derive(Debug)]
struct Session {
    edition: i64,
    held_on: String,
    modality: String,
}

#[derive(Debug)]
struct Edition {
    state: String,
    starts_on: String,
    ends_on: String,
    modality: String,
}

#[derive(Debug)]
struct Enrolment {
    person: i64,
    edition: i64,
    state: String,
    sector: String,
    sex: String,
}

/// Session attended, its day, and the minutes.
type Attended = (i64, String, i64);

/// The records as they are.
struct Records {
    editions: BTreeMap<i64, Edition>,
    sessions: BTreeMap<i64, Session>,
    enrolments: BTreeMap<i64, Enrolment>,
    attended: BTreeMap<i64, Vec<Attended>>,
    certificates: Vec<(i64, String)>,
    /// Women, men, not stated: the last headcount of a session.
    counted: BTreeMap<i64, [i64; 3]>,
}

pub(super) async fn all<T>(app: &TestApp, sql: &'static str) -> Vec<T>
where
    T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
{
    let mut connection = app.state.database.read().await.expect("a connection");
    sqlx::query_as(sql)
        .fetch_all(&mut *connection)
        .await
        .expect("rows")
}

fn lima_day(moment: &str) -> String {
    let moment = DateTime::parse_from_rfc3339(moment).expect("a moment");
    (moment.naive_utc() - Duration::hours(5)).date().to_string()
}

impl Records {
    async fn read(app: &TestApp) -> Self {
        let editions: Vec<(i64, String, String, String, String)> = all(
            app,
            "SELECT id, state, starts_on, ends_on, modality FROM editions",
        )
        .await;
        let sessions: Vec<(i64, i64, String, String)> = all(
            app,
            "SELECT id, edition_id, held_on, modality FROM sessions",
        )
        .await;
        let enrolments: Vec<(i64, i64, i64, String, String, String)> = all(
            app,
            "SELECT id, person_id, edition_id, state, coalesce(sector, ''), sex FROM enrolments",
        )
        .await;
        let mut records = Self {
            editions: editions
                .into_iter()
                .map(|(id, state, starts_on, ends_on, modality)| {
                    let edition = Edition {
                        state,
                        starts_on,
                        ends_on,
                        modality,
                    };
                    (id, edition)
                })
                .collect(),
            sessions: sessions
                .into_iter()
                .map(|(id, edition, held_on, modality)| {
                    let session = Session {
                        edition,
                        held_on,
                        modality,
                    };
                    (id, session)
                })
                .collect(),
            enrolments: enrolments
                .into_iter()
                .map(|(id, person, edition, state, sector, sex)| {
                    let enrolment = Enrolment {
                        person,
                        edition,
                        state,
                        sector,
                        sex,
                    };
                    (id, enrolment)
                })
                .collect(),
            attended: BTreeMap::new(),
            certificates: all(
                app,
                "SELECT enrolment_id, kind FROM certificates WHERE state = 'valid'",
            )
            .await,
            counted: BTreeMap::new(),
        };
        let counted: Vec<(i64, i64, i64, i64)> = all(
            app,
            "SELECT session_id, women, men, unstated FROM headcounts ORDER BY id",
        )
        .await;
        for (session, women, men, unstated) in counted {
            records.counted.insert(session, [women, men, unstated]);
        }
        records.read_attendance(app).await;
        records
    }

    /// The first mark that says attended gives a self-paced session its day.
    async fn read_attendance(&mut self, app: &TestApp) {
        let marks: Vec<(i64, i64, String, String)> = all(
            app,
            "SELECT enrolment_id, session_id, status, marked_at FROM attendance_marks ORDER BY id",
        )
        .await;
        let mut first: BTreeMap<(i64, i64), String> = BTreeMap::new();
        for (enrolment, session, status, at) in marks {
            if ["present", "late", "partial"].contains(&status.as_str()) {
                let day = lima_day(&at);
                let known = first.entry((enrolment, session)).or_insert(day.clone());
                if day < *known {
                    *known = day;
                }
            }
        }
        let standing: Vec<(i64, i64, String, i64)> = all(
            app,
            "SELECT enrolment_id, session_id, status, minutes FROM attendance_standing",
        )
        .await;
        for (enrolment, id, status, minutes) in standing {
            if !["present", "late", "partial"].contains(&status.as_str()) {
                continue;
            }
            let session = &self.sessions[&id];
            let day = if session.modality == "self_paced" {
                first[&(enrolment, id)].clone()
            } else {
                session.held_on.clone()
            };
            let attended = self.attended.entry(enrolment).or_default();
            attended.push((id, day, minutes));
        }
    }
}

#[derive(Debug, Default)]
struct Counted {
    enrolments: BTreeSet<i64>,
    attendances: i64,
    participations: BTreeSet<(i64, i64)>,
    people: BTreeSet<i64>,
    minutes: i64,
    constancias: i64,
    certificados: i64,
    /// The most that were counted in one session without a name, by edition and sex.
    unnamed: BTreeMap<(i64, &'static str), i64>,
}

impl Counted {
    /// As the file shows it.
    fn cells(&self) -> [String; 7] {
        let hours = (self.minutes * 20 + 45) / 90;
        [
            self.enrolments.len().to_string(),
            self.attendances.to_string(),
            (i64::try_from(self.participations.len()).expect("small")
                + self.unnamed.values().sum::<i64>())
            .to_string(),
            self.people.len().to_string(),
            format!("{}.{}", hours / 10, hours % 10),
            self.constancias.to_string(),
            self.certificados.to_string(),
        ]
    }
}

/// Counts all facts of days and modalities that are wanted, by key and together.
fn recount(
    records: &Records,
    wanted: impl Fn(&str, &str) -> bool,
    key: impl Fn(&Enrolment, &str, &str) -> String,
) -> BTreeMap<String, Counted> {
    let mut sessions_of: BTreeMap<i64, Vec<&Session>> = BTreeMap::new();
    for session in records.sessions.values() {
        sessions_of
            .entry(session.edition)
            .or_default()
            .push(session);
    }
    let mut kinds_of: BTreeMap<i64, Vec<&String>> = BTreeMap::new();
    for (enrolment, kind) in &records.certificates {
        kinds_of.entry(*enrolment).or_default().push(kind);
    }
    let mut counted: BTreeMap<String, Counted> = BTreeMap::new();
    counted.entry("TOTAL".to_owned()).or_default();
    let mut add = |enrolment: &Enrolment, day: &str, modality: &str, add: &dyn Fn(&mut Counted)| {
        if wanted(day, modality) {
            add(counted.entry(key(enrolment, day, modality)).or_default());
            add(counted.entry("TOTAL".to_owned()).or_default());
        }
    };
    for (id, enrolment) in &records.enrolments {
        let edition = &records.editions[&enrolment.edition];
        if edition.state == "draft" {
            continue;
        }
        let sessions = sessions_of
            .get(&enrolment.edition)
            .map_or(&[][..], Vec::as_slice);
        let takes_part = ["enrolled", "completed", "not_completed", "no_show"];
        if takes_part.contains(&enrolment.state.as_str()) && edition.state != "cancelled" {
            let enrol = |counted: &mut Counted| {
                counted.enrolments.insert(*id);
            };
            for session in sessions {
                add(enrolment, &session.held_on, &session.modality, &enrol);
            }
            if sessions.is_empty() {
                add(enrolment, &edition.starts_on, &edition.modality, &enrol);
            }
        }
        let attended = records.attended.get(id).map_or(&[][..], Vec::as_slice);
        for (session, day, minutes) in attended {
            let modality = &records.sessions[session].modality;
            add(enrolment, day, modality, &|counted| {
                counted.attendances += 1;
                counted.minutes += minutes;
                counted.people.insert(enrolment.person);
                let participation = (enrolment.edition, enrolment.person);
                counted.participations.insert(participation);
            });
        }
        let last = attended.iter().max_by_key(|(id, day, _)| (day, id));
        let (day, modality) = if let Some((session, day, _)) = last {
            (day.clone(), &records.sessions[session].modality)
        } else {
            let last = sessions.iter().map(|session| session.held_on.clone()).max();
            (last.unwrap_or(edition.ends_on.clone()), &edition.modality)
        };
        for kind in kinds_of.get(id).into_iter().flatten() {
            add(enrolment, &day, modality, &|counted| match kind.as_str() {
                "constancia" => counted.constancias += 1,
                _ => counted.certificados += 1,
            });
        }
    }
    for (id, session) in &records.sessions {
        let Some(people) = records.counted.get(id) else {
            continue;
        };
        if records.editions[&session.edition].state == "draft" {
            continue;
        }
        for (sex, people) in ["f", "m", "unstated"].into_iter().zip(people) {
            let was_there = |(enrolment, attended): &(&i64, &Vec<Attended>)| {
                records.enrolments[*enrolment].sex == sex
                    && attended.iter().any(|(attended, ..)| attended == id)
            };
            let named = records.attended.iter().filter(was_there).count();
            let unnamed = people - i64::try_from(named).expect("small");
            if unnamed <= 0 {
                continue;
            }
            let nobody = Enrolment {
                person: 0,
                edition: session.edition,
                state: String::new(),
                sector: String::new(),
                sex: sex.to_owned(),
            };
            add(&nobody, &session.held_on, &session.modality, &|counted| {
                let most = counted.unnamed.entry((session.edition, sex)).or_default();
                *most = unnamed.max(*most);
            });
        }
    }
    counted
}

type Key = fn(&Enrolment, &str, &str) -> String;

/// A few random pictures of who was counted without a name.
#[tokio::test]
async fn the_figures_equal_a_recount() {
    let app = TestApp::empty().await;
    demo::load(&app.state, 2).await.expect("the demo loads");
    app.execute(CHANGES).await;
    for seed in [3, 5, 8] {
        count_heads(&app, seed).await;
        figures_equal_a_recount(&app).await;
    }
}

async fn figures_equal_a_recount(app: &TestApp) {
    let records = Records::read(app).await;
    let manager = app.sign_in_as("manager@demo.pe", demo::PASSWORD).await;
    let sector: Key = |enrolment, _, _| enrolment.sector.clone();
    let sex: Key = |enrolment, _, _| enrolment.sex.clone();
    let month: Key = |_, day, _| day[..7].to_owned();
    let modality: Key = |_, _, modality| modality.to_owned();
    let cases: [(&str, &str, &str, Option<&str>, Key); 7] = [
        (
            "by=sector&period=cy2022",
            "2022-01-01",
            "2022-12-31",
            None,
            sector,
        ),
        ("by=sector", "", "9999", None, sector),
        ("by=month", "", "9999", None, month),
        (
            "by=month&period=fy2023",
            "2022-10-01",
            "2023-09-30",
            None,
            month,
        ),
        (
            "by=modality&period=cy2022",
            "2022-01-01",
            "2022-12-31",
            None,
            modality,
        ),
        (
            "by=sex&modality=self_paced&from=2023-01-01&to=2023-01-01",
            "2023-01-01",
            "2023-01-01",
            Some("self_paced"),
            sex,
        ),
        (
            "by=modality&month=2022-05",
            "2022-05-01",
            "2022-05-31",
            None,
            modality,
        ),
    ];
    for (query, from, to, only, key) in cases {
        let wanted = |day: &str, modality: &str| {
            (from..=to).contains(&day) && only.is_none_or(|only| only == modality)
        };
        let expected = recount(&records, wanted, key);
        let rows = csv_rows(&manager, query).await;
        assert_eq!(rows.len(), expected.len() + 1, "{query}");
        assert!(expected.len() > 1, "{query} counts something");
        for row in &rows[1..] {
            assert_eq!(row[1..], expected[&row[0]].cells(), "{query} {}", row[0]);
        }
    }
}

//! Made-up editions with named and counted people: the figures against what was made up, without
//! asking the database what it holds.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{collection::vec, prelude::*, test_runner::TestRunner};

use super::csv_rows;
use crate::test_app::{Client, TestApp};

const SEXES: [&str; 3] = ["f", "m", "unstated"];
const PEOPLE: usize = 7;
const STATES: [(&str, bool); 5] = [
    ("enrolled", true),
    ("completed", true),
    ("not_completed", true),
    ("no_show", true),
    ("withdrawn", false),
];
const STATUSES: [(&str, bool); 5] = [
    ("present", true),
    ("late", true),
    ("partial", true),
    ("excused", false),
    ("absent", false),
];

/// The first of the numbers that fixture and people do not use.
const FIRST: usize = 100;

#[derive(Clone, Debug)]
struct Session {
    /// Of the days from 21 November 2026.
    day: u32,
    planned: i64,
    /// Women, men, not stated: each time somebody counted.
    counts: Vec<[i64; 3]>,
    /// Of each person: what stands, and minutes where it is partial.
    marks: Vec<Option<(usize, i64)>>,
}

#[derive(Clone, Debug)]
struct Edition {
    /// Of each person: the state, for who was ever enrolled.
    enrolled: Vec<Option<usize>>,
    sessions: Vec<Session>,
}

#[derive(Clone, Debug)]
struct World {
    sexes: Vec<usize>,
    editions: Vec<Edition>,
}

fn session() -> impl Strategy<Value = Session> {
    let mark = proptest::option::weighted(0.7, (0..STATUSES.len(), 1_i64..100));
    let count = (0_i64..9, 0_i64..9, 0_i64..4).prop_map(|(f, m, u)| [f, m, u]);
    (0_u32..40, 100_i64..400, vec(count, 0..3), vec(mark, PEOPLE)).prop_map(
        |(day, planned, counts, marks)| Session {
            day,
            planned,
            counts,
            marks,
        },
    )
}

fn world() -> impl Strategy<Value = World> {
    let state = proptest::option::weighted(0.7, 0..STATES.len());
    let edition = (vec(state, PEOPLE), vec(session(), 0..4))
        .prop_map(|(enrolled, sessions)| Edition { enrolled, sessions });
    (vec(0..SEXES.len(), PEOPLE), vec(edition, 1..4))
        .prop_map(|(sexes, editions)| World { sexes, editions })
}

impl Session {
    fn month(&self) -> &'static str {
        // Ten days of November are left.
        if self.day < 10 { "2026-11" } else { "2026-12" }
    }

    /// The minutes of a person who attended.
    fn attended(&self, person: usize) -> Option<i64> {
        let (status, minutes) = self.marks[person]?;
        let (name, attended) = STATUSES[status];
        attended.then_some(if name == "partial" {
            minutes
        } else {
            self.planned
        })
    }
}

#[derive(Debug, Default)]
struct Figures {
    enrolments: BTreeSet<(usize, usize)>,
    attendances: usize,
    participations: BTreeSet<(usize, usize)>,
    people: BTreeSet<usize>,
    minutes: i64,
    unnamed: BTreeMap<(usize, usize), i64>,
}

impl Figures {
    fn cells(&self) -> [String; 7] {
        // Academic hours of 45 minutes, to the nearest tenth.
        let tenths = (self.minutes * 20 + 45) / 90;
        let named = i64::try_from(self.participations.len()).expect("few");
        [
            self.enrolments.len().to_string(),
            self.attendances.to_string(),
            (named + self.unnamed.values().sum::<i64>()).to_string(),
            self.people.len().to_string(),
            format!("{}.{}", tenths / 10, tenths % 10),
            "0".to_owned(),
            "0".to_owned(),
        ]
    }
}

impl World {
    /// The figures by what a fact's edition, sex and month are grouped by.
    fn figures(&self, group: impl Fn(usize, usize, &str) -> String) -> BTreeMap<String, Figures> {
        let mut all: BTreeMap<String, Figures> = BTreeMap::new();
        all.entry("TOTAL".to_owned()).or_default();
        let mut add = |edition, sex, month: &str, add: &dyn Fn(&mut Figures)| {
            add(all.entry(group(edition, sex, month)).or_default());
            add(all.entry("TOTAL".to_owned()).or_default());
        };
        for (edition, made) in self.editions.iter().enumerate() {
            for (person, state) in made.enrolled.iter().enumerate() {
                let (Some(state), sex) = (state, self.sexes[person]) else {
                    continue;
                };
                let enrol = |figures: &mut Figures| {
                    figures.enrolments.insert((edition, person));
                };
                if STATES[*state].1 {
                    for session in &made.sessions {
                        add(edition, sex, session.month(), &enrol);
                    }
                    if made.sessions.is_empty() {
                        add(edition, sex, "2026-11", &enrol);
                    }
                }
                for session in &made.sessions {
                    let Some(minutes) = session.attended(person) else {
                        continue;
                    };
                    add(edition, sex, session.month(), &|figures| {
                        figures.attendances += 1;
                        figures.minutes += minutes;
                        figures.people.insert(person);
                        figures.participations.insert((edition, person));
                    });
                }
            }
            for session in &made.sessions {
                let Some(counted) = session.counts.last() else {
                    continue;
                };
                for (sex, counted) in counted.iter().enumerate() {
                    let named = (0..PEOPLE).filter(|&person| {
                        self.sexes[person] == sex
                            && made.enrolled[person].is_some()
                            && session.attended(person).is_some()
                    });
                    let unnamed = counted - i64::try_from(named.count()).expect("few");
                    if unnamed > 0 {
                        add(edition, sex, session.month(), &|figures| {
                            let most = figures.unnamed.entry((edition, sex)).or_default();
                            *most = unnamed.max(*most);
                        });
                    }
                }
            }
        }
        all
    }

    /// Writes it behind everybody's back.
    async fn write(&self, app: &TestApp) {
        let mut sql: Vec<String> = Vec::new();
        let at = "2026-11-01T00:00:00+00:00";
        for (person, sex) in self.sexes.iter().enumerate() {
            let (id, sex) = (FIRST + person, SEXES[*sex]);
            sql.push(format!(
                "INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname, sex, sort_name, created_at)
                 VALUES ({id}, 'none', 'prueba', 'P', 'Q', '{sex}', 'q p {id}', '{at}');"
            ));
        }
        for (edition, made) in self.editions.iter().enumerate() {
            let id = FIRST + edition;
            sql.push(format!(
                "INSERT INTO editions (id, course_id, number, state, modality, starts_on, ends_on, enrol_from, enrol_until, state_at, created_at)
                 VALUES ({id}, 1, {id}, 'running', 'in_person', '2026-11-21', '2026-12-31', '2026-11-01', '2026-11-20', '{at}', '{at}');"
            ));
            for (person, state) in made.enrolled.iter().enumerate() {
                if let Some(state) = state {
                    let (enrolment, person_id) = (id * 100 + person, FIRST + person);
                    let (state, sex) = (STATES[*state].0, SEXES[self.sexes[person]]);
                    sql.push(format!(
                        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
                         VALUES ({enrolment}, {id}, {person_id}, '{state}', '{at}', '{at}', '{sex}');"
                    ));
                }
            }
            for (number, session) in made.sessions.iter().enumerate() {
                sql.push(session.sql(id, id * 100 + number, &made.enrolled));
            }
        }
        let mut tx = app.state.database.write().await.expect("a transaction");
        let sql = sqlx::AssertSqlSafe(sql.concat());
        sqlx::raw_sql(sql).execute(&mut *tx).await.expect("written");
        tx.commit().await.expect("committed");
    }
}

impl Session {
    fn sql(&self, edition: usize, id: usize, enrolled: &[Option<usize>]) -> String {
        let (day, planned) = (self.day, self.planned);
        let mut sql = vec![format!(
            "INSERT INTO sessions (id, edition_id, title, modality, starts_at, ends_at, planned_minutes, created_at)
             SELECT {id}, {edition}, 'S', 'in_person', day || 'T14:00:00+00:00', day || 'T22:00:00+00:00', {planned}, ''
             FROM (SELECT date('2026-11-21', '+{day} days') AS day);"
        )];
        for [women, men, unstated] in &self.counts {
            sql.push(format!(
                "INSERT INTO headcounts (session_id, women, men, unstated, named_women, named_men, named_unstated, explanation, counted_at)
                 VALUES ({id}, {women}, {men}, {unstated}, 2001, 0, 0, 'No se sabe quiénes', '');"
            ));
        }
        for (person, mark) in self.marks.iter().enumerate() {
            let (Some((status, minutes)), true) = (mark, enrolled[person].is_some()) else {
                continue;
            };
            let (enrolment, status) = (edition * 100 + person, STATUSES[*status].0);
            let worth = self.attended(person).unwrap_or(0);
            sql.push(format!(
                "INSERT INTO attendance_marks (enrolment_id, session_id, status, minutes, source, marked_at)
                 VALUES ({enrolment}, {id}, '{status}', {minutes}, 'form', '2026-11-21T15:00:00+00:00');
                 INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
                 VALUES ({enrolment}, {id}, last_insert_rowid(), '{status}', {worth});"
            ));
        }
        sql.concat()
    }
}

/// Compares every cut of the made-up editions.
async fn compare(client: &Client, world: &World) -> Result<(), TestCaseError> {
    let only: Vec<String> = (0..world.editions.len())
        .map(|edition| format!("&edition={}", FIRST + edition))
        .collect();
    let only = only.concat();
    let edition =
        |edition: usize, _: usize, _: &str| format!("Cadena de custodia ({})", FIRST + edition);
    let cases = [
        ("edition", world.figures(edition)),
        ("sex", world.figures(|_, sex, _| SEXES[sex].to_owned())),
        ("month", world.figures(|_, _, month| month.to_owned())),
    ];
    for (cut, expected) in cases {
        let rows = csv_rows(client, &format!("by={cut}{only}")).await;
        let found: BTreeMap<&str, &[String]> = rows[1..]
            .iter()
            .map(|row| (row[0].as_str(), &row[1..]))
            .collect();
        let expected: BTreeMap<&str, [String; 7]> = expected
            .iter()
            .map(|(group, figures)| (group.as_str(), figures.cells()))
            .collect();
        let expected: BTreeMap<&str, &[String]> = expected
            .iter()
            .map(|(group, cells)| (*group, cells.as_slice()))
            .collect();
        prop_assert_eq!(found, expected, "by {}", cut);
    }
    Ok(())
}

#[test]
fn made_up_figures_equal_what_was_made_up() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (file, cookie) = runtime.block_on(async {
        let app = TestApp::new().await;
        let cookie = app.sign_in("manager").await.cookie();
        (app.into_file().await, cookie)
    });
    let config = ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let run = |world: World| {
        runtime.block_on(async {
            let app = TestApp::copy_of(&file).await;
            world.write(&app).await;
            compare(&app.client(cookie.clone()), &world).await
        })
    };
    TestRunner::new(config)
        .run(&world(), run)
        .expect("every world's figures are right");
}

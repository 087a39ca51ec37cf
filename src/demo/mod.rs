//! The demonstration: three programs at their real magnitudes with invented people, and
//! two that run now, relative to today.
//!
//! Made by a seeded generator: the same seed on the same day gives the same people and figures
//! (codes of sealed numbers apart). Its accounts work on this machine alone.
//!
//! Owns no table; writes into all.

mod certify;
mod closed;
mod deliver;
mod lesson;
mod names;
mod past;
mod present;
mod queries;
mod register;
mod rows;
mod series;
mod undecided;
mod world;

pub use self::register::Size;
use self::{
    present::Cast,
    rows::{AccountRow, GrantRow, Moment},
    world::World,
};
use crate::{
    audit, closing,
    courses::{CourseKind, EditionState},
    error::AppError,
    people::Sex,
    server::AppState,
};

/// The password of every demo account.
pub const PASSWORD: &str = "capacita-demo";

/// The demo accounts, in the order of the roles.
pub const ACCOUNTS: [&str; 5] = [
    "admin@demo.pe",
    "manager@demo.pe",
    "coordinator@demo.pe",
    "facilitator@demo.pe",
    "participant@demo.pe",
];

/// Where more people were counted than signed: a workshop that runs now, and a conference.
const COUNTED: [queries::Counted; 2] = [
    queries::Counted {
        kind: CourseKind::Workshop,
        state: EditionState::Running,
        women: 1,
        men: 1,
        explanation: "Dos personas de la sede escucharon la sesión sin firmar la hoja.",
    },
    queries::Counted {
        kind: CourseKind::Conference,
        state: EditionState::Closed,
        women: 14,
        men: 23,
        explanation: "Autoridades de las comunidades vecinas llegaron sin inscripción y no firmaron.",
    },
];

/// Why the demo was not loaded.
#[derive(Debug)]
pub enum DemoError {
    /// There are people or programs in the database: the demo is never mixed with records.
    NotEmpty,
    /// The database refused.
    Failed(AppError),
}

impl<E: Into<AppError>> From<E> for DemoError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Loads the demo into an empty database, in one transaction. Gives the number of people.
pub async fn load(state: &AppState, seed: u64) -> Result<usize, DemoError> {
    write(state, seed, true, fill).await
}

/// Loads a synthetic register with the demo's accounts in the same way.
pub async fn load_register(state: &AppState, seed: u64, size: Size) -> Result<usize, DemoError> {
    write(state, seed, false, |world| fill_register(world, size)).await
}

async fn write(
    state: &AppState,
    seed: u64,
    records: bool,
    fill: impl FnOnce(&mut World<'_>),
) -> Result<usize, DemoError> {
    let password_hash = state.passwords.hash(PASSWORD).await?;
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    if !queries::is_empty(&mut tx).await? {
        return Err(DemoError::NotEmpty);
    }
    let institutions = queries::institutions(&mut tx).await?;
    let mut world = World::new(
        seed,
        now,
        &institutions,
        &state.secrets,
        &state.config.base_url,
    );
    fill(&mut world);
    queries::write(&mut tx, &world.rows, &password_hash).await?;
    if records {
        for counted in &COUNTED {
            queries::write_headcount(&mut tx, counted, now).await?;
        }
        closing::record_demo(&mut tx).await?;
    }
    let event =
        audit::Event::new("demo_load", "database", 0).after(&serde_json::json!({ "seed": seed }));
    audit::record(&mut tx, now, None, event).await?;
    tx.commit().await?;
    Ok(world.rows.people.len())
}

fn fill(world: &mut World<'_>) {
    let people = account_holders(world);
    let cast = Cast {
        facilitator: people[3],
        teachers: names::TEACHERS
            .iter()
            .map(|(given, paternal, maternal, sex, email)| {
                world.named_person(given, paternal, maternal, *sex, email)
            })
            .collect(),
        participant: world
            .rows
            .people
            .iter()
            .position(|person| person.id == people[4])
            .expect("just added"),
    };
    world.diligent = Some(cast.participant);
    past::add(world, &cast);
    let current = present::add(world, &cast);
    add_accounts(world, people, current);
}

fn fill_register(world: &mut World<'_>, size: Size) {
    let people = account_holders(world);
    let programs = register::add(world, size, people[3]);
    add_accounts(world, people, programs);
}

/// The people behind the accounts, in the order of [`ACCOUNTS`].
fn account_holders(world: &mut World<'_>) -> [i64; 5] {
    [
        world.named_person("Alejandra", "Salas", "Ríos", Sex::Female, ACCOUNTS[0]),
        world.named_person("Gustavo", "Paredes", "Luna", Sex::Male, ACCOUNTS[1]),
        world.named_person("Carla", "Núñez", "Tello", Sex::Female, ACCOUNTS[2]),
        world.named_person("Fermín", "Vela", "Isuiza", Sex::Male, ACCOUNTS[3]),
        world.named_person("Rosa", "Quispe", "Mamani", Sex::Female, ACCOUNTS[4]),
    ]
}

/// The accounts and their roles; the coordinator's in the programs up to the last one.
fn add_accounts(world: &mut World<'_>, people: [i64; 5], last_program: i64) {
    let created_at = Moment(world.now - chrono::Duration::days(90));
    for (id, (person_id, email)) in (1..).zip(people.into_iter().zip(ACCOUNTS)) {
        world.rows.accounts.push(AccountRow {
            id,
            person_id,
            email,
            created_at,
        });
    }
    let mut grants = vec![(1, "administrator", 0), (2, "manager", 0)];
    grants.extend((1..=last_program).map(|program| (3, "coordinator", program)));
    world.rows.grants = grants
        .into_iter()
        .map(|(account_id, role, program_id)| GrantRow {
            account_id,
            role,
            program_id,
        })
        .collect();
}

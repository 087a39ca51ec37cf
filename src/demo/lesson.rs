//! The steps of the demo's self-paced units.

use chrono::Duration;
use rand::Rng as _;

use super::{
    deliver::{mark, next},
    rows::{Moment, OptionRow, StepDoneRow, StepRow},
    world::World,
};
use crate::{attendance::MarkStatus, learning::StepKind};

/// The steps of every unit: kind, title, text, link.
pub(super) type StepText = (StepKind, &'static str, &'static str, Option<&'static str>);

pub(super) const STEPS: [StepText; 5] = [
    (
        StepKind::Text,
        "Antes de empezar",
        "Esta unidad toma unas **dos horas**. Puede dejarla y volver cuando quiera: seguirá donde la dejó.\n\nAl terminar podrá:\n\n- reconocer los hechos que la ley sanciona,\n- saber a quién avisar y en qué orden,\n- dejar constancia de lo que vio.",
        None,
    ),
    (
        StepKind::Text,
        "Un caso",
        "En un puesto de control del río Ucayali, una embarcación lleva cajas cubiertas con plátano. El patrón dice que es carga de su compadre y no tiene guía de remisión.\n\n> ¿Qué hace usted primero?\n\nPiénselo un momento antes de seguir. En este caso, **asegurar el lugar** va antes que abrir las cajas: quién estuvo, qué tocó y a qué hora.",
        None,
    ),
    (
        StepKind::Link,
        "La ley, de la fuente",
        "Lea los artículos sobre delitos ambientales del Código Penal en el portal del Estado y vuelva aquí.",
        Some("https://www.gob.pe/minam"),
    ),
    (
        StepKind::Question,
        "Compruebe lo aprendido",
        "En el caso del río, ¿qué se hace primero?",
        None,
    ),
    (
        StepKind::Text,
        "Para llevar",
        "1. Asegure el lugar.\n2. Avise a la fiscalía.\n3. Registre quién, qué, dónde y cuándo.\n4. Recién entonces mueva lo que haya que mover.\n\nTodo lo que hizo en esta unidad ya quedó guardado.",
        None,
    ),
];

const OPTIONS: [(&str, bool, &str); 3] = [
    (
        "Abrir las cajas para saber qué contienen",
        false,
        "Abrirlas primero puede invalidar la prueba.",
    ),
    (
        "Asegurar el lugar y anotar quién estuvo",
        true,
        "Así la prueba vale después en juicio.",
    ),
    (
        "Decomisar la embarcación y llevarla al puerto",
        false,
        "Moverla antes de registrar el lugar borra huellas.",
    ),
];

/// Adds the steps to a unit.
pub(super) fn add_steps(world: &mut World<'_>, session: usize) {
    let session = &world.rows.sessions[session];
    let (session_id, created_at) = (session.id, session.created_at);
    for (position, (kind, title, body, link)) in (1..).zip(STEPS) {
        let id = next(world.rows.steps.len());
        world.rows.steps.push(StepRow {
            id,
            session_id,
            position,
            kind,
            title,
            body,
            link,
            created_at,
        });
        if kind == StepKind::Question {
            for (position, (answer, correct, feedback)) in (1..).zip(OPTIONS) {
                let correct = i64::from(correct);
                world.rows.options.push(OptionRow {
                    step_id: id,
                    position,
                    answer,
                    correct,
                    feedback,
                });
            }
        }
    }
}

/// Does the first `count` steps; a session whose steps are all done is credited.
pub(super) fn study(world: &mut World<'_>, enrolment: usize, sessions: &[usize], count: usize) {
    let enrolment_id = world.rows.enrolments[enrolment].id;
    let session_ids: Vec<i64> = sessions
        .iter()
        .map(|session| world.rows.sessions[*session].id)
        .collect();
    let of_unit = |step: &&StepRow| session_ids.contains(&step.session_id);
    let steps: Vec<(i64, i64)> = world
        .rows
        .steps
        .iter()
        .filter(of_unit)
        .map(|step| (step.id, step.session_id))
        .take(count)
        .collect();
    let mut done_at = world.now - Duration::days(15);
    for (step_id, _) in &steps {
        done_at += Duration::minutes(world.rng.random_range(8..240));
        world.rows.steps_done.push(StepDoneRow {
            enrolment_id,
            step_id: *step_id,
            done_at: Moment(done_at),
        });
    }
    for (session, id) in sessions.iter().zip(session_ids) {
        if steps
            .iter()
            .filter(|(_, session_id)| *session_id == id)
            .count()
            == STEPS.len()
        {
            mark(world, enrolment, *session, MarkStatus::Present);
        }
    }
}

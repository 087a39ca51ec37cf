//! What the system itself says about self-paced sessions, and the share that counts.

use chrono::Duration;

use capacita::{
    access::{self, AccountId, ActAsParticipant, Roles, SignInId, Viewer},
    attendance::{self, Cell, MarkId, MarkStatus, Share},
    enrolment::EnrolmentId,
    error::{AppError, Reason},
    people::PersonId,
    sessions::SessionId,
};

use crate::test_app::{TestApp, now};

/// Somebody of the fixture, as a domain sees them: account and person have the same number.
fn viewer(number: i64) -> Viewer {
    Viewer {
        account: AccountId::new(number),
        person: PersonId::new(number),
        sign_in: SignInId::new(1),
        name: String::new(),
        email: String::new(),
        locale: capacita_locales::Locale::es,
        roles: Roles::default(),
    }
}

/// Credits session 5 or another one as the person of the fixture with this number.
pub async fn credit(
    app: &TestApp,
    person: i64,
    enrolment: i64,
    session: i64,
) -> Result<Cell, AppError> {
    let mut tx = app.state.database.write().await?;
    let action = ActAsParticipant(PersonId::new(person));
    let permit = access::permit(&mut tx, &viewer(person), action).await?;
    let (enrolment, session) = (EnrolmentId::new(enrolment), SessionId::new(session));
    let cell = attendance::credit(&mut tx, now(), &permit, enrolment, session).await?;
    tx.commit().await?;
    Ok(cell)
}

#[tokio::test]
async fn a_self_paced_session_is_credited_once() {
    let app = TestApp::new().await;
    let credited = credit(&app, 5, 3, 5).await.expect("a cell");
    let expected = Cell {
        enrolment: EnrolmentId::new(3),
        session: SessionId::new(5),
        status: MarkStatus::Present,
        minutes: 120,
        newest: Some(MarkId::new(1)),
        conflict: false,
    };
    assert_eq!(credited, expected);
    assert_eq!(credit(&app, 5, 3, 5).await.expect("the same"), expected);
    assert_eq!(app.count("SELECT count(*) FROM attendance_marks").await, 1);
    let events = "SELECT count(*) FROM audit_events WHERE action = 'attendance_credit'";
    assert_eq!(app.count(events).await, 1);

    let mut connection = app.state.database.read().await.expect("a connection");
    let share = attendance::share_of(&mut connection, EnrolmentId::new(3), now()).await;
    let whole = Share {
        attended: 120,
        planned: 120,
        open: 0,
    };
    assert_eq!(share.expect("a share"), Some(whole));
}

#[tokio::test]
async fn nobody_credits_what_is_not_theirs_or_not_self_paced() {
    let app = TestApp::new().await;
    // Another person's enrolment, a session held in person, a session of another edition.
    assert_eq!(credit(&app, 6, 3, 5).await, Err(AppError::NotFound));
    assert_eq!(credit(&app, 5, 1, 1).await, Err(AppError::NotFound));
    let elsewhere = credit(&app, 5, 1, 5).await;
    assert_eq!(elsewhere, Err(Reason::NotTakingPart.into()));
    assert_eq!(app.count("SELECT count(*) FROM attendance_marks").await, 0);
}

#[tokio::test]
async fn nobody_is_warned_because_a_list_was_not_taken() {
    // The sessions of edition 1 end on 21 and 28 November, the unit of edition 4 on 31 December.
    let app = TestApp::new().await;
    let later = |days| now() + Duration::days(days);
    let open = async |enrolment: i64, at| {
        let mut connection = app.state.database.read().await.expect("a connection");
        let share = attendance::share_of(&mut connection, EnrolmentId::new(enrolment), at).await;
        share.expect("an answer").expect("an enrolment").open
    };
    // Over and not taken is as open as ahead; a unit that is over is not.
    assert_eq!(open(1, now()).await, 480);
    assert_eq!(open(1, later(30)).await, 480);
    assert_eq!(open(3, later(30)).await, 120);
    assert_eq!(open(3, later(60)).await, 0);
    app.execute(
        "INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, account_id, marked_at)
         VALUES (1, 1, 1, 'absent', 0, 'form', 3, '2026-11-21T15:00:00+00:00');
         INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
         VALUES (1, 1, 1, 'absent', 0)",
    )
    .await;
    assert_eq!(open(1, now()).await, 240);
    let mut connection = app.state.database.read().await.expect("a connection");
    let shares = attendance::shares(&mut connection, 1.into(), now()).await;
    let of_all = shares.expect("shares")[&EnrolmentId::new(1)];
    assert_eq!(of_all.open, 240);
    drop(connection);
    app.execute("UPDATE editions SET state = 'closed' WHERE id = 1")
        .await;
    assert_eq!(open(1, now()).await, 0);
}

#[tokio::test]
async fn the_share_counts_sessions_that_were_not_taken() {
    let app = TestApp::new().await;
    let mut connection = app.state.database.read().await.expect("a connection");
    let shares = attendance::shares(&mut connection, 1.into(), now()).await;
    let nothing = Share {
        attended: 0,
        planned: 480,
        open: 480,
    };
    let expected = [(EnrolmentId::new(1), nothing)];
    assert_eq!(
        shares.expect("shares").into_iter().collect::<Vec<_>>(),
        expected
    );
    let unknown = attendance::share_of(&mut connection, EnrolmentId::new(99), now()).await;
    assert_eq!(unknown.expect("an answer"), None);
}

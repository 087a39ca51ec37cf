//! The first thing to read about rights: the whole policy as one table.

use std::fmt::Write as _;

use axum::http::StatusCode;
use capacita::{
    access::policy::{ActionKind, Decision, Relation, Role, decide},
    error::{AppError, Reason},
};
use chrono::Duration;

use crate::test_app::TestApp;

/// A change here is a change of who may do what: read it before you accept it.
#[test]
fn who_may_do_what() {
    let mut table = format!("{:<19}{:<9}", "", "");
    for role in Role::ALL {
        write!(table, "{:<15}", format!("{role:?}")).expect("a String takes all");
    }
    for action in ActionKind::ALL {
        for relation in Relation::ALL {
            let (action_name, relation_name) = (format!("{action:?}"), format!("{relation:?}"));
            write!(table, "\n{action_name:<19}{relation_name:<9}").expect("a String takes all");
            for role in Role::ALL {
                let word = match decide(*role, *action, *relation) {
                    Decision::Allow => "allow",
                    Decision::Forbid => "403",
                    Decision::Hide => "404",
                };
                write!(table, "{word:<15}").expect("a String takes all");
            }
        }
    }
    let table: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("policy", table.join("\n"));
}

#[tokio::test]
async fn facilitators_read_lists_until_the_edition_is_long_over() {
    let app = TestApp::new().await;
    let lists = [
        "/editions/1/enrolments",
        "/editions/1/attendance",
        "/editions/1/results",
        "/sessions/1/attendance",
    ];
    // The edition ends on 5 December 2026; it is 21 November.
    app.clock.advance(Duration::days(14 + 90));
    let client = app.sign_in("facilitator").await;
    for list in lists {
        assert_eq!(client.get(list).await.status, StatusCode::OK, "{list}");
    }
    app.clock.advance(Duration::days(1));
    let client = app.sign_in("facilitator").await;
    for list in lists {
        let answer = client.get(list).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{list}");
        let html = answer.html();
        assert!(
            html.contains("se cierran para docentes 90 días después"),
            "{list}"
        );
        assert!(!html.contains("Rosa"), "{list}");
    }
    let one = client.get("/enrolments/1").await;
    assert_eq!(one.status, StatusCode::NOT_FOUND);
    let mark = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "present"),
        ("key", "long-over-1"),
    ];
    let answer = client.post("attendance/mark", &mark).await;
    assert_eq!(answer.error(), AppError::Conflict(Reason::TaughtLongAgo));
    // What never was theirs is refused as ever, and the edition itself stays open to them.
    let other = [("edition", "1"), ("person", "8")];
    let answer = client.post("enrolment/enrol_other", &other).await;
    assert_eq!(answer.error(), AppError::Forbidden);
    for page in ["/", "/editions/1", "/editions/1/sessions", "/calendar"] {
        assert_eq!(client.get(page).await.status, StatusCode::OK, "{page}");
    }
    let coordinator = app.sign_in("coordinator").await;
    for list in lists {
        assert_eq!(coordinator.get(list).await.status, StatusCode::OK, "{list}");
    }
}

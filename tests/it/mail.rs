//! Messages on their way: a real conversation with a mail server over TCP.

mod command;
mod decided;
mod delivery;
mod faults;
mod letters;
mod private_line;
mod server;

use capacita::{
    error::AppError,
    messages::{Delivered, Letter, MailServer, NewMessage, deliver_due, enqueue},
    people::PersonId,
};
use capacita_locales::Locale;

use self::server::Server;
use crate::test_app::TestApp;

/// A mail server, and a Capacita that hands its messages to it.
async fn with_server() -> (Server, TestApp) {
    let server = Server::start().await;
    let app = TestApp::new().await.with_mail(server.mail()).await;
    (server, app)
}

/// Queues a message to somebody.
async fn queue(app: &TestApp, address: &str, change: impl FnOnce(&mut NewMessage)) {
    let mut message = NewMessage {
        person: Some(PersonId::new(5)),
        address: address.to_owned(),
        kind: "enrolment_enrolled",
        locale: Locale::es,
        letter: Letter {
            subject: "Inscripción confirmada".to_owned(),
            body: "Hola, Rosa:\n\nSu inscripción está confirmada.".to_owned(),
        },
        key: None,
        secret: None,
        expires_at: None,
    };
    change(&mut message);
    let mut tx = app.state.database.write().await.expect("a transaction");
    enqueue(&app.state, &mut tx, message).await.expect("queued");
    tx.commit().await.expect("committed");
}

/// One run of delivery.
async fn deliver(app: &TestApp) -> Delivered {
    let delivered: Result<Delivered, AppError> = deliver_due(&app.state, || false).await;
    delivered.expect("the database answers")
}

/// `state trouble reply tries` of every message, in their order.
async fn standings(app: &TestApp) -> Vec<String> {
    let mut connection = app.state.database.read().await.expect("a connection");
    sqlx::query_scalar(
        "SELECT trim(state || ' ' || coalesce(trouble, '-') || ' ' || coalesce(reply, '-') || ' ' || tries)
         FROM outbox ORDER BY id",
    )
    .fetch_all(&mut *connection)
    .await
    .expect("rows")
}

fn mail(url: &str) -> MailServer {
    MailServer::parse(url, Some("Capacita Perú <capacita@capacita.test>")).expect("sound")
}

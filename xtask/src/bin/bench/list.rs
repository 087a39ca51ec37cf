//! A list of people as an institution sends it: how long its review and its enrolling take.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use anyhow::{Result, bail, ensure};
use hyper::StatusCode;

use crate::client::Client;

/// How many people are on the list.
pub const PEOPLE: u32 = 5_000;

/// An edition of the demo that people enrol in, without a limit that the list would reach.
const EDITION: &str = "102";

/// How long the parts of taking a list in took.
#[derive(Clone, Copy)]
pub struct ListTimes {
    /// From sending the file until every line has its verdict and the list's page is there.
    pub review: Duration,
    /// From the button until everybody is enrolled or waits.
    pub enrol: Duration,
}

/// Sends a list, has it reviewed and enrolled.
///
/// # Errors
/// The server refuses the list, or does not get through it within minutes.
pub async fn take_in(client: &mut Client) -> Result<ListTimes> {
    let content = content();
    let start = Instant::now();
    let answer = client
        .post_file("/api/nomination/upload", &[("edition", EDITION)], &content)
        .await?;
    ensure!(
        answer.status == StatusCode::OK,
        "the list was refused: {}",
        answer.status
    );
    let lists = client
        .get(&format!("/editions/{EDITION}/nominations"), "identity")
        .await?;
    let lists = String::from_utf8_lossy(&lists.body).into_owned();
    let Some(page) = lists
        .split('"')
        .find(|part| is_list(part))
        .map(str::to_owned)
    else {
        bail!("the list is not among those of its edition");
    };
    client.get(&page, "identity").await?;
    let review = start.elapsed();

    let id = page.rsplit('/').next().unwrap_or_default();
    let start = Instant::now();
    client
        .post("/api/nomination/apply", &format!("nomination={id}"))
        .await?;
    for _ in 0..1_200 {
        let answer = client.get(&page, "identity").await?;
        if !answer.headers.contains_key("refresh") {
            return Ok(ListTimes {
                review,
                enrol: start.elapsed(),
            });
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    bail!("the list is not enrolled after two minutes");
}

fn is_list(address: &str) -> bool {
    address
        .strip_prefix("/nominations/")
        .is_some_and(|id| id.bytes().all(|b| b.is_ascii_digit()))
}

/// People whom no register knows.
fn content() -> String {
    let head = "DNI;Apellido paterno;Apellido materno;Nombres;Sexo;Año de nacimiento\n".to_owned();
    (0..PEOPLE).fold(head, |mut list, n| {
        let sex = if n % 2 == 0 { "F" } else { "M" };
        writeln!(
            list,
            "{};Medida{n};Prueba;Persona {n};{sex};{}",
            90_000_000 + n,
            1960 + n % 40
        )
        .expect("writing to a String does not fail");
        list
    })
}

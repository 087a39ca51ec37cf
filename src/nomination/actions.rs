//! Server functions of nominations. The one that takes a file is in [`super::files`].

use leptos::prelude::*;

use super::{
    Decision, Field, NominationId,
    columns::Columns,
    operations::{self, Choice},
};
use crate::{
    access::viewer,
    courses::actions::hidden_id,
    error::AppError,
    paths, plural,
    server::{go_to, go_to_with_notice, services},
    t,
    values::chosen,
};

/// Says what each column holds, in the order of the columns.
#[server(endpoint = "nomination/set_columns")]
pub async fn set_columns(
    nomination: String,
    #[server(default)] fields: Vec<String>,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: NominationId = hidden_id(&nomination)?;
    let columns = Columns(
        fields
            .iter()
            .map(|field| chosen::<Field>(field).ok())
            .collect(),
    );
    operations::set_columns(&state, &viewer, id, columns).await?;
    go_to_with_notice(paths::nomination(id), t!(nomination.done.columns));
    Ok(())
}

/// Looks every line up again.
#[server(endpoint = "nomination/check_again")]
pub async fn check_again(nomination: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: NominationId = hidden_id(&nomination)?;
    operations::check_again(&state, &viewer, id).await?;
    go_to_with_notice(paths::nomination(id), t!(nomination.done.checked));
    Ok(())
}

/// Keeps what was decided about the lines of a page: `shown`, of which those in `take` are enrolled,
/// and for possible duplicates a `choice` each (`7:leave`, `7:another`, `7:12` for person 12). With
/// `moves` of `7:12` person 12 serves where the list says, with `7:no` the register's word stands.
#[server(endpoint = "nomination/decide")]
pub async fn decide(
    nomination: String,
    #[server(default)] shown: Vec<String>,
    #[server(default)] take: Vec<String>,
    #[server(default)] choice: Vec<String>,
    #[server(default)] moves: Vec<String>,
    #[server(default)] view: String,
    #[server(default)] after: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: NominationId = hidden_id(&nomination)?;
    let mut choices = choices(&shown, &take, &choice)?;
    choices.extend(moved(&moves)?);
    operations::decide(&state, &viewer, id, &choices).await?;
    let back = [("view", view), ("after", after)]
        .into_iter()
        .filter(|(_, value)| {
            value
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_')
        })
        .filter(|(_, value)| !value.is_empty())
        .fold(paths::nomination(id), |path, (name, value)| {
            path.with(name, &value)
        });
    go_to_with_notice(back, t!(nomination.done.decided));
    Ok(())
}

/// Enrols the chosen lines.
#[server(endpoint = "nomination/apply")]
pub async fn apply(nomination: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: NominationId = hidden_id(&nomination)?;
    if operations::start(&state, &viewer, id).await? {
        go_to_with_notice(paths::nomination(id), t!(nomination.done.applied));
    } else {
        go_to(&paths::nomination(id));
    }
    Ok(())
}

/// Takes an enrolled list back as a whole.
#[server(endpoint = "nomination/undo")]
pub async fn undo(nomination: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: NominationId = hidden_id(&nomination)?;
    operations::undo(&state, &viewer, id).await?;
    go_to_with_notice(paths::nomination(id), t!(nomination.done.undone));
    Ok(())
}

/// Gives a list up.
#[server(endpoint = "nomination/discard")]
pub async fn discard(nomination: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition = operations::discard(&state, &viewer, hidden_id(&nomination)?).await?;
    go_to_with_notice(
        paths::edition_nominations(edition),
        t!(nomination.done.discarded),
    );
    Ok(())
}

/// Tells the people of an enrolled list.
#[server(endpoint = "nomination/tell")]
pub async fn tell(nomination: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: NominationId = hidden_id(&nomination)?;
    let (told, without) = operations::tell(&state, &viewer, id).await?;
    let mut notice = plural!(told, nomination.done.told);
    if without > 0 {
        notice = format!(
            "{notice} {}",
            plural!(without, nomination.done.without_address)
        );
    }
    go_to_with_notice(paths::nomination(id), notice);
    Ok(())
}

/// The number of a line.
fn line(text: &str) -> Result<u32, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn choices(
    shown: &[String],
    take: &[String],
    choice: &[String],
) -> Result<Vec<(u32, Choice)>, AppError> {
    let mut choices = Vec::with_capacity(shown.len() + choice.len());
    for text in shown {
        let decision = if take.contains(text) {
            Decision::Take
        } else {
            Decision::Leave
        };
        choices.push((line(text)?, Choice::Plain(decision)));
    }
    for text in choice {
        let (number, decided) = text.split_once(':').ok_or(AppError::NotFound)?;
        let decided = match decided {
            "leave" => Choice::Plain(Decision::Leave),
            "another" => Choice::Plain(Decision::Another),
            person => Choice::Same(hidden_id(person)?),
        };
        choices.push((line(number)?, decided));
    }
    Ok(choices)
}

/// Who serves where the list says. A box comes after the word that stands for it when it is not
/// ticked.
fn moved(moves: &[String]) -> Result<Vec<(u32, Choice)>, AppError> {
    let one = |text: &String| {
        let (number, said) = text.split_once(':').ok_or(AppError::NotFound)?;
        let person = match said {
            "no" => None,
            person => Some(hidden_id(person)?),
        };
        Ok((line(number)?, Choice::Moves(person)))
    };
    moves.iter().map(one).collect()
}

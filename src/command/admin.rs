//! `capacita admin create`: somebody to begin with.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use clap::{Args, Subcommand};

use super::{Files, open, say};
use crate::{
    access::{
        Administer, ManagePeople,
        register::{NewAdministrator, create_administrator},
        system_permit,
    },
    error::{AppError, Fault},
    server::AppState,
};

/// Administrators.
#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Makes an account that may do everything. The password is asked for; where nobody sits at
    /// a terminal, it is the first line of the standard input.
    Create(Create),
}

/// Whom to make an administrator.
#[derive(Debug, Args)]
pub struct Create {
    /// What the administrator signs in with.
    #[arg(long)]
    email: String,
    /// Given names; asked for at a terminal.
    #[arg(long)]
    given_names: Option<String>,
    /// First surname; asked for at a terminal.
    #[arg(long)]
    surname: Option<String>,
    #[command(flatten)]
    files: Files,
}

/// Makes an administrator.
pub async fn create(options: Create) -> Result<(), String> {
    let state = open(options.files.config()?).await?;
    let given_names = name(options.given_names, "Given names", "Administración")?;
    let surname = name(options.surname, "Surname", "Capacita")?;
    let password = password()?;
    let names = (given_names.as_str(), surname.as_str());
    let new = NewAdministrator::parse(names, &options.email, &password, state.clock.today())
        .map_err(|error| in_words(&error))?;
    let made = make(&state, &new).await;
    state.database.close().await;
    made.map_err(|error| in_words(&error))?;
    say(&format!("{} can sign in and administer", options.email));
    Ok(())
}

async fn make(state: &AppState, new: &NewAdministrator) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let people = system_permit(&mut tx, ManagePeople).await?;
    let administer = system_permit(&mut tx, Administer).await?;
    create_administrator(state, &mut tx, (&people, &administer), new).await?;
    tx.commit().await
}

/// A name from its option, from a prompt, or the one that stands for nobody in particular.
fn name(given: Option<String>, label: &str, otherwise: &str) -> Result<String, String> {
    if let Some(name) = given {
        return Ok(name);
    }
    if !std::io::stdin().is_terminal() {
        return Ok(otherwise.to_owned());
    }
    let mut terminal = std::io::stderr();
    let _ = write!(terminal, "{label} [{otherwise}]: ");
    let _ = terminal.flush();
    let typed = line()?;
    Ok(if typed.is_empty() {
        otherwise.to_owned()
    } else {
        typed
    })
}

fn password() -> Result<String, String> {
    if !std::io::stdin().is_terminal() {
        return line();
    }
    let ask = |prompt| {
        rpassword::prompt_password(prompt)
            .map_err(|error| format!("cannot read the password: {error}"))
    };
    let password = ask("Password: ")?;
    if ask("The same again: ")? == password {
        Ok(password)
    } else {
        Err("the two passwords are not the same".to_owned())
    }
}

/// One line of the standard input, without its end.
fn line() -> Result<String, String> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| format!("cannot read the standard input: {error}"))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Why nobody was made an administrator, in one line.
fn in_words(error: &AppError) -> String {
    let AppError::Invalid(faults) = error else {
        return format!("the administrator was not created: {error:?}");
    };
    let lines: Vec<String> = faults
        .iter()
        .map(|fault| match (fault.field.as_str(), &fault.fault) {
            ("password", Fault::Missing) => "a password is needed on the standard input".to_owned(),
            ("password", Fault::TooShort { min }) => {
                format!("the password needs at least {min} characters")
            }
            ("password", Fault::WeakPassword) => {
                "the password is easy to guess: take three or four unrelated words".to_owned()
            }
            (_, Fault::NotAnEmail) => "--email is not an e-mail address".to_owned(),
            (_, Fault::DuplicateEmail) => "there is an account with this e-mail already".to_owned(),
            (field, fault) => format!("{field} cannot be taken: {fault:?}"),
        })
        .collect();
    lines.join("; ")
}

//! The command line: what it offers, and how it says no.
//!
//! Anything that cannot start ends with one line on standard error and exit code 2.

mod admin;
mod background;
mod backup;
mod check;
mod files;
mod memory;
mod restore;

pub use self::background::end_offers;

use std::{io::Write as _, net::SocketAddr, ops::RangeInclusive, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use tokio::net::TcpListener;

use crate::{
    demo::{self, ACCOUNTS, DemoError},
    messages::MailServer,
    server::{AppState, Clock, Config, Database, Secrets, router, telemetry},
};

/// Plans, runs and proves training for justice programs.
#[derive(Debug, Parser)]
#[command(name = "capacita", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves pages until it is told to stop; brings the database up to date first.
    Serve(Serve),
    /// Loads the demonstration into an empty database: three past programs and two that run now.
    Demo(Demo),
    /// Makes administrators.
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Copies the database to a new file, while it is served or not. The key file is not copied.
    Backup(backup::Backup),
    /// Puts a copy in the place of the database, once it was found sound. Stop the server first.
    Restore(restore::Restore),
    /// Looks for damage and for records that contradict each other; exit code 1 when there is any.
    Check(check::Check),
}

#[derive(Debug, Args)]
struct Serve {
    /// Where to listen.
    #[arg(long, env = "CAPACITA_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// The address people type, for links and certificates; default: http:// and the address.
    #[arg(long, env = "CAPACITA_BASE_URL")]
    base_url: Option<String>,
    /// The mail server: `smtps://user:password@host`. Better set in the environment, where no list of
    /// processes shows it. Without it messages stay in the outbox.
    #[arg(long, env = "CAPACITA_SMTP_URL", hide_env_values = true)]
    smtp_url: Option<String>,
    /// Whom messages are from: Capacita <capacita@example.pe>. Needed with --smtp-url.
    #[arg(long, env = "CAPACITA_MAIL_FROM")]
    mail_from: Option<String>,
    /// A file with the certificate (PEM) of whoever vouches for the mail server, where it is no
    /// authority that this machine trusts: an institution's own.
    #[arg(long, env = "CAPACITA_SMTP_CA")]
    smtp_ca: Option<PathBuf>,
    #[command(flatten)]
    files: Files,
}

impl Serve {
    /// The mail server, when one is named.
    fn mail(&self) -> Result<Option<MailServer>, String> {
        let url = self.smtp_url.as_deref().filter(|url| !url.is_empty());
        let from = self.mail_from.as_deref();
        let Some(url) = url else {
            return Ok(None);
        };
        let server = MailServer::parse(url, from)?;
        let Some(file) = &self.smtp_ca else {
            return Ok(Some(server));
        };
        let pem = std::fs::read(file)
            .map_err(|error| format!("cannot read --smtp-ca {}: {error}", file.display()))?;
        server.trusting(&pem).map(Some)
    }
}

/// An edition must find its people.
const SIZE_OF_PEOPLE: RangeInclusive<u64> =
    demo::Size::EDITION as u64..=demo::Size::MAX_PEOPLE as u64;
const SIZE_OF_MARKS: RangeInclusive<u64> = 0..=demo::Size::MAX_MARKS as u64;

#[derive(Debug, Args)]
struct Demo {
    /// The dice: the same seed on the same day gives the same people and figures.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Makes a synthetic national register of so many people instead, to measure with.
    #[arg(long, requires = "marks", value_parser = clap::value_parser!(u64).range(SIZE_OF_PEOPLE))]
    people: Option<u64>,
    /// Attendance marks of the synthetic register.
    #[arg(long, requires = "people", value_parser = clap::value_parser!(u64).range(SIZE_OF_MARKS))]
    marks: Option<u64>,
    /// The address that certificates of the demo point to.
    #[arg(
        long,
        env = "CAPACITA_BASE_URL",
        default_value = "http://127.0.0.1:3000"
    )]
    base_url: String,
    #[command(flatten)]
    files: Files,
}

impl Demo {
    fn size(&self) -> Option<demo::Size> {
        let (people, marks) = self.people.zip(self.marks)?;
        Some(demo::Size {
            people: people.try_into().ok()?,
            marks: marks.try_into().ok()?,
        })
    }
}

/// The files Capacita lives in.
#[derive(Clone, Debug, Args)]
struct Files {
    /// The database file; created when it is not there.
    #[arg(long, env = "CAPACITA_DATABASE", default_value = "capacita.db")]
    database: PathBuf,
    /// The key file; default: the database's name with `.key`. Keep it, and keep it apart.
    #[arg(long, env = "CAPACITA_SECRET_FILE")]
    secret_file: Option<PathBuf>,
}

impl Files {
    /// The configuration of a command that serves nothing.
    fn config(self) -> Result<Config, String> {
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        Config::new(nowhere, None, self.database, self.secret_file)
    }
}

/// Runs the command that was asked for.
pub fn run() -> ExitCode {
    let command_line = match CommandLine::try_parse() {
        Ok(command_line) => command_line,
        Err(error) => return explain(&error),
    };
    if matches!(command_line.command, Command::Serve(_)) {
        memory::give_back_soon();
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&format!("cannot start: {error}")),
    };
    let outcome = runtime.block_on(async {
        match command_line.command {
            Command::Serve(options) => serve(options).await,
            Command::Demo(options) => load_demo(options).await,
            Command::Admin(admin::Admin::Create(options)) => done(admin::create(options).await),
            Command::Backup(options) => done(backup::backup(options).await),
            Command::Restore(options) => done(restore::restore(options).await),
            Command::Check(options) => check::check(options).await,
        }
    });
    match outcome {
        Ok(code) => code,
        Err(line) => refuse(&line),
    }
}

/// The exit code of a command that either did what it was asked to or says why not.
fn done(outcome: Result<(), String>) -> Result<ExitCode, String> {
    outcome.map(|()| ExitCode::SUCCESS)
}

async fn serve(options: Serve) -> Result<ExitCode, String> {
    telemetry::start();
    let mail = options.mail()?;
    let Files {
        database,
        secret_file,
    } = options.files;
    let mut config = Config::new(
        options.addr,
        options.base_url.clone(),
        database,
        secret_file,
    )?;
    let listener = TcpListener::bind(config.addr)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", config.addr))?;
    let addr = listener.local_addr().map_err(|error| error.to_string())?;
    if options.base_url.is_none() {
        config.base_url = format!("http://{addr}");
    }
    config.addr = addr;
    config.mail = mail;
    let state = open(config).await?;
    say(&format!("listening on {}", state.config.base_url));
    let background = background::start(&state);
    let served = router::serve(listener, state.clone()).await;
    background.stop().await;
    state.database.close().await;
    served.map_err(|error| format!("the server stopped: {error}"))?;
    Ok(ExitCode::SUCCESS)
}

async fn load_demo(options: Demo) -> Result<ExitCode, String> {
    telemetry::start();
    let size = options.size();
    let Files {
        database,
        secret_file,
    } = options.files;
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let path = database.display().to_string();
    let state = open(Config::new(
        nowhere,
        Some(options.base_url),
        database,
        secret_file,
    )?)
    .await?;
    let loaded = match size {
        Some(size) => demo::load_register(&state, options.seed, size).await,
        None => demo::load(&state, options.seed).await,
    };
    let people = loaded.map_err(|error| match error {
        DemoError::NotEmpty => {
            format!("{path} holds records already: the demo is loaded into an empty database")
        }
        DemoError::Failed(error) => format!("the demo was not loaded: {error:?}"),
    })?;
    state.database.close().await;
    say(&format!(
        "loaded {people} people into {path}; accounts {} with password {}",
        ACCOUNTS.join(", "),
        demo::PASSWORD
    ));
    Ok(ExitCode::SUCCESS)
}

/// Opens the files that the configuration names.
async fn open(config: Config) -> Result<AppState, String> {
    let database = Database::open(&config.database).await?;
    let sealed = database.any_sealed().await?;
    let secrets = match sealed {
        Some(sealed) => Secrets::load_for(&config.secret_file, &sealed)?,
        None => Secrets::load_or_create(&config.secret_file)?,
    };
    Ok(AppState::new(database, Clock::System, secrets, config))
}

fn say(line: &str) {
    // Whoever started us may have stopped reading.
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn refuse(line: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "capacita: {line}");
    ExitCode::from(2)
}

/// Help and version go out as they are; a wrong option is told in one line.
fn explain(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    // What is wrong stands before the first empty line; usage and tips follow.
    let text = error.to_string();
    let lines = text.lines().map(str::trim);
    let line = lines.take_while(|line| !line.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    let line = line.trim_start_matches("error: ");
    refuse(&format!("{line} (see --help)"))
}

//! `cargo xtask`: one command for each thing a checkout is asked to do, from nothing.
//!
//! Each command is a row of numbered steps. A step looks first whether its result is already
//! there, so a second run starts within seconds. This program itself has next to no
//! dependencies; the heavy work stands in its sister programs (`bundle`, `database`, `bench`).

mod bench;
mod browser;
mod client;
mod command_line;
mod debian;
mod dist;
mod prepare;
mod project;
mod serve;
mod server;
mod shell;
mod steps;
mod test;
mod wasm_target;

use std::process::ExitCode;

use command_line::Task;

fn main() -> ExitCode {
    let task = match command_line::parse(std::env::args_os().skip(1).collect()) {
        Ok(task) => task,
        Err(error) => {
            eprintln!("xtask: {error}\n\n{}", command_line::USAGE);
            return ExitCode::from(2);
        }
    };
    let outcome = match task {
        Task::Help => {
            println!("{}", command_line::USAGE);
            Ok(())
        }
        Task::Serve(options) => serve::run(&options),
        Task::Test(parts) => test::run(&parts),
        Task::Prepare { check } => prepare::run(check),
        Task::Dist => dist::run(),
        Task::Bench(arguments) => bench::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

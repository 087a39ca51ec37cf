//! How soon memory that nobody uses goes back to the system.
//!
//! The allocator keeps what is freed for a second, in case it is wanted again, and looks after it only
//! when something else is freed: a server that has hashed a password, or counted totals, holds that
//! memory until somebody comes again. After 25 ms instead, a server under a load of pages holds 2 to
//! 5 MiB less of 60, under one of totals by course and sex 22 less of 81, and serves 2 to 5 of 100
//! pages fewer; after 10 ms, as many as 10 fewer. The allocator takes the number from its environment
//! alone, and before anything of ours runs.

/// What the allocator reads.
#[cfg(unix)]
const OPTION: &str = "MIMALLOC_PURGE_DELAY";

/// Milliseconds.
#[cfg(unix)]
const DELAY: &str = "25";

/// Begins the program once more, as the same process, with the allocator told so. Does nothing where
/// somebody has said what they want, and goes on as it is where it cannot be done.
#[cfg(unix)]
pub fn give_back_soon() {
    use std::{env, os::unix::process::CommandExt as _, process::Command};

    if env::var_os(OPTION).is_some() {
        return;
    }
    let Ok(program) = env::current_exe() else {
        return;
    };
    let mut arguments = env::args_os();
    let mut again = Command::new(program);
    if let Some(name) = arguments.next() {
        again.arg0(name);
    }
    // It returns only where it failed.
    let _ = again.args(arguments).env(OPTION, DELAY).exec();
}

/// Where a process cannot begin once more, the allocator does as it is used to.
#[cfg(not(unix))]
pub fn give_back_soon() {}

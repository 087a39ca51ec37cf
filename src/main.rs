//! The command line.
fn main() -> std::process::ExitCode {
    capacita::command::run()
}

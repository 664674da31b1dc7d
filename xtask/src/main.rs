//! The command line as a program of its own, and as the subcommand `cargo error-catalog`.

use std::process::ExitCode;

fn main() -> ExitCode {
    error_catalog::main()
}

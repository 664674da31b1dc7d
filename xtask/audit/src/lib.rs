//! Whether an API keeps what its catalog of errors says: exchanges and source code, checked against it.
//!
//! The package contains the program `error-catalog-audit`. `cargo xtask` hands its verbs over to it, so that only those
//! who use them build their dependencies.

#[cfg(feature = "verbs")]
mod cli;
#[cfg(feature = "verbs")]
mod coverage;
pub mod exchange;
pub mod finding;
mod json;
pub mod judge;
#[cfg(feature = "verbs")]
mod live_check;
#[cfg(feature = "verbs")]
mod proxy;
pub mod recording;
pub mod report;
pub mod seen;
pub mod tally;

/// Runs the command line of this process, and returns its exit code.
///
/// 0 means that there is no error, 1 that what was checked has errors, and 2 a usage or I/O error. The process ends in
/// this function if the arguments are wrong, or ask for help or the version.
///
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     error_catalog_audit::main()
/// }
/// ```
#[cfg(feature = "verbs")]
#[must_use]
pub fn main() -> std::process::ExitCode {
    use cli::{Cli, Verb};

    error_catalog::toolkit::main(|cli: &Cli| match &cli.verb {
        Verb::LiveCheck(options) => live_check::run(cli.catalog.as_deref(), options),
        Verb::Coverage(options) => coverage::run(cli.catalog.as_deref(), options),
    })
}

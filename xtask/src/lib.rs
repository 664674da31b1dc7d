//! One catalog for the errors of an API: a Rust crate, OpenAPI documents and Markdown pages that never drift.
//!
//! A catalog in YAML describes every error once. This is the command line that reads it, passes it to the library
//! `error-catalog-codegen`, and compares the result with the disk. The package also contains it as the program
//! `cargo-error-catalog`, which cargo runs as `cargo error-catalog`.
//!
//! # An xtask of your own
//!
//! Depend on one version in a member `xtask` of your workspace, and everybody who clones it has the same tool:
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     error_catalog::main()
//! }
//! ```
//!
//! With this alias in `.cargo/config.toml`, `cargo xtask gen` writes all outputs. Its profile compiles the tool in three
//! quarters of the time of `dev`:
//!
//! ```toml
//! [alias]
//! xtask = "run --quiet --profile xtask --package xtask --"
//!
//! [profile.xtask]
//! inherits = "dev"
//! debug = false
//! debug-assertions = false
//! incremental = false
//! overflow-checks = false
//! ```
//!
//! The feature `init`, which is a default, adds the verb that sets up a repository, and the feature `import` the verb that
//! reads a list of errors; without them, the tool needs no editor of TOML and no parsers of lists.
//!
//! If your xtask has verbs of its own, flatten [`Verb`] into them.

mod check;
mod cli;
mod diff;
mod disk;
mod docs;
mod explain;
mod fmt;
mod generate;
mod git;
mod hand_over;
#[cfg(feature = "import")]
mod import;
#[cfg(feature = "init")]
mod init;
mod list;
mod loader;
mod new;
mod openapi;
mod program;
mod project;
mod release;
mod status;
mod template;
mod terminal;
pub mod toolkit;
mod watch;

use std::process::ExitCode;

use clap::{ArgMatches, Args as _, FromArgMatches, Subcommand};

use cli::{Cli, OpenapiVerb, Paths};
use status::Status;

/// Runs the command line of this process, and returns its exit code.
///
/// 0 means success, 1 that the catalog or the outputs have errors, and 2 a usage or I/O error. The process ends in this
/// function if the arguments are wrong, or ask for help or the version. `--help` names the command that was started:
/// `cargo xtask`, `cargo error-catalog`, or the file of the program.
///
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     error_catalog::main()
/// }
/// ```
#[must_use]
pub fn main() -> ExitCode {
    toolkit::main(run_command)
}

/// A verb of the tool with its arguments, such as `gen --check`, to be flattened into the verbs of an xtask.
///
/// Each verb also has the options `--catalog` and `--out`, which the command line of the tool has before its verbs.
///
/// ```
/// use std::process::ExitCode;
///
/// use clap::Parser;
///
/// #[derive(Parser)]
/// enum Xtask {
///     /// Build the release archives
///     Dist,
///     #[command(flatten)]
///     Errors(error_catalog::Verb),
/// }
///
/// fn run(xtask: &Xtask) -> ExitCode {
///     match xtask {
///         Xtask::Dist => ExitCode::SUCCESS,
///         Xtask::Errors(verb) => verb.run(),
///     }
/// }
///
/// let xtask = Xtask::parse_from(["cargo xtask", "gen", "--check", "--out", "out/my"]);
/// assert!(matches!(xtask, Xtask::Errors(_)));
/// ```
#[derive(Debug)]
pub struct Verb {
    paths: Paths,
    verb: cli::Verb,
}

impl Verb {
    /// Runs the verb, and returns the exit code of the process: 0 means success, 1 that the catalog or the outputs have
    /// errors, and 2 an I/O error.
    ///
    /// ```no_run
    /// use clap::Parser;
    ///
    /// #[derive(Parser)]
    /// enum Xtask {
    ///     #[command(flatten)]
    ///     Errors(error_catalog::Verb),
    /// }
    ///
    /// fn main() -> std::process::ExitCode {
    ///     let Xtask::Errors(verb) = Xtask::parse();
    ///     verb.run()
    /// }
    /// ```
    #[must_use]
    pub fn run(&self) -> ExitCode {
        toolkit::exit(run(&self.paths, &self.verb))
    }
}

impl FromArgMatches for Verb {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let verb = cli::Verb::from_arg_matches(matches)?;
        let own = matches.subcommand().map_or(matches, |(_, own)| own);
        let paths = Paths::from_arg_matches(own)?;
        Ok(Self { paths, verb })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for Verb {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        let places = Paths::augment_args(clap::Command::new(""));
        let verbs = cli::Verb::augment_subcommands(clap::Command::new(""));
        verbs.get_subcommands().fold(command, |command, verb| {
            let stated = |place: &&clap::Arg| {
                let mut stated = verb.get_arguments();
                !stated.any(|argument| argument.get_id() == place.get_id())
            };
            let missing = places.get_arguments().filter(stated);
            command.subcommand(verb.clone().args(missing))
        })
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        cli::Verb::has_subcommand(name)
    }
}

fn run_command(cli: &Cli) -> anyhow::Result<Status> {
    match &cli.command {
        cli::Command::Verb(verb) => run(&cli.paths, verb),
        #[cfg(not(feature = "init"))]
        cli::Command::Init(options) => hand_over::tool("init", &cli.paths, options),
        #[cfg(not(feature = "import"))]
        cli::Command::Import(options) => hand_over::tool("import", &cli.paths, options),
    }
}

fn run(paths: &Paths, verb: &cli::Verb) -> anyhow::Result<Status> {
    match verb {
        #[cfg(feature = "init")]
        cli::Verb::Init(options) => init::run(options),
        cli::Verb::Gen(options) => generate::run(paths, options),
        cli::Verb::Watch => watch::run(paths),
        cli::Verb::Check(options) => check::run(paths, options),
        cli::Verb::Explain(options) => explain::run(paths, options),
        cli::Verb::List(options) => list::run(paths, options),
        cli::Verb::New(options) => new::run(paths, options),
        cli::Verb::Fmt(options) => fmt::run(paths, options),
        cli::Verb::Release(options) => release::run(paths, options),
        cli::Verb::Diff(options) => diff::run(paths, options),
        cli::Verb::Docs(options) => docs::run(paths, options),
        #[cfg(feature = "import")]
        cli::Verb::Import(options) => import::run(options),
        cli::Verb::Template(options) => template::run(paths, options),
        cli::Verb::LiveCheck(options) => hand_over::audit("live-check", paths, options),
        cli::Verb::Coverage(options) => hand_over::audit("coverage", paths, options),
        cli::Verb::Openapi(OpenapiVerb::Overlay(options)) => openapi::overlay(paths, options),
    }
}

//! What the other programs of the tool share with this one: the catalog of a project, and the terminal.
//!
//! The package `error-catalog-audit` uses it, so that its verbs find the catalog, print and end as all verbs do.

use std::ffi::OsString;
use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use codegen::audit::Audit;
use codegen::{Catalog, Diagnostic, Inputs, Outcome};

use crate::cli::Paths;
use crate::{project, terminal};

pub use codegen::report::Style;

pub use crate::program::Program;
pub use crate::status::Status;

fn paths(catalog: Option<&Path>) -> Paths {
    Paths {
        catalog: catalog.map(Path::to_owned),
        out: None,
    }
}

/// Reads and compiles a catalog: the file that `--catalog` names, or that of the project around the current folder.
///
/// # Errors
///
/// Fails if there is no such file, or if it cannot be read. What is wrong in the catalog is in the outcome.
///
/// ```no_run
/// let (inputs, outcome) = error_catalog::toolkit::compile(None)?;
/// if let Some(catalog) = outcome.value {
///     println!("{} codes in {}", catalog.codes.len(), inputs.sources()[0].name());
/// }
/// # Ok::<(), anyhow::Error>(())
/// ```
pub fn compile(catalog: Option<&Path>) -> anyhow::Result<(Inputs, Outcome<Catalog>)> {
    project::compile(&paths(catalog))
}

/// Reads and compiles a catalog as [`compile`] does, with its settings for the rules about sources if it has no errors.
///
/// # Errors
///
/// Fails if there is no such file, or if it cannot be read. What is wrong in the catalog is in the outcome.
///
/// ```no_run
/// let (_, _, audit) = error_catalog::toolkit::audit(None)?;
/// if let Some(audit) = audit {
///     println!("{:?}", audit.place("file_not_found"));
/// }
/// # Ok::<(), anyhow::Error>(())
/// ```
pub fn audit(catalog: Option<&Path>) -> anyhow::Result<(Inputs, Outcome<Catalog>, Option<Audit>)> {
    project::audit(&paths(catalog))
}

/// The root of the project: the folder with `catalog/catalog.yaml`, or the current folder for a catalog that
/// `--catalog` names and that is not the catalog of the project. The path is relative and may be empty.
///
/// # Errors
///
/// Fails if no catalog is named, and there is none in the current folder or above.
///
/// ```no_run
/// let root = error_catalog::toolkit::root(None)?;
/// assert!(root.join("catalog/catalog.yaml").is_file());
/// # Ok::<(), anyhow::Error>(())
/// ```
pub fn root(catalog: Option<&Path>) -> anyhow::Result<PathBuf> {
    project::root(&paths(catalog))
}

/// Prints a result to stdout. A closed pipe does not end the run.
///
/// # Errors
///
/// Fails if stdout cannot be written.
///
/// ```
/// error_catalog::toolkit::print("16 codes\n")?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn print(text: impl Display) -> io::Result<()> {
    terminal::print(text)
}

/// Prints a line of progress to stderr.
///
/// # Errors
///
/// Fails if stderr cannot be written.
///
/// ```
/// error_catalog::toolkit::progress("read 200 files")?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn progress(text: impl Display) -> io::Result<()> {
    terminal::progress(text)
}

/// Prints a warning that is not a finding to stderr.
///
/// # Errors
///
/// Fails if stderr cannot be written.
///
/// ```
/// error_catalog::toolkit::warn("src/old.rs is in no target")?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn warn(text: impl Display) -> io::Result<()> {
    terminal::warn(text)
}

/// Prints the diagnostics of a catalog to stderr for people, and their number, as `check` does.
///
/// # Errors
///
/// Fails if stderr cannot be written.
///
/// ```no_run
/// let (inputs, outcome) = error_catalog::toolkit::compile(None)?;
/// error_catalog::toolkit::diagnostics(&inputs, &outcome.diagnostics)?;
/// # Ok::<(), anyhow::Error>(())
/// ```
pub fn diagnostics(inputs: &Inputs, diagnostics: &[Diagnostic]) -> io::Result<()> {
    terminal::diagnostics(inputs, diagnostics)
}

/// Prints the findings of another verb to stderr for people, and their number.
///
/// # Errors
///
/// Fails if stderr cannot be written.
///
/// ```no_run
/// let (inputs, outcome) = error_catalog::toolkit::compile(None)?;
/// error_catalog::toolkit::findings("coverage", &inputs, &outcome.diagnostics)?;
/// # Ok::<(), anyhow::Error>(())
/// ```
pub fn findings(verb: &str, inputs: &Inputs, diagnostics: &[Diagnostic]) -> io::Result<()> {
    terminal::findings(verb, inputs, diagnostics)
}

/// The style of reports on stdout: without colours for `NO_COLOR`, and where stdout is not a terminal.
///
/// ```
/// use error_catalog::toolkit::{Style, style};
///
/// assert!(matches!(style(), Style::Plain | Style::Coloured));
/// ```
#[must_use]
pub fn style() -> Style {
    terminal::style_of_results()
}

/// The numbers of errors and warnings as a phrase, such as `1 error, 2 warnings`.
///
/// ```
/// assert_eq!(error_catalog::toolkit::count(&[]), "no findings");
/// ```
#[must_use]
pub fn count(diagnostics: &[Diagnostic]) -> String {
    terminal::count(diagnostics)
}

/// Runs a command line with the arguments of this process, and returns its exit code. The process ends in this function
/// if the arguments are wrong, or ask for help or the version.
///
/// ```no_run
/// use clap::Parser;
/// use error_catalog::toolkit::{self, Status};
///
/// #[derive(Parser)]
/// struct Cli;
///
/// fn main() -> std::process::ExitCode {
///     toolkit::main(|_: &Cli| Ok(Status::Ok))
/// }
/// ```
pub fn main<C: CommandFactory + FromArgMatches>(
    run: impl FnOnce(&C) -> anyhow::Result<Status>,
) -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let (program, arguments) = Program::of(arguments, std::env::var_os("CARGO_PKG_NAME"));
    let matches = program.renamed(C::command()).get_matches_from(arguments);
    match C::from_arg_matches(&matches) {
        Ok(cli) => exit(run(&cli)),
        Err(error) => error.exit(),
    }
}

/// The exit code of a run. An error is printed to stderr, and is 2.
///
/// ```
/// use error_catalog::toolkit::{self, Status};
///
/// let code = toolkit::exit(Ok(Status::Ok));
/// assert_eq!(code, std::process::ExitCode::SUCCESS);
/// ```
#[must_use]
pub fn exit(result: anyhow::Result<Status>) -> ExitCode {
    match result {
        Ok(Status::Ok) => ExitCode::SUCCESS,
        Ok(Status::Failed) => ExitCode::from(1),
        Ok(Status::Exit(code)) => ExitCode::from(code),
        Err(error) => {
            terminal::error(error);
            ExitCode::from(2)
        }
    }
}

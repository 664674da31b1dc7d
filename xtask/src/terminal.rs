//! Output to the terminal. A closed pipe does not end the run.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};

use anstream::ColorChoice;
use codegen::report::{self, Style};
pub(crate) use codegen::report::{columns, plural};
use codegen::{Diagnostic, Inputs, Severity};
use similar::TextDiff;

use crate::program::Program;
use crate::status::Status;

/// Prints a result.
pub(crate) fn print(text: impl Display) -> io::Result<()> {
    ignore_broken_pipe(write!(anstream::stdout().lock(), "{text}"))
}

/// Clears the screen if stderr is a terminal.
pub(crate) fn clear() -> io::Result<()> {
    let mut stderr = io::stderr();
    if !stderr.is_terminal() {
        return Ok(());
    }
    // ECMA-48: erase the page, then move to its start.
    ignore_broken_pipe(stderr.write_all(b"\x1b[2J\x1b[H"))
}

/// Prints the difference between two texts with names.
pub(crate) fn diff((old, before): (&str, &str), (new, after): (&str, &str)) -> io::Result<()> {
    let diff = TextDiff::from_lines(before, after);
    print(diff.unified_diff().header(old, new))
}

/// Prints diagnostics for people, and their number.
pub(crate) fn diagnostics(inputs: &Inputs, diagnostics: &[Diagnostic]) -> io::Result<()> {
    findings("check", inputs, diagnostics)
}

/// The same for the findings of another verb.
pub(crate) fn findings(verb: &str, inputs: &Inputs, diagnostics: &[Diagnostic]) -> io::Result<()> {
    if diagnostics.is_empty() {
        return Ok(());
    }
    let program = Program::current();
    let stderr = anstream::stderr();
    let style = style(stderr.current_choice());
    let mut stderr = stderr.lock();
    let named = program.named_in(diagnostics);
    let report = report::brief_of(verb, inputs, &named, style, program.name());
    ignore_broken_pipe(writeln!(stderr, "{report}{}", count(diagnostics)))
}

/// The style of reports on stdout.
pub(crate) fn style_of_results() -> Style {
    style(anstream::stdout().current_choice())
}

fn style(choice: ColorChoice) -> Style {
    match choice {
        ColorChoice::Never => Style::Plain,
        _ => Style::Coloured,
    }
}

/// The numbers of errors and warnings.
pub(crate) fn count(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .count();
    let warnings = diagnostics.len() - errors;
    let counts = [(errors, "error"), (warnings, "warning")].into_iter();
    let counts = counts.filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, noun)| plural(count, noun)).collect();
    match counts[..] {
        [] => "no findings".to_owned(),
        _ => counts.join(", "),
    }
}

/// Prints a warning that is not a finding.
pub(crate) fn warn(text: impl Display) -> io::Result<()> {
    let style = anstyle::Style::new()
        .bold()
        .fg_color(Some(anstyle::AnsiColor::Yellow.into()));
    ignore_broken_pipe(writeln!(
        anstream::stderr(),
        "{style}warning{style:#}: {}",
        Program::current().named(&text.to_string())
    ))
}

/// Prints progress to stderr.
pub(crate) fn progress(text: impl Display) -> io::Result<()> {
    ignore_broken_pipe(writeln!(anstream::stderr(), "{text}"))
}

/// Prints the reasons why no file was written.
pub(crate) fn nothing_written(reasons: &[String]) -> anyhow::Result<Status> {
    reasons.iter().for_each(error);
    print("nothing was written\n")?;
    Ok(Status::Failed)
}

/// Prints why the run failed.
pub(crate) fn error(error: impl Display) {
    let style = anstyle::Style::new()
        .bold()
        .fg_color(Some(anstyle::AnsiColor::Red.into()));
    let message = format!("{error:#}");
    let message = Program::current().named(&message).into_owned();
    // Without stderr, the message cannot be shown.
    let _ = writeln!(anstream::stderr(), "{style}error{style:#}: {message}");
}

/// The run continues without a reader: it still has files to write, and its exit code counts.
fn ignore_broken_pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

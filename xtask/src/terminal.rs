//! What reaches the terminal: colours only where they are wanted, closed pipes without a panic.

use std::fmt::{Display, Write as _};
use std::io::{self, IsTerminal as _, Write as _};

use anstream::ColorChoice;
use codegen::report::{self, Style};
use codegen::{Diagnostic, Inputs, Severity};
use similar::TextDiff;

use crate::status::Status;

/// Prints a result.
pub(crate) fn print(text: impl Display) -> io::Result<()> {
    ignore_broken_pipe(write!(anstream::stdout().lock(), "{text}"))
}

/// Clears the screen, where diagnostics go to one.
pub(crate) fn clear() -> io::Result<()> {
    let mut stderr = io::stderr();
    if !stderr.is_terminal() {
        return Ok(());
    }
    // ECMA-48: erase the page, then go to its first place.
    ignore_broken_pipe(stderr.write_all(b"\x1b[2J\x1b[H"))
}

/// Prints what changes from one text to the other, each with its name.
pub(crate) fn diff((old, before): (&str, &str), (new, after): (&str, &str)) -> io::Result<()> {
    let diff = TextDiff::from_lines(before, after);
    print(diff.unified_diff().header(old, new))
}

/// Prints diagnostics for people, and how many there are.
pub(crate) fn diagnostics(inputs: &Inputs, diagnostics: &[Diagnostic]) -> io::Result<()> {
    if diagnostics.is_empty() {
        return Ok(());
    }
    let stderr = anstream::stderr();
    let style = style(stderr.current_choice());
    let mut stderr = stderr.lock();
    let report = report::human(inputs, diagnostics, style);
    ignore_broken_pipe(writeln!(stderr, "{report}{}", count(diagnostics)))
}

/// How a report that is printed as a result is drawn.
pub(crate) fn style_of_results() -> Style {
    style(anstream::stdout().current_choice())
}

fn style(choice: ColorChoice) -> Style {
    match choice {
        ColorChoice::Never => Style::Plain,
        _ => Style::Coloured,
    }
}

/// How many findings there are, in words.
pub(crate) fn count(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .count();
    let warnings = diagnostics.len() - errors;
    match (errors, warnings) {
        (0, 0) => "no findings".to_owned(),
        (0, warnings) => plural(warnings, "warning"),
        (errors, 0) => plural(errors, "error"),
        (errors, warnings) => {
            format!(
                "{}, {}",
                plural(errors, "error"),
                plural(warnings, "warning")
            )
        }
    }
}

/// A number with its noun.
pub(crate) fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// Prints something worth knowing that is no fault of the catalog.
pub(crate) fn warn(text: impl Display) -> io::Result<()> {
    let style = anstyle::Style::new()
        .bold()
        .fg_color(Some(anstyle::AnsiColor::Yellow.into()));
    ignore_broken_pipe(writeln!(
        anstream::stderr(),
        "{style}warning{style:#}: {text}"
    ))
}

/// Lines of cells, each column as wide as its widest cell.
pub(crate) fn columns<const N: usize>(lines: &[[String; N]]) -> String {
    let widths: [usize; N] = std::array::from_fn(|column| {
        let widest = lines.iter().map(|line| line[column].chars().count()).max();
        widest.unwrap_or_default()
    });
    let mut out = String::new();
    for line in lines {
        let mut text = String::new();
        for (cell, width) in line.iter().zip(widths) {
            // Writing to a string cannot fail.
            let _ = write!(text, "{cell:width$}  ");
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out
}

/// Says what goes on, where a run takes longer than people wait without a word.
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
    // Where stderr is closed there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "{style}error{style:#}: {error:#}");
}

/// A reader that went away, as `head` does, has read enough. The run goes on without it: it has
/// files to write, and its exit code still counts.
fn ignore_broken_pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

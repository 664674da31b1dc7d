//! Output to the terminal. A closed pipe does not end the run.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::time::Instant;

use anstyle::{AnsiColor, Style};
use anyhow::Context as _;

pub(crate) use codegen::report::{columns, plural};

/// Prints a result.
pub(crate) fn print(text: impl Display) -> io::Result<()> {
    ignore_broken_pipe(write!(anstream::stdout().lock(), "{text}"))
}

/// Prints progress to stderr.
pub(crate) fn progress(text: impl Display) -> io::Result<()> {
    ignore_broken_pipe(writeln!(anstream::stderr(), "{text}"))
}

/// Prints why the run failed.
pub(crate) fn error(error: impl Display) {
    let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    // Without stderr, the message cannot be shown.
    let _ = writeln!(anstream::stderr(), "{style}error{style:#}: {error:#}");
}

/// Runs a step, and prints its name and duration.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let start = Instant::now();
    progress(format_args!("{name} ..."))?;
    let outcome = work().with_context(|| format!("{name} failed"))?;
    progress(format_args!(
        "{name}: {:.1} s",
        start.elapsed().as_secs_f32()
    ))?;
    Ok(outcome)
}

fn ignore_broken_pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

//! `live-check`: exchanges against the catalog, recorded ones or those of a proxy.

use std::num::NonZero;
use std::path::Path;
use std::thread;

use anyhow::{Context, bail};
use codegen::Catalog;
use codegen::rule::Level;
use error_catalog::toolkit::{self, Status};

use crate::cli::{FailOn, LiveCheckOptions, ReportFormat};
use crate::judge::{Judge, Session, Settings, StreamEnd};
use crate::proxy::{self, Upstream};
use crate::recording::{Input, Recordings, read};
use crate::report::{Least, Report};
use crate::seen::scope::Scope;
use crate::tally::Tally;

pub(crate) fn run(catalog: Option<&Path>, options: &LiveCheckOptions) -> anyhow::Result<Status> {
    let (inputs, outcome) = toolkit::compile(catalog)?;
    let Some(catalog) = &outcome.value else {
        toolkit::diagnostics(&inputs, &outcome.diagnostics)?;
        return Ok(Status::Failed);
    };
    let scope = scope(catalog, options)?;
    let least = least(options)?;
    let judge = Judge::new(catalog, settings(options));
    let Judged {
        mut tally,
        names,
        code,
    } = match &options.to {
        Some(to) => proxied(&judge, to, options)?,
        None => recorded(&judge, options)?,
    };
    merge(&mut tally, catalog, options)?;
    let report = Report::new(&tally, &names, scope, least);
    toolkit::print(match options.format {
        ReportFormat::Text => report.text(),
        ReportFormat::Json => report.json(),
        ReportFormat::Markdown => report.markdown(),
        ReportFormat::Github => report.github(),
        ReportFormat::Sarif => report.sarif(),
        ReportFormat::Junit => report.junit(),
    })?;
    let failed = report.has(match options.fail_on {
        FailOn::Error => Level::Error,
        FailOn::Warn => Level::Warn,
        FailOn::Never => Level::Off,
    });
    Ok(match code {
        0 if failed || !report.unmet().is_empty() => Status::Failed,
        0 => Status::Ok,
        // The command is what the caller asked for: its exit code means more to the caller.
        code => Status::Exit(code),
    })
}

/// What was judged.
struct Judged<'j> {
    tally: Tally<'j>,
    /// The names of the recordings.
    names: Vec<String>,
    /// The exit code of the command; 0 if there was none.
    code: u8,
}

fn settings(options: &LiveCheckOptions) -> Settings {
    let ends = options.stream_end.iter();
    Settings {
        stream_ends: ends.map(|end| StreamEnd::new(end)).collect(),
        addresses: options.at.clone(),
    }
}

fn scope(catalog: &Catalog, options: &LiveCheckOptions) -> anyhow::Result<Scope> {
    let scope = Scope {
        operations: options.operation.clone(),
        groups: options.group.clone(),
        types: options.error_type.clone(),
    };
    scope.check(catalog)?;
    Ok(scope)
}

fn least(options: &LiveCheckOptions) -> anyhow::Result<Vec<Least>> {
    let least = options.min_coverage.iter().map(|text| {
        Least::parse(text).with_context(|| {
            format!("`--min-coverage {text}`: expected a percentage such as 90, or `pairs=80`")
        })
    });
    least.collect()
}

/// What passes through a proxy. What is not judged of it is a warning.
fn proxied<'j>(
    judge: &'j Judge<'j>,
    to: &Upstream,
    options: &LiveCheckOptions,
) -> anyhow::Result<Judged<'j>> {
    let settings = proxy::Settings {
        to: to.clone(),
        listen: options.listen.unwrap_or_default(),
        command: &options.command,
        is_quiet: options.format != ReportFormat::Text,
    };
    let run = proxy::run(judge, &settings)?;
    Ok(Judged {
        tally: run.tally,
        names: vec![to.url.clone()],
        code: run.code,
    })
}

/// What the recordings contain. What could not be read of them is a warning.
fn recorded<'j>(judge: &'j Judge<'j>, options: &LiveCheckOptions) -> anyhow::Result<Judged<'j>> {
    if options.recordings.is_empty() {
        bail!(
            "no recording is named: name files or folders, `-` for the standard input, or a server with `--to`"
        );
    }
    let inputs = options
        .recordings
        .iter()
        .map(|name| Input::from(name.as_str()));
    let inputs: Vec<Input> = inputs.collect();
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let sessions = (0..threads.min(MAX_THREADS)).map(|_| judge.session());
    let mut sessions: Vec<Session<'j>> = sessions.collect();
    let recordings = read(&inputs, &mut sessions)?;
    warn(&recordings)?;
    let mut tallies = sessions.into_iter().map(Session::finish);
    let mut tally = tallies.next().context("there is a session")?;
    tallies.for_each(|other| tally.merge(other));
    let names = recordings.all.into_iter().map(|recording| recording.name);
    Ok(Judged {
        tally,
        names: names.collect(),
        code: 0,
    })
}

/// The number of threads after which reading is slower than judging.
const MAX_THREADS: usize = 16;

fn warn(recordings: &Recordings) -> anyhow::Result<()> {
    for recording in &recordings.all {
        for fault in &recording.faults {
            toolkit::warn(format!("{}: {fault}", recording.name))?;
        }
        let more = recording
            .faulty
            .saturating_sub(recording.faults.len() as u64);
        if more > 0 {
            toolkit::warn(format!(
                "{}: {more} more parts cannot be read",
                recording.name
            ))?;
        }
    }
    for skipped in &recordings.skipped {
        toolkit::warn(format!("{} is not a recording", skipped.name))?;
    }
    Ok(())
}

/// Adds the runs in files of coverage, and the run to its file.
fn merge(
    tally: &mut Tally<'_>,
    catalog: &Catalog,
    options: &LiveCheckOptions,
) -> anyhow::Result<()> {
    let named = |path: &Path| path.display().to_string();
    if let Some(path) = options.coverage.as_deref().filter(|path| path.exists()) {
        tally
            .seen
            .add_file(catalog, path)
            .with_context(|| named(path))?;
    }
    if let Some(path) = &options.coverage {
        tally
            .seen
            .write_file(catalog, path)
            .with_context(|| named(path))?;
    }
    for path in &options.merge {
        tally
            .seen
            .add_file(catalog, path)
            .with_context(|| named(path))?;
    }
    Ok(())
}

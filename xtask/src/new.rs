//! `new`: puts a new code into the catalog.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, bail};
use codegen::edit::{self, NewCode, NoPlace, Place};
use codegen::span::{SourceId, Span};
use codegen::{Catalog, Diagnostic, Inputs, Outcome, Rule, Severity, report};

use crate::cli::{NewOptions, Paths};
use crate::disk::atomic_write;
use crate::status::Status;
use crate::{fmt, project, terminal};

pub(crate) fn run(paths: &Paths, options: &NewOptions) -> anyhow::Result<Status> {
    project::refuse_outputs(paths, "new changes the catalog alone")?;
    let (inputs, before) = project::compile(paths)?;
    let code = NewCode {
        name: &options.name,
        error_type: &options.error_type,
        status: options.status,
        rust: options.rust.as_deref(),
        place: place(&inputs, options)?,
    };
    let insertion = match edit::insert(&inputs, &code) {
        Ok(insertion) => insertion,
        Err(no_place) => return refused(&inputs, &code, no_place),
    };
    let name = inputs.sources()[insertion.source.0 as usize]
        .name()
        .to_owned();
    let inputs = inputs.with_text(insertion.source, insertion.text.clone());
    let after = codegen::compile(&inputs);
    if !is_welcome(&before, &after, insertion.stub) {
        return turned_away(&inputs, after);
    }
    atomic_write::hand_written(Path::new(&name), &insertion.text)?;
    terminal::print(next_steps(paths, &inputs, &after, insertion.stub))?;
    Ok(Status::Ok)
}

fn place<'a>(inputs: &Inputs, options: &'a NewOptions) -> anyhow::Result<Place<'a>> {
    if let Some(code) = &options.after {
        return Ok(Place::Code(code));
    }
    let Some(file) = &options.file else {
        return Ok(Place::Type);
    };
    let names = || inputs.sources().iter().map(codegen::Source::name);
    let mut sources = (0..).map(SourceId).zip(names());
    let found = sources.find(|(_, name)| project::same_file(Path::new(name), file));
    let (id, _) = found.with_context(|| {
        let names: Vec<_> = names().collect();
        format!(
            "{} is no file of the catalog: its files are {}",
            file.display(),
            names.join(", ")
        )
    })?;
    Ok(Place::Source(id))
}

fn refused(inputs: &Inputs, code: &NewCode<'_>, no_place: NoPlace) -> anyhow::Result<Status> {
    let name = code.name;
    let help = |meant: Option<String>| match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`cargo xtask list` shows those that there are".to_owned(),
    };
    match no_place {
        NoPlace::Refused(refusal) => fmt::refused(inputs, refusal),
        NoPlace::TooLong => bail!("the name is too long: a name has at most 100 bytes"),
        NoPlace::Exists(span) => bail!(
            "the code `{name}` is there already, at {}: choose another name, or change it there",
            report::position(inputs, span)
        ),
        NoPlace::UnknownType(meant) => bail!(
            "the catalog has no type `{}`: {}",
            code.error_type,
            help(meant)
        ),
        NoPlace::UnknownCode(meant) => bail!(
            "the catalog has no code of the name that --after gives: {}",
            help(meant)
        ),
        NoPlace::NoCodes => bail!(
            "there is no code to put `{name}` behind: write the first one under `codes` by hand"
        ),
    }
}

/// Whether the catalog is no worse for the code: it still has a meaning if it had one, and none of
/// its errors is about the code. That the code is unfinished is no reason to turn it away, however
/// heavy that weighs in this catalog.
fn is_welcome(before: &Outcome<Catalog>, after: &Outcome<Catalog>, stub: Span) -> bool {
    let mut faults = after.diagnostics.iter().filter(|found| is_fault(found));
    faults.all(|found| before.value.is_none() && !is_inside(found.primary.span, stub))
}

fn is_fault(found: &Diagnostic) -> bool {
    let is_unfinished = matches!(found.rule, Rule::TodoLeft | Rule::UnreturnedCode);
    found.severity == Severity::Error && !is_unfinished
}

fn is_inside(place: Span, stub: Span) -> bool {
    place.source == stub.source && stub.start <= place.start && place.end <= stub.end
}

fn turned_away(inputs: &Inputs, after: Outcome<Catalog>) -> anyhow::Result<Status> {
    let mut errors = after.diagnostics;
    errors.retain(is_fault);
    terminal::diagnostics(inputs, &errors)?;
    // What the catalog would say is an option here.
    let is_rust_name = |found: &Diagnostic| {
        let help = found.help.as_deref().unwrap_or_default();
        help.contains("`rust: ")
    };
    if errors.iter().any(is_rust_name) {
        terminal::print("`--rust NAME` gives the code another name in Rust\n")?;
    }
    terminal::print("nothing was changed\n")?;
    Ok(Status::Failed)
}

/// Where the stub is, and what its author does now.
fn next_steps(paths: &Paths, inputs: &Inputs, after: &Outcome<Catalog>, stub: Span) -> String {
    let mut steps = format!("added at {}\n", report::position(inputs, stub));
    steps.push_str("write its meaning and fix where it says TODO");
    let is_unreturned = |found: &Diagnostic| {
        found.rule == Rule::UnreturnedCode && found.primary.span.start == stub.start
    };
    if after.diagnostics.iter().any(is_unreturned) {
        steps.push_str(", name it under `errors` of the operations that can fail with it");
    }
    let command = project::command("gen", paths);
    let _ = writeln!(steps, ", then run `{command}`");
    steps
}

//! `new`: adds a code to the catalog.

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
    project::refuse_outputs(paths, "new writes no outputs")?;
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
    if !is_acceptable(&before, &after, insertion.stub) {
        return rejected(&inputs, after);
    }
    project::remove_leftovers(paths, &inputs)?;
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
            "{} is not a file of the catalog: its files are {}",
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
        None => "`cargo xtask list` shows the known ones".to_owned(),
    };
    match no_place {
        NoPlace::Refused(refusal) => fmt::refused(inputs, refusal),
        NoPlace::TooLong => bail!("the name is too long: use at most 200 bytes"),
        NoPlace::Exists(span) => bail!(
            "duplicate code `{name}`, first defined at {}: choose another name, or edit that code",
            report::position(inputs, span)
        ),
        NoPlace::UnknownType(meant) => bail!("unknown type `{}`: {}", code.error_type, help(meant)),
        NoPlace::UnknownCode(meant) => bail!("unknown code in --after: {}", help(meant)),
        NoPlace::NoCodes => {
            bail!("the catalog has no codes yet: write the first one under `codes` by hand")
        }
    }
}

/// Whether the code can be added: the catalog still compiles if it did before, and no error is in the new code.
/// The rules about unfinished codes do not count, whatever their severity in this catalog.
fn is_acceptable(before: &Outcome<Catalog>, after: &Outcome<Catalog>, stub: Span) -> bool {
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

fn rejected(inputs: &Inputs, after: Outcome<Catalog>) -> anyhow::Result<Status> {
    let mut errors = after.diagnostics;
    errors.retain(is_fault);
    terminal::diagnostics(inputs, &errors)?;
    // Here, an option replaces the key of the suggestion.
    let is_rust_name = |found: &Diagnostic| {
        let help = found.help.as_deref().unwrap_or_default();
        help.contains("`rust: ")
    };
    if errors.iter().any(is_rust_name) {
        terminal::print("use `--rust NAME` to give the code another Rust name\n")?;
    }
    terminal::print("nothing was changed\n")?;
    Ok(Status::Failed)
}

/// The position of the new code, and the next steps.
fn next_steps(paths: &Paths, inputs: &Inputs, after: &Outcome<Catalog>, stub: Span) -> String {
    let mut steps = format!("added at {}\n", report::position(inputs, stub));
    steps.push_str("replace each TODO by its meaning and fix");
    let is_unreturned = |found: &Diagnostic| {
        found.rule == Rule::UnreturnedCode && found.primary.span.start == stub.start
    };
    if after.diagnostics.iter().any(is_unreturned) {
        steps.push_str(", add it to `errors` of the operations that can fail with it");
    }
    let command = project::command("gen", paths);
    let _ = writeln!(steps, ", then run `{command}`");
    steps
}

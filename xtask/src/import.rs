//! `import`: a catalog is drafted from a list of errors that exists already.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use codegen::import::{Finding, Import, Input, Options, OptionsError, Place};
use codegen::{Severity, Source};
use fs_err as fs;

use crate::cli::{ImportOptions, ImportSource, Paths};
use crate::openapi::read;
use crate::status::Status;
use crate::{project, terminal};

/// The draft, from the folder that it is written to.
const DRAFT: &str = "catalog.yaml";
/// The largest list that is read, in bytes: a catalog with what a draft adds to it fits the limit of
/// catalogs.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

pub(crate) fn run(options: &ImportOptions) -> anyhow::Result<Status> {
    if options.catalog.is_some() {
        bail!("a draft is made of a list, not of a catalog: leave out --catalog");
    }
    let target = options.out.as_deref().map(target).transpose()?;
    let text = text(&options.file)?;
    let kind = options.from.unwrap_or_else(|| kind(&options.file, &text));
    let document = match kind {
        ImportSource::Openapi => {
            let document = read::values(&text);
            Some(document.with_context(|| format!("{} cannot be read", options.file.display()))?)
        }
        ImportSource::Jsonl | ImportSource::Markdown => None,
    };
    let input = match (&document, kind) {
        (Some(document), _) => Input::OpenApi(document),
        (None, ImportSource::Markdown) => Input::Page(&text),
        (None, _) => Input::Rows(&text),
    };
    let name = options
        .file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let drafting = Options {
        name: &name,
        crate_name: options.crate_name.as_deref(),
        error_type: options.error_type.as_deref(),
        schema: "catalog/catalog.schema.json",
    };
    let draft = codegen::import::import(input, drafting).map_err(|error| match error {
        OptionsError::Crate(name) => anyhow::anyhow!(
            "`{name}` cannot be the name of a crate: write small letters, digits, `-` and `_`, such as `--crate photo-errors`"
        ),
        OptionsError::Type(reason) => anyhow::anyhow!("--type: {reason}: write a word, such as `--type api_error`"),
    })?;
    let file = &options.file;
    if let Some(catalog) = &draft.catalog {
        match &target {
            Some(target) => write(target, catalog)?,
            None => terminal::print(catalog)?,
        }
    }
    report(file, &draft, target.as_deref())?;
    let is_whole = draft.lost.is_empty() && draft.faults.is_empty() && draft.catalog.is_some();
    Ok(if is_whole { Status::Ok } else { Status::Failed })
}

/// Where the draft is written, which no file may be yet.
fn target(out: &Path) -> anyhow::Result<PathBuf> {
    let target = out.join(DRAFT);
    if fs::symlink_metadata(&target).is_ok() {
        bail!(
            "{} is there already, and a draft takes no file's place: name another folder with --out, or move the file away",
            target.display()
        );
    }
    Ok(target)
}

/// The text of the list.
fn text(file: &Path) -> anyhow::Result<String> {
    let size = match fs::metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("there is no file {}", file.display())
        }
        metadata => metadata?.len(),
    };
    if size > MAX_BYTES {
        bail!(
            "{} has {size} bytes, more than the {MAX_BYTES} that are read: split the list",
            file.display()
        );
    }
    let source: Source = project::read(file)?;
    if !source.is_text() {
        bail!("{} is not UTF-8 text: save it as UTF-8", file.display());
    }
    Ok(source.text().to_owned())
}

/// The kind of a list, by the ending of its name, and by how it begins.
fn kind(file: &Path, text: &str) -> ImportSource {
    let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
    match ending.to_str() {
        Some("jsonl" | "ndjson") => ImportSource::Jsonl,
        Some("yaml" | "yml") => ImportSource::Openapi,
        Some("md" | "markdown" | "txt") => ImportSource::Markdown,
        _ => by_contents(text),
    }
}

fn by_contents(text: &str) -> ImportSource {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let first = text.lines().next().unwrap_or_default();
    let is_row = first.starts_with('{')
        && serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(first)
            .is_ok_and(|row| row.contains_key("code"));
    if is_row {
        ImportSource::Jsonl
    } else if text.starts_with('{') || text.lines().any(|line| line.starts_with("openapi:")) {
        ImportSource::Openapi
    } else {
        ImportSource::Markdown
    }
}

/// Writes the draft to a file of its own.
fn write(target: &Path, catalog: &str) -> anyhow::Result<()> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    // A file that came in between is not written over.
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(target)?;
    Ok(file.write_all(catalog.as_bytes())?)
}

/// Says what became of the list.
fn report(file: &Path, draft: &Import, target: Option<&Path>) -> anyhow::Result<()> {
    for lost in &draft.lost {
        terminal::error(format_args!("{}{}", at(file, &lost.place), lost.message));
    }
    for fault in &draft.faults {
        terminal::error(format_args!("the draft has a mistake: {}", fault.message));
    }
    for (message, places) in grouped(&draft.undecided) {
        terminal::warn(format_args!("{}{places}: {message}", file.display()))?;
    }
    for (rule, codes) in &draft.allowed {
        let weight = match rule.default_severity() {
            Severity::Error => "stops a run",
            Severity::Warning => "is warned of",
        };
        let codes = codes.map_or_else(
            || "the whole catalog".to_owned(),
            |codes| terminal::plural(codes, "code"),
        );
        terminal::warn(format_args!(
            "{}: breaking the rule `{}`, which {weight}, is allowed to {codes} under `lint` until it is mended",
            file.display(),
            rule.id()
        ))?;
    }
    if draft.catalog.is_none() {
        terminal::error(format_args!("no error was found in {}", file.display()));
        return Ok(());
    }
    let types = terminal::plural(draft.types, "type");
    let codes = terminal::plural(draft.codes, "code");
    let lost = match draft.lost.len() {
        0 => String::new(),
        lost => format!(", and {lost} of the source lost"),
    };
    terminal::progress(format_args!("a draft with {types} and {codes}{lost}"))?;
    if let Some(target) = target {
        let folder = target.parent().unwrap_or(Path::new("."));
        let paths = Paths {
            catalog: Some(target.to_owned()),
            out: Some(folder.to_owned()),
        };
        terminal::print(format_args!(
            "wrote {}: look for `TODO` in it, then run `{}`\n",
            target.display(),
            project::command("gen", &paths)
        ))?;
    }
    Ok(())
}

/// The place of a finding, as editors know it.
fn at(file: &Path, place: &Place) -> String {
    match place {
        Place::Line(line) => format!("{}:{line}: ", file.display()),
        Place::Path(path) => format!("{}: {path}: ", file.display()),
        Place::Source => format!("{}: ", file.display()),
    }
}

/// The findings by what they say, in the order of their first places, each with where it is so.
fn grouped(findings: &[Finding]) -> Vec<(&str, String)> {
    let mut order: Vec<&str> = Vec::new();
    let mut places: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
    for finding in findings {
        let known = places.entry(&finding.message).or_default();
        if known.is_empty() {
            order.push(&finding.message);
        }
        known.push(&finding.place);
    }
    let groups = order.into_iter();
    groups
        .map(|message| (message, listed(&places[message])))
        .collect()
}

/// The places in words: lines that follow each other as a range.
fn listed(places: &[&Place]) -> String {
    let mut lines: Vec<(usize, usize)> = Vec::new();
    let mut paths = Vec::new();
    for place in places {
        match (place, lines.last_mut()) {
            (Place::Line(line), Some((_, last))) if (*last..=*last + 1).contains(line) => {
                *last = *line;
            }
            (Place::Line(line), _) => lines.push((*line, *line)),
            (Place::Path(path), _) if !paths.contains(&path.as_str()) => {
                paths.push(path.as_str());
            }
            (Place::Path(_) | Place::Source, _) => {}
        }
    }
    let ranges = lines.iter().map(|(first, last)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        }
    });
    let ranges: Vec<_> = ranges.collect();
    let lines = match lines[..] {
        [] => None,
        [(first, last)] if first == last => Some(format!("line {first}")),
        _ => Some(format!("lines {}", ranges.join(", "))),
    };
    let shown: Vec<_> = lines
        .into_iter()
        .chain((!paths.is_empty()).then(|| paths.join(", ")))
        .collect();
    if shown.is_empty() {
        String::new()
    } else {
        format!(", {}", shown.join("; "))
    }
}

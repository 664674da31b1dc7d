//! `import`: creates a catalog from an existing list of errors.

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

/// The file name of the draft.
const DRAFT: &str = "catalog.yaml";
/// The largest supported list, in bytes. Its draft fits the size limit of catalogs.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

pub(crate) fn run(options: &ImportOptions) -> anyhow::Result<Status> {
    if options.catalog.is_some() {
        bail!("import reads a list, not a catalog: remove --catalog");
    }
    let target = options.out.as_deref().map(target).transpose()?;
    let file = &options.file;
    let draft = draft(&Draft {
        file,
        kind: options.from,
        crate_name: options.crate_name.as_deref(),
        crate_option: "--crate",
        error_type: options.error_type.as_deref(),
        schema: "catalog/catalog.schema.json",
    })?;
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

/// A list to draft a catalog from.
pub(crate) struct Draft<'a> {
    pub(crate) file: &'a Path,
    /// The kind of the list; from the extension of the file and from its contents if nothing is stated.
    pub(crate) kind: Option<ImportSource>,
    pub(crate) crate_name: Option<&'a str>,
    /// The option that states the name of the crate.
    pub(crate) crate_option: &'a str,
    pub(crate) error_type: Option<&'a str>,
    /// The path of the schema, relative to the draft.
    pub(crate) schema: &'a str,
}

/// Drafts a catalog.
pub(crate) fn draft(list: &Draft<'_>) -> anyhow::Result<Import> {
    let text = text(list.file)?;
    let kind = list.kind.unwrap_or_else(|| kind(list.file, &text));
    let document = match kind {
        ImportSource::Openapi => {
            let document = read::values(&text);
            Some(document.with_context(|| format!("cannot read {}", list.file.display()))?)
        }
        ImportSource::Jsonl | ImportSource::Markdown => None,
    };
    let input = match (&document, kind) {
        (Some(document), _) => Input::OpenApi(document),
        (None, ImportSource::Markdown) => Input::Page(&text),
        (None, _) => Input::Rows(&text),
    };
    let name = list.file.file_stem().unwrap_or_default().to_string_lossy();
    let drafting = Options {
        name: &name,
        crate_name: list.crate_name,
        error_type: list.error_type,
        schema: list.schema,
    };
    let option = list.crate_option;
    codegen::import::import(input, drafting).map_err(|error| match error {
        OptionsError::Crate(name) => anyhow::anyhow!(
            "`{name}` is not a valid crate name: use lowercase letters, digits, `-` and `_`, such as `{option} photo-errors`"
        ),
        OptionsError::Type(reason) => anyhow::anyhow!("--type: {reason}: use a name such as `--type api_error`"),
    })
}

/// The path of the draft, which must not exist.
fn target(out: &Path) -> anyhow::Result<PathBuf> {
    let target = out.join(DRAFT);
    if fs::symlink_metadata(&target).is_ok() {
        bail!(
            "{} exists, and is not overwritten: name another folder with --out, or move the file",
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
            "{} has {size} bytes, but at most {MAX_BYTES} are supported: split the list",
            file.display()
        );
    }
    let source: Source = project::read(file)?;
    if !source.is_text() {
        bail!("{} is not UTF-8 text: save it as UTF-8", file.display());
    }
    Ok(source.text().to_owned())
}

/// The kind of a list, from the extension of the file and from its contents.
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

/// Writes the draft to a new file.
fn write(target: &Path, catalog: &str) -> anyhow::Result<()> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    // The file may have been created meanwhile.
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(target)?;
    Ok(file.write_all(catalog.as_bytes())?)
}

/// Reports the result of the import.
pub(crate) fn report(file: &Path, draft: &Import, target: Option<&Path>) -> anyhow::Result<()> {
    for lost in &draft.lost {
        terminal::error(format_args!("{}{}", at(file, &lost.place), lost.message));
    }
    for fault in &draft.faults {
        terminal::error(format_args!("the draft has an error: {}", fault.message));
    }
    for (message, places) in grouped(&draft.undecided) {
        terminal::warn(format_args!("{}{places}: {message}", file.display()))?;
    }
    for (rule, codes) in &draft.allowed {
        let severity = match rule.default_severity() {
            Severity::Error => "is an error",
            Severity::Warning => "is a warning",
        };
        let codes = codes.map_or_else(
            || "the whole catalog".to_owned(),
            |codes| terminal::plural(codes, "code"),
        );
        terminal::warn(format_args!(
            "{}: the rule `{}`, which {severity}, is turned off for {codes} under `lint`: fix the codes, then remove the entry",
            file.display(),
            rule.id()
        ))?;
    }
    if draft.catalog.is_none() {
        terminal::error(format_args!("no errors found in {}", file.display()));
        return Ok(());
    }
    let types = terminal::plural(draft.types, "type");
    let codes = terminal::plural(draft.codes, "code");
    let lost = match draft.lost.len() {
        0 => String::new(),
        lost => format!(
            "; {} of the source not imported",
            terminal::plural(lost, "part")
        ),
    };
    terminal::progress(format_args!("draft with {types} and {codes}{lost}"))?;
    if let Some(target) = target {
        let folder = target.parent().unwrap_or(Path::new("."));
        let paths = Paths {
            catalog: Some(target.to_owned()),
            out: Some(folder.to_owned()),
        };
        terminal::print(format_args!(
            "wrote {}: replace each `TODO` in it, then run `{}`\n",
            target.display(),
            project::command("gen", &paths)
        ))?;
    }
    Ok(())
}

/// The place of a finding, in the form that editors link.
fn at(file: &Path, place: &Place) -> String {
    match place {
        Place::Line(line) => format!("{}:{line}: ", file.display()),
        Place::Path(path) => format!("{}: {path}: ", file.display()),
        Place::Source => format!("{}: ", file.display()),
    }
}

/// The findings grouped by message, in the order of their first places.
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

/// The places as text, with consecutive lines as a range.
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
    let ranges: Vec<String> = ranges.collect();
    let noun = match lines[..] {
        [(first, last)] if first == last => "line",
        _ => "lines",
    };
    let lines = (!ranges.is_empty()).then(|| format!("{noun} {}", ranges.join(", ")));
    let paths = (!paths.is_empty()).then(|| paths.join(", "));
    let shown: Vec<_> = [lines, paths].into_iter().flatten().collect();
    let separator = if shown.is_empty() { "" } else { ", " };
    format!("{separator}{}", shown.join("; "))
}

//! What `import` says about a draft: the parts of the list that are missing, those that need a review, and sums.

use std::collections::BTreeMap;
use std::path::Path;

use codegen::import::{Finding, Import, Part, Place};
use codegen::{Rule, Severity};

use super::Drafted;
use crate::cli::{ImportSource, Paths};
use crate::{project, terminal};

/// How many findings of a kind are printed one by one.
const MAX_OF_A_KIND: usize = 10;

/// Reports the result of the import.
pub(crate) fn report(file: &Path, drafted: &Drafted, target: Option<&Path>) -> anyhow::Result<()> {
    let draft = &drafted.draft;
    let shown = file.display();
    lost(file, draft);
    for kind in kinds(&draft.undecided) {
        let groups = grouped(&kind);
        let (first, more) = groups.split_at(groups.len().min(MAX_OF_A_KIND));
        for (message, places) in first {
            terminal::warn(format_args!("{shown}{}: {message}", listed(places)))?;
        }
        if let [(like, _), ..] = more {
            let places: Vec<&Place> = more.iter().flat_map(|(_, places)| places.clone()).collect();
            terminal::warn(format_args!(
                "{shown}{}: {} more of this kind, such as: {like}",
                listed(&places),
                more.len()
            ))?;
        }
    }
    for (rule, codes) in &draft.allowed {
        allowed(file, *rule, *codes)?;
    }
    if draft.catalog.is_none() {
        refuse(file, drafted);
        return Ok(());
    }
    let types = terminal::plural(draft.types, "type");
    let codes = terminal::plural(draft.codes, "code");
    terminal::progress(format_args!("draft with {types} and {codes}"))?;
    terminal::progress(format_args!("{}", sums(draft)))?;
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

/// Reports what is missing from the draft, and its errors.
pub(super) fn lost(file: &Path, draft: &Import) {
    let shown = file.display();
    for kind in kinds(&draft.lost) {
        let (first, more) = kind.split_at(kind.len().min(MAX_OF_A_KIND));
        for lost in first {
            terminal::error(format_args!("{}{}", at(file, &lost.place), lost.message));
        }
        if let [like, ..] = more {
            let places: Vec<&Place> = more.iter().map(|lost| &lost.place).collect();
            terminal::error(format_args!(
                "{shown}{}: {} more of this kind, such as: {}",
                listed(&places),
                more.len(),
                like.message
            ));
        }
    }
    for fault in &draft.faults {
        terminal::error(format_args!("the draft has an error: {}", fault.message));
    }
}

/// Reports a rule that is allowed for so many codes, or for all.
pub(super) fn allowed(file: &Path, rule: Rule, codes: Option<usize>) -> std::io::Result<()> {
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
    ))
}

/// Says that a list has no errors: what it was taken for, what was looked for, and what to try.
pub(super) fn refuse(file: &Path, drafted: &Drafted) {
    let format = drafted.format;
    let why = if drafted.is_stated {
        "as `--from` says"
    } else {
        "by its contents"
    };
    terminal::error(format_args!(
        "no errors found in {}: it was read as {}, {why}. The import looked for {}. Try another format with `--from` (such as `--from {}`), or turn the list into JSON lines: an object per line with `code`, `http_status` and `message`",
        file.display(),
        format.noun(),
        format.looked_for(),
        other(format),
    ));
}

/// A format to try in place of another.
fn other(format: codegen::import::Format) -> String {
    use codegen::import::Format;
    ImportSource::name(match format {
        Format::Markdown => Format::Csv,
        Format::Json => Format::JsonLines,
        Format::Yaml => Format::OpenApi,
        _ => Format::Markdown,
    })
}

/// The sums: rows by what became of them, and the other parts that are missing.
pub(super) fn sums(draft: &Import) -> String {
    let mut text = format!(
        "{} read: {} taken, {} merged, {} refused",
        terminal::plural(draft.read(), Part::Row.noun()),
        draft.codes,
        draft.merged,
        draft.refused()
    );
    let skipped = draft.skipped();
    if !skipped.is_empty() {
        let parts = skipped.iter();
        let parts: Vec<String> = parts
            .map(|(part, count)| terminal::plural(*count, part.noun()))
            .collect();
        text.push_str("; skipped: ");
        text.push_str(&parts.join(", "));
    }
    if draft.no_errors > 0 {
        let values = terminal::plural(draft.no_errors, Part::EnumValue.noun());
        text.extend(["; no errors: ", &values]);
    }
    text
}

/// The place of a finding, in the form that editors link.
fn at(file: &Path, place: &Place) -> String {
    match place {
        Place::Line(line) => format!("{}:{line}: ", file.display()),
        Place::Path(path) => format!("{}: {path}: ", file.display()),
        Place::Source => format!("{}: ", file.display()),
    }
}

/// The findings by kind, in the order of their first places. Messages of a kind differ only in names and numbers.
fn kinds(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut kinds: Vec<Vec<&Finding>> = Vec::new();
    let mut positions: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let position = *positions
            .entry(kind(&finding.message))
            .or_insert(kinds.len());
        match kinds.get_mut(position) {
            Some(kind) => kind.push(finding),
            None => kinds.push(vec![finding]),
        }
    }
    kinds
}

/// A message without names and numbers.
fn kind(message: &str) -> String {
    let outside = message.split('`').step_by(2).collect::<Vec<_>>().join("`");
    outside.replace(|c: char| c.is_ascii_digit(), "")
}

/// The findings grouped by message, in the order of their first places.
fn grouped<'a>(findings: &[&'a Finding]) -> Vec<(&'a str, Vec<&'a Place>)> {
    let mut groups: Vec<(&str, Vec<&Place>)> = Vec::new();
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        let position = *positions.entry(&finding.message).or_insert(groups.len());
        match groups.get_mut(position) {
            Some((_, places)) => places.push(&finding.place),
            None => groups.push((&finding.message, vec![&finding.place])),
        }
    }
    groups
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

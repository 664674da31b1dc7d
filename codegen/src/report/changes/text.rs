//! Changes for people.

use annotate_snippets::{Group, Level, Origin, Renderer};

use super::super::Style;
use super::{Compared, Sides, open, summary};
use crate::catalog::ChangeLevel;
use crate::compat::{Change, Diff};

/// Renders all changes, each followed by an empty line, and then their counts.
#[must_use]
pub fn text(compared: Compared<'_>, style: Style) -> String {
    let sides = Sides::new(compared);
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let mut out = String::new();
    for change in &compared.diff.changes {
        out.push_str(&renderer.render(&[group(&sides, change)]));
        out.push_str("\n\n");
    }
    out.push_str(&sum(compared.diff));
    out.push('\n');
    out
}

fn group<'a>(sides: &Sides<'a>, change: &'a Change) -> Group<'a> {
    let level = match change.level {
        ChangeLevel::Breaking => Level::ERROR,
        ChangeLevel::Risky => Level::WARNING,
        ChangeLevel::Safe => Level::NOTE,
    };
    let (file, range) = sides.find(change.place);
    let origin = Origin::path(file).line(range.line);
    let group = level
        .with_name(change.level.as_str())
        .primary_title(summary(change))
        .id(change.rule)
        .element(origin.char_column(range.column));
    let accepted = |reason| {
        let reason = annotate_snippets::normalize_untrusted_str(reason);
        format!("accepted: {reason}")
    };
    let fingerprint = open(change).map(|fingerprint| format!("fingerprint: {fingerprint}"));
    match fingerprint.or_else(|| change.accepted.as_deref().map(accepted)) {
        Some(note) => group.element(Level::NOTE.no_name().message(note)),
        None => group,
    }
}

/// The number of changes of each level, and the required version.
#[must_use]
pub fn sum(diff: &Diff) -> String {
    let Some(version) = diff.version() else {
        return "no changes".to_owned();
    };
    let least = diff.least_version().map_or_else(String::new, |least| {
        format!(", at least {least} after {}", diff.old_version)
    });
    format!("{}: {}{least}", counts(diff), version.as_str())
}

/// The number of changes of each level.
#[must_use]
pub fn counts(diff: &Diff) -> String {
    let levels = [ChangeLevel::Breaking, ChangeLevel::Risky, ChangeLevel::Safe];
    levels.map(|level| count(diff, level)).join(", ")
}

fn count(diff: &Diff, level: ChangeLevel) -> String {
    let accepted = diff.changes.iter();
    let accepted = accepted.filter(|change| change.level == level && change.accepted.is_some());
    let word = level.as_str();
    match (diff.count(level), accepted.count()) {
        (all, 0) => format!("{all} {word}"),
        (all, accepted) => format!("{all} {word} ({accepted} accepted)"),
    }
}

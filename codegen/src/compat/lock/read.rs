//! Parses and validates the lock file.

use serde_json::Value;

use super::ast::{Fields, LockAst, RemovedAst, Section};
use super::{FORM, Lock, Locked, LockedEvent};
use crate::ast::{self, DayText, Entries, Spanned};
use crate::catalog::{Audience, ChangeLevel, Event};
use crate::compat::policy::{is_compared, table};
use crate::diagnostic::{Diagnostic, quoted};
use crate::record::{Entry, Kind, Members};
use crate::rule::Rule;
use crate::source::Source;
use crate::span::{SourceId, Span};
use crate::unord_map::UnordMap;
use crate::yaml;
use crate::yaml::node::Node;

/// The help for a damaged lock.
const RESTORE: &str = "restore the file from version control: only `cargo xtask release` writes it";

/// The help for a lock with merge conflicts.
const TAKE_ONE: &str =
    "take the file of one side, and release the other side again, with a later version";

/// Whether a file is a lock, by its name or by its first keys; a damaged lock counts.
pub(crate) fn is_lock(source: &Source) -> bool {
    let name = std::path::Path::new(source.name());
    if name.extension().is_some_and(|ending| ending == "lock") {
        return true;
    }
    let (node, _) = yaml::parse(SourceId::default(), source.text());
    node.is_some_and(|node| node.get("lock").is_some() && node.get("releases").is_some())
}

/// Reads a lock. Reports errors, and returns `None` if there are any.
pub(crate) fn read(id: SourceId, source: &Source) -> (Option<Lock>, Vec<Diagnostic>) {
    let (lock, mut found) = parse(id, source);
    for diagnostic in &mut found {
        if diagnostic.rule == Rule::ConflictMarker {
            diagnostic.help = Some(TAKE_ONE.to_owned());
        } else if diagnostic.rule != Rule::UnsupportedVersion {
            diagnostic.help = Some(RESTORE.to_owned());
            diagnostic.suggestion = None;
        }
    }
    (lock.filter(|_| found.is_empty()), found)
}

fn parse(id: SourceId, source: &Source) -> (Option<Lock>, Vec<Diagnostic>) {
    if let Some(defect) = source.defect(id) {
        return (None, vec![defect]);
    }
    let (node, mut found) = yaml::parse(id, source.text());
    let Some(node) = node.filter(|node| !node.is_refused()) else {
        if found.is_empty() {
            found.push(bad(Span::new(id, 0, 0), "the lock is empty"));
        }
        return (None, found);
    };
    if let Some(other) = other_form(&node) {
        return (None, vec![other]);
    }
    let (ast, more) = ast::decode::<LockAst>(&node);
    found.extend(more);
    let mut reader = Reader {
        rules: rules(),
        found,
    };
    let lock = ast.map(|ast| reader.lock(ast, node.first_token()));
    (lock, reader.found)
}

fn bad(at: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Rule::BadLock, at, message)
}

fn other_form(node: &Node<'_>) -> Option<Diagnostic> {
    ast::other_form(node, "lock", FORM).map(|(at, text)| {
        let message = format!("unknown lock form {}", quoted(text));
        Diagnostic::new(Rule::UnsupportedVersion, at, message).help(format!(
            "this tool reads form {FORM}; a lock of a newer tool needs a newer tool"
        ))
    })
}

/// The ids of all rules about changes.
fn rules() -> UnordMap<&'static str, &'static str> {
    let cases = table().flat_map(|row| {
        let cases = [row.changed, row.added, row.removed];
        cases.into_iter().flatten()
    });
    cases.map(|case| (case.rule, case.rule)).collect()
}

/// The kinds whose entries have names, in the order of their sections.
const NAMED: [Kind; 5] = [
    Kind::Framework,
    Kind::Operation,
    Kind::Type,
    Kind::Code,
    Kind::Retired,
];

struct Reader {
    rules: UnordMap<&'static str, &'static str>,
    found: Vec<Diagnostic>,
}

impl Reader {
    fn lock(&mut self, ast: LockAst, start: Span) -> Lock {
        let LockAst {
            lock: form,
            releases,
            api,
            envelope,
            error_ids,
            retry,
            openapi,
            framework,
            operations,
            types,
            codes,
            retired,
            removed,
            complete,
        } = ast;
        let required = [
            ("lock", form.present),
            ("releases", releases.present),
            ("complete", complete.present),
        ];
        for (key, is_there) in required {
            if !is_there {
                self.found
                    .push(bad(start, format!("missing field `{key}`")));
            }
        }
        let mut entries = Vec::new();
        let singles = [
            (Kind::Api, api),
            (Kind::Envelope, envelope),
            (Kind::ErrorIds, error_ids),
            (Kind::Retry, retry),
            (Kind::OpenApi, openapi),
        ];
        for (kind, section) in singles {
            if let Some(section) = section {
                entries.extend(self.entry(kind, String::new(), section));
            }
        }
        self.sections([framework, operations, types, codes, retired], &mut entries);
        let mut gone = Vec::new();
        if let Some(RemovedAst {
            framework,
            operations,
            types,
            codes,
            retired,
        }) = removed.and_then(|removed| removed.value)
        {
            self.sections([framework, operations, types, codes, retired], &mut gone);
        }
        // Locks of older tools do not contain the Rust names of what is gone.
        let retired = entries.iter_mut();
        let retired = retired.filter(|locked| locked.entry.kind == Kind::Retired);
        for locked in retired.chain(&mut gone) {
            if locked.lost_rust.is_empty() {
                locked.lost_rust.extend(locked.entry.default_rust_name());
            }
        }
        for list in [&mut entries, &mut gone] {
            list.sort_by(|left, right| left.entry.key().cmp(&right.entry.key()));
        }
        Lock {
            releases: self.releases(releases.value),
            entries,
            removed: gone,
        }
    }

    fn releases(&mut self, releases: Option<Entries<DayText>>) -> Vec<(String, String)> {
        let mut read: Vec<(semver::Version, String, String)> = Vec::new();
        for (version, day) in releases.map_or(Vec::new(), |releases| releases.0) {
            let Some(DayText(date)) = day.value else {
                continue;
            };
            let is_day = date.parse::<jiff::civil::Date>().is_ok();
            match semver::Version::parse(&version) {
                Ok(parsed) if is_day && read.last().is_none_or(|(last, ..)| *last < parsed) => {
                    read.push((parsed, version, date));
                }
                _ => self
                    .found
                    .push(bad(day.key, "not a release after the previous one")),
            }
        }
        read.into_iter()
            .map(|(_, version, date)| (version, date))
            .collect()
    }

    /// The entries of the named sections, given in the order of [`NAMED`].
    fn sections(&mut self, sections: [Section<Fields>; 5], entries: &mut Vec<Locked>) {
        for (kind, section) in NAMED.into_iter().zip(sections) {
            let section = section.and_then(|section| section.value);
            for (name, fields) in section.map_or(Vec::new(), |section| section.0) {
                entries.extend(self.entry(kind, name, fields));
            }
        }
    }

    fn entry(&mut self, kind: Kind, name: String, ast: Spanned<Fields>) -> Option<Locked> {
        let key = ast.key;
        let mut locked = Locked {
            entry: Entry {
                kind,
                name,
                fields: Members::new(),
            },
            history: Vec::new(),
            lost: Vec::new(),
            lost_rust: Vec::new(),
            lost_args: Members::new(),
            key,
        };
        for (field, value) in ast.value?.0 {
            let (at, Some(value)) = (value.key, value.value) else {
                continue;
            };
            match (field.as_str(), &value) {
                ("history", Value::Array(events)) => {
                    for event in events {
                        match self.event(event) {
                            Some(event) => locked.history.push(event),
                            None => self.found.push(bad(at, "not an event of a release")),
                        }
                    }
                }
                ("lost", Value::Array(pages)) => locked.lost.extend(pages.iter().map(text)),
                ("lost_rust", Value::Array(names)) => {
                    locked.lost_rust.extend(names.iter().map(text));
                }
                ("lost_args", Value::Object(kinds)) if kind == Kind::Code => {
                    locked.lost_args.clone_from(kinds);
                }
                (name, _) if is_compared(kind, name) => {
                    locked.entry.fields.insert(field, value);
                }
                (name, _) => {
                    let message = format!("unknown field {}", quoted(name));
                    self.found.push(bad(at, message));
                }
            }
        }
        Some(locked)
    }

    fn event(&self, value: &Value) -> Option<LockedEvent> {
        let get = |key: &str| value.get(key).map(text);
        let level = get("level")?;
        let levels = [ChangeLevel::Breaking, ChangeLevel::Risky, ChangeLevel::Safe];
        Some(LockedEvent {
            event: Event {
                version: get("in")?,
                rule: self.rules.get(get("rule")?.as_str()).copied()?,
                level: levels.into_iter().find(|one| one.as_str() == level)?,
                text: get("text")?,
                reason: get("reason"),
            },
            audience: match get("audience") {
                None => Audience::Public,
                Some(_) => Audience::Internal,
            },
        })
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

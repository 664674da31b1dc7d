//! Diagnostics about changes since the last release.

use crate::record::Kind;
use semver::Version;

use super::change::{Change, Place};
use super::locate::Places;
use super::lock::Lock;
use crate::ast::{AcceptAst, CatalogAst, VersionText};
use crate::catalog::ChangeLevel;
use crate::diagnostic::{Diagnostic, quoted};
use crate::resolve::optional;
use crate::rule::{Rule, Severity};
use crate::unord_map::UnordMap;

/// Reports changes that break a promise, and what contradicts the lock.
pub(crate) fn check(ast: &CatalogAst, mut changes: Vec<Change>, lock: &Lock) -> Vec<Diagnostic> {
    let mut found = accept(ast, &mut changes);
    found.extend(promises(&changes, lock));
    found.extend(versions(ast, &changes, lock));
    found
}

/// Copies the reasons of accepted changes; reports acceptances that match no change.
pub(crate) fn accept(ast: &CatalogAst, changes: &mut [Change]) -> Vec<Diagnostic> {
    let section = optional(ast.lint.as_ref());
    let accepted = section.and_then(|section| optional(section.accept.as_ref()));
    let accepted = accepted.map_or(&[][..], Vec::as_slice);
    if accepted.is_empty() {
        return Vec::new();
    }
    let positions: UnordMap<String, usize> = {
        let all = changes.iter().enumerate();
        all.map(|(position, change)| (change.fingerprint.clone(), position))
            .collect()
    };
    let mut found = Vec::new();
    for entry in accepted {
        let Some(AcceptAst { change, reason }) = &entry.value else {
            continue;
        };
        let (Some(fingerprint), Some(reason)) = (&change.value, &reason.value) else {
            continue;
        };
        match positions.get(fingerprint) {
            Some(position) => changes[*position].accepted = Some(reason.clone()),
            None => found.push(
                Diagnostic::new(
                    Rule::UnneededAllow,
                    change.span,
                    "no change since the last release has this fingerprint",
                )
                .help("remove the entry: a released change needs no acceptance"),
            ),
        }
    }
    found
}

/// Reports each change that is breaking or risky and not accepted.
fn promises(changes: &[Change], lock: &Lock) -> Vec<Diagnostic> {
    let released = Places::of_lock(lock);
    let broken = changes.iter().filter(|change| change.is_open());
    broken
        .filter_map(|change| {
            let severity = match change.level {
                ChangeLevel::Breaking => Severity::Error,
                ChangeLevel::Risky => Severity::Warning,
                ChangeLevel::Safe => return None,
            };
            let rule = Rule::from_id(change.rule)?;
            let (Place::New(span) | Place::Old(span)) = change.place;
            let message = format!(
                "{} changed since release {}: {}",
                change.subject(),
                lock.version(),
                change.text
            );
            let mut diagnostic = Diagnostic::new(rule, span, message);
            diagnostic.severity = severity;
            if let (Place::New(_), Some(old)) =
                (change.place, released.find(change.kind, &change.name, ""))
            {
                diagnostic = diagnostic.related(old, "released here");
            }
            Some(diagnostic.help(format!(
                "{}; to accept the change: `cargo xtask diff --accept {} --reason \"…\"`",
                instead(rule, change),
                change.fingerprint
            )))
        })
        .collect()
}

/// Reports a version that differs from the last release, and codes with a `since` that the lock does not contain.
fn versions(ast: &CatalogAst, changes: &[Change], lock: &Lock) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let stated = optional(Some(&ast.api)).and_then(|api| api.version.as_ref());
    if let Some((field, VersionText(version))) =
        stated.and_then(|it| Some((it, it.value.as_ref()?)))
        && version != lock.version()
    {
        let message = format!(
            "the version differs from {}, the last release",
            lock.version()
        );
        let mut diagnostic = Diagnostic::new(Rule::BadVersion, field.span, message);
        diagnostic.severity = Severity::Warning;
        let help = format!(
            "write {}: `cargo xtask release` writes the next one",
            lock.version()
        );
        found.push(diagnostic.help(help).suggest(field.span, lock.version()));
    }
    let Ok(last) = Version::parse(lock.version()) else {
        return found;
    };
    let is_renamed = changes.iter().any(|change| change.rule == "renamed-code");
    let added = changes
        .iter()
        .filter(|change| change.rule == "code-added" && !is_renamed);
    let new: UnordMap<&str, ()> = added.map(|change| (change.name.as_str(), ())).collect();
    let codes = optional(Some(&ast.codes)).map_or(&[][..], |codes| &codes.0);
    for (name, entry) in codes
        .iter()
        .filter(|(name, _)| new.get(name.as_str()).is_some())
    {
        let Some(since) = entry.value.as_ref().and_then(|code| code.since.as_ref()) else {
            continue;
        };
        let version = since
            .value
            .as_ref()
            .and_then(|text| Version::parse(text).ok());
        if version.is_some_and(|version| version <= last) {
            let message = format!("{} has `since`, but is not in the lock", quoted(name));
            found.push(
                Diagnostic::new(Rule::BadLock, since.span, message).help(
                    "remove `since:` if the code is new; otherwise restore the lock from version control",
                ),
            );
        }
    }
    found
}

/// The help for a change: what to do instead.
fn instead(rule: Rule, change: &Change) -> &'static str {
    match rule {
        Rule::RemovedCode if change.field == "audience" => {
            "keep it public, or retire it and send another code"
        }
        Rule::RemovedCode => {
            "put it back with `deprecated:`; move it to `retired:` once no client needs it"
        }
        Rule::RenamedCode | Rule::RemovedType
            if matches!(change.field.as_str(), "rust" | "rust_aliases") =>
        {
            "write the released name under `rust:`, or keep it under `rust_aliases:`"
        }
        Rule::RenamedCode => {
            "keep both: put the old code back with `deprecated: { use: … }`, which names the new one"
        }
        Rule::ReusedCode => "choose a name, a page and a Rust name that no entry has had",
        Rule::TombstoneRemoved => "put it back under `retired:`, and keep it there",
        Rule::RetiredUndeprecated => {
            "release it with `deprecated:` first, so that clients have time to change"
        }
        Rule::StatusChanged if change.kind == Kind::Code => {
            "add a code with the other status, and deprecate this one"
        }
        Rule::TypeChanged if change.kind == Kind::Code => {
            "add a code of the other type, and deprecate this one"
        }
        Rule::MeaningChanged if change.kind == Kind::Type => {
            "keep the meaning, and add a type for the other one"
        }
        Rule::MeaningChanged => "keep the meaning, and add a code for the other one",
        Rule::RemovedType => "put the type back: it may stay without codes",
        Rule::RetryChanged => {
            "keep the rule, or make sure that clients may send the same request twice"
        }
        Rule::HeaderDropped => "keep sending the header: clients rely on it",
        Rule::HeaderChanged => "send the released value, or add a header of another name",
        Rule::ArgumentRemoved => "keep the argument, and add a new one",
        Rule::ArgumentRetyped => {
            "keep the argument as it is, and give one of another kind another name"
        }
        Rule::ArgumentAdded => "add a code that has it, or wait for a major version",
        Rule::AnchorLost if change.kind == Kind::Api => {
            "make sure that the old addresses redirect to the new ones"
        }
        Rule::AnchorLost => "list the old page under `aliases:`",
        Rule::ParamChanged | Rule::IdChanged => "keep what clients may compare with",
        Rule::OperationChanged => "keep the operation as it is, and add another",
        Rule::RenamedCrate => "keep the name: renaming a crate publishes a different crate",
        _ => "keep it as it was released",
    }
}

//! A release: writes the version into the catalog, and the new lock.

use jiff::civil::Date;
use semver::Version as SemVer;

use crate::ast::{CatalogAst, Entries, Spanned};
use crate::compat::lock::{self, Lock};
use crate::compat::{Diff, Meaning, entries, meaning, since};
use crate::compile::compile;
use crate::diagnostic::Diagnostic;
use crate::edit::{self, Marks, Refusal};
use crate::lint;
use crate::load::load;
use crate::resolve::{optional, resolve};
use crate::source::{Inputs, Source};
use crate::span::{SourceId, Span};

/// What a release writes.
#[derive(Clone, Debug)]
pub struct Release {
    /// The files of the catalog that change, with their texts.
    pub texts: Vec<(SourceId, String)>,
    /// The text of the lock.
    pub lock: String,
    /// What the release changes.
    pub diff: Diff,
}

/// Why a catalog is not released.
#[derive(Clone, Debug)]
pub enum NotReleased {
    /// Something is wrong with it, or with its lock.
    Findings(Vec<Diagnostic>),
    /// Texts at these places are not written yet.
    Unwritten(Vec<Diagnostic>),
    /// The version is not valid.
    BadVersion,
    /// Nothing was released yet, and the catalog states this version, which is larger than the wanted one.
    BelowStated(String),
    /// The version is not larger than this one, the last release.
    NotNewer(String),
    /// The changes since the last release need this version or a later one.
    TooSmall {
        /// The smallest version that suffices.
        least: String,
        /// The changes that need it.
        diff: Diff,
    },
    /// Nothing was changed since this version was released.
    Unchanged(String),
    /// The result would differ, which is a bug in this library.
    Fault,
}

/// Whether texts that are not written yet are released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Todo {
    /// They are refused, whatever the section `lint` allows.
    Refused,
    /// They are released as they are.
    Allowed,
}

/// Releases a catalog as `version` on `day`: returns what to write, and writes nothing.
///
/// Before the version 1.0.0 a breaking change calls for the second number, and all others for the third.
///
/// # Errors
///
/// Fails if the catalog has errors or unaccepted breaking changes, has unwritten texts, or needs a larger version.
pub fn release(
    inputs: &Inputs,
    version: &str,
    day: Date,
    todo: Todo,
) -> Result<Release, NotReleased> {
    let wanted = SemVer::parse(version).map_err(|_| NotReleased::BadVersion)?;
    let outcome = compile(inputs);
    if outcome.value.is_none() {
        return Err(NotReleased::Findings(outcome.diagnostics));
    }
    let unwritten = match todo {
        Todo::Refused => unwritten(inputs),
        Todo::Allowed => Vec::new(),
    };
    if !unwritten.is_empty() {
        return Err(NotReleased::Unwritten(unwritten));
    }
    let last = match &inputs.lock {
        None => Lock::default(),
        Some(source) => {
            let (lock, found) = lock::read(inputs.lock_id(), source);
            lock.ok_or(NotReleased::Findings(found))?
        }
    };
    let before = meaning(inputs).map_err(NotReleased::Findings)?;
    let diff = since(&last, &before);
    check_version(&last, &before.catalog.api.version, &wanted, &diff)?;
    let marks = Marks {
        version,
        since: unmarked(&before.ast, &last),
    };
    let texts = edit::release(inputs, &marks).map_err(|refusal| match refusal {
        Refusal::Findings(found) => NotReleased::Findings(found),
        Refusal::Fault(_) => NotReleased::Fault,
    })?;
    let mut after = inputs.clone();
    for (id, text) in &texts {
        after = after.with_text(*id, text.clone());
    }
    let marked = meaning(&after).map_err(|_| NotReleased::Fault)?;
    let date = day.to_string();
    let mut entries = entries(&marked.catalog);
    last.supply(&mut entries);
    let next = lock::update(&last, entries, &diff.changes, (version, &date));
    let text = lock::write(&next);
    is_sound(&marked, &text)
        .then_some(())
        .ok_or(NotReleased::Fault)?;
    Ok(Release {
        texts,
        lock: text,
        diff,
    })
}

/// The texts that are not written yet.
fn unwritten(inputs: &Inputs) -> Vec<Diagnostic> {
    let (loaded, _) = load(inputs);
    loaded.map_or_else(Vec::new, |(ast, start)| {
        let resolution = resolve(&ast, start, &inputs.sources);
        lint::unwritten(&ast, &resolution.codes)
    })
}

/// Whether the catalog has no change against the text of the lock.
fn is_sound(meaning: &Meaning, lock: &str) -> bool {
    let source = Source::new("catalog.lock", lock.as_bytes().to_vec());
    let (lock, _) = lock::read(SourceId::default(), &source);
    lock.is_some_and(|lock| since(&lock, meaning).changes.is_empty())
}

fn check_version(
    before: &Lock,
    stated: &str,
    wanted: &SemVer,
    diff: &Diff,
) -> Result<(), NotReleased> {
    // The versions of a lock were read as such.
    let Ok(released) = SemVer::parse(before.version()) else {
        // Nothing was released; the catalog may state a version.
        let stated = SemVer::parse(stated).ok().filter(|stated| wanted < stated);
        return stated.map_or(Ok(()), |stated| {
            Err(NotReleased::BelowStated(stated.to_string()))
        });
    };
    if *wanted <= released {
        return Err(NotReleased::NotNewer(before.version().to_owned()));
    }
    let least = match diff.least_version() {
        Some(least) => least,
        // A pre-release becomes final without a change.
        None if !released.pre.is_empty() => return Ok(()),
        None => return Err(NotReleased::Unchanged(before.version().to_owned())),
    };
    let numbers = |version: &SemVer| (version.major, version.minor, version.patch);
    let enough = SemVer::parse(&least).is_ok_and(|least| numbers(wanted) >= numbers(&least));
    enough.then_some(()).ok_or_else(|| NotReleased::TooSmall {
        least,
        diff: diff.clone(),
    })
}

/// The keys of new, deprecated or retired codes that lack `since`, unless the lock supplies it.
fn unmarked(ast: &CatalogAst, last: &Lock) -> Vec<Span> {
    fn all<T>(section: Option<&Spanned<Entries<T>>>) -> &[(String, Spanned<T>)] {
        optional(section).map_or(&[], |entries| &entries.0)
    }
    let released = last.codes();
    let is_new = |name: &str| released.get(name).is_none();
    let mut keys = Vec::new();
    for (name, entry) in all(Some(&ast.codes)) {
        let Some(code) = &entry.value else {
            continue;
        };
        if code.since.is_none() && is_new(name) {
            keys.push(entry.key);
        }
        if let Some(field) = &code.deprecated
            && field.value.as_ref().is_some_and(|own| own.since.is_none())
            && !last.knows_deprecation(name)
        {
            keys.push(field.key);
        }
    }
    for (name, entry) in all(ast.retired.as_ref()) {
        let is_silent = entry.value.as_ref().is_some_and(|own| own.since.is_none());
        if is_silent && !last.knows_retirement(name) {
            keys.push(entry.key);
        }
    }
    keys
}

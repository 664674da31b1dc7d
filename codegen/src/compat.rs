//! Compares two catalogs, or a catalog with its last release, and judges each change by the policy.

mod audience;
mod change;
mod compare;
mod context;
mod describe;
mod detect_renames;
mod diagnostics;
mod entries;
mod locate;
pub(crate) mod lock;
mod policy;
mod texts;
mod version;

pub use crate::record::Kind;
pub use change::{Change, Diff, Place};
pub use policy::{Case, Field, NOT_COMPARED, Shape, rows, table};
pub use version::Version;

use crate::ast::CatalogAst;
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::resolve;
use crate::rule::Severity;
use crate::source::Inputs;
use crate::span::SourceId;
pub(crate) use change::subject;
use compare::{Baseline, compare};
pub(crate) use entries::entries;
use locate::Places;
use lock::Lock;

/// The catalog that cannot be read, with its diagnostics.
#[derive(Clone, Debug)]
pub enum Unreadable {
    /// The old catalog.
    Old(Vec<Diagnostic>),
    /// The new catalog.
    New(Vec<Diagnostic>),
}

/// Compares two catalogs. The old one can be a lock. Changes that the new one accepts have the reason.
///
/// # Errors
///
/// Fails if one of them cannot be read or has errors. Lint findings do not count.
///
/// ```
/// use error_catalog_codegen::compat::diff;
/// use error_catalog_codegen::{Inputs, Source};
///
/// let old = "\
/// version: 1
/// api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }
/// types:
///   request_error: { status: [400, 409], meaning: The request is wrong }
/// codes:
///   bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }
/// ";
/// let new = old.replace("meaning: The name", "status: 409, meaning: The name");
/// let inputs = |text: &str| Inputs::new(Source::new("catalog.yaml", text.into()));
/// let diff = diff(&inputs(old), &inputs(&new)).expect("both have a meaning");
/// assert_eq!(diff.changes[0].rule, "status-changed");
/// assert_eq!(diff.changes[0].text, "`status` changed from `400` to `409`");
/// ```
pub fn diff(old: &Inputs, new: &Inputs) -> Result<Diff, Unreadable> {
    let meaning = meaning(new).map_err(Unreadable::New)?;
    let first = old.sources.first().filter(|_| old.sources.len() == 1);
    if let Some(source) = first.filter(|source| lock::is_lock(source)) {
        let (lock, found) = lock::read(SourceId::default(), source);
        let lock = lock.ok_or(Unreadable::Old(found))?;
        return Ok(since(&lock, &meaning));
    }
    let before = self::meaning(old).map_err(Unreadable::Old)?;
    let [mut earlier, mut later] = [&before.catalog, &meaning.catalog].map(entries);
    let lock = new.lock.as_ref();
    if let Some(lock) = lock.and_then(|source| lock::read(new.lock_id(), source).0) {
        lock.supply(&mut earlier);
        lock.supply(&mut later);
    }
    let retired = earlier.iter().filter(|entry| entry.kind == Kind::Retired);
    let retired = retired.filter_map(|entry| {
        let name = entry.default_rust_name()?;
        Some((entry.kind, name, entry.name.as_str()))
    });
    let baseline = Baseline {
        entries: earlier.iter().collect(),
        gone: Vec::new(),
        lost: Vec::new(),
        lost_rust: retired.collect(),
        lost_args: Vec::new(),
    };
    let mut changes = compare(&baseline, &later);
    let places = Places::of_catalog(&before.ast);
    locate::place(&mut changes, &places, &Places::of_catalog(&meaning.ast));
    diagnostics::accept(&meaning.ast, &mut changes);
    Ok(Diff {
        changes,
        old_version: before.catalog.api.version,
        last_final: None,
        new_version: meaning.catalog.api.version,
    })
}

/// A resolved catalog with its AST.
pub(crate) struct Meaning {
    pub(crate) ast: CatalogAst,
    pub(crate) catalog: Catalog,
}

/// Resolves a catalog without lint findings; returns its errors if there are any.
pub(crate) fn meaning(inputs: &Inputs) -> Result<Meaning, Vec<Diagnostic>> {
    let (loaded, mut found) = crate::load::load(inputs);
    let Some((ast, start)) = loaded else {
        return Err(found);
    };
    let resolution = resolve::resolve(&ast, start, &inputs.sources);
    let catalog = resolution.catalog;
    found.extend(resolution.diagnostics);
    let failed = found.iter().any(|one| one.severity == Severity::Error);
    match catalog.filter(|_| !failed) {
        Some(catalog) => Ok(Meaning { ast, catalog }),
        None => Err(found),
    }
}

/// The changes since the last release, with their places.
fn changes(lock: &Lock, ast: &CatalogAst, catalog: &Catalog) -> Vec<Change> {
    let mut entries = entries(catalog);
    lock.supply(&mut entries);
    let mut changes = compare(&lock.baseline(), &entries);
    if !changes.is_empty() {
        let places = Places::of_catalog(ast);
        locate::place(&mut changes, &Places::of_lock(lock), &places);
    }
    changes
}

/// The changes since the last release. Accepted changes have the reason.
pub(crate) fn since(lock: &Lock, meaning: &Meaning) -> Diff {
    let mut changes = changes(lock, &meaning.ast, &meaning.catalog);
    diagnostics::accept(&meaning.ast, &mut changes);
    Diff {
        changes,
        last_final: lock.last_final(),
        old_version: lock.version().to_owned(),
        new_version: meaning.catalog.api.version.clone(),
    }
}

/// Checks a catalog against its last release. Returns the lock, if there is a release.
pub(crate) fn check(
    inputs: &Inputs,
    ast: &CatalogAst,
    catalog: &Catalog,
) -> (Option<Lock>, Vec<Diagnostic>) {
    let Some(source) = &inputs.lock else {
        return (None, diagnostics::accept(ast, &mut []));
    };
    let (lock, mut found) = lock::read(inputs.lock_id(), source);
    if let Some(lock) = &lock {
        found.extend(diagnostics::check(ast, changes(lock, ast, catalog), lock));
    }
    (lock, found)
}

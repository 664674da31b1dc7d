//! The whole way in two functions: from text to a catalog, and from a catalog to files.

use crate::artifact::{Artifact, FileList, Plan};
use crate::ast::CatalogAst;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::resolve::Resolution;
use crate::rule::Severity;
use crate::source::Inputs;
use crate::{compat, emit, history, lint, load, outputs, resolve};

/// Reads a catalog. The outcome has the catalog, unless there are errors, and every finding.
#[must_use]
pub fn compile(inputs: &Inputs) -> Outcome<Catalog> {
    compile_with(inputs, |_, _| ()).0
}

/// The same, and what the function takes from the catalog before it is resolved, if the files can be read.
pub(crate) fn compile_with<T>(
    inputs: &Inputs,
    take: impl FnOnce(&CatalogAst, &Resolution<'_>) -> T,
) -> (Outcome<Catalog>, Option<T>) {
    let (loaded, mut diagnostics) = load::load(inputs);
    let Some((ast, start)) = loaded else {
        return (Outcome::new(None, diagnostics), None);
    };
    let resolution = resolve::resolve(&ast, start, &inputs.sources);
    let (poor, audit) = lint::lint(&ast, &resolution, &inputs.sources, inputs.day);
    let taken = take(&ast, &resolution);
    diagnostics.extend(resolution.diagnostics);
    let (outputs, found) = outputs::resolve(ast.outputs.as_ref(), inputs);
    diagnostics.extend(found);
    let has_meaning = |found: &Diagnostic| found.severity != Severity::Error;
    let mut catalog = resolution.catalog;
    if let Some(catalog) = catalog
        .as_mut()
        .filter(|_| diagnostics.iter().all(has_meaning))
    {
        let (lock, found) = compat::check(inputs, &ast, catalog);
        diagnostics.extend(found);
        if let Some(lock) = lock {
            history::apply(catalog, &ast, &lock);
        }
        let licenses = inputs.licenses.iter();
        let licenses = licenses.map(|source| (source.name().to_owned(), source.text().to_owned()));
        catalog.licenses = licenses.collect();
        let (files, found) = outputs::render(&outputs, inputs, catalog);
        catalog.outputs = files;
        catalog.audit = audit;
        diagnostics.extend(found);
    }
    diagnostics.extend(poor);
    (Outcome::new(catalog, diagnostics), Some(taken))
}

/// Prints a catalog to files. Cannot fail: whatever [`compile`] gives can be printed.
///
/// # Panics
///
/// Only if the catalog was changed by hand and contains names that are not Rust identifiers.
#[must_use]
pub fn plan(catalog: &Catalog) -> Plan {
    Plan::new(files(catalog).collect(), emit::regions(catalog))
}

/// The files of [`plan`], one after the other, so that those of a large catalog need not be in memory together. Each path
/// is unique; the last file is the list of all of them.
///
/// # Panics
///
/// As [`plan`] does.
///
/// ```
/// use error_catalog_codegen::{Inputs, Source, compile, files, plan};
///
/// let catalog = "\
/// version: 1
/// api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }
/// types:
///   request_error: { status: 400, meaning: The request is wrong }
/// codes:
///   bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }
/// ";
/// let outcome = compile(&Inputs::new(Source::new("catalog.yaml", catalog.into())));
/// let catalog = outcome.value.expect("the catalog has no errors");
/// let mut files: Vec<_> = files(&catalog).collect();
/// files.sort();
/// assert_eq!(files, plan(&catalog).artifacts);
/// ```
pub fn files(catalog: &Catalog) -> impl Iterator<Item = Artifact> {
    let emitters = emit::EMITTERS.into_iter();
    let mut emitted = emitters.flat_map(|emit| emit(catalog));
    let mut list = Some(FileList::default());
    let mut rest = Vec::new().into_iter();
    std::iter::from_fn(move || {
        if let Some(list) = &mut list
            && let Some(file) = emitted.next()
        {
            list.add(&file);
            return Some(file);
        }
        if let Some(list) = list.take() {
            let own = catalog.outputs.iter();
            let own = own.map(|(path, text)| Artifact::new(path, text));
            rest = list.with_own(own.collect()).into_iter();
        }
        rest.next()
    })
}

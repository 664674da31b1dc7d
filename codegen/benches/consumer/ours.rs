//! A crate as the project generates it.

use codegen::artifact::Group;
use codegen::{Catalog, plan};

use super::{
    Arguments, Package, catalog, catalog_with_arguments, catalog_with_namespaces,
    catalog_with_operations, catalog_with_unusual_names,
};

/// The crate of this many codes has all styles; the others have the first one.
pub(crate) const ALL_STYLES: usize = 100;

/// The crate of so many codes.
pub(crate) fn package(codes: usize) -> Package {
    let name = format!("ours-{codes}");
    let mut catalog = catalog(&name, codes);
    if codes == ALL_STYLES {
        catalog.envelope.shapes = catalog.envelope.built_in.clone();
    }
    generated(name, &catalog)
}

/// The codes of the crates with operations.
pub(crate) const WITH_OPERATIONS: usize = 1_000;

/// The crate of so many codes with names of 1 to 3 and of more than 64 bytes.
pub(crate) fn with_unusual_names(codes: usize) -> Package {
    let name = format!("ours-{codes}");
    let catalog = catalog_with_unusual_names(&name, codes);
    generated(name, &catalog)
}

/// The crate of so many codes in two namespaces, with an operation that states statuses of its own.
pub(crate) fn with_namespaces(codes: usize) -> Package {
    let name = format!("ours-{codes}");
    let catalog = catalog_with_namespaces(&name, codes);
    generated(name, &catalog)
}

/// Two equal crates with operations: features are those of a crate, and one counts its errors.
pub(crate) const OBSERVED: [&str; 2] = ["counted", "plain"];

/// A crate with operations.
pub(crate) fn with_operations(name: &str) -> Package {
    generated(
        name.to_owned(),
        &catalog_with_operations(name, WITH_OPERATIONS),
    )
}

/// The crate of so many codes with arguments.
pub(crate) fn package_with_arguments(name: String, codes: usize, arguments: Arguments) -> Package {
    let catalog = catalog_with_arguments(&name, codes, arguments);
    generated(name, &catalog)
}

fn generated(name: String, catalog: &Catalog) -> Package {
    let artifacts = plan(catalog).artifacts;
    let files = artifacts.into_iter().filter_map(|artifact| {
        let path = artifact.path.strip_prefix("generated/")?;
        (Group::of(&artifact.path) == Group::Crate).then(|| (path.to_owned(), artifact.contents))
    });
    Package {
        files: files.collect(),
        name,
    }
}

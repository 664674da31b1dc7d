//! The Rust crate.
//!
//! Items are built with `quote!`, checked by `syn` and printed by `prettyplease`. The tables, whose
//! size grows with the catalog, are data and are printed directly in the layout of rustfmt; tests
//! hold them against `syn` and rustfmt. What does not vary with the catalog is copied from
//! `codegen/runtime/`.

mod args;
mod codes;
mod file;
mod hash;
mod lib_file;
mod lookup;
mod manifest;
mod settings;
mod table;
mod types;

use crate::artifact::Artifact;
use crate::catalog::Catalog;

/// Up to this many codes a `match` finds a name fastest; above, a perfect hash does.
const LARGEST_MATCH: usize = 100;

/// The files of the crate that are the same for every catalog.
const RUNTIME: [(&str, &str); 10] = [
    ("api_error", include_str!("../../runtime/api_error.rs")),
    ("arguments", include_str!("../../runtime/arguments.rs")),
    ("client", include_str!("../../runtime/client.rs")),
    ("envelope", include_str!("../../runtime/envelope.rs")),
    (
        "error_code_impl",
        include_str!("../../runtime/error_code_impl.rs"),
    ),
    (
        "error_type_impl",
        include_str!("../../runtime/error_type_impl.rs"),
    ),
    ("json", include_str!("../../runtime/json.rs")),
    ("name", include_str!("../../runtime/name.rs")),
    ("retry", include_str!("../../runtime/retry.rs")),
    ("rows", include_str!("../../runtime/rows.rs")),
];

/// The runtime file of the perfect hash, for catalogs that need one.
const NAME_HASH: &str = include_str!("../../runtime/name_hash.rs");

/// Emits the files of the crate.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let mut files = vec![
        manifest::emit(catalog),
        lib_file::emit(catalog),
        codes::emit(catalog),
        types::emit(catalog),
        lookup::emit(catalog),
        settings::emit(catalog),
    ];
    files.extend(RUNTIME.map(|(module, text)| copy(module, text)));
    if has_arguments(catalog) {
        files.push(args::emit(catalog));
    }
    if has_perfect_hash(catalog) {
        files.push(copy("name_hash", NAME_HASH));
    }
    files
}

/// A file of the runtime, as it stands behind the notice.
fn copy(module: &str, text: &str) -> Artifact {
    source(module, format!("{}\n{text}", file::notice("//")))
}

fn source(module: &str, text: impl Into<String>) -> Artifact {
    Artifact::new(format!("generated/src/{module}.rs"), text)
}

fn has_arguments(catalog: &Catalog) -> bool {
    catalog.codes.iter().any(|code| !code.arguments.is_empty())
}

fn has_perfect_hash(catalog: &Catalog) -> bool {
    catalog.codes.len().max(catalog.types.len()) > LARGEST_MATCH
}

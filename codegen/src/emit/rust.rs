//! The Rust crate.
//!
//! Items are built with `quote!`, checked by `syn` and printed by `prettyplease`. The tables, whose
//! size grows with the catalog, are data and are printed directly in the layout of rustfmt; tests
//! hold them against `syn` and rustfmt. What does not vary with the catalog is copied from
//! `codegen/runtime/`.

mod args;
mod bodies;
mod codes;
mod contract;
mod features;
mod file;
mod fixtures;
mod hash;
mod lib_file;
mod lifecycle;
mod lookup;
mod manifest;
mod operations;
mod settings;
mod table;
mod types;

use crate::artifact::Artifact;
use crate::catalog::{Catalog, Code};

/// Up to this many codes a `match` finds a name fastest; above, a perfect hash does.
const LARGEST_MATCH: usize = 100;

/// A runtime file by its module.
macro_rules! runtime {
    ($module:literal) => {
        (
            $module,
            include_str!(concat!("../../runtime/", $module, ".rs")),
        )
    };
}

/// The files of the crate that are the same for every catalog.
const RUNTIME: [(&str, &str); 33] = [
    runtime!("actix_web"),
    runtime!("api_error"),
    runtime!("arguments"),
    runtime!("arriving"),
    runtime!("axum"),
    runtime!("canonical"),
    runtime!("caught"),
    runtime!("client"),
    runtime!("deadline"),
    runtime!("details"),
    runtime!("differences"),
    runtime!("envelope"),
    runtime!("error_code_impl"),
    runtime!("error_type_impl"),
    runtime!("framework"),
    runtime!("http"),
    runtime!("json"),
    runtime!("kinds"),
    runtime!("lifecycle"),
    runtime!("limits"),
    runtime!("name"),
    runtime!("problem"),
    runtime!("reason"),
    runtime!("received_headers"),
    runtime!("record"),
    runtime!("response"),
    runtime!("retry"),
    runtime!("rows"),
    runtime!("sensitive"),
    runtime!("style"),
    runtime!("testkit"),
    runtime!("tower"),
    runtime!("utoipa"),
];

/// The runtime file of the perfect hash, for catalogs that need one.
const NAME_HASH: (&str, &str) = runtime!("name_hash");

/// The runtime file of operations, for catalogs that have some.
const OPERATION: (&str, &str) = runtime!("operation");

/// The runtime file of moments, for catalogs that have some among their arguments.
const TIMESTAMP: (&str, &str) = runtime!("timestamp");

/// Emits the files of the crate.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let lookup = lookup::emit(catalog);
    let mut files = vec![
        manifest::emit(catalog),
        lib_file::emit(catalog, lookup.is_hashed),
        codes::emit(catalog),
        types::emit(catalog),
        lookup.file,
        settings::emit(catalog),
    ];
    let copy = |file| copy(catalog, file);
    files.extend(RUNTIME.map(copy));
    if has_arguments(catalog) {
        files.push(args::emit(catalog));
    }
    if has_operations(catalog) {
        files.push(operations::emit(catalog));
        files.push(copy(OPERATION));
    }
    if lookup.is_hashed {
        files.push(copy(NAME_HASH));
    }
    if has_timestamps(catalog) {
        files.push(copy(TIMESTAMP));
    }
    files.extend(fixtures::emit(catalog));
    files.push(contract::emit(catalog));
    files
}

/// A file of the runtime, as it stands behind the notice. Only the examples of its documentation
/// vary: they name the crate, and a code and a type that it has. No crate and no variant can have
/// the names that stand for them.
fn copy(catalog: &Catalog, (module, text): (&str, &str)) -> Artifact {
    let text = text
        .replace("error_crate", &catalog.api.lib_name)
        .replace("A_CODE", &example_code(catalog).names.variant)
        .replace("A_TYPE", &catalog.types[0].names.variant);
    source(module, format!("{}\n{text}", file::notice("//")))
}

/// The code that examples name: one that nobody has to be warned of, where there is one.
fn example_code(catalog: &Catalog) -> &Code {
    let mut codes = catalog.codes.iter();
    let lasting = codes.find(|code| code.deprecated.is_none());
    lasting.unwrap_or(&catalog.codes[0])
}

fn source(module: &str, text: impl Into<String>) -> Artifact {
    Artifact::new(format!("generated/src/{module}.rs"), text)
}

fn has_arguments(catalog: &Catalog) -> bool {
    catalog.codes.iter().any(|code| !code.arguments.is_empty())
}

fn has_operations(catalog: &Catalog) -> bool {
    operations::with_codes(catalog).next().is_some()
}

fn has_timestamps(catalog: &Catalog) -> bool {
    catalog.codes.iter().any(Code::has_timestamp)
}

//! The Rust crate.
//!
//! Items are built with `quote!`, checked by `syn` and printed by `prettyplease`. The tables, whose
//! size grows with the catalog, are data and are printed directly in the layout of rustfmt; tests
//! check them with `syn` and rustfmt. What does not vary with the catalog is copied from
//! `codegen/runtime/src/runtime/`.

mod args;
mod code_table;
mod codes;
mod contract;
mod deprecation;
mod documents;
mod examples;
mod features;
mod file;
mod fixtures;
mod hash;
mod joined;
mod lib_file;
mod lookup;
mod manifest;
mod namespaces;
mod operations;
mod readme;
mod routes;
mod settings;
mod shapes;
mod table;
mod types;
mod upstream;

use examples::Examples;

use crate::artifact::Artifact;
use crate::catalog::{ArgumentKind, Catalog, Code};

/// Up to this many codes a `match` finds a name fastest; above, a perfect hash does.
const LARGEST_MATCH: usize = 100;

/// A file of `codegen/runtime/src/runtime/`.
struct RuntimeFile {
    module: &'static str,
    /// How `lib.rs` declares the module.
    declaration: &'static str,
    text: &'static str,
}

macro_rules! runtime {
    ($($(#[$attribute:meta])? $visibility:vis mod $module:ident;)+) => {
        &[$(RuntimeFile {
            module: stringify!($module),
            declaration: stringify!($(#[$attribute])? $visibility mod $module;),
            text: include_str!(concat!("../../runtime/src/runtime/", stringify!($module), ".rs")),
        },)+]
    };
}

/// The files of the crate that are the same for every catalog.
const RUNTIME: &[RuntimeFile] = runtime! {
    #[cfg(feature = "actix-web")]
    pub mod actix_web;
    #[cfg(feature = "actix-web")]
    pub(crate) mod actix_web_event_stream;
    #[cfg(feature = "actix-web")]
    pub(crate) mod actix_web_rejection;
    #[cfg(feature = "server")]
    pub(crate) mod api_error;
    #[cfg(feature = "server")]
    pub(crate) mod api_error_from;
    pub(crate) mod argument_kind;
    pub(crate) mod arguments;
    #[cfg(feature = "axum")]
    pub mod axum;
    #[cfg(feature = "axum")]
    pub(crate) mod axum_event_stream;
    #[cfg(feature = "axum")]
    pub(crate) mod axum_wrapped;
    #[cfg(feature = "client")]
    pub(crate) mod body_json;
    #[cfg(any(feature = "axum", feature = "actix-web"))]
    pub(crate) mod body_timeout;
    #[cfg(feature = "client")]
    pub mod client;
    #[cfg(feature = "metrics")]
    pub(crate) mod counters;
    pub(crate) mod deprecation;
    #[cfg(feature = "server")]
    pub(crate) mod details;
    #[cfg(feature = "server")]
    pub(crate) mod envelope;
    pub(crate) mod error_code_impl;
    pub(crate) mod error_type_impl;
    #[cfg(any(feature = "axum", feature = "actix-web"))]
    pub(crate) mod event_stream;
    #[cfg(feature = "server")]
    pub(crate) mod fallback;
    pub(crate) mod fast_path;
    pub(crate) mod fault;
    #[cfg(feature = "garde")]
    pub(crate) mod fault_garde;
    #[cfg(all(feature = "client", feature = "server"))]
    pub(crate) mod from_upstream;
    #[cfg(feature = "server")]
    pub(crate) mod header_value;
    #[cfg(feature = "server")]
    pub(crate) mod headers;
    #[cfg(feature = "http")]
    pub(crate) mod http;
    #[cfg(feature = "server")]
    pub(crate) mod invalid_status;
    pub(crate) mod joined;
    pub(crate) mod json;
    #[cfg(feature = "server")]
    pub(crate) mod json_tree;
    pub(crate) mod name_hash;
    pub(crate) mod namespaces;
    pub(crate) mod negotiation;
    pub(crate) mod observer;
    #[cfg(feature = "client")]
    pub(crate) mod one_line;
    pub(crate) mod operation;
    #[cfg(feature = "client")]
    pub(crate) mod other_formats;
    #[cfg(any(feature = "tower", feature = "actix-web"))]
    pub(crate) mod passthrough;
    pub(crate) mod read_faults;
    pub(crate) mod read_shape;
    #[cfg(feature = "server")]
    pub(crate) mod reason_phrase;
    #[cfg(feature = "client")]
    pub(crate) mod received_body;
    #[cfg(feature = "client")]
    pub(crate) mod received_canonical;
    #[cfg(feature = "client")]
    pub(crate) mod received_event;
    #[cfg(feature = "client")]
    pub(crate) mod received_faults;
    pub(crate) mod received_headers;
    #[cfg(feature = "client")]
    pub(crate) mod received_members;
    #[cfg(feature = "client")]
    pub(crate) mod received_rest;
    #[cfg(any(feature = "axum", feature = "actix-web"))]
    pub(crate) mod rejection;
    #[cfg(all(feature = "client", feature = "server"))]
    pub(crate) mod relay;
    #[cfg(feature = "server")]
    pub(crate) mod relayed;
    #[cfg(feature = "server")]
    pub(crate) mod request_id;
    #[cfg(feature = "server")]
    pub(crate) mod request_style;
    #[cfg(feature = "server")]
    pub(crate) mod response;
    pub(crate) mod retry;
    #[cfg(any(feature = "metrics", feature = "tracing"))]
    pub(crate) mod route;
    pub(crate) mod seen;
    pub(crate) mod sensitive;
    #[cfg(feature = "server")]
    pub(crate) mod sent_names;
    pub(crate) mod serde_impls;
    pub(crate) mod shape;
    pub(crate) mod slot;
    #[cfg(feature = "tracing")]
    pub(crate) mod spans;
    pub(crate) mod tables;
    #[cfg(any(feature = "metrics", feature = "tracing"))]
    pub mod telemetry;
    #[cfg(feature = "testkit")]
    pub mod testkit;
    #[cfg(any(feature = "axum", feature = "actix-web"))]
    pub(crate) mod timeouts;
    #[cfg(feature = "jiff")]
    pub(crate) mod timestamp;
    #[cfg(feature = "tower")]
    pub mod tower;
    #[cfg(all(feature = "client", feature = "server"))]
    pub(crate) mod upstream;
    #[cfg(feature = "server")]
    pub(crate) mod uri;
    #[cfg(feature = "utoipa")]
    pub mod utoipa;
    #[cfg(feature = "utoipa")]
    pub(crate) mod utoipa_operation;
    #[cfg(feature = "utoipa")]
    pub(crate) mod utoipa_parts;
    pub(crate) mod wire_name;
};

/// The file of the module in `api_error`, and those of the modules in `testkit`.
const OF_OPERATION: &str = include_str!("../../runtime/src/runtime/api_error/of_operation.rs");
const MISMATCH: &str = include_str!("../../runtime/src/runtime/testkit/mismatch.rs");
const STREAM: &str = include_str!("../../runtime/src/runtime/testkit/stream.rs");

/// The runtime files that the crate of a catalog needs.
fn runtime_files(catalog: &Catalog, is_hashed: bool) -> impl Iterator<Item = &'static RuntimeFile> {
    let is_needed = move |file: &&RuntimeFile| match file.module {
        "joined" => joined::is_joined(catalog),
        "name_hash" => is_hashed,
        "namespaces" => catalog.has_namespaces(),
        "operation" | "utoipa_operation" => has_operations(catalog),
        "fault_garde" => has_faults(catalog),
        "timestamp" => has_timestamps(catalog),
        "from_upstream" | "upstream" => !catalog.upstream.is_empty(),
        _ => true,
    };
    RUNTIME.iter().filter(is_needed)
}

/// Emits the files of the crate.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let lookup = lookup::emit(catalog);
    let mut files = vec![
        manifest::emit(catalog),
        readme::emit(catalog),
        lib_file::emit(catalog, lookup.is_hashed),
        codes::emit(catalog),
        types::emit(catalog),
        lookup.file,
        settings::emit(catalog),
        routes::emit(catalog),
        shapes::emit(catalog),
        documents::emit(catalog),
    ];
    let runtime = runtime_files(catalog, lookup.is_hashed);
    let examples = Examples::new(catalog);
    files.extend(runtime.map(|file| copy(&examples, file.module, file.text)));
    files.push(copy(&examples, "api_error/of_operation", OF_OPERATION));
    files.push(copy(&examples, "testkit/mismatch", MISMATCH));
    files.push(copy(&examples, "testkit/stream", STREAM));
    if has_arguments(catalog) {
        files.push(args::emit(catalog));
    }
    if has_operations(catalog) {
        files.push(operations::emit(catalog));
        files.push(documents::of_operations(catalog));
    }
    if !catalog.upstream.is_empty() {
        files.push(upstream::emit(catalog));
    }
    let licenses = catalog.licenses.iter();
    files.extend(licenses.map(|(name, text)| Artifact::new(format!("generated/{name}"), text)));
    files.extend(fixtures::emit(catalog));
    files.push(contract::emit(catalog));
    files
}

/// A runtime file with the notice. The examples in its documentation name the crate of the catalog.
fn copy(examples: &Examples<'_>, module: &str, text: &str) -> Artifact {
    let text = examples::of_catalog(examples, text);
    source(
        &format!("runtime/{module}"),
        format!("{}\n{text}", file::notice("//")),
    )
}

/// The code that examples name: the first that is not deprecated, if there is one. Of codes in namespaces, the first whose
/// name in bodies no other code has.
fn example_code(catalog: &Catalog) -> &Code {
    let lasting = |code: &&Code| code.deprecated.is_none();
    let single = namespaces::sent_alone(catalog).find(lasting);
    let first = || catalog.codes.iter().find(lasting);
    single.or_else(first).unwrap_or(&catalog.codes[0])
}

/// The fence of an example that reads the body of [`example_code`]. It is not run if several codes have each name.
fn reading_fence(catalog: &Catalog) -> &'static str {
    match namespaces::sent_alone(catalog).next() {
        None if catalog.has_namespaces() => "```no_run",
        _ => "```",
    }
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

fn has_faults(catalog: &Catalog) -> bool {
    let mut arguments = catalog.codes.iter().flat_map(|code| &code.arguments);
    arguments.any(|argument| argument.kind() == ArgumentKind::Errors)
}

fn has_timestamps(catalog: &Catalog) -> bool {
    catalog.codes.iter().any(Code::has_timestamp)
}

//! Turns an error catalog into a plan of files: a Rust crate, an OpenAPI document, Markdown
//! documentation and a schema for editors.
//!
//! The library does no I/O: text comes in, a plan comes out, and the same text gives the same
//! bytes on every machine. Reading and writing files is left to the caller.
//!
//! ```
//! use error_catalog_codegen::{Inputs, Source, compile, plan};
//!
//! let catalog = "\
//! version: 1
//! api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }
//! types:
//!   request_error: { status: 400, meaning: The request is wrong }
//! codes:
//!   bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }
//! ";
//! let inputs = Inputs::new(Source::new("catalog.yaml", catalog.into()));
//! let outcome = compile(&inputs);
//! assert!(outcome.diagnostics.is_empty());
//! let plan = plan(&outcome.value.expect("the catalog has no errors"));
//! assert!(plan.artifacts.iter().any(|file| file.path == "generated/openapi.yaml"));
//! ```

pub mod artifact;
mod ast;
pub mod audit;
mod bytes;
pub mod catalog;
pub mod compat;
mod compile;
pub mod diagnostic;
pub mod edit;
pub mod emit;
mod fingerprint;
mod history;
#[cfg(feature = "import")]
pub mod import;
mod include;
mod limits;
mod lint;
mod load;
mod outputs;
pub mod record;
pub mod release;
pub mod report;
mod resolve;
pub mod rule;
mod source;
pub mod span;
mod suggest;
mod tree;
mod unord_map;
mod yaml;

pub use artifact::{Artifact, Plan};
pub use catalog::Catalog;
pub use compile::{compile, files, plan};
pub use diagnostic::{Diagnostic, Outcome};
pub use include::{Answer, Found, is_pattern};
pub use limits::{MAX_FILES, MAX_SOURCE_BYTES};
pub use lint::{Leak, leak};
pub use outputs::BuiltInTemplate;
pub use rule::{Rule, Severity};
pub use source::{Inputs, Source};
pub use suggest::closest;

//! The outputs, held against the tools that read them: rustc, clippy, rustdoc and rustfmt, a
//! Markdown parser, a YAML parser.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../benches/pipeline/catalogs.rs"]
mod catalogs;
mod crates;
mod docs;
mod export;
mod facts;
mod fixtures;
mod goldens;
mod lifecycle;
mod lifecycle_pages;
mod openapi;
mod openapi_twins;
mod operations;
mod releases;
mod samples;
mod scratch;
mod visible;

//! The generated crates, built and run with rustc, clippy, rustdoc and rustfmt.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

extern crate error_catalog_codegen as codegen;

#[path = "../support/building.rs"]
mod building;
#[path = "../../benches/pipeline/catalogs.rs"]
mod catalogs;
mod compiler;
mod crates;
mod drafts;
#[path = "../support/exhaustive.rs"]
mod exhaustive;
mod facts;
#[path = "../support/fixtures.rs"]
mod fixtures;
mod large_catalogs;
mod packages;
mod reserved_names;
mod workspace;

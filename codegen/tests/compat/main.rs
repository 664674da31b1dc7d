//! What was published is a promise: the table of changes, the lock, and releases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

extern crate error_catalog_codegen as codegen;

mod base;
mod comparing;
mod edge_cases;
#[path = "../support/exhaustive.rs"]
mod exhaustive;
mod formats;
mod hostile;
mod located;
mod matrix;
mod meanings;
mod mutations;
mod page;
mod page_addresses;
mod release;
mod reserved_names;
mod supplied;

//! Every rule the tool can report: what it finds, where, and how it is shown.

extern crate error_catalog_codegen as codegen;

mod catalogs;
mod changes;
mod documentation;
mod every_text;
#[path = "../support/exhaustive.rs"]
mod exhaustive;
mod fixtures;
mod github;
mod hostile;
mod house;
mod include;
mod keys;
mod lint;
mod mistakes;
mod no_panic;
mod operations;
mod reading;
mod report;
mod sarif;
mod shapes;
mod texts;

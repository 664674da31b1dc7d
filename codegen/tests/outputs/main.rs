//! The outputs, read back by a Markdown parser, a YAML parser, `syn` and a validator of JSON Schema.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

extern crate error_catalog_codegen as codegen;

mod anchors;
mod book;
mod bounded_templates;
mod children;
mod code_pages;
mod doc_comments;
mod docs;
mod empty_texts;
#[path = "../support/exhaustive.rs"]
mod exhaustive;
mod export;
mod facts;
mod fixtures;
mod goldens;
mod imported_envelope;
mod lifecycle;
mod lifecycle_pages;
mod llms;
mod lookup;
mod openapi;
mod openapi_clients;
mod openapi_shapes;
mod openapi_twins;
mod operation_errors;
mod operations;
mod own_files;
mod own_literals;
mod proxies;
mod ready_templates;
mod releases;
mod rendered_text;
mod samples;
mod sent_code;
mod shapes;

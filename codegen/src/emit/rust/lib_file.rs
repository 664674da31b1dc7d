//! `lib.rs`: documentation, lints and the list of modules.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::{markdown_escape, sections};
use super::file::RustFile;
use super::{example_code, features, has_arguments, has_operations, has_timestamps};
use crate::artifact::Artifact;
use crate::catalog::Catalog;

pub(super) fn emit(catalog: &Catalog, is_hashed: bool) -> Artifact {
    let docs = docs(catalog);
    RustFile::new(docs.iter().map(String::as_str))
        .items(lints())
        .items(modules(catalog, is_hashed))
        .items(exports(catalog))
        .finish("lib")
}

fn lints() -> TokenStream {
    quote! {
        #![forbid(unsafe_code)]
        #![deny(missing_docs)]
        #![allow(clippy::doc_markdown, reason = "texts stand as the catalog has them")]
        #![allow(clippy::unicode_not_nfc, reason = "texts stand as they were typed")]
        #![allow(clippy::unreadable_literal, reason = "numbers of tables are data")]
        #![allow(rustdoc::bare_urls, reason = "texts stand as the catalog has them")]
        #![allow(confusable_idents, reason = "names follow the wire")]
        #![allow(mixed_script_confusables, reason = "names follow the wire")]
        #![allow(uncommon_codepoints, reason = "names follow the wire")]
    }
}

fn modules(catalog: &Catalog, is_hashed: bool) -> TokenStream {
    let args = has_arguments(catalog).then(|| quote! { #[rustfmt::skip] pub mod args; });
    let timestamp = has_timestamps(catalog).then(|| {
        quote! { #[cfg(feature = "jiff")] mod timestamp; }
    });
    let operations = has_operations(catalog).then(|| {
        quote! {
            mod operation;
            #[rustfmt::skip]
            pub mod operations;
        }
    });
    let name_hash = is_hashed.then(|| quote! { mod name_hash; });
    let servers = quote! { #[cfg(any(feature = "axum", feature = "actix-web"))] };
    quote! {
        #[cfg(feature = "actix-web")]
        pub mod actix_web;
        mod api_error;
        #args
        mod arguments;
        #[cfg(feature = "axum")]
        mod arriving;
        #[cfg(feature = "axum")]
        pub mod axum;
        mod canonical;
        #servers
        mod caught;
        pub mod client;
        #servers
        mod deadline;
        mod details;
        #[cfg(feature = "testkit")]
        mod differences;
        mod envelope;
        #[rustfmt::skip]
        mod error_code;
        mod error_code_impl;
        #[rustfmt::skip]
        mod error_type;
        mod error_type_impl;
        mod framework;
        #[cfg(feature = "http")]
        mod http;
        mod json;
        mod kinds;
        mod lifecycle;
        #servers
        mod limits;
        #[rustfmt::skip]
        mod lookup;
        mod name;
        #name_hash
        #operations
        mod problem;
        mod reason;
        mod received_headers;
        mod record;
        mod response;
        mod retry;
        mod rows;
        mod sensitive;
        #[rustfmt::skip]
        mod settings;
        mod style;
        #[cfg(feature = "testkit")]
        pub mod testkit;
        #timestamp
        #[cfg(feature = "tower")]
        pub mod tower;
        #[cfg(feature = "utoipa")]
        pub mod utoipa;
    }
}

fn exports(catalog: &Catalog) -> TokenStream {
    let operation = has_operations(catalog).then(|| {
        quote! { pub use operation::NotOfOperation; }
    });
    quote! {
        pub use api_error::{ApiError, StatusNotAdmitted};
        pub use arguments::{ArgumentValue, Arguments, Visit};
        #[doc(inline)]
        pub use client::ReceivedError;
        pub use details::Details;
        pub use envelope::Envelope;
        pub use error_code::ErrorCode;
        pub use error_type::ErrorType;
        pub use lifecycle::{Deprecation, Retired};
        #[cfg(any(feature = "axum", feature = "actix-web"))]
        pub use limits::Limits;
        pub use name::{Open, UnknownName};
        #operation
        pub use problem::Problem;
        pub use retry::{Backoff, Delays, RetryAdvice, RetryRule};
        pub use sensitive::Sensitive;
        pub use settings::{API_TITLE, BACKOFF, CATALOG_VERSION, ENVELOPE_STYLES};
        pub use settings::{REQUEST_ID_HEADER, RETRYABLE_STATUSES};
        pub use style::EnvelopeStyle;
    }
}

/// The front page of the crate's documentation.
fn docs(catalog: &Catalog) -> Vec<String> {
    let lib = &catalog.api.lib_name;
    let first = example_code(catalog);
    let variant = &first.names.variant;
    let mut docs = vec![
        format!(
            "The errors of the {}.",
            markdown_escape::inline(&catalog.api.title)
        ),
        String::new(),
        "A server returns [`ApiError`]; a client reads any answer with".to_owned(),
        "[`ReceivedError::from_parts`].".to_owned(),
        String::new(),
        "```".to_owned(),
        format!("use {lib}::{{ApiError, ErrorCode, ReceivedError}};"),
        String::new(),
        format!("let error = ApiError::new(ErrorCode::{variant}).with_request_id(\"req_1\");"),
        format!("assert_eq!(error.status(), {});", first.status),
        String::new(),
        "let headers = error.headers();".to_owned(),
        "let headers = headers.iter().map(|(name, value)| (name, value.as_bytes()));".to_owned(),
        "let body = error.to_json();".to_owned(),
        "let received = ReceivedError::from_parts(error.status(), headers, body.as_bytes());"
            .to_owned(),
        format!("assert_eq!(received.code.unwrap().known(), Some(ErrorCode::{variant}));"),
        "assert_eq!(received.request_id.as_deref(), Some(\"req_1\"));".to_owned(),
        "```".to_owned(),
    ];
    docs.extend(["", "# Features", "", "All are off by default.", ""].map(str::to_owned));
    let features = features::of_catalog(catalog).into_iter();
    docs.extend(features.map(|feature| format!("- `{}`: {}", feature.name, feature.what)));
    for block in sections::blocks(catalog, "#") {
        docs.push(String::new());
        docs.extend(block.lines().map(str::to_owned));
    }
    docs
}

//! `lib.rs`: documentation, lints and the list of modules.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::{markdown_escape, sections};
use super::features::{self, Feature};
use super::file::{RustFile, tokens};
use super::{example_code, has_arguments, has_operations, reading_fence, runtime_files};
use crate::artifact::Artifact;
use crate::catalog::Catalog;

pub(super) fn emit(catalog: &Catalog, is_hashed: bool) -> Artifact {
    RustFile::new(&docs(catalog))
        .items(lints())
        .items(modules(catalog, is_hashed))
        .items(exports(catalog))
        .finish("lib")
}

fn lints() -> TokenStream {
    quote! {
        #![forbid(unsafe_code)]
        #![deny(missing_docs)]
        #![allow(clippy::doc_markdown, reason = "texts are those of the catalog")]
        #![allow(clippy::unicode_not_nfc, reason = "texts are those of the catalog")]
        #![allow(clippy::unreadable_literal, reason = "tables are data")]
        #![allow(rustdoc::bare_urls, reason = "texts are those of the catalog")]
        #![allow(confusable_idents, reason = "names are wire names")]
        #![allow(mixed_script_confusables, reason = "names are wire names")]
        #![allow(uncommon_codepoints, reason = "names are wire names")]
        #![cfg_attr(
            not(all(feature = "client", feature = "server")),
            allow(dead_code, reason = "the other side uses it")
        )]
    }
}

fn modules(catalog: &Catalog, is_hashed: bool) -> TokenStream {
    let args = has_arguments(catalog).then(|| quote! { #[rustfmt::skip] pub mod args; });
    let operations =
        has_operations(catalog).then(|| quote! { #[rustfmt::skip] pub mod operations; });
    let operation_documents = has_operations(catalog).then(|| {
        quote! {
            #[cfg(feature = "utoipa")]
            #[rustfmt::skip]
            pub(crate) mod operation_documents;
        }
    });
    let upstream = (!catalog.upstream.is_empty()).then(|| {
        quote! {
            #[cfg(all(feature = "client", feature = "server"))]
            #[rustfmt::skip]
            pub(crate) mod upstream;
        }
    });
    let runtime: TokenStream = runtime_files(catalog, is_hashed)
        .map(|file| tokens(file.declaration))
        .collect();
    quote! {
        mod catalog {
            #args
            #[rustfmt::skip]
            pub(crate) mod codes;
            #[cfg(feature = "utoipa")]
            #[rustfmt::skip]
            pub(crate) mod documents;
            #[rustfmt::skip]
            pub(crate) mod lookup;
            #operation_documents
            #operations
            #[cfg(any(feature = "metrics", feature = "tracing"))]
            #[rustfmt::skip]
            pub(crate) mod routes;
            #[rustfmt::skip]
            pub(crate) mod settings;
            #[rustfmt::skip]
            pub(crate) mod shapes;
            #[rustfmt::skip]
            pub(crate) mod types;
            #upstream
        }

        mod runtime {
            #runtime
        }
    }
}

fn exports(catalog: &Catalog) -> TokenStream {
    let args = has_arguments(catalog).then(|| quote! { pub use catalog::args; });
    let operations = has_operations(catalog).then(|| quote! { pub use catalog::operations; });
    let operation = operations
        .is_some()
        .then(|| quote! { pub use runtime::operation::OperationMismatch; });
    quote! {
        #args
        pub use catalog::codes::ErrorCode;
        #operations
        pub use catalog::settings::{API_TITLE, BACKOFF, CATALOG_VERSION, ENVELOPE_STYLES};
        pub use catalog::settings::{MAX_RETRY_AFTER, REQUEST_ID_HEADER, RETRYABLE_STATUSES};
        pub use catalog::shapes::EnvelopeStyle;
        pub use catalog::types::ErrorType;
        #[cfg(feature = "actix-web")]
        pub use runtime::actix_web;
        #[cfg(feature = "server")]
        pub use runtime::api_error::ApiError;
        pub use runtime::arguments::{ArgumentValue, ArgumentVisitor, Arguments};
        #[cfg(feature = "axum")]
        pub use runtime::axum;
        #[cfg(feature = "client")]
        pub use runtime::client::{self, ReceivedError};
        pub use runtime::deprecation::{Deprecation, RetiredCode};
        #[cfg(feature = "server")]
        pub use runtime::details::Details;
        #[cfg(feature = "server")]
        pub use runtime::envelope::Envelope;
        #[cfg(any(feature = "axum", feature = "actix-web"))]
        pub use runtime::event_stream::{Completion, EventStream};
        pub use runtime::fault::{Fault, Faults};
        #[cfg(feature = "server")]
        pub use runtime::invalid_status::InvalidStatus;
        #[cfg(any(feature = "metrics", feature = "tracing"))]
        pub use runtime::observer::{Observer, RequestObserver};
        #operation
        #[cfg(any(feature = "tower", feature = "actix-web"))]
        pub use runtime::passthrough::Passthrough;
        #[cfg(feature = "server")]
        pub use runtime::request_style::RequestStyle;
        pub use runtime::retry::{Backoff, Delays, RetryAdvice, RetryRule};
        pub use runtime::sensitive::Sensitive;
        #[cfg(any(feature = "metrics", feature = "tracing"))]
        pub use runtime::telemetry;
        #[cfg(feature = "testkit")]
        pub use runtime::testkit;
        #[cfg(any(feature = "axum", feature = "actix-web"))]
        pub use runtime::timeouts::Timeouts;
        #[cfg(feature = "tower")]
        pub use runtime::tower;
        #[cfg(feature = "utoipa")]
        pub use runtime::utoipa;
        pub use runtime::wire_name::{MaybeKnown, UnknownName};
    }
}

/// The front page of the crate's documentation.
fn docs(catalog: &Catalog) -> String {
    let title = markdown_escape::inline(&catalog.api.title);
    let lib = &catalog.api.lib_name;
    let first = example_code(catalog);
    let fence = reading_fence(catalog);
    let variant = &first.names.variant;
    let status = first.status.sent();
    let mut docs = format!(
        r#"The errors of the {title}.

A server returns [`ApiError`]. A client reads any response with [`ReceivedError::from_parts`], which never
fails. [`ApiError`] and [`Envelope`] deserialize only bodies that this crate writes: they are for servers that
pass errors on, and for tests.

{fence}
use {lib}::{{ApiError, ErrorCode, ReceivedError}};

let error = ApiError::new(ErrorCode::{variant}).with_request_id("req_1");
assert_eq!(error.status(), {status});

let headers = error.headers();
let headers = headers.iter().map(|(name, value)| (name, value.as_bytes()));
let body = error.to_json();
let received = ReceivedError::from_parts(error.status(), headers, body.as_bytes());
assert_eq!(received.code.unwrap().known(), Some(ErrorCode::{variant}));
assert_eq!(received.request_id.as_deref(), Some("req_1"));
```

# Features

`client` and `server` are on by default: a crate that needs one of them leaves the other out with
`default-features = false`. Without both, the names, texts, retry rules and arguments of the catalog are left. All
other features are off by default; those of servers enable `server`.

"#
    );
    for Feature { name, what, .. } in features::of_catalog(catalog) {
        // Writing to a string cannot fail.
        let _ = writeln!(docs, "- `{name}`: {what}");
    }
    for block in sections::blocks(catalog, "#") {
        let _ = writeln!(docs, "\n{block}");
    }
    docs
}

//! `settings.rs`: what the catalog says of the API as a whole.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::file::RustFile;
use super::table::numbers;
use crate::artifact::Artifact;
use crate::catalog::{Catalog, MissingParam};

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let title = &catalog.api.title;
    let version = &catalog.api.version;
    let request_id = &catalog.envelope.request_id;
    let details = catalog.envelope.details;
    let (before, after) = &catalog.api.docs_url;
    let null_param = catalog.envelope.param == MissingParam::Null;
    let backoff = &catalog.retry.backoff;
    let initial = duration(backoff.initial_ms);
    let max = duration(backoff.max_ms);
    let factor = Literal::u32_unsuffixed(backoff.factor);
    let max_retries = Literal::u32_unsuffixed(backoff.max_retries);
    let jitter = backoff.jitter;
    let statuses = format!(
        "/// The statuses that are worth another try, ascending.\n{}",
        numbers(
            "pub const RETRYABLE_STATUSES: &[u16] = &",
            0,
            &catalog.retry.statuses,
            ";"
        )
    );
    RustFile::new(["What the catalog says of the API as a whole."])
        .items(quote! { use core::time::Duration; })
        .items(quote! { use crate::{Backoff, EnvelopeStyle}; })
        .items(quote! {
            /// The title of the API.
            pub const API_TITLE: &str = #title;
        })
        .items(quote! {
            /// The version of the API.
            pub const API_VERSION: &str = #version;
        })
        .items(quote! {
            /// The header that carries the request id of every error response.
            pub const REQUEST_ID_HEADER: &str = #request_id;
        })
        .text(&statuses)
        .items(quote! {
            /// The delays between tries of a retryable request.
            pub const BACKOFF: Backoff = Backoff {
                initial: #initial,
                factor: #factor,
                max: #max,
                max_retries: #max_retries,
                jitter: #jitter,
            };
        })
        .text(&styles(catalog))
        .items(quote! { pub(crate) const NULL_PARAM: bool = #null_param; })
        .items(quote! { pub(crate) const DETAILS: bool = #details; })
        .items(quote! { pub(crate) const DOCS_URL: (&str, &str) = (#before, #after); })
        .finish("settings")
}

fn styles(catalog: &Catalog) -> String {
    let styles = catalog.envelope.styles.iter();
    let styles: Vec<String> = styles
        .map(|style| format!("EnvelopeStyle::{}", style.variant()))
        .collect();
    format!(
        "/// The styles of bodies that this API sends; the first is for clients that do not choose.\n\
         pub const ENVELOPE_STYLES: &[EnvelopeStyle] = &[{}];\n",
        styles.join(", ")
    )
}

/// A duration in the largest unit that holds it.
fn duration(milliseconds: u64) -> TokenStream {
    if milliseconds.is_multiple_of(1000) {
        let seconds = Literal::u64_unsuffixed(milliseconds / 1000);
        quote! { Duration::from_secs(#seconds) }
    } else {
        let milliseconds = Literal::u64_unsuffixed(milliseconds);
        quote! { Duration::from_millis(#milliseconds) }
    }
}

//! `catalog/settings.rs`: the settings of the API.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::deprecation;
use super::file::{RustFile, SERVER, literal, optional_code};
use super::joined;
use super::table::{MAX_LIST, MAX_WIDTH, Table, numbers};
use crate::artifact::Artifact;
use crate::catalog::{Catalog, CodeKind, Condition, Status, StatusClass};

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let title = &catalog.api.title;
    let version = &catalog.api.version;
    let request_id = &catalog.envelope.request_id;
    let details = catalog.envelope.details;
    let faults = catalog.has_faults();
    let (before, after) = &catalog.api.docs_url;
    let domain = catalog.api.domain();
    let code_form = match catalog.envelope.code {
        _ if catalog.has_namespaces() => quote! { InNamespaces(&NAMESPACES) },
        CodeKind::String => quote! { Text },
        CodeKind::Integer => quote! { Number },
    };
    let backoff = &catalog.retry.backoff;
    let initial = duration(backoff.initial_ms);
    let max = duration(backoff.max_ms);
    let factor = Literal::u32_unsuffixed(backoff.factor);
    let max_retries = Literal::u32_unsuffixed(backoff.max_retries);
    let jitter = backoff.jitter;
    let max_retry_after = duration(catalog.retry.max_retry_after * 1000);
    let statuses = format!(
        "/// The retryable statuses, in ascending order.\n{}",
        numbers(
            "pub const RETRYABLE_STATUSES: &[u16] = &",
            0,
            &catalog.retry.statuses,
            ";"
        )
    );
    RustFile::new("The settings of the API.")
        .items(quote! { use core::time::Duration; })
        .items(imports(catalog))
        .items(quote! {
            /// The title of the API.
            pub const API_TITLE: &str = #title;
        })
        .items(quote! {
            /// The version of the API that this crate was generated for. A newer server may send codes that
            /// this crate does not know.
            pub const CATALOG_VERSION: &str = #version;
        })
        .items(quote! {
            /// The header of the request id in every error response.
            pub const REQUEST_ID_HEADER: &str = #request_id;
        })
        .text(&statuses)
        .items(quote! {
            /// The delays between retries of a request.
            pub const BACKOFF: Backoff = Backoff {
                initial: #initial,
                factor: #factor,
                max: #max,
                max_retries: #max_retries,
                jitter: #jitter,
            };
        })
        .items(quote! {
            /// The longest delay that a response asks for in `Retry-After`. A longer one is sent as this one.
            pub const MAX_RETRY_AFTER: Duration = #max_retry_after;
        })
        .text(&styles(catalog))
        .text(&choices(catalog))
        .items(quote! { pub(crate) const DETAILS: bool = #details; })
        .items(quote! { pub(crate) const FAULTS: bool = #faults; })
        .items(quote! { pub(crate) const CODE_FORM: WireForm = WireForm::#code_form; })
        .items(quote! { pub(crate) const DOMAIN: &str = #domain; })
        .items(quote! { pub(crate) const DOCS_URL: (&str, &str) = (#before, #after); })
        .text(&framework(catalog))
        .text(&joined::access(catalog))
        .finish("catalog/settings")
}

fn imports(catalog: &Catalog) -> TokenStream {
    let names_code = catalog.framework.iter().any(|error| error.code.is_some());
    // As rustfmt sorts them.
    let (mut type_alone, mut code_and_type) = (None, None);
    if names_code {
        code_and_type =
            Some(quote! { #[cfg(feature = "server")] use crate::{ErrorCode, ErrorType}; });
    } else if !catalog.framework.is_empty() {
        type_alone = Some(quote! { #[cfg(feature = "server")] use crate::ErrorType; });
    }
    let joined = joined::is_joined(catalog).then(|| {
        quote! {
            #[cfg(feature = "server")]
            use crate::runtime::joined::Joined;
        }
    });
    let names_condition = !catalog.envelope.choices.is_empty();
    let choice = if names_condition {
        quote! { {Choice, Condition} }
    } else {
        quote! { Choice }
    };
    let namespaces = catalog.has_namespaces().then(|| {
        quote! { use crate::catalog::lookup::NAMESPACES; }
    });
    quote! {
        #namespaces
        #type_alone
        #[cfg(feature = "server")]
        use crate::runtime::fallback::FrameworkError;
        #joined
        #[cfg(feature = "server")]
        use crate::runtime::request_style::#choice;
        use crate::runtime::wire_name::WireForm;
        use crate::{Backoff, EnvelopeStyle};
        #code_and_type
    }
}

/// The errors of the framework.
fn framework(catalog: &Catalog) -> String {
    if catalog.framework.is_empty() {
        return format!("{SERVER}pub(crate) static FRAMEWORK: &[FrameworkError] = &[];\n");
    }
    let order = "The rows are sorted by the status that is sent.";
    let mut table = Table::slice("FRAMEWORK", "FrameworkError", order);
    for error in &catalog.framework {
        let error_type = &catalog[error.error_type].names.variant;
        table.open_row();
        let (status, sent) = match (error.status, error.sent) {
            (StatusClass::Status(status), sent) => (status.get(), sent),
            (StatusClass::Family(class), sent) => (class.into(), sent),
        };
        table.field("status", status);
        table.field("error_type", format_args!("ErrorType::{error_type}"));
        table.field("code", optional_code(catalog, error.code));
        table.field("sent", sent.map_or(0, Status::get));
        table.optional_text("message", error.message.as_deref());
        table.close_row();
    }
    let mut codes = catalog.framework.iter().filter_map(|error| error.code);
    let names_deprecated = codes.any(|code| catalog[code].deprecated.is_some());
    format!(
        "{SERVER}{}{}",
        deprecation::allowed(names_deprecated),
        table.finish()
    )
}

fn styles(catalog: &Catalog) -> String {
    let styles = catalog.envelope.shapes.iter();
    let styles: Vec<String> = styles
        .map(|style| format!("EnvelopeStyle::{}", style.variant))
        .collect();
    // As rustfmt lays out a list.
    let line = styles.join(", ");
    let before = "pub const ENVELOPE_STYLES: &[EnvelopeStyle] = &[";
    let is_short = line.len() <= MAX_LIST && before.len() + line.len() + 2 <= MAX_WIDTH;
    let list = if is_short {
        line
    } else {
        format!("\n    {},\n", styles.join(",\n    "))
    };
    format!(
        "/// The styles of bodies that this API sends; the first is the default.\n{before}{list}];\n"
    )
}

/// Which requests get which style.
fn choices(catalog: &Catalog) -> String {
    let choices = &catalog.envelope.choices;
    if choices.is_empty() {
        return format!("{SERVER}pub(crate) static CHOICES: &[Choice] = &[];\n");
    }
    let order = "The first row that fits a request applies.";
    let mut table = Table::slice("CHOICES", "Choice", order);
    for choice in choices {
        let (_, text) = choice.condition.stated();
        let kind = match choice.condition {
            Condition::Path(_) => "Path",
            Condition::Header(_) => "Header",
            Condition::Accept(_) => "Accept",
        };
        let mut shapes = catalog.envelope.shapes.iter();
        // The styles of choices are styles of the API.
        let Some(shape) = shapes.find(|shape| shape.name == choice.style) else {
            continue;
        };
        let style = &shape.variant;
        table.open_row();
        table.field(
            "condition",
            format_args!("Condition::{kind}({})", literal(&text)),
        );
        table.field("style", format_args!("EnvelopeStyle::{style}"));
        table.close_row();
    }
    format!("{SERVER}{}", table.finish())
}

/// A duration in the largest unit without a remainder.
fn duration(milliseconds: u64) -> TokenStream {
    if milliseconds.is_multiple_of(1000) {
        let seconds = Literal::u64_unsuffixed(milliseconds / 1000);
        quote! { Duration::from_secs(#seconds) }
    } else {
        let milliseconds = Literal::u64_unsuffixed(milliseconds);
        quote! { Duration::from_millis(#milliseconds) }
    }
}

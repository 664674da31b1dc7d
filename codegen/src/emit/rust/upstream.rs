//! `catalog/upstream.rs`: the errors that replace those of providers.

use quote::quote;

use super::deprecation;
use super::file::{RustFile, literal, optional_code};
use super::table::Table;
use crate::artifact::Artifact;
use crate::catalog::{Catalog, StatusSet, UpstreamFrom};

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let mut codes = catalog.upstream.iter().filter_map(|error| error.code);
    let names_deprecated = codes.any(|code| catalog[code].deprecated.is_some());
    let names_code = catalog.upstream.iter().any(|error| error.code.is_some());
    let error_code = names_code.then(|| quote! { ErrorCode, });
    RustFile::new("The errors that replace those of providers.")
        .items(quote! {
            use crate::runtime::upstream::UpstreamError;
            use crate::{#error_code ErrorType};
        })
        .text(&format!(
            "{}{}",
            deprecation::allowed(names_deprecated),
            table(catalog)
        ))
        .finish("catalog/upstream")
}

fn table(catalog: &Catalog) -> String {
    let order = "The first row that fits an error applies.";
    let mut table = Table::slice("UPSTREAM", "UpstreamError", order);
    for error in &catalog.upstream {
        let UpstreamFrom {
            style,
            statuses,
            error_type,
            code,
        } = &error.from;
        let text = |text: &Option<String>| literal(text.as_deref().unwrap_or_default());
        let statuses = statuses.as_ref().map_or_else(Vec::new, ranges);
        let sent = &catalog[error.error_type].names.variant;
        table.open_row();
        table.field("style", text(style));
        table.field("statuses", format_args!("&[{}]", statuses.join(", ")));
        table.field("error_type", text(error_type));
        table.field("code", text(code));
        table.field("sent_type", format_args!("ErrorType::{sent}"));
        table.field("sent_code", optional_code(catalog, error.code));
        table.field("shows_message", error.shows_message);
        table.close_row();
    }
    table.finish()
}

/// The first and the last status of each range, as expressions.
fn ranges(statuses: &StatusSet) -> Vec<String> {
    match statuses {
        StatusSet::List(list) => list.iter().map(|one| format!("({one}, {one})")).collect(),
        StatusSet::None => Vec::new(),
        StatusSet::Family(class) => vec![format!("({class}00, {class}99)")],
    }
}

//! `catalog/types.rs`: the enum of types and its table.

use std::fmt::Write as _;

use super::super::markdown_escape;
use super::code_table::rule;
use super::deprecation;
use super::file::{RustFile, literal, push_doc};
use super::table::{Table, numbers};
use crate::artifact::Artifact;
use crate::catalog::{Catalog, Names, StatusSet};

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let title = markdown_escape::inline(&catalog.api.title);
    let mut text = String::new();
    if catalog.types.iter().any(|entry| entry.retry.is_some()) {
        text.push_str("use crate::RetryRule;\n");
    }
    text.push_str("use crate::runtime::tables::{Statuses, TypeRow};\n\n");
    push_doc("///", &format!("An error type of the {title}."), &mut text);
    push_doc("///", &example(catalog), &mut text);
    text.push_str(
        "#[derive(Clone, Copy, PartialEq, Eq, Hash)]\n\
         #[non_exhaustive]\n\
         pub enum ErrorType {\n",
    );
    for entry in &catalog.types {
        let wire = markdown_escape::code(&entry.names.wire);
        let summary = markdown_escape::inline(entry.summary());
        let head = format!("{wire}, status {}: {summary}", entry.statuses);
        push_doc("    ///", &head, &mut text);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "    {},", entry.names.variant);
    }
    let names = catalog.types.iter().map(|entry| &entry.names);
    let former = deprecation::former_variants("ErrorType", names, false);
    let count = catalog.types.len();
    let _ = writeln!(
        text,
        "}}\n{former}\npub(crate) const TYPE_COUNT: usize = {count};\n"
    );
    let mut table = Table::new("TYPES", "TypeRow", "TYPE_COUNT");
    for entry in &catalog.types {
        table.open_row();
        let variant = &entry.names.variant;
        table.field("error_type", format_args!("ErrorType::{variant}"));
        table.text("variant", variant);
        table.text("name", &entry.names.wire);
        match &entry.statuses {
            StatusSet::None => table.field("statuses", "Statuses::List(&[])"),
            StatusSet::Family(_) => {
                let first = entry.statuses.default();
                table.field("statuses", format_args!("Statuses::Family({first})"));
            }
            StatusSet::List(list) => {
                table.lines(&numbers("statuses: Statuses::List(&", 8, list, "),"));
            }
        }
        table.text("message", &entry.message);
        table.text("meaning", &entry.meaning);
        match entry.retry {
            Some(retry) => table.field("retry", format_args!("Some({})", rule(retry))),
            None => table.field("retry", "None"),
        }
        table.close_row();
    }
    text.push_str(&table.finish());
    RustFile::new(&format!("The error types of the {title}."))
        .text(&text)
        .finish("catalog/types")
}

/// The example in the documentation of the enum.
fn example(catalog: &Catalog) -> String {
    let lib = &catalog.api.lib_name;
    let Names { variant, wire, .. } = &catalog.types[0].names;
    format!(
        "
The order of the variants and their discriminants follow the catalog and can change in each version: store and
compare names.

```
use {lib}::ErrorType;

let error_type: ErrorType = {}.parse().unwrap();
assert_eq!(error_type, ErrorType::{variant});
assert!(error_type.allows_status(error_type.default_status()));
assert!(!error_type.allows_status(200));
```",
        literal(wire)
    )
}

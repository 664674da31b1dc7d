//! `error_type.rs`: the enum of types and its table.

use std::fmt::Write as _;

use super::super::markup;
use super::file::{RustFile, push_doc};
use super::table::{Table, numbers, push_json};
use crate::artifact::Artifact;
use crate::catalog::{Catalog, StatusSet};

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let title = markup::inline(&catalog.api.title);
    let docs = format!("The error types of the {title}.");
    let mut text = String::from("use crate::rows::{Statuses, TypeRow};\n\n");
    push_doc("///", &format!("An error type of the {title}."), &mut text);
    text.push_str(
        "#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         #[non_exhaustive]\n\
         pub enum ErrorType {\n",
    );
    for entry in &catalog.types {
        let wire = markup::code(&entry.names.wire);
        let mut head = format!("{wire}, status {}", entry.statuses);
        if !entry.meaning.is_empty() {
            head.push_str(": ");
            head.push_str(&markup::inline(&entry.meaning));
        }
        push_doc("    ///", &head, &mut text);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "    {},", entry.names.variant);
    }
    let count = catalog.types.len();
    let _ = writeln!(
        text,
        "}}\n\npub(crate) const TYPE_COUNT: usize = {count};\n"
    );
    let mut table = Table::new("TYPES", "TypeRow", "TYPE_COUNT");
    for entry in &catalog.types {
        table.open_row();
        table.field(
            "error_type",
            format_args!("ErrorType::{}", entry.names.variant),
        );
        table.text("variant", &entry.names.variant);
        table.text("name", &entry.names.wire);
        match &entry.statuses {
            StatusSet::Family(_) => {
                let first = entry.statuses.default();
                table.field("statuses", format_args!("Statuses::Family({first})"));
            }
            StatusSet::List(list) => {
                table.lines(&numbers("statuses: Statuses::List(&", 8, list, "),"));
            }
        }
        table.text("message", &entry.message);
        push_json(&entry.message, &entry.names.wire, None, &mut table);
        table.text("meaning", &entry.meaning);
        table.close_row();
    }
    text.push_str(&table.finish());
    RustFile::new([docs.as_str()])
        .text(&text)
        .finish("error_type")
}

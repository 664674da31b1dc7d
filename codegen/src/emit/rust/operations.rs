//! `catalog/operations.rs`: the errors of each operation, as calls of a macro that has their behaviour.

use std::fmt::Write as _;

use super::super::markdown_escape;
use super::deprecation;
use super::file::{RustFile, literal, push_doc};
use crate::artifact::Artifact;
use crate::catalog::{Catalog, Operation};

/// Emits the file, if an operation has codes.
pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let mut file = RustFile::new([
        "The errors of each operation, one enum for each.",
        "",
        "Any operation can also fail with an error that has no code: see",
        "[`ApiError::from_type`](crate::ApiError::from_type).",
    ])
    .text("use crate::runtime::operation::operation;\n");
    for operation in with_codes(catalog) {
        file = file.text(&of_operation(catalog, operation));
    }
    file.finish("catalog/operations")
}

/// The operations that have an enum: those with codes.
pub(super) fn with_codes(catalog: &Catalog) -> impl Iterator<Item = &Operation> {
    let operations = catalog.operations.iter();
    operations.filter(|operation| !operation.codes.is_empty())
}

fn of_operation(catalog: &Catalog, operation: &Operation) -> String {
    let mut out = String::from("operation! {\n");
    let method = operation.method.as_str();
    let request = operation.request();
    let docs = format!(
        "The errors of the operation {}, {}.",
        markdown_escape::code(&operation.id),
        markdown_escape::code(&request)
    );
    push_doc("    ///", &docs, &mut out);
    if let Some(summary) = &operation.summary {
        push_doc("    ///", "", &mut out);
        for line in markdown_escape::inline(summary).lines() {
            push_doc("    ///", line, &mut out);
        }
    }
    let head = [
        operation.error.clone(),
        literal(&operation.id),
        literal(method),
        literal(&operation.path),
    ];
    // Writing to a string cannot fail.
    let _ = writeln!(out, "    {} {{", head.join(", "));
    for id in &operation.codes {
        let code = &catalog[*id];
        for attribute in deprecation::attributes(catalog, code) {
            let _ = writeln!(out, "        {attribute}");
        }
        let _ = writeln!(out, "        {},", code.names.variant);
    }
    out.push_str("    }\n}\n");
    out
}

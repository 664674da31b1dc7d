//! `catalog/operations.rs`: the errors of each operation, as calls of a macro that has their behaviour.

use std::fmt::Write as _;

use super::super::markdown_escape;
use super::deprecation;
use super::file::{RustFile, literal, push_doc};
use crate::artifact::Artifact;
use crate::catalog::{Catalog, Names, Operation, OwnError, Sent};

/// Emits the file, if an operation has codes.
pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let mut file = RustFile::new(
        "The errors of each operation, one enum for each.

Any operation can also fail with an error that has no code: see
[`ApiError::from_type`](crate::ApiError::from_type).",
    )
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
    let mut docs = format!(
        "The errors of the operation {}, {}",
        markdown_escape::code(&operation.id),
        markdown_escape::code(&operation.request())
    );
    if let Some(when) = &operation.when {
        docs.push_str(", when ");
        docs.push_str(&markdown_escape::inline(when));
    }
    docs.push('.');
    if let Some(summary) = &operation.summary {
        docs.push_str("\n\n");
        docs.push_str(&markdown_escape::inline(summary));
    }
    push_doc("    ///", &docs, &mut out);
    let name = &operation.error;
    let [id, method, path] =
        [&operation.id, operation.method.as_str(), &operation.path].map(literal);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "    {name}, {id}, {method}, {path} {{");
    for sent in catalog.sent_by(operation) {
        let code = sent.code;
        if sent.own.is_some() {
            push_doc("        ///", &of_sent(sent), &mut out);
        }
        for attribute in deprecation::attributes(catalog, code) {
            let _ = writeln!(out, "        {attribute}");
        }
        let _ = writeln!(out, "        {},", code.names.variant);
    }
    out.push_str("    } {");
    for own in &operation.own {
        let variant = &catalog[own.code].names.variant;
        let OwnError { status, retry, .. } = own;
        let texts = [&own.meaning, &own.fix];
        let [meaning, fix] = texts.map(|text| literal(text.as_deref().unwrap_or_default()));
        let _ = write!(
            out,
            "\n        {variant}: {status}, {retry:?}, {meaning}, {fix};"
        );
    }
    out.push_str(if operation.own.is_empty() {
        "}\n"
    } else {
        "\n    }\n"
    });
    for id in &operation.codes {
        let Names {
            variant,
            former_variants,
            ..
        } = &catalog[*id].names;
        for former in former_variants {
            let _ = writeln!(out, "    {former} = {variant}, \"renamed to `{variant}`\";");
        }
    }
    out.push_str("}\n");
    out
}

/// The documentation of a variant about which the operation states something, after the code.
fn of_sent(sent: Sent<'_>) -> String {
    let mut docs = format!(
        "Here with status {}: {}",
        sent.status(),
        markdown_escape::inline(&sent.summary())
    );
    if !sent.fix().is_empty() {
        docs.push_str("\n\nFix: ");
        docs.push_str(&markdown_escape::inline(sent.fix()));
    }
    docs
}

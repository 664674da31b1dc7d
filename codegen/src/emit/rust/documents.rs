//! `catalog/documents.rs` and `catalog/operation_documents.rs`: what OpenAPI documents contain of the bodies, and of each
//! operation, for the feature `utoipa`.

use std::fmt::Write as _;

use super::super::bodies::{self, MediaType};
use super::super::{example_body, numbers};
use super::deprecation;
use super::file::{RustFile, literal};
use super::operations;
use super::table::optional_text;
use crate::artifact::Artifact;
use crate::catalog::{Catalog, Code, Shape, Slot};

/// Emits the file for all bodies.
pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let public = &catalog.public();
    let codes = public.codes.iter();
    let with_arguments = || codes.clone().filter(|code| !code.arguments.is_empty());
    let names_deprecated = with_arguments().any(|code| code.deprecated.is_some());
    let with_arguments: Vec<_> = with_arguments().map(|code| shown(public, code)).collect();
    let codeless = codeless(public);
    let mut names = vec!["EnvelopeStyle"];
    names.extend((!with_arguments.is_empty()).then_some("ErrorCode"));
    names.extend((!codeless.is_empty()).then_some("ErrorType"));
    let names = match &names[..] {
        [name] => (*name).to_owned(),
        names => format!("{{{}}}", names.join(", ")),
    };
    let uses = format!(
        "use crate::{names};\nuse crate::runtime::utoipa_parts::{{Bodies, Codeless, Shown}};\n"
    );
    let mut out = String::from(
        "/// The schemas of bodies, by name, as JSON. That of the default style is the first.\n\
         pub(crate) static SCHEMAS: &[(&str, &str)] = &[\n",
    );
    for (name, mut schema) in bodies::schemas(public) {
        numbers::make_portable(&mut schema);
        let [name, json] = [&*name, &schema.to_string()].map(literal);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "    ({name}, {json}),");
    }
    out.push_str("];\n\n/// The bodies at a path that no choice names.\n");
    let usual = by_media_type(catalog, catalog.envelope.usual_shapes());
    let _ = writeln!(out, "pub(crate) static USUAL: &[Bodies] = &[{usual}];");
    out.push_str("\n/// The errors without code.\n");
    out.push_str(&list("CODELESS", "Codeless", &codeless));
    out.push_str("\n/// The examples of errors with arguments.\n");
    out.push_str(deprecation::allowed(names_deprecated));
    out.push_str(&list("SHOWN", "Shown", &with_arguments));
    let docs = "What OpenAPI documents contain of the bodies.";
    let file = RustFile::new(docs).text(&uses).text(&out);
    file.finish("catalog/documents")
}

/// Emits the file for the operations, if one has codes. It is a file of its own, since the responses of an operation
/// are made from those of all errors.
pub(super) fn of_operations(catalog: &Catalog) -> Artifact {
    let mut file = RustFile::new("What OpenAPI documents contain of each operation.").text(
        "use crate::EnvelopeStyle;\n\
         use crate::catalog::operations;\n\
         use crate::runtime::utoipa_operation::of_operation;\n\
         use crate::runtime::utoipa_parts::Bodies;\n",
    );
    for operation in operations::with_codes(catalog) {
        let bodies = by_media_type(catalog, catalog.shapes_of(operation));
        let name = &operation.error;
        file = file.text(&format!(
            "of_operation! {{ operations::{name}, [{bodies}] }}\n"
        ));
    }
    file.finish("catalog/operation_documents")
}

/// A list of rows.
fn list(name: &str, row: &str, rows: &[String]) -> String {
    let mut out = format!("pub(crate) static {name}: &[{row}] = &[\n");
    for fields in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "    {row} {{ {fields} }},");
    }
    out.push_str("];\n");
    out
}

/// The errors without code, as the examples of the document.
fn codeless(catalog: &Catalog) -> Vec<String> {
    let groups = catalog.statuses.iter();
    let rows = groups.flat_map(|group| {
        group.codeless.iter().map(move |codeless| {
            let name = literal(&codeless.example);
            let error_type = &catalog[codeless.error_type].names.variant;
            let status = group.status;
            let message = optional_text(codeless.message.as_deref());
            let of_operations = codeless.of_operations;
            format!(
                "name: {name}, error_type: ErrorType::{error_type}, status: {status}, message: {message}, of_operations: {of_operations}"
            )
        })
    });
    rows.collect()
}

/// The example of a code with arguments.
fn shown(catalog: &Catalog, code: &Code) -> String {
    let example = catalog.example_of_code(code);
    let message = literal(example.message);
    let shape = catalog.envelope.default_shape();
    let [details, faults] = [Slot::Details, Slot::Errors].map(|slot| {
        let value = example_body::value(catalog, &example, shape, slot);
        literal(&value.map_or_else(String::new, |value| value.to_string()))
    });
    let variant = &code.names.variant;
    format!("code: ErrorCode::{variant}, message: {message}, details: {details}, faults: {faults}")
}

/// The bodies of shapes, by media type.
fn by_media_type(catalog: &Catalog, shapes: Vec<&Shape>) -> String {
    let mut out = String::from("\n");
    for media_type in MediaType::of(shapes) {
        let [name, schema] = [media_type.name, &media_type.schema(catalog)].map(literal);
        let styles = media_type.shapes.iter();
        let styles = styles.map(|shape| format!("EnvelopeStyle::{}", shape.variant));
        let styles = styles.collect::<Vec<_>>().join(", ");
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "    Bodies {{ media_type: {name}, schema: {schema}, styles: &[{styles}] }},"
        );
    }
    out
}

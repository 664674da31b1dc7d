//! The measured catalogs: each grows in one respect.

mod codes;
mod envelopes;
mod imports;
mod operations;
mod outputs;
mod sections;
mod updates;
mod values;

use super::texts::File;
use super::verb::Verb;

/// A kind of catalog.
pub(super) struct Shape {
    pub(super) name: &'static str,
    /// The smaller of the two sizes of a catalog, for the verbs that write no outputs.
    pub(super) size: usize,
    pub(super) verbs: &'static [Verb],
    /// The files of a catalog of a size.
    pub(super) files: fn(usize) -> Vec<File>,
}

const EVERY: &[Verb] = &[
    Verb::Check,
    Verb::Diff,
    Verb::New,
    Verb::Fmt,
    Verb::Release,
    Verb::Gen,
    Verb::Accept,
];
const USUAL: &[Verb] = &[Verb::Check, Verb::Diff, Verb::Fmt, Verb::Release];
const READING: &[Verb] = &[Verb::Check, Verb::Diff];
const EDITED: &[Verb] = &[Verb::Check, Verb::Diff, Verb::Fmt];
const IMPORT: &[Verb] = &[Verb::Import];
const UPDATE: &[Verb] = &[Verb::Update];
const RENDERED: &[Verb] = &[Verb::Check, Verb::Gen];
const COMPARED: &[Verb] = &[Verb::Check, Verb::Diff, Verb::Gen];

/// All shapes.
pub(super) const SHAPES: [Shape; 71] = [
    shape("codes", 60, EVERY, codes::plain),
    shape("codes on one line", 150, EVERY, codes::on_one_line),
    shape("codes on one line of JSON", 60, EVERY, codes::as_json),
    shape("codes behind proxies", 60, RENDERED, codes::behind_proxies),
    shape("types", 60, USUAL, sections::types),
    shape("codes with arguments", 48, USUAL, values::arguments),
    shape("arguments of a code", 150, USUAL, values::arguments_of_one),
    shape(
        "arguments on one line",
        150,
        EDITED,
        values::arguments_on_one_line,
    ),
    shape(
        "placeholders of a message",
        60,
        READING,
        values::placeholders,
    ),
    shape("long messages", 50, READING, values::long_messages),
    shape("long descriptions", 6, USUAL, values::descriptions),
    shape("strings of many lines", 60, EDITED, values::many_lines),
    shape("causes and links of a code", 150, EDITED, values::lists),
    shape("groups", 60, USUAL, sections::groups),
    shape(
        "namespaces with one name",
        60,
        COMPARED,
        operations::namespaces,
    ),
    shape(
        "codes of two namespaces",
        60,
        COMPARED,
        operations::two_namespaces,
    ),
    shape(
        "undeclared groups",
        60,
        READING,
        sections::undeclared_groups,
    ),
    shape("included files", 60, USUAL, sections::included),
    shape("operations", 60, USUAL, sections::operations),
    shape(
        "operations of one request",
        60,
        EVERY,
        sections::operations_of_one_request,
    ),
    shape(
        "errors of an operation",
        60,
        READING,
        sections::errors_of_one,
    ),
    shape(
        "errors that an operation states",
        60,
        COMPARED,
        operations::stated_by_one,
    ),
    shape(
        "operations that state an error",
        60,
        COMPARED,
        operations::stating_one,
    ),
    shape("sets", 60, USUAL, sections::sets),
    shape("codes of a set", 60, READING, sections::one_set),
    shape("codes like one", 60, USUAL, codes::like_one),
    shape(
        "codes like the one before",
        60,
        READING,
        codes::like_the_one_before,
    ),
    shape("children of a code", 60, EVERY, codes::children),
    shape("codes in one row", 60, READING, codes::in_one_row),
    shape("aliases of a code", 2_000, USUAL, values::aliases_of_one),
    shape("codes with aliases", 60, READING, values::aliases),
    shape(
        "Rust aliases of a code",
        150,
        READING,
        values::rust_aliases_of_one,
    ),
    shape("allowances", 60, USUAL, sections::allowances),
    shape(
        "codes of an allowance",
        60,
        READING,
        sections::one_allowance,
    ),
    shape("names of headers", 60, USUAL, values::header_names),
    shape("values of a header", 60, READING, values::header_values),
    shape("external ids", 60, READING, values::ids),
    shape("custom keys", 60, READING, values::custom_keys),
    shape("members of a custom key", 500, EDITED, values::members),
    shape("internal codes", 60, READING, codes::internal),
    // Each is compared with at most 300 others.
    shape("renamed codes", 320, &[Verb::Diff], codes::renamed),
    shape("deprecated codes", 60, READING, codes::deprecated),
    shape("retired codes", 60, EDITED, sections::retired),
    shape("members of a shape", 120, USUAL, envelopes::members),
    shape("slots of a shape", 60, USUAL, envelopes::slots),
    shape("elements of a shape", 180, USUAL, envelopes::elements),
    shape(
        "operations whose paths choose",
        120,
        READING,
        envelopes::operations,
    ),
    shape("names of codes in a style", 60, READING, envelopes::codes),
    shape("names of types in a style", 60, READING, envelopes::types),
    shape("types in a style", 60, READING, envelopes::types_of_codes),
    shape("arguments with faults", 48, READING, values::faults),
    shape("errors of providers", 120, USUAL, sections::upstream),
    shape("codes in ready modules", 60, RENDERED, outputs::ready),
    shape("files from a template", 60, RENDERED, outputs::files),
    shape(
        "codes in a file from a template",
        60,
        RENDERED,
        outputs::one_file,
    ),
    // A catalog has at most fifty.
    shape("outputs", 6, RENDERED, outputs::many),
    shape("comments", 500, EDITED, codes::comments),
    shape("import: JSON lines", 60, IMPORT, imports::rows),
    shape("update: codes", 60, UPDATE, updates::codes),
    shape(
        "update: codes on one line",
        60,
        UPDATE,
        updates::on_one_line,
    ),
    shape(
        "update: errors of an operation",
        60,
        UPDATE,
        updates::errors_of_one,
    ),
    shape("import: codes alone", 60, IMPORT, imports::codes_alone),
    shape("import: types", 60, IMPORT, imports::types),
    shape("import: equal names", 60, IMPORT, imports::equal_names),
    shape(
        "import: arguments of a row",
        250,
        IMPORT,
        imports::arguments,
    ),
    shape(
        "import: names that are refused",
        60,
        IMPORT,
        imports::refused_arguments,
    ),
    shape("import: placeholders", 150, IMPORT, imports::placeholders),
    shape("import: a page", 60, IMPORT, imports::page),
    shape("import: OpenAPI examples", 60, IMPORT, imports::examples),
    shape("import: OpenAPI bodies", 60, IMPORT, imports::bodies),
    shape("import: OpenAPI enums", 60, IMPORT, imports::enums),
];

const fn shape(
    name: &'static str,
    size: usize,
    verbs: &'static [Verb],
    files: fn(usize) -> Vec<File>,
) -> Shape {
    Shape {
        name,
        size,
        verbs,
        files,
    }
}

//! Catalogs with large shapes, and with names for styles.

use super::super::texts::{File, TYPES, code, codes as all_codes, head, lines, one, plain};

/// The number of codes that a large shape is for.
const FEW: usize = 4;
/// The number of paths that choose a style. A catalog may have 50.
const CHOICES: usize = 40;

/// Members that are constants.
pub(super) fn members(count: usize) -> Vec<File> {
    let members = lines(count, |i| format!("        member_{i}: value {i}\n"));
    shape(&members)
}

/// Objects that can be missing, with slots in them.
pub(super) fn slots(count: usize) -> Vec<File> {
    let members = lines(count, |i| {
        format!("        member_{i}: {{ $if: param, of: $param, text: \"{i}: ${{message}}\" }}\n")
    });
    shape(&members)
}

/// Elements of a list. The faults come last.
pub(super) fn elements(count: usize) -> Vec<File> {
    let elements = lines(count, |i| {
        format!("          - {{ $if: param, member_{i}: $param }}\n")
    });
    shape(&format!(
        "        list:\n{elements}          - {{ $each: errors, of: $param, text: $message }}\n"
    ))
}

/// The style of each operation follows from its path.
pub(super) fn operations(count: usize) -> Vec<File> {
    let choices = lines(CHOICES, |i| {
        format!("\n    - {{ path: /part_{i}, style: google }}")
    });
    // Every other operation has the usual style.
    let operations = lines(count, |i| {
        format!(
            "  get_{i}: {{ method: GET, path: \"/part_{}/{i}/{{id}}\", errors: [code_0] }}\n",
            i % (2 * CHOICES)
        )
    });
    styled(
        &format!("\n  style: [openai, google]\n  choose:{choices}"),
        TYPES,
        &format!("{}operations:\n{operations}", plain(1)),
    )
}

/// Each code has a name in two styles.
pub(super) fn codes(count: usize) -> Vec<File> {
    let further = |i| format!("    names: {{ acme: CODE-{i}, google: CODE_{i} }}\n");
    styled(
        "{ style: [acme, google], shapes: { acme: { body: { id: $code, text: $message } } } }",
        TYPES,
        &all_codes(count, further),
    )
}

/// Each type has a name in a style.
pub(super) fn types(count: usize) -> Vec<File> {
    let types = lines(count, |i| {
        format!(
            "  type_{i}: {{ status: [400, 404], meaning: Kind {i}, names: {{ acme: KIND-{i} }} }}\n"
        )
    });
    let codes = lines(count, |i| {
        code(i, "").replace("request_error", &format!("type_{i}"))
    });
    styled(
        "{ style: acme, shapes: { acme: { body: { kind: $type, id: $code, text: $message } } } }",
        &format!("types:\n{types}"),
        &codes,
    )
}

/// Each code has a type of its own in a style without codes.
pub(super) fn types_of_codes(count: usize) -> Vec<File> {
    let further = |i| format!("    names: {{ anthropic: error_{i} }}\n");
    styled("{ style: anthropic }", TYPES, &all_codes(count, further))
}

/// A catalog whose shape has these members.
fn shape(members: &str) -> Vec<File> {
    let envelope = format!(
        "\n  style: acme\n  shapes:\n    acme:\n      body:\n        id: $code\n        text: $message\n{}",
        members.trim_end()
    );
    styled(&envelope, TYPES, &plain(FEW))
}

/// A catalog with this envelope.
fn styled(envelope: &str, types: &str, codes: &str) -> Vec<File> {
    one(format!(
        "{}envelope: {envelope}\n{types}codes:\n{codes}",
        head()
    ))
}

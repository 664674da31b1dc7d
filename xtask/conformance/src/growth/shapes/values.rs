//! Catalogs whose codes have many or long values.

use super::super::texts::{
    File, TYPES, catalog, catalog_with_details, code, codes, head, lines, list, one,
};

/// The number of codes with long texts.
const FEW: usize = 16;

pub(super) fn arguments(count: usize) -> Vec<File> {
    let further = |i| {
        format!(
            "    message: The {{name_{i}}} is larger than {{limit_{i}}}.\n    args:\n      \
             name_{i}: {{ kind: string, meaning: The name }}\n      limit_{i}: {{ kind: u64, nullable: true }}\n"
        )
    };
    catalog(&codes(count, further), "")
}

pub(super) fn faults(count: usize) -> Vec<File> {
    let further = |i| format!("    args: {{ faults_{i}: {{ kind: errors }} }}\n");
    one(format!(
        "{}envelope: {{ style: problem }}\n{TYPES}codes:\n{}",
        head(),
        codes(count, further)
    ))
}

pub(super) fn arguments_of_one(count: usize) -> Vec<File> {
    let arguments = lines(count, |i| {
        format!("      value_{i}: {{ kind: u64, meaning: The value {i} }}\n")
    });
    catalog_with_details(&code(0, &format!("    args:\n{arguments}")))
}

pub(super) fn arguments_on_one_line(count: usize) -> Vec<File> {
    let arguments = list(count, |i| {
        format!("value_{i}: {{ kind: string, example: v{i} }}")
    });
    catalog_with_details(&code(0, &format!("    args: {{ {arguments} }}\n")))
}

pub(super) fn placeholders(count: usize) -> Vec<File> {
    let message = list(count, |i| format!("{{v{i}}}"));
    let arguments = list(count, |i| format!("v{i}: {{ kind: bool }}"));
    catalog(
        &code(
            0,
            &format!("    message: \"Not {message}.\"\n    args: {{ {arguments} }}\n"),
        ),
        "",
    )
}

pub(super) fn long_messages(count: usize) -> Vec<File> {
    let text = "An `id` is {{unknown}} here. ".repeat(count);
    catalog(
        &codes(FEW, |i| format!("    message: \"Message {i}: {text}\"\n")),
        "",
    )
}

pub(super) fn descriptions(count: usize) -> Vec<File> {
    let text = "
      A *paragraph* with `code`, **more _of_ it** and [a link](https://example.com/a).

      - an item [with a bracket] and * a star
      - another

      > a quote & a sign

      ~~~sh
      curl 'https://example.com'
      ~~~
"
    .repeat(count);
    catalog(
        &codes(FEW, |i| {
            format!("    description: |\n      Text {i}.\n{text}")
        }),
        "",
    )
}

pub(super) fn many_lines(count: usize) -> Vec<File> {
    let text = "      one of its lines\n".repeat(count);
    catalog(
        &codes(FEW, |i| format!("    internal: >\n      Text {i}.\n{text}")),
        "",
    )
}

pub(super) fn lists(count: usize) -> Vec<File> {
    let causes = list(count, |i| format!("The cause {i}"));
    let links = lines(count, |i| {
        format!("      - {{ text: Page {i}, url: \"https://example.com/{i}\" }}\n")
    });
    catalog(
        &code(
            0,
            &format!("    causes: [{causes}]\n    fixes: [{causes}]\n    see:\n{links}"),
        ),
        "",
    )
}

pub(super) fn aliases_of_one(count: usize) -> Vec<File> {
    let aliases = list(count, |i| format!("old-page-{i}"));
    catalog(&code(0, &format!("    aliases: [{aliases}]\n")), "")
}

pub(super) fn aliases(count: usize) -> Vec<File> {
    let further = |i| {
        format!("    rust_aliases: [OldCode{i}]\n    slug: page-{i}\n    aliases: [old-code-{i}]\n")
    };
    catalog(&codes(count, further), "")
}

pub(super) fn rust_aliases_of_one(count: usize) -> Vec<File> {
    let aliases = list(count, |i| format!("OldName{i}"));
    catalog(&code(0, &format!("    rust_aliases: [{aliases}]\n")), "")
}

pub(super) fn header_names(count: usize) -> Vec<File> {
    catalog(
        &codes(count, |i| {
            format!("    headers: {{ X-Reason-{i}: value }}\n")
        }),
        "",
    )
}

pub(super) fn header_values(count: usize) -> Vec<File> {
    catalog(
        &codes(count, |i| {
            format!("    headers: {{ X-Reason: value {i} }}\n")
        }),
        "",
    )
}

pub(super) fn ids(count: usize) -> Vec<File> {
    catalog(
        &codes(count, |i| {
            format!("    ids: {{ v1: {i}, system_{i}: E{i} }}\n")
        }),
        "",
    )
}

pub(super) fn custom_keys(count: usize) -> Vec<File> {
    let further = |i| format!("    x-owner: {{ team: t{i} }}\n    x-key-{i}: [a, {i}]\n");
    catalog(&codes(count, further), "")
}

pub(super) fn members(count: usize) -> Vec<File> {
    let members = lines(count, |i| {
        format!("      member_{i}: {{ team: t{i}, pager: true }}\n")
    });
    catalog(&code(0, &format!("    x-owners:\n{members}")), "")
}

//! `catalog/codes.rs`: the enum of codes and its table.

use std::fmt::Write as _;

use super::super::{description, markdown_escape};
use super::code_table;
use super::deprecation;
use super::example_code;
use super::file::{RustFile, literal, push_doc};
use super::joined::is_joined;
use super::table::Table;
use crate::artifact::Artifact;
use crate::catalog::{Audience, Catalog, Code, Header};

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let title = markdown_escape::inline(&catalog.api.title);
    let has_deprecated = catalog.codes.iter().any(|code| code.deprecated.is_some());
    let deprecation = if has_deprecated { "Deprecation, " } else { "" };
    let joined = if is_joined(catalog) {
        "use crate::runtime::joined::Joined;\n"
    } else {
        ""
    };
    let mut text = format!(
        "{joined}use crate::runtime::tables::{{CodeRow, Extra, OtherStatus}};\n\
         use crate::{{{deprecation}ErrorType, RetiredCode, RetryRule}};\n\n"
    );
    push_doc("///", &format!("An error code of the {title}."), &mut text);
    push_doc("///", &example(catalog), &mut text);
    text.push_str(
        "#[derive(Clone, Copy, PartialEq, Eq, Hash)]\n\
         #[non_exhaustive]\n\
         pub enum ErrorCode {\n",
    );
    for code in &catalog.codes {
        push_variant(catalog, code, &mut text);
    }
    let names = catalog.codes.iter().map(|code| &code.names);
    let former = deprecation::former_variants("ErrorCode", names, has_deprecated);
    let count = catalog.codes.len();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "}}\n{former}\npub(crate) const CODE_COUNT: usize = {count};\n"
    );
    text.push_str(&code_table::of_catalog(catalog));
    text.push_str(&http_status(catalog));
    for table in [
        extras(catalog),
        other_statuses(catalog),
        without_status(catalog),
        deprecation::since(catalog),
        deprecation::retired(catalog),
    ] {
        text.push('\n');
        text.push_str(&table);
    }
    RustFile::new(&format!("The error codes of the {title}."))
        .text(&text)
        .finish("catalog/codes")
}

/// The rest of the documentation of the enum, with its example.
fn example(catalog: &Catalog) -> String {
    let lib = &catalog.api.lib_name;
    let Code { names, status, .. } = example_code(catalog);
    let status = status.sent();
    let variant = &names.variant;
    let wire = literal(&names.wire);
    format!(
        "
A newer server may send codes that this version does not know; clients read them as
[`MaybeKnown`](crate::MaybeKnown).

The order of the variants and their discriminants follow the catalog and can change in each version: store and
compare names.

```
use {lib}::ErrorCode;

let code: ErrorCode = {wire}.parse().unwrap();
assert_eq!(code, ErrorCode::{variant});
assert_eq!(code.status(), {status});
assert!(ErrorCode::ALL.contains(&code));
```"
    )
}

fn push_variant(catalog: &Catalog, code: &Code, out: &mut String) {
    let status = match code.status.own() {
        Some(own) => format!("status {own}"),
        None => code.status.to_string(),
    };
    let mut docs = [
        &markdown_escape::code(&code.names.wire),
        ", ",
        &status,
        ": ",
        &markdown_escape::inline(&code.summary()),
    ]
    .concat();
    let mut paragraph = |text: &str| {
        docs.push_str("\n\n");
        docs.push_str(text);
    };
    if let Some(deprecation) = &code.deprecated {
        paragraph(&deprecation::docs(catalog, deprecation));
    }
    if let Some(text) = &code.type_row {
        paragraph(&markdown_escape::inline(text));
    }
    if !code.fix.is_empty() {
        paragraph(&["Fix: ", &markdown_escape::inline(&code.fix)].concat());
    }
    for (head, _, texts) in lists(code) {
        let items = texts.iter();
        let items = items.map(|text| format!("\n- {}", markdown_escape::inline(text)));
        if !texts.is_empty() {
            paragraph(&format!("{head}{}", items.collect::<String>()));
        }
    }
    if let Some(text) = &code.description {
        paragraph(&description::rustdoc(text));
    }
    push_doc("    ///", &docs, out);
    if code.deprecated.is_some() {
        // rustfmt has no layout for strings of any length.
        out.push_str("    #[rustfmt::skip]\n");
    }
    for attribute in deprecation::attributes(catalog, code) {
        let _ = writeln!(out, "    {attribute}");
    }
    out.push_str("    ");
    out.push_str(&code.names.variant);
    out.push_str(",\n");
}

/// A method of catalogs in which codes have no responses; empty for other catalogs.
fn http_status(catalog: &Catalog) -> String {
    let codes = catalog.codes.iter();
    let without: Vec<&Code> = codes.filter(|code| code.status.own().is_none()).collect();
    if without.is_empty() {
        return String::new();
    }
    let variants = without
        .iter()
        .map(|code| format!("Self::{}", code.names.variant));
    let variants = variants.collect::<Vec<_>>().join("\n            | ");
    let allowed = deprecation::allowed(without.iter().any(|code| code.deprecated.is_some()));
    let others = if without.len() < catalog.codes.len() {
        "            _ => Some(self.status()),\n"
    } else {
        ""
    };
    format!(
        "
impl ErrorCode {{
    /// The status of responses with the code; `None` if the code has no responses, and is in bodies, events and logs
    /// only. [`status`](Self::status) is what a server sends that returns such a code all the same.
    #[must_use]
    #[rustfmt::skip]
    {allowed}pub const fn http_status(self) -> Option<u16> {{
        match self {{
            {variants} => None,
{others}        }}
    }}
}}
"
    )
}

/// The lists of a code: the heading in the docs, the column of the table, and the items.
fn lists(code: &Code) -> [(&'static str, &'static str, &[String]); 2] {
    [
        ("Causes:", "causes", &code.lists.causes),
        ("Other fixes:", "fixes", &code.lists.fixes),
    ]
}

/// What only some codes have, in the order of the codes.
fn extras(catalog: &Catalog) -> String {
    let has_extra = |code: &&Code| {
        code.audience == Audience::Internal
            || code.deprecated.is_some()
            || !(code.headers.is_empty() && code.ids.is_empty())
            || lists(code).iter().any(|(_, _, texts)| !texts.is_empty())
    };
    let codes: Vec<&Code> = catalog.codes.iter().filter(has_extra).collect();
    if codes.is_empty() {
        return "pub(crate) static EXTRAS: &[Extra] = &[];\n".to_owned();
    }
    let mut table = Table::slice("EXTRAS", "Extra", "The rows are sorted by code.");
    let has_deprecated = codes.iter().any(|code| code.deprecated.is_some());
    for code in codes {
        table.open_row();
        table.field("code", format_args!("ErrorCode::{}", code.names.variant));
        table.field("internal", code.audience == Audience::Internal);
        let (filled, fixed): (Vec<&Header>, Vec<&Header>) = code
            .headers
            .iter()
            .partition(|header| header.value.has_arguments());
        table.field(
            "headers",
            list(&fixed, |header| {
                pair(&header.name, &code.header_example(header))
            }),
        );
        table.field(
            "header_templates",
            list(&filled, |header| {
                pair(&header.name, &code.header_text(header))
            }),
        );
        table.field(
            "ids",
            list(&code.ids, |(name, id)| pair(name, &id.to_string())),
        );
        for (_, column, texts) in lists(code) {
            table.field(column, list(texts, |text| literal(text)));
        }
        let deprecation = deprecation::expression(catalog, code.deprecated.as_ref());
        table.field("deprecation", deprecation);
        table.close_row();
    }
    // rustfmt has no layout for lists of strings of any length.
    let allowed = deprecation::allowed(has_deprecated);
    format!("{allowed}#[rustfmt::skip]\n{}", table.finish())
}

/// The statuses that operations state for codes.
fn other_statuses(catalog: &Catalog) -> String {
    let others = catalog.other_statuses();
    if others.is_empty() {
        return "pub(crate) static OTHER_STATUSES: &[OtherStatus] = &[];\n".to_owned();
    }
    let docs =
        "The statuses that operations state for codes. The rows are sorted by code and status.";
    let mut table = Table::slice("OTHER_STATUSES", "OtherStatus", docs);
    let mut names_deprecated = false;
    for (id, status, retry) in others {
        let code = &catalog[id];
        names_deprecated |= code.deprecated.is_some();
        table.open_row();
        table.field("code", format_args!("ErrorCode::{}", code.names.variant));
        table.field("status", status);
        table.field("retry", code_table::rule(retry));
        table.close_row();
    }
    let allowed = deprecation::allowed(names_deprecated);
    format!("{allowed}{}", table.finish())
}

/// The codes that have no status of their own.
fn without_status(catalog: &Catalog) -> String {
    let codes = catalog.codes.iter();
    let codes = codes.filter(|code| code.status.own().is_none());
    let allowed = deprecation::allowed(codes.clone().any(|code| code.deprecated.is_some()));
    let variants = codes.map(|code| format!("ErrorCode::{}", code.names.variant));
    let variants: Vec<String> = variants.collect();
    format!(
        "{allowed}#[rustfmt::skip]\npub(crate) static WITHOUT_STATUS: &[ErrorCode] = &[{}];\n",
        variants.join(", ")
    )
}

fn list<T>(items: &[T], expression: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(expression).collect();
    format!("&[{}]", items.join(", "))
}

fn pair(left: &str, right: &str) -> String {
    format!("({}, {})", literal(left), literal(right))
}

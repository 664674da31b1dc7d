//! `catalog/codes.rs`: the enum of codes and its table.

use std::fmt::Write as _;

use super::super::{description, markdown_escape};
use super::deprecation;
use super::example_code;
use super::file::{RustFile, literal, push_doc};
use super::prerendered;
use super::table::Table;
use crate::artifact::Artifact;
use crate::catalog::{Audience, Catalog, Code, EnvelopeStyle, Part, RetryRule};

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let title = markdown_escape::inline(&catalog.api.title);
    let docs = format!("The error codes of the {title}.");
    let has_deprecated = catalog.codes.iter().any(|code| code.deprecated.is_some());
    let deprecation = if has_deprecated { "Deprecation, " } else { "" };
    let allowed = deprecation::allowed(has_deprecated);
    let mut text = format!(
        "use crate::runtime::tables::{{Body, CodeRow, Extra}};\n\
         use crate::{{{deprecation}ErrorType, RetiredCode, RetryRule}};\n\n"
    );
    push_doc("///", &format!("An error code of the {title}."), &mut text);
    for line in example(catalog) {
        push_doc("///", &line, &mut text);
    }
    text.push_str(
        "#[derive(Clone, Copy, PartialEq, Eq, Hash)]\n\
         #[non_exhaustive]\n\
         pub enum ErrorCode {\n",
    );
    for code in &catalog.codes {
        push_variant(catalog, code, &mut text);
    }
    let count = catalog.codes.len();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "}}\n\npub(crate) const CODE_COUNT: usize = {count};\n"
    );
    let mut table = Table::new("CODES", "CodeRow", "CODE_COUNT");
    for code in &catalog.codes {
        push_row(catalog, code, &mut table);
    }
    text.push_str(allowed);
    text.push_str(&table.finish());
    for (name, style) in [
        ("ENVELOPES", EnvelopeStyle::OpenAi),
        ("PROBLEMS", EnvelopeStyle::Problem),
    ] {
        text.push('\n');
        text.push_str(&prerendered::table(catalog, name, style));
    }
    text.push('\n');
    text.push_str(&extras(catalog));
    text.push('\n');
    text.push_str(&deprecation::since(catalog));
    text.push('\n');
    text.push_str(&deprecation::retired(catalog));
    RustFile::new([docs.as_str()])
        .text(&text)
        .finish("catalog/codes")
}

/// The rest of the documentation of the enum, with its example.
fn example(catalog: &Catalog) -> [String; 15] {
    let lib = &catalog.api.lib_name;
    let code = example_code(catalog);
    let variant = &code.names.variant;
    let wire = literal(&code.names.wire);
    [
        "",
        "A newer server may send codes that this version does not know; clients read them as",
        "[`MaybeKnown`](crate::MaybeKnown).",
        "",
        "The order of the variants and their discriminants follow the catalog and can change in each version: store and",
        "compare names.",
        "",
        "```",
        &format!("use {lib}::ErrorCode;"),
        "",
        &format!("let code: ErrorCode = {wire}.parse().unwrap();"),
        &format!("assert_eq!(code, ErrorCode::{variant});"),
        &format!("assert_eq!(code.status(), {});", code.status),
        "assert!(ErrorCode::ALL.contains(&code));",
        "```",
    ]
    .map(str::to_owned)
}

fn push_variant(catalog: &Catalog, code: &Code, out: &mut String) {
    let mut head = format!(
        "{}, status {}",
        markdown_escape::code(&code.names.wire),
        code.status
    );
    if !code.meaning.is_empty() {
        head.push_str(": ");
        head.push_str(&markdown_escape::inline(&code.meaning));
    }
    push_doc("    ///", &head, out);
    if let Some(deprecation) = &code.deprecated {
        push_doc("    ///", "", out);
        push_doc("    ///", &deprecation::docs(catalog, deprecation), out);
    }
    if let Some(text) = &code.type_row {
        push_doc("    ///", "", out);
        push_doc("    ///", &markdown_escape::inline(text), out);
    }
    if !code.fix.is_empty() {
        push_doc("    ///", "", out);
        let fix = format!("Fix: {}", markdown_escape::inline(&code.fix));
        push_doc("    ///", &fix, out);
    }
    for (head, texts) in [("Causes:", &code.causes), ("Other fixes:", &code.fixes)] {
        if !texts.is_empty() {
            push_doc("    ///", "", out);
            push_doc("    ///", head, out);
        }
        for text in texts {
            push_doc(
                "    ///",
                &format!("- {}", markdown_escape::inline(text)),
                out,
            );
        }
    }
    if let Some(text) = &code.description {
        push_doc("    ///", "", out);
        for line in description::rustdoc(text).lines() {
            push_doc("    ///", line, out);
        }
    }
    if code.deprecated.is_some() {
        // rustfmt has no layout for strings of any length.
        out.push_str("    #[rustfmt::skip]\n");
    }
    for attribute in deprecation::attributes(catalog, code) {
        let _ = writeln!(out, "    {attribute}");
    }
    let _ = writeln!(out, "    {},", code.names.variant);
}

fn push_row(catalog: &Catalog, code: &Code, table: &mut Table) {
    let is_argument = |part: &Part| matches!(part, Part::Argument(_));
    let template = code.message.parts.iter().any(is_argument).then(|| {
        code.message
            .encode(|position| &code.arguments[position].name)
    });
    table.open_row();
    table.field("code", format_args!("ErrorCode::{}", code.names.variant));
    table.text("variant", &code.names.variant);
    table.text("name", &code.names.wire);
    let error_type = &catalog[code.error_type].names;
    table.field(
        "error_type",
        format_args!("ErrorType::{}", error_type.variant),
    );
    table.field("status", code.status);
    table.text("message", &code.plain_message);
    table.text("template", template.as_deref().unwrap_or_default());
    table.text("param", code.param.as_deref().unwrap_or_default());
    table.text("meaning", &code.meaning);
    table.text("fix", &code.fix);
    table.field("retry", rule(code.retry));
    table.text("doc_url", &code.doc_url);
    table.close_row();
}

/// What only some codes have, in the order of the codes.
fn extras(catalog: &Catalog) -> String {
    let has_extra = |code: &&Code| {
        code.audience == Audience::Internal
            || code.deprecated.is_some()
            || !(code.headers.is_empty()
                && code.ids.is_empty()
                && code.causes.is_empty()
                && code.fixes.is_empty())
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
        let headers = code.headers.iter();
        let headers = headers.map(|header| pair(&header.name, &header.value));
        table.field("headers", list(headers));
        let ids = code.ids.iter();
        let ids = ids.map(|(name, id)| pair(name, &id.to_string()));
        table.field("ids", list(ids));
        table.field("causes", list(code.causes.iter().map(|text| literal(text))));
        table.field("fixes", list(code.fixes.iter().map(|text| literal(text))));
        let deprecation = deprecation::expression(catalog, code.deprecated.as_ref());
        table.field("deprecation", deprecation);
        table.close_row();
    }
    // rustfmt has no layout for lists of strings of any length.
    let allowed = deprecation::allowed(has_deprecated);
    format!("{allowed}#[rustfmt::skip]\n{}", table.finish())
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("&[{}]", items.collect::<Vec<_>>().join(", "))
}

fn pair(left: &str, right: &str) -> String {
    format!("({}, {})", literal(left), literal(right))
}

/// A retry rule as an expression.
pub(super) const fn rule(rule: RetryRule) -> &'static str {
    match rule {
        RetryRule::Never => "RetryRule::Never",
        RetryRule::Backoff => "RetryRule::Backoff",
        RetryRule::After => "RetryRule::After",
    }
}

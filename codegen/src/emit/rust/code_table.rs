//! The table of codes in `catalog/codes.rs`: rows, a list for each field, or a text for each field.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::LARGEST_MATCH;
use super::deprecation;
use super::file::literal;
use super::joined::{self, is_joined};
use super::table::Table;
use crate::catalog::{Catalog, Code, RetryRule};

/// The fields that are strings, in the order of the struct `CodeRow`.
const TEXTS: [&str; 8] = [
    "variant", "name", "message", "template", "param", "meaning", "fix", "doc_url",
];

/// The list of all codes, their table, and the function that finds the row of a code.
pub(super) fn of_catalog(catalog: &Catalog) -> String {
    let has_deprecated = catalog.codes.iter().any(|code| code.deprecated.is_some());
    let allowed = deprecation::allowed(has_deprecated);
    let codes = catalog.codes.iter();
    let codes = codes.map(|code| ["ErrorCode::", &code.names.variant].concat());
    let mut out = list("pub(crate) static ALL: [ErrorCode; CODE_COUNT]", codes);
    out.insert_str(0, allowed);
    if catalog.codes.len() <= LARGEST_MATCH {
        out.push_str(&rows(catalog));
    } else {
        out.push_str(&lists(catalog));
    }
    out
}

/// A row for each code.
fn rows(catalog: &Catalog) -> String {
    let mut table = Table::new("CODES", "CodeRow", "CODE_COUNT");
    for code in &catalog.codes {
        let [
            variant,
            name,
            message,
            template,
            param,
            meaning,
            fix,
            doc_url,
        ] = texts(code);
        let error_type = &catalog[code.error_type].names.variant;
        table.open_row();
        table.text("variant", &variant);
        table.text("name", &name);
        table.field("error_type", format_args!("ErrorType::{error_type}"));
        table.field("status", code.status.sent());
        table.text("message", &message);
        table.text("template", &template);
        table.text("param", &param);
        table.text("meaning", &meaning);
        table.text("fix", &fix);
        table.field("retry", rule(code.retry));
        table.text("doc_url", &doc_url);
        table.close_row();
    }
    let table = table.finish();
    format!(
        "{table}\n\
         /// The row of a code.\n\
         pub(crate) const fn row(code: ErrorCode) -> &'static CodeRow {{\n    \
             &CODES[code as usize]\n\
         }}\n"
    )
}

/// A list for each field. They are harder to read than rows, but rustc checks them several times as fast. The texts of
/// very many codes are joined.
fn lists(catalog: &Catalog) -> String {
    let texts: Vec<[Cow<'_, str>; 8]> = catalog.codes.iter().map(texts).collect();
    let is_joined = is_joined(catalog);
    let why = if is_joined {
        "// A text for each field, because each string of its own would be a symbol to the compiler and the linker.\n\
         // The line of each variant is at its discriminant; `starts` are the places of the lines.\n"
    } else {
        "// A list for each field, because rustc checks a field of a row several times as long as a string in a list.\n\
         // Each entry is at the discriminant of its variant.\n"
    };
    let mut out = why.to_owned();
    let mut row = String::new();
    for (position, field) in TEXTS.into_iter().enumerate() {
        let column = texts.iter().map(|texts| &*texts[position]);
        let name = field.to_uppercase();
        // Writing to a string cannot fail.
        let _ = if texts.iter().all(|texts| texts[position].is_empty()) {
            writeln!(row, "        {field}: \"\",")
        } else {
            let visibility = if field == "name" { "pub(crate) " } else { "" };
            let head = format!("{visibility}static {name}");
            if is_joined {
                out.push_str(&joined::of_texts(&head, column));
                writeln!(row, "        {field}: {name}.at(at),")
            } else {
                let head = format!("{head}: [&str; CODE_COUNT]");
                out.push_str(&list(&head, column.map(literal)));
                writeln!(row, "        {field}: {name}[at],")
            }
        };
    }
    let codes = || catalog.codes.iter();
    let types = codes().map(|code| code.error_type.index().to_string());
    out.push_str(&numbers("ERROR_TYPE: [u16; CODE_COUNT]", types));
    let statuses = codes().map(|code| code.status.sent().to_string());
    out.push_str(&numbers("STATUS: [u16; CODE_COUNT]", statuses));
    let rules: String = codes().map(|code| letter(code.retry)).collect();
    let _ = write!(
        out,
        "// n: never, b: backoff, a: after\n\
         #[rustfmt::skip]\n\
         static RETRY: &[u8; CODE_COUNT] = b\"{rules}\";\n\n\
         /// The row of a code.\n\
         #[inline]\n\
         pub(crate) const fn row(code: ErrorCode) -> CodeRow {{\n    \
             let at = code as usize;\n    \
             CodeRow {{\n\
         {row}        \
                 error_type: ErrorType::ALL[ERROR_TYPE[at] as usize],\n        \
                 status: STATUS[at],\n        \
                 retry: match RETRY[at] {{\n            \
                     b'n' => RetryRule::Never,\n            \
                     b'b' => RetryRule::Backoff,\n            \
                     _ => RetryRule::After,\n        \
                 }},\n    \
             }}\n\
         }}\n"
    );
    out
}

/// The strings of a code, in the order of [`TEXTS`].
fn texts(code: &Code) -> [Cow<'_, str>; 8] {
    let name_of = |position: usize| code.arguments[position].name.as_str();
    let has_arguments = code.message.has_arguments();
    let template = has_arguments.then(|| code.message.encode(name_of));
    [
        code.names.variant.as_str().into(),
        code.names.wire.as_str().into(),
        code.plain_message.as_str().into(),
        template.unwrap_or_default().into(),
        code.param.as_deref().unwrap_or_default().into(),
        code.meaning.as_str().into(),
        code.fix.as_str().into(),
        code.doc_url.as_str().into(),
    ]
}

/// A retry rule as an expression.
pub(super) const fn rule(rule: RetryRule) -> &'static str {
    match rule {
        RetryRule::Never => "RetryRule::Never",
        RetryRule::Backoff => "RetryRule::Backoff",
        RetryRule::After => "RetryRule::After",
    }
}

const fn letter(rule: RetryRule) -> char {
    match rule {
        RetryRule::Never => 'n',
        RetryRule::Backoff => 'b',
        RetryRule::After => 'a',
    }
}

/// A list of expressions, one a line. rustfmt has no layout for strings of any length.
fn list(head: &str, expressions: impl Iterator<Item = String>) -> String {
    let mut out = format!("#[rustfmt::skip]\n{head} = [\n");
    for expression in expressions {
        out.push_str("    ");
        out.push_str(&expression);
        out.push_str(",\n");
    }
    out.push_str("];\n\n");
    out
}

/// A list of numbers, on one line.
fn numbers(head: &str, numbers: impl Iterator<Item = String>) -> String {
    let numbers: Vec<String> = numbers.collect();
    let numbers = numbers.join(", ");
    format!("#[rustfmt::skip]\nstatic {head} = [{numbers}];\n\n")
}

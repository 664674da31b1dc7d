//! The life of codes in the crate: their first versions, deprecations, and retired codes.

use super::super::markdown_escape;

use super::file::{literal, optional_code};
use super::table::{Table, optional_text};
use crate::catalog::{Audience, Catalog, Code, Deprecation, Names, Retired};

/// The attributes of an item of a deprecated code. The compiler shows a note verbatim, and rustdoc as Markdown: a
/// note that would be markup is hidden from rustdoc.
pub(super) fn attributes(catalog: &Catalog, code: &Code) -> Vec<String> {
    let Some(deprecation) = &code.deprecated else {
        return Vec::new();
    };
    let note = note(catalog, deprecation);
    let since = deprecation.since.as_deref();
    let whole = deprecated(since, note.as_deref());
    let is_plain = |text: &String| markdown_escape::inline(text) == *text;
    if note.as_ref().is_none_or(is_plain) {
        return vec![format!("#[{whole}]")];
    }
    vec![
        format!("#[cfg_attr(not(doc), {whole})]"),
        format!("#[cfg_attr(doc, {})]", deprecated(since, None)),
    ]
}

/// The note of the compiler's warning.
fn note(catalog: &Catalog, deprecation: &Deprecation) -> Option<String> {
    let successor = deprecation.successor;
    let successor = successor.map(|id| format!("use `ErrorCode::{}`", catalog[id].names.variant));
    match (successor, &deprecation.note) {
        (Some(successor), Some(note)) => Some(format!("{successor}. {note}")),
        (successor, note) => successor.or_else(|| note.clone()),
    }
}

/// The inside of an attribute.
fn deprecated(since: Option<&str>, note: Option<&str>) -> String {
    let said = [("since", since), ("note", note)];
    let said = said
        .into_iter()
        .filter_map(|(name, text)| Some(format!("{name} = {}", literal(text?))));
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        "deprecated".to_owned()
    } else {
        format!("deprecated({})", said.join(", "))
    }
}

/// The sentences of the documentation.
pub(super) fn docs(catalog: &Catalog, deprecation: &Deprecation) -> String {
    let since = deprecation.since.as_ref();
    let since = since.map_or_else(String::new, |since| format!(" since {since}"));
    let successor = deprecation.successor.map(|id| &catalog[id].names.variant);
    let successor = successor.map_or_else(String::new, |variant| {
        format!(": use [`{variant}`](Self::{variant})")
    });
    let note = deprecation.note.as_ref();
    let note = note.map_or_else(String::new, |note| {
        format!(" {}", markdown_escape::inline(note))
    });
    format!("Deprecated{since}{successor}.{note}")
}

/// The former variants of an enum, as constants that patterns can name too; empty if there are none.
pub(super) fn former_variants<'a>(
    target: &str,
    names: impl Iterator<Item = &'a Names>,
    names_deprecated: bool,
) -> String {
    let constants = names.flat_map(|names| {
        let variant = &names.variant;
        let former = names.former_variants.iter();
        former.map(move |former| {
            let note = former_note(variant);
            format!(
                "    /// Former name of [`{variant}`](Self::{variant}).\n    {note}\n    \
                 pub const {former}: Self = Self::{variant};\n"
            )
        })
    });
    let constants: String = constants.collect();
    if constants.is_empty() {
        return constants;
    }
    let allowed = allowed(names_deprecated);
    format!(
        "\n{allowed}#[allow(non_upper_case_globals, reason = \"they were variants\")]\n#[rustfmt::skip]\n\
         impl {target} {{\n{constants}}}\n"
    )
}

/// The attribute of a former name.
pub(super) fn former_note(variant: &str) -> String {
    format!(
        "#[deprecated(note = {})]",
        literal(&format!("renamed to `{variant}`"))
    )
}

/// The attribute of an item that names deprecated codes.
pub(super) const fn allowed(names_deprecated: bool) -> &'static str {
    if names_deprecated {
        "#[allow(deprecated, reason = \"it names deprecated codes\")]\n"
    } else {
        ""
    }
}

/// A deprecation as an expression.
pub(super) fn expression(catalog: &Catalog, deprecation: Option<&Deprecation>) -> String {
    let Some(deprecation) = deprecation else {
        return "None".to_owned();
    };
    let Deprecation {
        since,
        successor,
        note,
    } = deprecation;
    format!(
        "Some(Deprecation {{ since: {}, successor: {}, note: {} }})",
        optional_text(since.as_deref()),
        optional_code(catalog, *successor),
        optional_text(note.as_deref())
    )
}

/// The versions that introduced the codes, in their order; empty if none is stated.
pub(super) fn since(catalog: &Catalog) -> String {
    if catalog.codes.iter().all(|code| code.since.is_none()) {
        return "pub(crate) static SINCE: &[&str] = &[];\n".to_owned();
    }
    let codes = catalog.codes.iter();
    let versions = codes.map(|code| literal(code.since.as_deref().unwrap_or_default()));
    let versions: Vec<String> = versions.collect();
    format!(
        "#[rustfmt::skip]\npub(crate) static SINCE: &[&str] = &[\n    {},\n];\n",
        versions.join(",\n    ")
    )
}

/// The retired codes, sorted by name for a binary search.
pub(super) fn retired(catalog: &Catalog) -> String {
    if catalog.retired.is_empty() {
        return "pub(crate) static RETIRED: &[RetiredCode] = &[];\n".to_owned();
    }
    let mut retired: Vec<&Retired> = catalog.retired.iter().collect();
    retired.sort_unstable_by(|left, right| left.wire.cmp(&right.wire));
    let mut table = Table::slice("RETIRED", "RetiredCode", "The rows are sorted by name.");
    for code in retired {
        table.open_row();
        table.text("name", &code.wire);
        table.field("since", optional_text(code.since.as_deref()));
        table.field("successor", optional_code(catalog, code.successor));
        table.text("reason", &code.reason);
        table.field("is_internal", code.audience == Audience::Internal);
        table.close_row();
    }
    // rustfmt has no layout for names of any length.
    format!("#[rustfmt::skip]\n{}", table.finish())
}

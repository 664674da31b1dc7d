//! What `catalog/lookup.rs` contains of namespaces.

use super::deprecation;
use super::file::literal;
use super::table;
use crate::catalog::{Catalog, Code, CodeKind, Names};

/// A name, and the variant that has it.
pub(super) struct Known<'a> {
    pub(super) name: &'a str,
    pub(super) variant: &'a str,
}

impl<'a> Known<'a> {
    pub(super) fn wire(names: &'a Names) -> Self {
        Self {
            name: &names.wire,
            variant: &names.variant,
        }
    }
}

/// The codes of a catalog with namespaces whose names in bodies no other code has.
pub(super) fn sent_alone(catalog: &Catalog) -> impl Iterator<Item = &Code> {
    let by_name = if catalog.has_namespaces() {
        catalog.codes_by_sent_name()
    } else {
        Vec::new()
    };
    let alone = by_name.into_iter().filter(|(_, codes)| codes.len() == 1);
    alone.filter_map(|(_, codes)| codes.first().copied())
}

/// The names that only one code sends, and that are not its wire name.
pub(super) fn sent_by_one(catalog: &Catalog) -> Vec<Known<'_>> {
    let codes = sent_alone(catalog).map(|code| &code.names);
    let codes = codes.filter(|names| names.unsent > 0);
    let known = codes.map(|names| Known {
        name: names.sent(),
        variant: &names.variant,
    });
    known.collect()
}

/// The list that the hash table refers to.
pub(super) fn known(names: &[Known<'_>], names_deprecated: bool) -> String {
    let count = names.len();
    let rows = names.iter().map(|Known { name, variant }| {
        let name = literal(name);
        format!("    ({name}, ErrorCode::{variant}),\n")
    });
    let rows: String = rows.collect();
    let allowed = deprecation::allowed(names_deprecated);
    format!("{allowed}#[rustfmt::skip]\nstatic KNOWN: [(&str, ErrorCode); {count}] = [\n{rows}];\n")
}

/// The namespaces of the codes.
pub(super) fn table(catalog: &Catalog) -> String {
    let is_number = catalog.envelope.code == CodeKind::Integer;
    let codes = catalog.codes.iter();
    let unsent: Vec<usize> = codes.map(|code| code.names.unsent).collect();
    let unsent = table::numbers("unsent: &", 4, &unsent, ",");
    // In the order in which the crate looks for them.
    let mut by_name = catalog.codes_by_sent_name();
    by_name.sort_unstable_by_key(|(name, _)| *name);
    let several = by_name.into_iter().filter(|(_, codes)| codes.len() > 1);
    let several = several.map(|(name, codes)| {
        let codes = codes.iter();
        let codes = codes.map(|code| format!("ErrorCode::{}", code.names.variant));
        let codes = codes.collect::<Vec<_>>().join(", ");
        let name = literal(name);
        format!("        ({name}, &[{codes}]),\n")
    });
    let several: String = several.collect();
    let mut codes = catalog.codes.iter();
    let allowed = deprecation::allowed(codes.any(|code| code.deprecated.is_some()));
    format!(
        "/// The namespaces of the codes, and the names that several of them have.\n\
         {allowed}#[rustfmt::skip]\n\
         pub(crate) static NAMESPACES: Namespaces = Namespaces {{\n    \
             is_number: {is_number},\n\
         {unsent}    \
             several: &[\n{several}    ],\n\
         }};\n"
    )
}

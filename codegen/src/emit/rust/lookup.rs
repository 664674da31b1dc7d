//! `catalog/lookup.rs`: from wire names to codes and types.

use std::fmt::Write as _;

use super::LARGEST_MATCH;
use super::deprecation;
use super::file::{RustFile, literal};
use super::hash::{self, PerfectHash};
use super::joined::is_joined;
use super::namespaces::{self, Known};
use super::table::{self, MAX_WIDTH};
use crate::artifact::Artifact;
use crate::catalog::Catalog;

/// The file, and how it finds names.
pub(super) struct Lookup {
    pub(super) file: Artifact,
    /// Whether the file needs `name_hash`.
    pub(super) is_hashed: bool,
}

pub(super) fn emit(catalog: &Catalog) -> Lookup {
    let names = catalog.codes.iter().map(|code| &code.names);
    let mut known: Vec<Known<'_>> = names.map(Known::wire).collect();
    let has_namespaces = catalog.has_namespaces();
    if has_namespaces {
        known.extend(namespaces::sent_by_one(catalog));
    }
    let codes = Kind {
        function: "code",
        target: "ErrorCode",
        rows: "CODES",
        imports: (!has_namespaces).then_some("codes::{ALL, NAME}"),
        entry: if has_namespaces {
            "(KNOWN[at].0.as_bytes(), KNOWN[at].1)"
        } else if is_joined(catalog) {
            "(NAME.bytes_at(at), ALL[at])"
        } else {
            "(NAME[at].as_bytes(), ALL[at])"
        },
        table: table_of(&known),
        names: known,
        names_deprecated: catalog.codes.iter().any(|code| code.deprecated.is_some()),
    };
    let names = catalog.types.iter().map(|entry| &entry.names);
    let names: Vec<Known<'_>> = names.map(Known::wire).collect();
    let types = Kind {
        function: "error_type",
        target: "ErrorType",
        rows: "TYPES",
        imports: Some("types::TYPES"),
        entry: "(TYPES[at].name.as_bytes(), TYPES[at].error_type)",
        table: table_of(&names),
        names,
        names_deprecated: false,
    };
    let is_hashed = codes.table.is_some() || types.table.is_some();
    let mut imports = String::new();
    for kind in [&codes, &types] {
        if let (Some(_), Some(items)) = (&kind.table, kind.imports) {
            // Writing to a string cannot fail.
            let _ = writeln!(imports, "use crate::catalog::{items};");
        }
    }
    if is_hashed {
        imports.push_str("use crate::runtime::name_hash::{displace, find};\n");
    }
    if has_namespaces {
        imports.push_str("use crate::runtime::wire_name::Namespaces;\n");
    }
    imports.push_str("use crate::{ErrorCode, ErrorType};\n");
    let mut file = RustFile::new("From wire names to codes and types.")
        .text(&imports)
        .text(&codes.function())
        .text(&types.function());
    if has_namespaces {
        if codes.table.is_some() {
            file = file.text(&namespaces::known(&codes.names, codes.names_deprecated));
        }
        file = file.text(&namespaces::table(catalog));
    }
    let file = file.finish("catalog/lookup");
    Lookup { file, is_hashed }
}

/// The names of all codes or of all types.
struct Kind<'a> {
    function: &'static str,
    target: &'static str,
    /// The table of the crate.
    rows: &'static str,
    /// What the look-up in a hash table uses of other modules.
    imports: Option<&'static str>,
    /// The bytes of the name and the value at a position.
    entry: &'static str,
    names: Vec<Known<'a>>,
    names_deprecated: bool,
    table: Option<PerfectHash>,
}

impl Kind<'_> {
    fn function(&self) -> String {
        match &self.table {
            Some(table) => hash_names(self, table),
            None => match_names(self),
        }
    }
}

/// A table for many names; `None` for few names, and if no seed fits: a `match` finds those.
fn table_of(names: &[Known<'_>]) -> Option<PerfectHash> {
    if names.len() <= LARGEST_MATCH {
        return None;
    }
    let names: Vec<&str> = names.iter().map(|known| known.name).collect();
    hash::build(&names)
}

/// A function that finds names with a `match`.
fn match_names(kind: &Kind<'_>) -> String {
    let Kind {
        function, target, ..
    } = kind;
    let allowed = deprecation::allowed(kind.names_deprecated);
    // With namespaces, a code can be found by two names.
    let same_arms = if kind.imports.is_none() {
        "#[allow(clippy::match_same_arms, reason = \"a code can have two names\")]\n"
    } else {
        ""
    };
    let mut out = format!(
        "{allowed}{same_arms}#[allow(clippy::too_many_lines, reason = \"a line for each name\")]\n\
         pub(crate) fn {function}(name: &str) -> Option<{target}> {{\n    Some(match name {{\n"
    );
    for Known { name, variant } in &kind.names {
        let wire = literal(name);
        let line = format!("        {wire} => {target}::{variant},");
        if line.chars().count() <= MAX_WIDTH {
            out.push_str(&line);
        } else {
            let _ = write!(
                out,
                "        {wire} => {{\n            {target}::{variant}\n        }}"
            );
        }
        out.push('\n');
    }
    out.push_str("        _ => return None,\n    })\n}\n");
    out
}

/// A function that finds names in a perfect hash table: one probe, one comparison.
fn hash_names(kind: &Kind<'_>, table: &PerfectHash) -> String {
    let Kind {
        function,
        target,
        rows,
        entry,
        ..
    } = kind;
    let PerfectHash {
        seed,
        displacements,
        slots,
    } = table;
    let to_bucket = 64 - displacements.len().trailing_zeros();
    let to_slot = 64 - slots.len().trailing_zeros();
    let mut out = format!(
        "pub(crate) fn {function}(name: &str) -> Option<{target}> {{\n    \
             find(name, {seed}, {function}_at)\n\
         }}\n\n\
         /// The entry of a hash: its high bits choose a displacement, which gives the only slot that a\n\
         /// name with this hash can have.\n\
         #[inline]\n\
         #[allow(clippy::cast_possible_truncation, reason = \"the tables are small\")]\n\
         fn {function}_at(hash: u64) -> (&'static [u8], {target}) {{\n    \
             let displacement = {rows}_DISPLACEMENTS[(hash >> {to_bucket}) as usize];\n    \
             let slot = displace(hash, displacement) >> {to_slot};\n    \
             let at = {rows}_SLOTS[slot as usize] as usize;\n    \
             {entry}\n\
         }}\n"
    );
    let length = displacements.len();
    let before = format!("\nstatic {rows}_DISPLACEMENTS: [u16; {length}] = ");
    out.push_str(&table::numbers(&before, 0, displacements, ";"));
    // A position is smaller than the number of slots.
    let length = slots.len();
    let number = if length - 1 > usize::from(u16::MAX) {
        "u32"
    } else {
        "u16"
    };
    let before = format!("\nstatic {rows}_SLOTS: [{number}; {length}] = ");
    out.push_str(&table::numbers(&before, 0, slots, ";"));
    out
}

//! `lookup.rs`: from names on the wire to codes and types.

use std::fmt::Write as _;

use super::file::{RustFile, literal};
use super::{has_perfect_hash, hash, table};
use crate::artifact::Artifact;
use crate::catalog::{Catalog, Names};

/// The width of a line.
const MAX_WIDTH: usize = 100;

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let types = match_names(
        "error_type",
        "ErrorType",
        catalog.types.iter().map(|entry| &entry.names),
    );
    let (imports, codes) = if has_perfect_hash(catalog) {
        let imports = "use crate::error_code::CODES;\nuse crate::name_hash::name_hash;\nuse crate::{ErrorCode, ErrorType};\n";
        (imports, hash_names(catalog))
    } else {
        let codes = match_names(
            "code",
            "ErrorCode",
            catalog.codes.iter().map(|code| &code.names),
        );
        ("use crate::{ErrorCode, ErrorType};\n", codes)
    };
    RustFile::new(["From names on the wire to codes and types."])
        .text(imports)
        .text(&codes)
        .text(&types)
        .finish("lookup")
}

/// A function that finds names with a `match`.
fn match_names<'a>(function: &str, target: &str, names: impl Iterator<Item = &'a Names>) -> String {
    let mut out = format!(
        "pub(crate) fn {function}(name: &str) -> Option<{target}> {{\n    Some(match name {{\n"
    );
    for name in names {
        let wire = literal(&name.wire);
        let variant = &name.variant;
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

/// A function that finds the names of codes in a perfect hash table: one probe, one comparison.
fn hash_names(catalog: &Catalog) -> String {
    let names: Vec<&str> = catalog
        .codes
        .iter()
        .map(|code| code.names.wire.as_str())
        .collect();
    let table = hash::build(&names);
    let index = if names.len() > usize::from(u16::MAX) {
        "u32"
    } else {
        "u16"
    };
    let seed = table.seed;
    let shift = 64 - table.displacements.len().trailing_zeros();
    let mask = table.slots.len() - 1;
    let mut out = format!(
        "/// Finds a name with one probe and one comparison: the high bits of the hash choose a\n\
         /// displacement, which turns the low bits into the only slot the name can have.\n\
         #[allow(clippy::cast_possible_truncation, reason = \"the tables are small\")]\n\
         pub(crate) fn code(name: &str) -> Option<ErrorCode> {{\n    \
             let hash = name_hash(name.as_bytes(), {seed});\n    \
             let bucket = (hash >> {shift}) as usize;\n    \
             let slot = (hash as usize ^ DISPLACEMENTS[bucket] as usize) & {mask};\n    \
             let row = &CODES[SLOTS[slot] as usize];\n    \
             if row.name == name {{\n        \
                 Some(row.code)\n    \
             }} else {{\n        \
                 None\n    \
             }}\n\
         }}\n\n"
    );
    for (name, values) in [
        ("DISPLACEMENTS", &table.displacements),
        ("SLOTS", &table.slots),
    ] {
        let before = format!("static {name}: [{index}; {}] = ", values.len());
        out.push_str(&table::numbers(&before, 0, values, ";"));
        if name == "DISPLACEMENTS" {
            out.push('\n');
        }
    }
    out
}

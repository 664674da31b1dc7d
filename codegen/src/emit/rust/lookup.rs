//! `lookup.rs`: from names on the wire to codes and types.

use std::fmt::Write as _;

use super::file::{RustFile, literal};
use super::table::{self, MAX_WIDTH};
use super::{LARGEST_MATCH, hash};
use crate::artifact::Artifact;
use crate::catalog::{Catalog, Names};

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let codes = Kind {
        function: "code",
        target: "ErrorCode",
        rows: "CODES",
        field: "code",
        names: catalog.codes.iter().map(|code| &code.names).collect(),
    };
    let types = Kind {
        function: "error_type",
        target: "ErrorType",
        rows: "TYPES",
        field: "error_type",
        names: catalog.types.iter().map(|entry| &entry.names).collect(),
    };
    let mut imports = String::new();
    for (kind, module) in [(&codes, "error_code"), (&types, "error_type")] {
        if kind.is_hashed() {
            // Writing to a string cannot fail.
            let _ = writeln!(imports, "use crate::{module}::{};", kind.rows);
        }
    }
    if codes.is_hashed() || types.is_hashed() {
        imports.push_str("use crate::name_hash::name_hash;\n");
    }
    imports.push_str("use crate::{ErrorCode, ErrorType};\n");
    RustFile::new(["From names on the wire to codes and types."])
        .text(&imports)
        .text(&codes.function())
        .text(&types.function())
        .finish("lookup")
}

/// The names of all codes or of all types.
struct Kind<'a> {
    function: &'static str,
    target: &'static str,
    /// The table of the crate, and its field that holds the variant.
    rows: &'static str,
    field: &'static str,
    names: Vec<&'a Names>,
}

impl Kind<'_> {
    fn is_hashed(&self) -> bool {
        self.names.len() > LARGEST_MATCH
    }

    fn function(&self) -> String {
        if self.is_hashed() {
            hash_names(self)
        } else {
            match_names(self)
        }
    }
}

/// A function that finds names with a `match`.
fn match_names(kind: &Kind<'_>) -> String {
    let Kind {
        function, target, ..
    } = kind;
    let mut out = format!(
        "#[allow(clippy::too_many_lines, reason = \"a line for each name\")]\n\
         pub(crate) fn {function}(name: &str) -> Option<{target}> {{\n    Some(match name {{\n"
    );
    for name in &kind.names {
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

/// A function that finds names in a perfect hash table: one probe, one comparison.
fn hash_names(kind: &Kind<'_>) -> String {
    let Kind {
        function,
        target,
        rows,
        field,
        names,
    } = kind;
    let names: Vec<&str> = names.iter().map(|names| names.wire.as_str()).collect();
    let table = hash::build(&names);
    // A displacement is smaller than the number of slots, and so is a position.
    let index = if table.slots.len() > usize::from(u16::MAX) {
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
         pub(crate) fn {function}(name: &str) -> Option<{target}> {{\n    \
             let hash = name_hash(name.as_bytes(), {seed});\n    \
             let bucket = (hash >> {shift}) as usize;\n    \
             let slot = (hash as usize ^ {rows}_SHIFTS[bucket] as usize) & {mask};\n    \
             let row = &{rows}[{rows}_SLOTS[slot] as usize];\n    \
             if row.name == name {{\n        \
                 Some(row.{field})\n    \
             }} else {{\n        \
                 None\n    \
             }}\n\
         }}\n"
    );
    for (name, values) in [("SHIFTS", &table.displacements), ("SLOTS", &table.slots)] {
        let before = format!("static {rows}_{name}: [{index}; {}] = ", values.len());
        out.push('\n');
        out.push_str(&table::numbers(&before, 0, values, ";"));
    }
    out
}

//! The crate's `Cargo.toml`.

use std::fmt::Write as _;

use super::file::notice;
use crate::artifact::Artifact;
use crate::catalog::Catalog;

/// Emits the manifest. It inherits nothing, so the crate stands alone, and names its library path,
/// so cargo loads a workspace around it while its sources are gone.
pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let notice = notice("#");
    let name = &catalog.api.crate_name;
    let version = &catalog.api.version;
    let title = toml_string(&format!("The errors of the {}", catalog.api.title));
    let contents = format!(
        "{notice}\
         [package]\n\
         name = \"{name}\"\n\
         version = \"{version}\"\n\
         edition = \"2024\"\n\
         rust-version = \"1.85\"\n\
         description = {title}\n\
         license = \"MIT OR Apache-2.0\"\n\
         publish = false\n\
         \n\
         [lib]\n\
         path = \"src/lib.rs\"\n\
         \n\
         [dependencies]\n\
         serde = {{ version = \"1.0.200\", default-features = false, features = [\"std\"] }}\n\
         serde_json = \"1.0.120\"\n"
    );
    Artifact::new("generated/Cargo.toml", contents)
}

/// A basic TOML string.
fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

//! The crate's `Cargo.toml`.

use std::fmt::Write as _;

use super::file::notice;
use super::has_timestamps;
use crate::artifact::Artifact;
use crate::catalog::Catalog;

/// Emits the manifest. It inherits nothing, so the crate stands alone, and names its library path,
/// so cargo loads a workspace around it while its sources are gone.
pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let notice = notice("#");
    let name = &catalog.api.crate_name;
    let version = &catalog.api.version;
    let title = toml_string(&format!("The errors of the {}", catalog.api.title));
    let (jiff_feature, jiff) = if has_timestamps(catalog) {
        (JIFF_FEATURE, JIFF)
    } else {
        ("", "")
    };
    let contents = format!(
        r#"{notice}[package]
name = "{name}"
version = "{version}"
edition = "2024"
rust-version = "1.85"
description = {title}
license = "MIT OR Apache-2.0"
publish = false

[lib]
path = "src/lib.rs"

[features]
# Clients understand a `Retry-After` header that names a date.
httpdate = ["dep:httpdate"]
{jiff_feature}
[dependencies]
httpdate = {{ version = "1.0.3", optional = true }}
{jiff}serde = {{ version = "1.0.200", default-features = false, features = ["std"] }}
serde_json = {{ version = "1.0.120", features = ["float_roundtrip"] }}
"#
    );
    Artifact::new("generated/Cargo.toml", contents)
}

const JIFF_FEATURE: &str = r#"# The arguments that hold a moment.
jiff = ["dep:jiff"]
"#;

const JIFF: &str = r#"jiff = { version = "1.0.1", default-features = false, features = ["std"], optional = true }
"#;

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

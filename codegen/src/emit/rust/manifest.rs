//! The crate's `Cargo.toml`.

use std::fmt::Write as _;

use super::features::{self, Feature};
use super::file::notice;
use super::has_timestamps;
use crate::artifact::Artifact;
use crate::catalog::Catalog;

/// Emits the manifest. It inherits nothing from a workspace, and states its library path,
/// so cargo loads a workspace around it while its sources are gone.
pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let notice = notice("#");
    let name = &catalog.api.crate_name;
    let version = &catalog.api.version;
    // Escapes of JSON are escapes of TOML, and a title has no other control characters.
    let title = serde_json::Value::from(format!("The errors of the {}", catalog.api.title));
    let mut features = String::new();
    for Feature {
        name,
        what,
        enables,
    } in features::of_catalog(catalog)
    {
        // Writing to a string cannot fail.
        let _ = writeln!(features, "# {what}\n{name} = [{enables}]");
    }
    let jiff = if has_timestamps(catalog) { JIFF } else { "" };
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
{features}
[dependencies]
actix-web = {{ version = "4.9", default-features = false, optional = true }}
axum = {{ version = "0.8.4", default-features = false, features = ["form", "json", "query"], optional = true }}
futures-util = {{ version = "0.3.31", default-features = false, features = ["std"], optional = true }}
http = {{ version = "1.1", optional = true }}
http-body = {{ version = "1", optional = true }}
http-body-util = {{ version = "0.1.2", optional = true }}
httpdate = {{ version = "1.0.3", optional = true }}
{jiff}pin-project-lite = {{ version = "0.2.14", optional = true }}
serde = {{ version = "1.0.200", default-features = false, features = ["std"] }}
serde_json = {{ version = "1.0.120", features = ["float_roundtrip"] }}
serde_path_to_error = {{ version = "0.1.16", optional = true }}
tokio = {{ version = "1.40", default-features = false, features = ["time"], optional = true }}
tower-http = {{ version = "0.7", features = ["catch-panic", "map-response-body", "request-id", "timeout"], optional = true }}
tower-layer = {{ version = "0.3.3", optional = true }}
tower-service = {{ version = "0.3.3", optional = true }}
utoipa = {{ version = "6", optional = true }}
uuid = {{ version = "1.8", features = ["v4"], optional = true }}
"#
    );
    Artifact::new("generated/Cargo.toml", contents)
}

const JIFF: &str = r#"jiff = { version = "1.0.1", default-features = false, features = ["std"], optional = true }
"#;

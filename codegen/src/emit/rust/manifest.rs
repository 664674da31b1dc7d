//! The crate's `Cargo.toml`.

use std::fmt::Write as _;

use super::features::{self, Feature};
use super::file::notice;
use super::joined::is_joined;
use super::{has_faults, has_timestamps};
use crate::artifact::Artifact;
use crate::catalog::{Api, Catalog, Publish};

/// Emits the manifest. It inherits nothing from a workspace, and states its library path,
/// so cargo loads a workspace around it while its sources are gone.
pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let notice = notice("#");
    let name = &catalog.api.crate_name;
    let version = &catalog.api.version;
    // Escapes of JSON are escapes of TOML, and a title has no other control characters.
    let title = serde_json::Value::from(format!("The errors of the {}", catalog.api.title));
    let mut features = format!("default = {:?}\n", features::DEFAULT);
    for Feature {
        name,
        what,
        enables,
    } in features::of_catalog(catalog)
    {
        // Writing to a string cannot fail.
        let _ = writeln!(features, "# {what}\n{name} = [{enables}]");
    }
    let about = about(&catalog.api);
    let rust = if is_joined(catalog) { "1.86" } else { "1.85" };
    let jiff = if has_timestamps(catalog) { JIFF } else { "" };
    let garde = if has_faults(catalog) { GARDE } else { "" };
    let contents = format!(
        r#"{notice}[package]
name = "{name}"
version = "{version}"
edition = "2024"
rust-version = "{rust}"
description = {title}
{about}
[lib]
path = "src/lib.rs"

[features]
{features}
[dependencies]
actix-web = {{ version = "4.9", default-features = false, optional = true }}
axum = {{ version = "0.8.4", default-features = false, features = ["form", "json", "original-uri", "query"], optional = true }}
futures-util = {{ version = "0.3.31", default-features = false, features = ["std"], optional = true }}
{garde}http = {{ version = "1.1", optional = true }}
http-body = {{ version = "1", optional = true }}
http-body-util = {{ version = "0.1.2", optional = true }}
httpdate = {{ version = "1.0.3", optional = true }}
{jiff}metrics = {{ version = "0.24", optional = true }}
pin-project-lite = {{ version = "0.2.14", optional = true }}
serde = {{ version = "1.0.200", default-features = false, features = ["std"] }}
serde_json = {{ version = "1.0.120", features = ["float_roundtrip"] }}
serde_path_to_error = {{ version = "0.1.16", optional = true }}
tokio = {{ version = "1.40", default-features = false, features = ["time"], optional = true }}
tower-http = {{ version = "0.7", features = ["catch-panic", "map-response-body", "request-id", "timeout"], optional = true }}
tower-layer = {{ version = "0.3.3", optional = true }}
tower-service = {{ version = "0.3.3", optional = true }}
tracing = {{ version = "0.1.41", default-features = false, features = ["std"], optional = true }}
utoipa = {{ version = "6", optional = true }}
uuid = {{ version = "1.8", features = ["v4"], optional = true }}
"#
    );
    Artifact::new("generated/Cargo.toml", contents)
}

/// The keys that registries show or check.
fn about(api: &Api) -> String {
    let (index, after_slug) = &api.docs_url;
    let license = api.license.as_ref().map(|license| license.name.as_str());
    let about = [
        (
            "license",
            license.filter(|name| is_license_expression(name)),
        ),
        // A template is not the URL of a page.
        (
            "homepage",
            Some(index.as_str()).filter(|_| after_slug.is_empty()),
        ),
        ("documentation", api.documentation.as_deref()),
        ("repository", api.repository.as_deref()),
    ];
    let about = about.into_iter().filter_map(|(key, value)| {
        // Escapes of JSON are escapes of TOML.
        Some(format!("{key} = {}\n", serde_json::Value::from(value?)))
    });
    let publish = match &api.publish {
        Publish::Anywhere(true) => String::new(),
        Publish::Anywhere(false) => "publish = false\n".to_owned(),
        Publish::Registries(names) => {
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            format!("publish = [{}]\n", names.join(", "))
        }
    };
    about.chain([publish]).collect()
}

/// Whether this has the form of an SPDX license expression, such as `MIT OR (Apache-2.0 WITH LLVM-exception)`.
/// Registries refuse other texts.
fn is_license_expression(name: &str) -> bool {
    let spaced = name.replace('(', " ( ").replace(')', " ) ");
    let mut depth = 0_u32;
    let mut expects_license = true;
    for word in spaced.split_whitespace() {
        expects_license = match word {
            "(" if expects_license => {
                depth += 1;
                true
            }
            ")" if !expects_license && depth > 0 => {
                depth -= 1;
                false
            }
            "AND" | "OR" | "WITH" if !expects_license => true,
            "(" | ")" | "AND" | "OR" | "WITH" => return false,
            id if expects_license && is_license_id(id) => false,
            _ => return false,
        };
    }
    depth == 0 && !expects_license
}

fn is_license_id(id: &str) -> bool {
    id.bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'+'))
}

const GARDE: &str = r#"garde = { version = "0.22", default-features = false, optional = true }
"#;

const JIFF: &str = r#"jiff = { version = "1.0.1", default-features = false, features = ["std"], optional = true }
"#;

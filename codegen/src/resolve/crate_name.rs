//! Names of crates.

use super::names::is_identifier;
use crate::limits::MAX_CRATE_NAME_BYTES;

/// Whether `name` can be the name of a crate: accepted by cargo, in lower case.
pub(crate) fn is_crate(name: &str) -> bool {
    const TAKEN: [&str; 28] = [
        "actix_web",
        "alloc",
        "args",
        "axum",
        "build",
        "core",
        "deps",
        "futures_util",
        "http",
        "http_body",
        "http_body_util",
        "httpdate",
        "jiff",
        "metrics",
        "pin_project_lite",
        "proc_macro",
        "serde",
        "serde_json",
        "serde_path_to_error",
        "std",
        "test",
        "tokio",
        "tower_http",
        "tower_layer",
        "tower_service",
        "tracing",
        "utoipa",
        "uuid",
    ];
    let letters = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
    let lib = name.replace('-', "_");
    letters
        && name.len() <= MAX_CRATE_NAME_BYTES
        && !TAKEN.contains(&lib.as_str())
        && is_identifier(&lib)
}

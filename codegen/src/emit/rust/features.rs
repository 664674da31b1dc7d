//! The features of the crate, all of which are off by default.

use super::has_timestamps;
use crate::catalog::Catalog;

/// A feature: its name, what it adds, and what it enables in the manifest.
pub(super) struct Feature {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    pub(super) enables: &'static str,
}

const fn feature(name: &'static str, what: &'static str, enables: &'static str) -> Feature {
    Feature {
        name,
        what,
        enables,
    }
}

/// The features of the crate, by name.
pub(super) fn of_catalog(catalog: &Catalog) -> Vec<Feature> {
    let mut features = vec![
        feature(
            "actix-web",
            "Errors of a server of actix-web, and what wraps it.",
            r#""dep:actix-web", "dep:futures-util", "dep:uuid""#,
        ),
        feature(
            "axum",
            "Errors of a server of axum, and what wraps it.",
            r#""tower", "dep:axum", "dep:futures-util", "dep:http-body", "dep:http-body-util", "dep:serde_path_to_error", "dep:tokio", "dep:tower-http""#,
        ),
        feature("http", "Responses of the crate `http`.", r#""dep:http""#),
        feature(
            "httpdate",
            "Clients understand a `Retry-After` header that names a date.",
            r#""dep:httpdate""#,
        ),
        feature(
            "testkit",
            "`assert_error!`, for the tests of a server.",
            r#""http""#,
        ),
        feature(
            "tower",
            "A layer that makes an envelope of every error response.",
            r#""http", "dep:pin-project-lite", "dep:tower-layer", "dep:tower-service""#,
        ),
        feature(
            "utoipa",
            "The errors in a document of utoipa.",
            r#""dep:utoipa""#,
        ),
    ];
    if has_timestamps(catalog) {
        let jiff = feature("jiff", "The arguments that hold a moment.", r#""dep:jiff""#);
        features.insert(4, jiff);
    }
    features
}

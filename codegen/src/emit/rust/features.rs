//! The features of the crate.

use super::{has_faults, has_timestamps};
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

/// The features that are on by default.
pub(super) const DEFAULT: [&str; 2] = ["client", "server"];

/// The features of the crate, by name.
pub(super) fn of_catalog(catalog: &Catalog) -> Vec<Feature> {
    let mut features = vec![
        feature(
            "actix-web",
            "actix-web integration: `ResponseError`, `actix_web::wrap` and `EventStream`.",
            r#""server", "httpdate", "dep:actix-web", "dep:futures-util", "dep:uuid""#,
        ),
        feature(
            "axum",
            "axum integration: `IntoResponse`, `axum::wrap` and `EventStream`.",
            r#""tower", "dep:axum", "dep:futures-util", "dep:http-body", "dep:http-body-util", "dep:serde_path_to_error", "dep:tokio", "dep:tower-http""#,
        ),
        feature("client", "Reading of errors: `ReceivedError`.", ""),
        feature(
            "http",
            "`http` integration: conversions into `http::Response` and `StatusCode`.",
            r#""server", "dep:http""#,
        ),
        feature(
            "httpdate",
            "A date in a `Retry-After` header is read.",
            r#""dep:httpdate""#,
        ),
        feature(
            "metrics",
            "A counter of errors by code, operation and status, for the recorder of the crate `metrics`.",
            r#""server", "dep:metrics""#,
        ),
        feature(
            "server",
            "Sending of errors: `ApiError`, and `Envelope`.",
            "",
        ),
        feature(
            "testkit",
            "`assert_error!` and `assert_stream!`, for the tests of a server.",
            r#""client", "http""#,
        ),
        feature(
            "tower",
            "tower integration: a layer that turns every error response into an envelope.",
            r#""http", "httpdate", "dep:pin-project-lite", "dep:tower-layer", "dep:tower-service""#,
        ),
        feature(
            "tracing",
            "Errors on the current span, and as events, of the crate `tracing`.",
            r#""server", "dep:tracing""#,
        ),
        feature(
            "utoipa",
            "utoipa integration: schemas and responses for OpenAPI documents.",
            r#""server", "dep:utoipa""#,
        ),
    ];
    if has_faults(catalog) {
        let garde = feature(
            "garde",
            "The report of the crate `garde` converts into arguments of the kind `errors`.",
            r#""dep:garde""#,
        );
        features.push(garde);
    }
    if has_timestamps(catalog) {
        let jiff = feature(
            "jiff",
            "Arguments that are timestamps of the crate `jiff`.",
            r#""dep:jiff""#,
        );
        features.push(jiff);
    }
    features.sort_unstable_by_key(|feature| feature.name);
    features
}

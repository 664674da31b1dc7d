//! What the operators see of an error, and the clients do not.

use std::error::Error;

use axum::extract::Request;
use axum::http::{Method, Uri};
use axum::middleware::Next;
use axum::response::Response;
use gateway_errors::{ApiError, REQUEST_ID_HEADER};

/// Logs every error with the id of its request and with what caused it.
pub(crate) async fn errors(method: Method, uri: Uri, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if let Some(error) = ApiError::from_response(&response) {
        let id = response.headers().get(REQUEST_ID_HEADER);
        let id = id.and_then(|id| id.to_str().ok()).unwrap_or_default();
        write(error, &format!("{id} {method} {}", uri.path()));
    }
    response
}

/// Logs the error that ended a stream, which began with the status 200.
pub(crate) fn stream(error: &ApiError) {
    let id = error.request_id().unwrap_or_default();
    write(error, &format!("{id} stream"));
}

fn write(error: &ApiError, request: &str) {
    let name = match error.code() {
        Some(code) => code.as_str(),
        None => error.error_type().as_str(),
    };
    let line = format!("{request} {} {name}", error.status());
    let line = match error.source() {
        Some(cause) => format!("{line}: {cause}"),
        None => line,
    };
    if error.status() < 500 {
        tracing::info!("{line}");
    } else {
        tracing::error!("{line}");
    }
}

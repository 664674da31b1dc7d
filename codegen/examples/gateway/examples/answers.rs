//! Prints what the generated crate sends: as JSON, for each style the responses of some errors, that for each bare
//! status with and without a request id, and the event of a stream that fails. `cargo conformance` serves them to
//! clients, and compares the bare ones with what proxies send.

use axum::http::Response;
use gateway_errors::{ApiError, ENVELOPE_STYLES, EnvelopeStyle, ErrorCode, ErrorType};
use serde_json::{Map, Value, json};

/// The errors that clients get as responses, each with the name of its case.
fn errors() -> anyhow::Result<[(&'static str, ApiError); 5]> {
    let credits = || ApiError::new(ErrorCode::InsufficientCredits);
    let failed = |status| ApiError::from_type(ErrorType::ServerError).with_status(status);
    Ok([
        ("credits", credits()),
        ("limited", ApiError::new(ErrorCode::RateLimitExceeded)),
        ("failed", failed(500)?),
        ("busy", failed(503)?),
        // A client may look for words in the message.
        (
            "words",
            credits().with_message("No credit is left, so the rate limit is zero."),
        ),
    ])
}

/// What a client should find in an error.
fn expected(error: &ApiError) -> Value {
    json!({
        "status": error.status().to_string(),
        "type": error.error_type().as_str(),
        "code": error.code().map(ErrorCode::as_str),
        "request_id": error.request_id(),
    })
}

fn response(error: ApiError) -> Value {
    let expected = expected(&error);
    let response: Response<String> = error.into();
    let headers = response.headers().iter();
    let headers = headers
        .map(|(name, value)| json!([name.as_str(), value.to_str().unwrap_or_default()]))
        .collect::<Vec<Value>>();
    json!({
        "expected": expected,
        "status": response.status().as_u16(),
        "headers": headers,
        "body": response.body(),
    })
}

fn answers(style: EnvelopeStyle) -> anyhow::Result<Value> {
    let in_style = |error: ApiError| {
        let error = error.with_style(style);
        error.with_request_id("req_1")
    };
    let mut responses = Map::new();
    for (case, error) in errors()? {
        responses.insert(case.to_owned(), response(in_style(error)));
    }
    let mut bare = Map::new();
    for status in 400..600 {
        let error = || ApiError::from_status(status).with_style(style);
        let answer = json!({
            "with_id": response(error().with_request_id("req_1")),
            "without_id": response(error()),
        });
        bare.insert(status.to_string(), answer);
    }
    let error = in_style(ApiError::new(ErrorCode::RateLimitExceeded));
    Ok(json!({
        "style": style.as_str(),
        "responses": responses,
        "bare": bare,
        "event": { "expected": expected(&error), "text": error.to_sse_event() },
    }))
}

fn main() -> anyhow::Result<()> {
    let styles = ENVELOPE_STYLES.iter().map(|style| answers(*style));
    let styles = styles.collect::<anyhow::Result<Vec<Value>>>()?;
    println!("{:#}", Value::Array(styles));
    Ok(())
}

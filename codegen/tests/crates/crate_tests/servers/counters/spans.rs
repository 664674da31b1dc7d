//! Errors on the current span, and as events.

use gateway_errors::{ApiError, ErrorCode, Observer, RequestObserver};
use tracing::Level;
use tracing::field::Empty;

use crate::subscriber::{Fields, State, Stub};
use crate::{refused, relayed};

/// What is recorded of an error within a span with all fields.
fn recorded(observe: impl FnOnce(&RequestObserver)) -> State {
    let stub = Stub::default();
    tracing::subscriber::with_default(stub.clone(), || {
        let span = tracing::info_span!(
            "request",
            api.code = Empty,
            api.operation = Empty,
            error.type = Empty,
            http.response.status_code = Empty,
            request_id = Empty,
        );
        let _entered = span.enter();
        observe(&Observer::new().request("GET", "/v1/models/secret-7"));
    });
    std::mem::take(&mut stub.0.lock().unwrap())
}

fn fields(expected: &[(&'static str, &str)]) -> Fields {
    expected
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect()
}

#[test]
fn an_error_of_a_client_is_information() {
    let state = recorded(|request| request.answered(&refused().with_request_id("req_1")));
    let mut expected = fields(&[
        ("api.code", "model_not_found"),
        ("api.operation", "get_model"),
        ("http.response.status_code", "404"),
        ("request_id", "req_1"),
    ]);
    // OpenTelemetry does not take it for a failure of the server.
    assert_eq!(state.span, expected);
    expected.extend([
        ("error.type", "model_not_found".to_owned()),
        ("message", "error".to_owned()),
    ]);
    assert_eq!(state.events, [(Level::INFO, expected)]);
}

#[test]
fn an_error_of_the_server_is_an_error() {
    let error = ApiError::from_status(502).with_source("10.0.0.7 refused");
    let state = recorded(|request| request.answered(&error));
    let mut expected = fields(&[
        ("api.operation", "get_model"),
        ("error.type", "502"),
        ("http.response.status_code", "502"),
    ]);
    assert_eq!(state.span, expected);
    expected.insert("message", "error".to_owned());
    assert_eq!(state.events, [(Level::ERROR, expected)]);
}

#[test]
fn an_error_that_ends_a_stream_is_a_failure_of_it() {
    let error = ApiError::new(ErrorCode::RateLimitExceeded);
    let state = recorded(|request| request.ended(&error));
    let mut expected = fields(&[
        ("api.code", "rate_limit_exceeded"),
        ("api.operation", "get_model"),
        ("error.type", "rate_limit_exceeded"),
        ("http.response.status_code", "200"),
    ]);
    assert_eq!(state.span, expected);
    expected.insert("message", "error".to_owned());
    assert_eq!(state.events, [(Level::INFO, expected)]);
}

/// No text of a client, a handler or a provider is recorded.
#[test]
fn nothing_but_names_of_the_catalog_is_recorded() {
    let error = relayed()
        .with_message("key sk-123")
        .with_param("secret-param")
        .with_source("10.0.0.7 refused");
    let state = recorded(|request| request.answered(&error));
    assert_eq!(state.span["api.code"], "_OTHER");
    let [(_, event)] = &state.events[..] else {
        panic!("{:?}", state.events)
    };
    assert_eq!(event["error.type"], "429");
    let all = format!("{:?} {event:?}", state.span);
    for secret in ["sk-123", "secret", "10.0.0.7", "tpm_7f3a", "Too many"] {
        assert!(!all.contains(secret), "{all}");
    }
}

/// Within `wrap`, the id is that of the request, and a span of the application has it.
#[tokio::test]
async fn wrap_records_on_the_span_around_it() {
    use axum::body::Body;
    use axum::http::Request;
    use axum::routing::get;
    use tower::ServiceExt;
    use tracing::instrument::WithSubscriber;

    let stub = Stub::default();
    let router = axum::Router::new().route("/v1/models/{model}", get(async || refused()));
    let server = gateway_errors::axum::wrap(router, gateway_errors::Timeouts::default());
    let answered = async {
        let span = tracing::info_span!("request", request_id = Empty, error.type = Empty);
        let _entered = span.enter();
        let request = Request::get("/v1/models/secret-7").header("x-request-id", "req_7");
        let request = request.body(Body::empty()).unwrap();
        server.oneshot(request).await.unwrap()
    };
    let response = answered.with_subscriber(stub.clone()).await;
    assert_eq!(response.status(), 404);
    let state = stub.0.lock().unwrap();
    // A field that the span does not declare is not recorded.
    assert_eq!(state.span, fields(&[("request_id", "req_7")]));
    assert_eq!(state.events.len(), 1);
    assert_eq!(state.events[0].1["request_id"], "req_7");
}

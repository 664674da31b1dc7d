//! Headers of error responses.

use actix_web::dev::ServiceResponse;
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::{App, Error, HttpResponse, web};
use gateway_errors::{ApiError, ErrorCode, ErrorType, Timeouts, assert_error};

use crate::delays::DELAYS;
use crate::{answer, get, get_root, header, send};

#[test]
fn the_body_of_a_bare_response_is_dropped_and_its_headers_are_sent() {
    let answer = get("/leaks");
    assert_eq!(
        header(&answer, "www-authenticate").as_deref(),
        Some("Bearer")
    );
    assert_eq!(header(&answer, "etag"), None);
    let cookies = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie");
    assert_eq!(cookies.count(), 2);
    assert!(!String::from_utf8_lossy(&answer.body).contains("SELECT"));
    assert_error!(answer, ErrorType::ServerError, 500);
    let answer = get("/fails");
    assert!(!String::from_utf8_lossy(&answer.body).contains("10.0.0.7"));
    assert_error!(answer, ErrorType::ServerError, 502);
}

#[test]
fn request_ids_are_kept_where_they_fit_and_made_where_not() {
    let with_id = |id: &str| {
        TestRequest::get()
            .uri("/refused")
            .insert_header(("x-request-id", id))
    };
    let received = assert_error!(send(with_id("req_42")), ErrorCode::ModelNotFound);
    assert_eq!(received.request_id.as_deref(), Some("req_42"));
    let long = "x".repeat(257);
    for unfit in ["", "two words", &long] {
        let received = assert_error!(send(with_id(unfit)), ErrorCode::ModelNotFound);
        assert_eq!(received.request_id.unwrap().len(), 36);
    }
    let answer = send(
        TestRequest::get()
            .uri("/panics")
            .insert_header(("x-request-id", "req_43")),
    );
    let received = assert_error!(answer, ErrorType::ServerError, 500);
    assert_eq!(received.request_id.as_deref(), Some("req_43"));
}

#[test]
fn the_id_is_that_of_the_request_whatever_a_handler_sends() {
    for status in [200, 502] {
        let handler = move || async move {
            let status = actix_web::http::StatusCode::from_u16(status).unwrap();
            let mut response = HttpResponse::build(status);
            response
                .append_header(("x-request-id", "a"))
                .append_header(("x-request-id", "b c"));
            response.body("from upstream")
        };
        let answer = get_root!(App::new().route("/", web::get().to(handler)));
        let ids = answer
            .headers
            .iter()
            .filter(|(name, _)| name == "x-request-id");
        assert_eq!(
            ids.map(|(_, id)| id.as_slice()).collect::<Vec<_>>(),
            [b"mine"]
        );
    }
}

#[test]
fn the_delay_of_a_bare_response_is_one_that_clients_obey() {
    for (headers, expected) in DELAYS {
        for status in [503, 413, 400] {
            let handler = move || async move {
                let status = actix_web::http::StatusCode::from_u16(status).unwrap();
                let mut response = HttpResponse::build(status);
                for header in headers {
                    response.append_header(*header);
                }
                response.finish()
            };
            let answer = get_root!(App::new().route("/", web::get().to(handler)));
            let found = answer.headers.iter();
            let found = found.filter(|(name, _)| name.starts_with("retry-after"));
            let found: Vec<_> = found
                .map(|(name, value)| (name.as_str(), value.as_slice()))
                .collect();
            let expected = expected.filter(|_| status == 503);
            let expected = expected.map(|seconds| ("retry-after", seconds.as_bytes()));
            assert_eq!(found, expected.as_slice(), "{status}");
            let error = ApiError::from_status(status);
            assert_error!(answer, error.error_type(), error.status());
        }
    }
}

/// Caches must hear of everything that a response varies with.
#[test]
fn a_response_keeps_what_it_varies_with() {
    async fn handler(vary: web::Path<String>) -> HttpResponse {
        let mut response = HttpResponse::NotFound();
        response.insert_header(("vary", vary.as_str())).finish()
    }
    for (path, expected) in [
        ("/origin", &["origin", "accept"][..]),
        ("/accept", &["accept"]),
    ] {
        let answer = actix_web::rt::System::new().block_on(async {
            let app = App::new().route("/{vary}", web::get().to(handler));
            let app = details_errors::actix_web::wrap(app, details_errors::Timeouts::default());
            let app = init_service(app).await;
            answer(try_call_service(&app, TestRequest::get().uri(path).to_request()).await)
        });
        let found = answer.headers.iter().filter(|(name, _)| name == "vary");
        let found: Vec<&[u8]> = found.map(|(_, value)| value.as_slice()).collect();
        let expected: Vec<&[u8]> = expected.iter().map(|value| value.as_bytes()).collect();
        assert_eq!(found, expected);
    }
}

/// Clients get the style that they accept, for errors of handlers and of the framework.
#[test]
fn the_client_chooses_the_style_with_accept() {
    async fn handler() -> Result<&'static str, details_errors::ApiError> {
        Err(details_errors::ApiError::from_status(503))
    }
    for (path, accept, media_type) in [
        ("/", "application/problem+json", "application/problem+json"),
        (
            "/nowhere",
            "application/problem+json",
            "application/problem+json",
        ),
        ("/", "application/json", "application/json"),
        (
            "/nowhere",
            "text/html",
            details_errors::ENVELOPE_STYLES[0].media_type(),
        ),
    ] {
        let answer = actix_web::rt::System::new().block_on(async {
            let app = App::new().route("/", web::get().to(handler));
            let app = details_errors::actix_web::wrap(app, details_errors::Timeouts::default());
            let app = init_service(app).await;
            let request = TestRequest::get()
                .uri(path)
                .insert_header(("accept", accept));
            answer(try_call_service(&app, request.to_request()).await)
        });
        assert_eq!(header(&answer, "content-type").as_deref(), Some(media_type));
        assert!(header(&answer, "x-request-id").is_some());
    }
}

#[test]
fn headers_of_middleware_are_sent_and_reason_phrases_are_not() {
    use actix_web::dev::Service;

    let phrase = || async {
        HttpResponse::InternalServerError()
            .reason("hunter2")
            .body("x")
    };
    let app = App::new().route("/", web::get().to(phrase));
    actix_web::rt::System::new().block_on(async {
        let app = init_service(gateway_errors::actix_web::wrap(app, Timeouts::default())).await;
        let request = TestRequest::get().uri("/").to_request();
        let response = try_call_service(&app, request).await.unwrap();
        assert_eq!(response.response().head().reason(), "Internal Server Error");
    });
    // A response that a layer makes of an error keeps what the layer adds.
    let app = App::new().wrap_fn(|request, next| {
        let called = next.call(request);
        async move {
            drop(called.await?);
            let mut response = HttpResponse::Forbidden();
            let response = response.insert_header(("x-kept", "yes")).finish();
            let refused = actix_web::error::InternalError::from_response("refused", response);
            Err::<ServiceResponse, Error>(refused.into())
        }
    });
    let answer = get_root!(app);
    assert_eq!(header(&answer, "x-kept").as_deref(), Some("yes"));
    assert_error!(answer, ErrorType::InvalidRequestError, 403);
}

//! Headers of one response that come from several places: the handler, the catalog, the framework.

use actix_web::dev::Service;
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::{App, HttpResponse, Responder, ResponseError, web};
use file_errors::testkit::{IntoTestResponse, TestResponse};
use file_errors::{ApiError, ErrorCode, Timeouts};

/// The answer of an application, with and without `wrap`.
macro_rules! get_root {
    ($app:expr, $with_wrap:expr) => {
        actix_web::rt::System::new().block_on(async {
            let request = TestRequest::get().uri("/").to_request();
            let outcome = if $with_wrap {
                let app = file_errors::actix_web::wrap($app, Timeouts::default());
                let app = init_service(app).await;
                let outcome = try_call_service(&app, request).await;
                outcome.map_or_else(
                    IntoTestResponse::into_test_response,
                    IntoTestResponse::into_test_response,
                )
            } else {
                let app = init_service($app).await;
                let outcome = try_call_service(&app, request).await;
                outcome.map_or_else(
                    IntoTestResponse::into_test_response,
                    IntoTestResponse::into_test_response,
                )
            };
            outcome
        })
    };
}

fn values<'a>(answer: &'a TestResponse, name: &str) -> Vec<&'a str> {
    let headers = answer.headers.iter();
    let named = headers.filter(|(header, _)| header == name);
    named
        .map(|(_, value)| std::str::from_utf8(value).unwrap())
        .collect()
}

#[test]
fn what_a_handler_sets_wins_with_and_without_wrap() {
    async fn beside() -> impl Responder {
        let error = Err::<&'static str, _>(ApiError::new(ErrorCode::NotSigned));
        error
            .customize()
            .insert_header(("www-authenticate", "Basic"))
    }
    async fn on_the_error() -> Result<&'static str, ApiError> {
        Err(ApiError::new(ErrorCode::NotSigned).with_header("WWW-Authenticate", "Basic"))
    }
    async fn by_hand() -> HttpResponse {
        let mut response = ApiError::new(ErrorCode::NotSigned).error_response();
        let basic = actix_web::http::header::HeaderValue::from_static("Basic");
        let name = actix_web::http::header::WWW_AUTHENTICATE;
        response.headers_mut().insert(name, basic);
        response
    }
    for with_wrap in [false, true] {
        for app in [
            web::get().to(beside),
            web::get().to(on_the_error),
            web::get().to(by_hand),
        ] {
            let answer = get_root!(App::new().route("/", app), with_wrap);
            assert_eq!(answer.status, 401);
            assert_eq!(values(&answer, "www-authenticate"), ["Basic"]);
        }
    }
    async fn cookies() -> Result<&'static str, ApiError> {
        let error = ApiError::new(ErrorCode::NotSigned);
        Err(error
            .with_header("Set-Cookie", "a=1")
            .with_header("Set-Cookie", "b=2"))
    }
    for with_wrap in [false, true] {
        let answer = get_root!(App::new().route("/", web::get().to(cookies)), with_wrap);
        assert_eq!(values(&answer, "set-cookie"), ["a=1", "b=2"]);
        assert_eq!(values(&answer, "www-authenticate").len(), 1);
    }
}

#[test]
fn the_crate_keeps_what_every_response_has() {
    const HEADERS: [(&str, &str); 6] = [
        ("content-type", "text/html"),
        ("x-should-retry", "perhaps"),
        ("retry-after", "3600"),
        ("cache-control", "no-store"),
        ("vary", "Origin"),
        ("access-control-allow-origin", "*"),
    ];
    async fn beside() -> impl Responder {
        let error = Err::<&'static str, _>(ApiError::new(ErrorCode::ServiceDown));
        let response = error.customize();
        let set = |response: actix_web::CustomizeResponder<_>,
                   header: (&'static str, &'static str)| {
            response.insert_header(header)
        };
        HEADERS.into_iter().fold(response, set)
    }
    let answer = get_root!(App::new().route("/", web::get().to(beside)), true);
    assert_eq!(values(&answer, "content-type"), ["application/json"]);
    assert_eq!(values(&answer, "x-should-retry"), ["true"]);
    assert_eq!(values(&answer, "retry-after"), ["120"]);
    assert_eq!(values(&answer, "x-incident"), ["yes"]);
    for (name, value) in &HEADERS[3..] {
        assert_eq!(values(&answer, name), [*value]);
    }
    async fn by_hand() -> HttpResponse {
        let mut response = ApiError::new(ErrorCode::ServiceDown).error_response();
        let hour = actix_web::http::header::HeaderValue::from_static("3600");
        response
            .headers_mut()
            .insert(actix_web::http::header::RETRY_AFTER, hour);
        response
    }
    let answer = get_root!(App::new().route("/", web::get().to(by_hand)), true);
    assert_eq!(values(&answer, "retry-after"), ["120"]);
}

/// The header of a code does not show which error middleware has hidden.
#[test]
fn a_hidden_error_takes_its_headers_with_it() {
    async fn down() -> Result<&'static str, ApiError> {
        Err(ApiError::new(ErrorCode::ServiceDown))
    }
    let app = App::new()
        .route("/", web::get().to(down))
        .wrap_fn(|request, next| {
            let called = next.call(request);
            async move {
                let mut response = called.await?;
                *response.response_mut().status_mut() = actix_web::http::StatusCode::NOT_FOUND;
                Ok(response)
            }
        });
    let answer = get_root!(app, true);
    assert_eq!(answer.status, 404);
    assert_eq!(values(&answer, "x-incident"), [""; 0]);
}

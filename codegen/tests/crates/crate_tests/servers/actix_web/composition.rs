//! Handlers and middleware.

use actix_web::{App, HttpResponse, web};
use gateway_errors::{ApiError, ErrorCode, ErrorType, assert_error};

use crate::{Page, get, get_root, header, refused};

#[test]
fn what_handlers_return_is_sent_as_it_is() {
    let received = assert_error!(get("/refused"), ErrorCode::ModelNotFound);
    assert_eq!(received.param.as_deref(), Some("model"));
}

/// A gateway hands on what another service answered.
#[test]
fn a_marked_response_passes_as_it_is() {
    async fn handler() -> HttpResponse {
        let mut response = HttpResponse::BadGateway()
            .insert_header(("x-request-id", "theirs"))
            .body("their words");
        response.extensions_mut().insert(gateway_errors::Passthrough);
        response
    }
    let answer = get_root!(App::new().route("/", web::get().to(handler)));
    assert_eq!(answer.status, 502);
    assert_eq!(answer.body, b"their words");
    let mut ids = answer.headers.iter().filter(|(name, _)| name == "x-request-id");
    assert!(ids.all(|(_, id)| id != b"theirs"));
}

#[test]
fn responses_without_error_statuses_are_not_changed() {
    let answer = get("/page?limit=3");
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"3"[..]));
    assert!(header(&answer, "x-request-id").is_some());
}

#[test]
fn a_panic_of_middleware_and_of_a_guard_is_an_envelope() {
    use actix_web::dev::Service;
    use actix_web::guard;

    let app = App::new().wrap_fn(|request, next| {
        if request.path() == "/" {
            panic!("in middleware");
        }
        next.call(request)
    });
    assert_error!(get_root!(app), ErrorType::ServerError, 500);
    let guarded = guard::fn_guard(|_| panic!("in a guard"));
    let app = App::new().route("/", web::get().guard(guarded).to(refused));
    assert_error!(get_root!(app), ErrorType::ServerError, 500);
}

/// Error handlers of extractors, and handlers too, make a response of an error by themselves.
#[test]
fn an_envelope_that_was_made_by_hand_stays() {
    async fn by_hand() -> HttpResponse {
        use actix_web::ResponseError;

        ApiError::new(ErrorCode::InvalidApiKey).error_response()
    }
    async fn page(_: web::Query<Page>) -> &'static str {
        "page"
    }
    let app = App::new().route("/", web::get().to(by_hand));
    assert_error!(get_root!(app), ErrorCode::InvalidApiKey);
    let config = web::QueryConfig::default().error_handler(|error, _| {
        use actix_web::ResponseError;

        let response = ApiError::new(ErrorCode::MimeMismatch).error_response();
        actix_web::error::InternalError::from_response(error, response).into()
    });
    let app = App::new().app_data(config).route("/", web::get().to(page));
    assert_error!(get_root!(app), ErrorCode::MimeMismatch);
}

#[test]
fn a_status_that_middleware_changed_hides_the_error() {
    use actix_web::dev::Service;

    let app = App::new()
        .route("/", web::get().to(refused))
        .wrap_fn(|request, next| {
            let called = next.call(request);
            async move {
                let mut response = called.await?;
                *response.response_mut().status_mut() = actix_web::http::StatusCode::GONE;
                Ok(response)
            }
        });
    assert_error!(get_root!(app), ErrorType::InvalidRequestError, 410);
}

/// Routes, scopes and services are inside, whether they are added before or after; every unknown path too.
#[test]
fn what_is_added_after_it_is_covered_too() {
    async fn gone() -> HttpResponse {
        HttpResponse::Gone().body("leak")
    }
    for (path, status) in [
        ("/nowhere", 410),
        ("/before", 401),
        ("/after", 409),
        ("/scope/after", 402),
        ("/scope/nowhere", 403),
        ("/configured", 406),
    ] {
        let bare = |status: u16| {
            let status = actix_web::http::StatusCode::from_u16(status).unwrap();
            web::to(move || async move { HttpResponse::build(status).body("leak") })
        };
        let answer = actix_web::rt::System::new().block_on(async {
            let app = App::new().route("/before", bare(401));
            let app = gateway_errors::actix_web::wrap(app, gateway_errors::Timeouts::default());
            let scope = web::scope("/scope").route("/after", bare(402));
            let app = app
                .service(web::resource("/after").route(bare(409)))
                .service(scope.default_service(bare(403)))
                .configure(|config| {
                    config.route("/configured", bare(406));
                })
                .default_service(web::to(gone));
            let app = actix_web::test::init_service(app).await;
            let request = actix_web::test::TestRequest::get().uri(path).to_request();
            crate::answer(actix_web::test::try_call_service(&app, request).await)
        });
        assert!(!String::from_utf8_lossy(&answer.body).contains("leak"));
        let error = ApiError::from_status(status);
        assert_error!(answer, error.error_type(), error.status());
    }
}

/// A status that no final response can have.
#[test]
fn a_status_that_is_none_of_a_response_is_an_envelope() {
    for status in [100, 102, 103, 199, 600, 700, 999] {
        let handler = move || async move {
            let status = actix_web::http::StatusCode::from_u16(status).unwrap();
            HttpResponse::build(status).body("leak")
        };
        let answer = get_root!(App::new().route("/", web::get().to(handler)));
        assert_error!(answer, ErrorType::ServerError, 500);
    }
    for status in [101, 200, 204, 299, 304, 399] {
        let handler = move || async move {
            let status = actix_web::http::StatusCode::from_u16(status).unwrap();
            HttpResponse::build(status).finish()
        };
        let answer = get_root!(App::new().route("/", web::get().to(handler)));
        assert_eq!(answer.status, status);
    }
}

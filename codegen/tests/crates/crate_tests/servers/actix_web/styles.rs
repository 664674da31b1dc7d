//! The style of an error is that which the catalog chooses for the request.

use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::{App, HttpResponse, web};
use problem_errors::actix_web::wrap;
use problem_errors::testkit::{IntoTestResponse, TestResponse};
use problem_errors::{ApiError, Timeouts};

use crate::styles_cases::CASES;

async fn panics() -> &'static str {
    panic!("10.0.0.7 refused")
}

async fn bare() -> HttpResponse {
    HttpResponse::BadGateway().body("10.0.0.7 refused")
}

fn get(path: &str, sent: Option<(&'static str, &'static str)>) -> TestResponse {
    actix_web::rt::System::new().block_on(async {
        let scope = web::scope("/wait")
            .route("/panics", web::get().to(panics))
            .route("/bare", web::get().to(bare));
        let app = App::new().service(scope);
        let app = init_service(wrap(app, Timeouts::default())).await;
        let mut request = TestRequest::get().uri(path).insert_header(("x-request-id", "req_1"));
        if let Some(sent) = sent {
            request = request.insert_header(sent);
        }
        let answer = try_call_service(&app, request.to_request()).await;
        answer.map_or_else(
            IntoTestResponse::into_test_response,
            IntoTestResponse::into_test_response,
        )
    })
}

#[test]
fn the_first_choice_that_fits_applies() {
    for (path, sent, style) in CASES {
        let response = get(path, sent);
        let error = ApiError::from_status(response.status);
        let expected = error.with_style(style).with_request_id("req_1");
        let content_type = ("content-type".to_owned(), style.media_type().into());
        assert!(response.headers.contains(&content_type), "{path} {sent:?}");
        let body = String::from_utf8_lossy(&response.body);
        assert_eq!(body, expected.to_json(), "{path} {sent:?}");
    }
}

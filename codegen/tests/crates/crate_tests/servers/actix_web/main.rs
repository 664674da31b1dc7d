//! Whatever a client sends to an actix-web server, every error is an envelope with a request id.

mod composition;
#[path = "../support/delays.rs"]
mod delays;
mod headers;
mod rejections;
#[path = "../support/stream_client.rs"]
mod stream_client;
mod streams;
mod styles;
#[path = "../support/styles.rs"]
mod styles_cases;
mod timeouts;
mod values;

use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::ServiceResponse;
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::{App, Error, HttpResponse, web};
use gateway_errors::testkit::{IntoTestResponse, TestResponse};
use gateway_errors::{ApiError, ErrorCode, Timeouts};
use serde::Deserialize;

#[derive(Deserialize)]
struct Chat {
    model: String,
}

#[derive(Deserialize)]
struct Page {
    limit: u8,
}

async fn chat(chat: web::Json<Chat>) -> String {
    chat.model.clone()
}

async fn page(page: web::Query<Page>) -> String {
    page.limit.to_string()
}

async fn numbered(number: web::Path<u8>) -> String {
    number.to_string()
}

async fn refused() -> Result<&'static str, ApiError> {
    Err(ApiError::new(ErrorCode::ModelNotFound).with_source("no row in models_v2"))
}

async fn panics() -> &'static str {
    panic!("password is hunter2")
}

async fn leaks() -> HttpResponse {
    let mut response = HttpResponse::InternalServerError();
    response
        .insert_header(("www-authenticate", "Bearer"))
        .insert_header(("etag", "\"1\""))
        .append_header(("set-cookie", "a=1"))
        .append_header(("set-cookie", "b=2"));
    response.body("SELECT * FROM accounts")
}

async fn fails() -> Result<&'static str, Error> {
    Err(actix_web::error::ErrorBadGateway(
        "upstream 10.0.0.7 refused",
    ))
}

async fn sleeps() -> &'static str {
    actix_web::rt::time::sleep(Duration::from_secs(60)).await;
    "awake"
}

async fn bytes(bytes: web::Bytes) -> String {
    bytes.len().to_string()
}

/// Sends a request to the server, and gives back what its client would see.
fn send(request: TestRequest) -> TestResponse {
    actix_web::rt::System::new().block_on(async {
        let app = App::new()
            .app_data(web::JsonConfig::default().limit(1_000))
            .app_data(web::PayloadConfig::new(1_000))
            .route("/chat", web::post().to(chat))
            .service(web::resource("/page").route(web::get().to(page)))
            .route("/number/{number}", web::get().to(numbered))
            .route("/refused", web::get().to(refused))
            .route("/panics", web::get().to(panics))
            .route("/leaks", web::get().to(leaks))
            .route("/fails", web::get().to(fails))
            .route("/sleeps", web::get().to(sleeps))
            .route("/bytes", web::post().to(bytes));
        let timeouts = Timeouts {
            request_body: Duration::from_millis(200),
            response: Duration::from_millis(600),
        };
        let app = init_service(gateway_errors::actix_web::wrap(app, timeouts)).await;
        answer(try_call_service(&app, request.to_request()).await)
    })
}

fn answer<B: MessageBody>(outcome: Result<ServiceResponse<B>, Error>) -> TestResponse {
    outcome.map_or_else(
        IntoTestResponse::into_test_response,
        IntoTestResponse::into_test_response,
    )
}

fn get(path: &str) -> TestResponse {
    send(TestRequest::get().uri(path))
}

fn post_json(path: &str, body: impl Into<web::Bytes>) -> TestResponse {
    let request = TestRequest::post()
        .uri(path)
        .insert_header(("content-type", "application/json"));
    send(request.set_payload(body.into()))
}

fn header(answer: &TestResponse, name: &str) -> Option<String> {
    let mut headers = answer.headers.iter();
    let (_, value) = headers.find(|(header, _)| header == name)?;
    Some(String::from_utf8(value.clone()).unwrap())
}

/// Sends a GET to an application that is wrapped with narrow limits.
macro_rules! get_root {
    ($app:expr) => {
        actix_web::rt::System::new().block_on(async {
            let timeouts = gateway_errors::Timeouts {
                request_body: std::time::Duration::from_millis(200),
                response: std::time::Duration::from_millis(600),
            };
            let app =
                actix_web::test::init_service(gateway_errors::actix_web::wrap($app, timeouts))
                    .await;
            let request = actix_web::test::TestRequest::get()
                .uri("/")
                .insert_header(("x-request-id", "mine"));
            crate::answer(actix_web::test::try_call_service(&app, request.to_request()).await)
        })
    };
}

pub(crate) use get_root;

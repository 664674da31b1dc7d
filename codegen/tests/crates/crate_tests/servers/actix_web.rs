//! Whatever a client sends to an actix-web server, every error is an envelope with a request id.

use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::{App, Error, HttpResponse, web};
use futures_util::StreamExt;
use gateway_errors::testkit::{IntoTestResponse, TestResponse};
use gateway_errors::{ApiError, ErrorCode, ErrorType, Timeouts, assert_error};
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

#[test]
fn what_handlers_return_is_sent_as_it_is() {
    let received = assert_error!(get("/refused"), ErrorCode::ModelNotFound);
    assert_eq!(received.param.as_deref(), Some("model"));
}

#[test]
fn rejected_requests_are_envelopes_with_a_reason() {
    for (body, expected) in [
        ("{", "The request could not be read: "),
        (
            r#"{"model":1}"#,
            "The request does not have the expected fields: invalid type",
        ),
    ] {
        let answer = post_json("/chat", body);
        let received = assert_error!(answer, ErrorType::InvalidRequestError, 400);
        let message = received.message.unwrap();
        assert!(message.starts_with(expected), "{message}");
    }
    let received = assert_error!(
        post_json("/chat", "[]"),
        ErrorType::InvalidRequestError,
        400
    );
    assert!(!received.message.unwrap().contains("Chat"));
    let bare = TestRequest::post().uri("/chat").set_payload("{}");
    let received = assert_error!(send(bare), ErrorType::InvalidRequestError, 400);
    let message = received.message.as_deref();
    assert_eq!(
        message,
        Some("The media type of the body is not supported.")
    );
    assert_error!(get("/page?limit=many"), ErrorType::InvalidRequestError, 400);
    assert_error!(get("/number/300"), ErrorType::InvalidRequestError, 404);
}

#[test]
fn unknown_paths_and_methods_are_envelopes() {
    assert_error!(get("/nowhere"), ErrorType::InvalidRequestError, 404);
    for method in [Method::PUT, Method::from_bytes(b"BREW").unwrap()] {
        let answer = send(TestRequest::default().method(method).uri("/page"));
        assert_error!(answer, ErrorType::InvalidRequestError, 405);
    }
}

#[test]
fn a_body_beyond_the_limit_is_an_envelope() {
    for path in ["/bytes", "/chat"] {
        let answer = post_json(path, format!("{{\"model\":\"{}\"}}", "x".repeat(2_000)));
        assert_error!(answer, ErrorType::InvalidRequestError, 413);
    }
}

#[test]
fn a_body_that_does_not_arrive_is_an_envelope() {
    for path in ["/bytes", "/chat"] {
        let answer = actix_web::rt::System::new().block_on(async {
            let app = App::new()
                .route("/chat", web::post().to(chat))
                .route("/bytes", web::post().to(bytes));
            let timeouts = Timeouts {
                request_body: Duration::from_millis(200),
                response: Duration::from_secs(5),
            };
            let app = init_service(gateway_errors::actix_web::wrap(app, timeouts)).await;
            let request = TestRequest::post()
                .uri(path)
                .insert_header(("content-type", "application/json"));
            let start = futures_util::stream::iter([Ok(web::Bytes::from_static(b"{"))]);
            let body = start.chain(futures_util::stream::pending());
            let (request, _) =
                request
                    .to_request()
                    .replace_payload(actix_web::dev::Payload::Stream {
                        payload: body.boxed_local(),
                    });
            answer(try_call_service(&app, request).await)
        });
        assert_error!(answer, ErrorType::InvalidRequestError, 408);
    }
}

#[test]
fn a_handler_that_takes_too_long_or_panics_is_an_envelope() {
    assert_error!(get("/sleeps"), ErrorType::ServerError, 504);
    let received = assert_error!(get("/panics"), ErrorType::ServerError, 500);
    assert_eq!(
        received.message.as_deref(),
        Some("Something went wrong on our side.")
    );
}

#[test]
fn what_a_bare_response_says_reaches_nobody_and_its_headers_do() {
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
fn responses_that_are_no_errors_are_left_alone() {
    let answer = get("/page?limit=3");
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"3"[..]));
    assert!(header(&answer, "x-request-id").is_some());
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

/// Sends a GET to an application that is wrapped with narrow limits.
macro_rules! get_root {
    ($app:expr) => {
        actix_web::rt::System::new().block_on(async {
            let timeouts = Timeouts {
                request_body: Duration::from_millis(200),
                response: Duration::from_millis(600),
            };
            let app = init_service(gateway_errors::actix_web::wrap($app, timeouts)).await;
            let request = TestRequest::get()
                .uri("/")
                .insert_header(("x-request-id", "mine"));
            answer(try_call_service(&app, request.to_request()).await)
        })
    };
}

#[test]
fn a_body_that_is_there_is_read_however_late_a_handler_asks_for_it() {
    async fn slow(mut payload: web::Payload) -> String {
        actix_web::rt::time::sleep(Duration::from_millis(300)).await;
        let part = payload.next().await.unwrap().unwrap();
        String::from_utf8(part.to_vec()).unwrap()
    }
    let answer = actix_web::rt::System::new().block_on(async {
        let app = App::new().route("/", web::post().to(slow));
        let timeouts = Timeouts {
            request_body: Duration::from_millis(200),
            response: Duration::from_secs(5),
        };
        let app = init_service(gateway_errors::actix_web::wrap(app, timeouts)).await;
        let request = TestRequest::post().uri("/").set_payload("{}");
        answer(try_call_service(&app, request.to_request()).await)
    });
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"{}"[..]));
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
fn a_reason_phrase_reaches_nobody_and_headers_of_middleware_do() {
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

#[test]
fn retry_after_of_a_bare_response_stays_where_clients_understand_it() {
    for (status, value, kept) in [
        (503, "37", Some("37")),
        (503, "soon", None),
        (413, "37", None),
    ] {
        let handler = move || async move {
            let status = actix_web::http::StatusCode::from_u16(status).unwrap();
            HttpResponse::build(status)
                .insert_header(("retry-after", value))
                .finish()
        };
        let answer = get_root!(App::new().route("/", web::get().to(handler)));
        assert_eq!(
            header(&answer, "retry-after").as_deref(),
            kept,
            "{status} {value}"
        );
        let error = ApiError::from_status(status);
        assert_error!(answer, error.error_type(), error.status());
    }
}

/// What follows an upgrade comes as a body, and has no end that could be late.
#[test]
fn an_upgraded_connection_has_no_deadline() {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    async fn echo(payload: web::Payload) -> HttpResponse {
        let mut response = HttpResponse::SwitchingProtocols();
        response.upgrade("websocket").streaming(payload)
    }
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            let timeouts = Timeouts {
                request_body: Duration::from_millis(200),
                response: Duration::from_secs(5),
            };
            let server = actix_web::HttpServer::new(move || {
                let app = App::new().route("/", web::get().to(echo));
                gateway_errors::actix_web::wrap(app, timeouts)
            });
            let server = server.workers(1).bind(("127.0.0.1", 0)).unwrap();
            send.send(server.addrs()[0]).unwrap();
            server.run().await.unwrap();
        });
    });
    let mut stream = TcpStream::connect(receive.recv().unwrap()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    stream
        .write_all(
            b"GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
        )
        .unwrap();
    let mut seen = Vec::new();
    let mut wait_for = |stream: &mut TcpStream, text: &str| {
        let mut part = [0; 1_000];
        while !seen.ends_with(text.as_bytes()) {
            let length = stream.read(&mut part).unwrap();
            assert!(
                length > 0,
                "the connection ends: {}",
                String::from_utf8_lossy(&seen)
            );
            seen.extend_from_slice(&part[..length]);
        }
    };
    wait_for(&mut stream, "\r\n\r\n");
    for text in ["one", "two", "three"] {
        std::thread::sleep(Duration::from_millis(300));
        stream.write_all(text.as_bytes()).unwrap();
        wait_for(&mut stream, text);
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

/// Clients of a catalog with several styles get the one that they accept, whoever made the error.
#[test]
fn the_style_is_the_one_that_the_client_accepts() {
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

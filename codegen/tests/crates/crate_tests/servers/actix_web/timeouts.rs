//! Bodies and handlers that are late.

use std::time::Duration;

use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::{App, HttpResponse, web};
use futures_util::StreamExt;
use gateway_errors::{ErrorType, Timeouts, assert_error};

use crate::{answer, bytes, chat, get};

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

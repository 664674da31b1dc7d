//! The loops of the page, against a server that fails as it is told.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gateway_errors::{ApiError, ErrorCode, ErrorType, ReceivedError};
use guide::get::Failure;

/// A server that gives these answers, one a connection and the last again and again, and counts the
/// requests.
fn serve(answers: Vec<Result<&'static str, ApiError>>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                connection.read_exact(&mut byte).unwrap();
                request.push(byte[0]);
            }
            let number = counter
                .fetch_add(1, Ordering::SeqCst)
                .min(answers.len() - 1);
            let response = match &answers[number] {
                Ok(text) => format!(
                    "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{text}",
                    text.len()
                ),
                Err(error) => {
                    let headers = error.headers().into_iter();
                    let headers: String = headers
                        .map(|(name, value)| format!("{name}: {value}\r\n"))
                        .collect();
                    let body = error.to_json();
                    format!(
                        "HTTP/1.1 {} Error\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n{body}",
                        error.status(),
                        body.len()
                    )
                }
            };
            connection.write_all(response.as_bytes()).unwrap();
        }
    });
    (address, count)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}

fn server_error(status: u16) -> ApiError {
    ApiError::from_type(ErrorType::ServerError).with_status(status).unwrap()
}

#[test]
fn what_is_worth_another_try_is_tried_again() {
    let answers = vec![
        Err(ErrorCode::RateLimitExceeded.into()),
        Err(server_error(503)),
        Ok("at last"),
    ];
    let (address, count) = serve(answers);
    let client = reqwest::Client::new();
    let answer = run(guide::get::get(&client, &address, 1)).unwrap();
    assert_eq!(answer, "at last");
    assert_eq!(count.load(Ordering::SeqCst), 3);
}

#[test]
fn what_cannot_help_is_not_tried_again() {
    for error in [
        server_error(500),
        ErrorCode::InsufficientCredits.into(),
        ErrorCode::FileNotFound.into(),
    ] {
        let status = error.status();
        let (address, count) = serve(vec![Err(error)]);
        let client = reqwest::Client::new();
        let Err(Failure::Answer(received)) = run(guide::get::get(&client, &address, 2)) else {
            panic!("the server answered");
        };
        assert_eq!(received.status, status);
        assert_eq!(count.load(Ordering::SeqCst), 1);
    }
}

#[test]
fn the_number_of_tries_is_the_catalogs() {
    let (address, count) = serve(vec![Err(server_error(502))]);
    let client = reqwest::Client::new();
    let failure = run(guide::get::get(&client, &address, 3)).unwrap_err();
    assert!(matches!(failure, Failure::Answer(received) if received.status == 502));
    let tries = usize::try_from(gateway_errors::BACKOFF.max_retries).unwrap() + 1;
    assert_eq!(count.load(Ordering::SeqCst), tries);
}

#[test]
fn backon_follows_the_retry_advice() {
    let attempts = |error: ApiError| {
        let count = AtomicUsize::new(0);
        let send = async || {
            count.fetch_add(1, Ordering::SeqCst);
            let headers = error.headers();
            let headers = headers
                .iter()
                .map(|(name, value)| (*name, value.as_bytes()));
            let body = error.to_json();
            let received = ReceivedError::from_parts(error.status(), headers, body.as_bytes());
            Err::<(), _>(received)
        };
        let result = run(guide::with_backon::with_backon(send, 4));
        assert_eq!(result.unwrap_err().status, error.status());
        count.into_inner()
    };
    assert_eq!(attempts(ErrorCode::RateLimitExceeded.into()), 3);
    assert_eq!(attempts(ErrorCode::InsufficientCredits.into()), 1);
}

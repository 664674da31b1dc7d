//! Errors of any tower service.

use std::convert::Infallible;

use gateway_errors::tower::EnvelopeLayer;
use gateway_errors::{ApiError, Passthrough};
use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};

use crate::recorder::Stub;
use crate::{ANSWERS, known, refused, relayed, translated};

fn bare(status: u16) -> Response<String> {
    let response = Response::builder().status(status);
    response.body("leak".to_owned()).unwrap()
}

async fn answer(request: Request<()>) -> Result<Response<String>, Infallible> {
    Ok(match (request.method().as_str(), request.uri().path()) {
        ("GET", "/v1/models") => refused().into(),
        // What a layer makes of a panic.
        ("GET", "/v1/models/secret-7") => bare(500),
        ("POST", "/v1/messages") => bare(503),
        ("GET", "/v1/files") => relayed().into(),
        ("POST", "/v1/files") => known().into(),
        ("GET", "/v1/files/7") => translated().into(),
        ("DELETE", "/v1/files/7") => {
            let mut response = bare(409);
            response.extensions_mut().insert(Passthrough);
            response
        }
        ("PUT", "/v1/models") => bare(405),
        ("GET", "/well") => Response::new("well".to_owned()),
        _ => ApiError::from_status(404).into(),
    })
}

#[tokio::test]
async fn every_error_is_counted_once() {
    let once = EnvelopeLayer.layer(service_fn(answer));
    let twice = EnvelopeLayer.layer(EnvelopeLayer.layer(service_fn(answer)));
    let send = async |method: &str, path: &str, is_nested: bool| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .body(())
            .unwrap();
        match is_nested {
            false => once.clone().oneshot(request).await.unwrap(),
            true => twice.clone().oneshot(request).await.unwrap(),
        }
    };
    for is_nested in [false, true] {
        let stub = Stub::default();
        let _guard = metrics::set_default_local_recorder(&stub);
        for (method, path, counted) in &ANSWERS {
            let response = send(method, path, is_nested).await;
            assert_eq!(response.status().as_str(), counted.status);
        }
        assert_eq!(send("GET", "/well", is_nested).await.status(), 200);
        stub.assert_counted(ANSWERS.iter().map(|(_, _, counted)| counted));
    }
}

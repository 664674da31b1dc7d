//! Errors of a wrapped application of actix-web.

use actix_web::body::to_bytes;
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::{App, Error, HttpResponse, Responder, ResponseError, web};
use futures_util::stream;
use gateway_errors::actix_web::wrap;
use gateway_errors::{ApiError, ErrorCode, EventStream, Passthrough, Timeouts};

use crate::recorder::{Counted, Stub};
use crate::{ANSWERS, ENDINGS, known, refused, relayed, translated};

async fn panics() -> &'static str {
    panic!("password is hunter2")
}

async fn passes() -> HttpResponse {
    let mut response = HttpResponse::Conflict().body("their words");
    response.extensions_mut().insert(Passthrough);
    response
}

async fn fails_late() -> impl Responder {
    EventStream::new(|_| {
        let error = ApiError::new(ErrorCode::RateLimitExceeded);
        let events = [Ok(web::Bytes::from("data: {}\n\n")), Err(error)];
        HttpResponse::Ok().streaming(stream::iter(events))
    })
}

/// A stream that ends although it is not complete: the connection is cut.
async fn is_cut() -> impl Responder {
    EventStream::new(|_| {
        let events = [Ok::<_, ApiError>(web::Bytes::from("data: {}\n\n"))];
        HttpResponse::Ok().streaming(stream::iter(events))
    })
}

fn routes(config: &mut web::ServiceConfig) {
    let files = web::resource("/v1/files")
        // A response that does not have its error any more.
        .route(web::get().to(async || relayed().error_response()))
        .route(web::post().to(async || Err::<&str, ApiError>(known())));
    let file = web::resource("/v1/files/{id}")
        .route(web::get().to(async || Err::<&str, ApiError>(translated())))
        .route(web::delete().to(passes));
    let models =
        web::resource("/v1/models").route(web::get().to(async || Err::<&str, ApiError>(refused())));
    config
        .service(models)
        .route("/v1/models/{model}", web::get().to(panics))
        .route(
            "/v1/messages",
            web::post().to(async || HttpResponse::ServiceUnavailable().body("leak")),
        )
        .service(files)
        .service(file)
        .route("/v1/credits", web::get().to(fails_late))
        .route("/v1/chat/completions", web::post().to(is_cut))
        .route("/well", web::get().to(async || "well"));
}

/// Sends requests, once to an application and once to one that is wrapped twice, and reads the responses to their end.
fn send<'a>(requests: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> [Stub; 2] {
    let stubs = [Stub::default(), Stub::default()];
    actix_web::rt::System::new().block_on(async {
        let timeouts = Timeouts::default();
        let once = init_service(wrap(App::new().configure(routes), timeouts)).await;
        let twice = wrap(App::new().configure(routes), timeouts);
        let twice = init_service(wrap(twice, timeouts)).await;
        for (method, path) in requests {
            let request = || {
                let method = method.parse().unwrap();
                TestRequest::with_uri(path).method(method).to_request()
            };
            {
                let _guard = metrics::set_default_local_recorder(&stubs[0]);
                read(try_call_service(&once, request()).await).await;
            }
            let _guard = metrics::set_default_local_recorder(&stubs[1]);
            read(try_call_service(&twice, request()).await).await;
        }
    });
    stubs
}

async fn read<B: actix_web::body::MessageBody>(
    outcome: Result<actix_web::dev::ServiceResponse<B>, Error>,
) {
    // An error has its response, and a stream that is cut is an error.
    let _ = match outcome {
        Ok(response) => to_bytes(response.into_body()).await.map_err(drop),
        Err(error) => to_bytes(error.error_response().into_body())
            .await
            .map_err(drop),
    };
}

#[test]
fn every_error_is_counted_once() {
    let all = ANSWERS.iter().chain(&ENDINGS);
    let requests = all.clone().map(|(method, path, _)| (*method, *path));
    for stub in send(requests.chain([("GET", "/well")])) {
        stub.assert_counted(all.clone().map(|(_, _, counted)| counted));
    }
}

/// The labels know nothing of what clients send: counters stay as many as they are.
#[test]
fn clients_and_providers_add_no_counter() {
    let paths: Vec<String> = (0..50)
        .map(|number| format!("/v1/files/{number}?a={number}"))
        .collect();
    for stub in send(paths.iter().map(|path| ("GET", &**path))) {
        let expected = Counted::answer("get_file", "", "502");
        stub.assert_counted(vec![&expected; 50]);
        assert_eq!(stub.registered(), 1);
    }
}

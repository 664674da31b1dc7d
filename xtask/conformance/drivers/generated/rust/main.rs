//! Calls an operation with the Rust client of openapi-generator, and prints what it reads of the error.

#[allow(dead_code, unused_imports, clippy::all)]
mod apis;
#[allow(dead_code, unused_imports, clippy::all)]
mod models;

use apis::Error;
use apis::configuration::Configuration;
use apis::default_api::list_models;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let configuration = Configuration {
        base_path: std::env::args().nth(1).expect("the address of a server"),
        client: reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client"),
        ..Configuration::default()
    };
    let Err(Error::ResponseError(response)) = list_models(&configuration).await else {
        panic!("the call did not fail with a response");
    };
    assert!(response.entity.is_some(), "the client does not read the body");
    let envelope: models::ErrorEnvelope =
        serde_json::from_str(&response.content).expect("the body is an envelope");
    let code = envelope.error.code.flatten();
    let seen = serde_json::json!({
        "status": response.status.as_u16(),
        "code": code,
        "type": envelope.error.r#type,
    });
    println!("{seen}");
}

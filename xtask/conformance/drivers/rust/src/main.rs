//! Drives the client that progenitor makes of the document in OpenAPI 3.0, as the other drivers do:
//! `openapi-client-cases http://127.0.0.1:4000`.
//!
//! Only operations that need no body are called: of bodies the document says nothing.

use std::error::Error;

use progenitor_client::{Error as ClientError, ResponseValue};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use serde::Serialize;

/// The client of the guide.
mod api {
    progenitor::generate_api!("../../../../generated/openapi-3.0.yaml");
}

use api::Client;
use api::types::{ErrorCode, ErrorEnvelope};

/// What the other drivers print too.
#[derive(Default, Serialize)]
struct Row {
    client: &'static str,
    case: &'static str,
    status: Option<u16>,
    code: Option<String>,
    #[serde(rename = "type")]
    error_type: Option<String>,
    param: Option<String>,
    request_id: Option<String>,
    attempts: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

type Answer = Result<ResponseValue<()>, ClientError<ErrorEnvelope>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args()
        .nth(1)
        .ok_or("name the address of a server")?;
    let version = version().ok_or("the manifest has no version of progenitor")?;
    println!(r#"{{"client": "progenitor", "version": "{version}"}}"#);
    let client = |key: Option<&'static str>| client(&address, key);
    let known = client(Some("sk-demo"))?;
    let answers = [
        ("missing_api_key", client(None)?.list_models().await),
        (
            "invalid_api_key",
            client(Some("sk-unknown"))?.list_models().await,
        ),
        (
            "expired_api_key",
            client(Some("sk-expired"))?.get_credits().await,
        ),
        (
            "rate_limit_exceeded",
            client(Some("sk-busy"))?.list_files().await,
        ),
        ("model_not_found", known.get_model("no-such-model").await),
        ("file_not_found", known.delete_file("file-missing").await),
    ];
    for (case, answer) in answers {
        println!("{}", serde_json::to_string(&row(case, answer))?);
    }
    Ok(())
}

/// The version of progenitor that the manifest pins.
fn version() -> Option<&'static str> {
    let manifest = include_str!("../Cargo.toml");
    let (_, rest) = manifest.split_once("progenitor = \"=")?;
    Some(rest.split_once('"')?.0)
}

/// A client with or without an account.
fn client(address: &str, key: Option<&str>) -> Result<Client, Box<dyn Error>> {
    let mut headers = HeaderMap::new();
    if let Some(key) = key {
        headers.insert(
            AUTHORIZATION,
            HeaderValue::try_from(format!("Bearer {key}"))?,
        );
    }
    let http = reqwest::Client::builder()
        .default_headers(headers)
        .no_proxy();
    Ok(Client::new_with_client(address, http.build()?))
}

fn row(case: &'static str, answer: Answer) -> Row {
    let row = Row {
        client: "progenitor",
        case,
        attempts: 1,
        ..Row::default()
    };
    let response = match answer {
        Err(ClientError::ErrorResponse(response)) => response,
        Err(error) => {
            let problem = format!("not an answer of the document: {error}");
            return Row {
                problem: Some(problem),
                ..row
            };
        }
        Ok(_) => {
            let problem = "the call succeeded".to_owned();
            return Row {
                problem: Some(problem),
                ..row
            };
        }
    };
    let id = response.headers().get("x-request-id");
    let id = id.and_then(|id| id.to_str().ok()).map(str::to_owned);
    let status = response.status().as_u16();
    let error = response.into_inner().error;
    // Only the codes of a newer server are in no list.
    let code = error.code.as_deref().unwrap_or_default();
    let is_known = code.parse::<ErrorCode>().is_ok() || code.ends_with("_of_tomorrow");
    let problem = (!is_known).then(|| format!("ErrorCode does not have {code}"));
    Row {
        status: Some(status),
        code: error.code,
        error_type: Some(error.type_),
        param: error.param,
        request_id: id,
        problem,
        ..row
    }
}

//! Drives a client against `failing_server.py`: `failing-cases CLIENT ADDRESS RESPONSES STREAMS`.
//!
//! RESPONSES and STREAMS are names of cases, separated by commas. It prints the version of the client, then a
//! JSON object for each case: the error of the client, or that the call ended as if it had succeeded.

use std::error::Error;

use async_openai::Client as OpenAi;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::types::chat::{
    ChatCompletionRequestUserMessage, CreateChatCompletionRequest, CreateChatCompletionRequestArgs,
};
use futures::TryStreamExt;
use genai::adapter::AdapterKind;
use genai::chat::ChatRequest;
use genai::resolver::{AuthData, Endpoint};
use genai::{Client as GenAi, ModelIden, ModelSpec, ServiceTarget};
use serde::Serialize;
use serde_json::{Value, json};

/// What a client reported.
#[derive(Default, Serialize)]
struct Seen {
    class: String,
    text: String,
    status: Option<String>,
    code: Option<String>,
    #[serde(rename = "type")]
    error_type: Option<String>,
    request_id: Option<String>,
}

/// The first word of the debug text is the variant.
fn variant(error: &impl std::fmt::Debug) -> String {
    let text = format!("{error:?}");
    let end = text.find(|c: char| !c.is_alphanumeric());
    text[..end.unwrap_or(text.len())].to_owned()
}

fn seen_by_async_openai(error: &OpenAIError) -> Seen {
    let seen = Seen {
        class: variant(error),
        text: error.to_string(),
        ..Seen::default()
    };
    let OpenAIError::ApiError(response) = error else {
        return seen;
    };
    Seen {
        status: Some(response.status_code.as_u16().to_string()),
        code: response.api_error.code.clone(),
        error_type: response.api_error.r#type.clone(),
        ..seen
    }
}

fn seen_by_genai(error: &genai::Error) -> Seen {
    let seen = Seen {
        class: variant(error),
        text: error.to_string(),
        ..Seen::default()
    };
    match error {
        genai::Error::ChatResponse { body, .. } => {
            let member = |name| body.get(name).and_then(Value::as_str).map(str::to_owned);
            Seen {
                code: member("code"),
                error_type: member("type"),
                ..seen
            }
        }
        genai::Error::WebModelCall { webc_error, .. } => {
            let headers = webc_error.headers();
            let id = headers.and_then(|headers| headers.get("x-request-id"));
            Seen {
                status: webc_error
                    .status()
                    .map(|status| status.as_u16().to_string()),
                request_id: id.and_then(|id| id.to_str().ok()).map(str::to_owned),
                ..seen
            }
        }
        genai::Error::HttpError {
            status, headers, ..
        } => {
            let id = headers.get("x-request-id");
            Seen {
                status: Some(status.as_u16().to_string()),
                request_id: id.and_then(|id| id.to_str().ok()).map(str::to_owned),
                ..seen
            }
        }
        _ => seen,
    }
}

fn request(case: &str) -> Result<CreateChatCompletionRequest, OpenAIError> {
    let message = ChatCompletionRequestUserMessage::from("Hello");
    CreateChatCompletionRequestArgs::default()
        .model(case)
        .messages([message.into()])
        .build()
}

async fn async_openai(address: &str, case: &str, is_stream: bool) -> Result<(), OpenAIError> {
    let config = OpenAIConfig::new()
        .with_api_base(format!("{address}/v1"))
        .with_api_key("sk-demo");
    let client = OpenAi::with_config(config);
    let chat = client.chat();
    if !is_stream {
        return chat.create(request(case)?).await.map(drop);
    }
    let chunks = chat.create_stream(request(case)?).await?;
    chunks.try_for_each(|_| async { Ok(()) }).await
}

async fn genai(address: &str, case: &str, is_stream: bool) -> Result<(), genai::Error> {
    let model = ModelSpec::Target(ServiceTarget {
        model: ModelIden::new(AdapterKind::OpenAI, case),
        endpoint: Endpoint::from_owned(format!("{address}/v1/")),
        auth: AuthData::from_single("sk-demo"),
    });
    let client = GenAi::builder().build()?;
    let request = ChatRequest::from_user("Hello");
    if !is_stream {
        return client.exec_chat(model, request, None).await.map(drop);
    }
    let response = client.exec_chat_stream(model, request, None).await?;
    response.stream.try_for_each(|_| async { Ok(()) }).await
}

/// The version that the manifest pins.
fn version(client: &str) -> Option<&'static str> {
    let manifest = include_str!("../../Cargo.toml");
    let (_, rest) = manifest.split_once(&format!("{client} = {{ version = \"="))?;
    Some(rest.split_once('"')?.0)
}

async fn row(client: &str, address: &str, case: &str, is_stream: bool) -> Value {
    let error = if client == "genai" {
        let outcome = genai(address, case, is_stream).await;
        outcome.err().as_ref().map(seen_by_genai)
    } else {
        let outcome = async_openai(address, case, is_stream).await;
        outcome.err().as_ref().map(seen_by_async_openai)
    };
    json!({ "case": case, "error": error })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [client, address, responses, streams] = &arguments[..] else {
        return Err("usage: failing-cases CLIENT ADDRESS RESPONSES STREAMS".into());
    };
    let version = version(client).ok_or("the manifest does not pin this client")?;
    println!("{}", json!({ "client": client, "version": version }));
    let responses = responses.split(',').map(|case| (case, false));
    let cases = responses.chain(streams.split(',').map(|case| (case, true)));
    let rows = cases.map(|(case, is_stream)| row(client, address, case, is_stream));
    for row in futures::future::join_all(rows).await {
        println!("{row}");
    }
    Ok(())
}

//! Chat completions.

use axum::Json;
use axum::response::{IntoResponse, Response};
use gateway_errors::ApiError;
use serde::Deserialize;
use serde_json::json;

use crate::chat_stream;
use crate::extract::{self, Caller};
use crate::models::Model;

/// What a completion costs.
const COST: u32 = 1;

#[derive(Deserialize)]
pub(crate) struct Request {
    model: String,
    messages: Vec<Message>,
    #[serde(default)]
    stream: bool,
}

#[derive(Deserialize)]
struct Message {
    content: Content,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Deserialize)]
struct Part {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    text: String,
}

impl Request {
    fn has_audio(&self) -> bool {
        self.messages.iter().any(|message| match &message.content {
            Content::Text(_) => false,
            Content::Parts(parts) => parts.iter().any(|part| part.kind == "input_audio"),
        })
    }

    fn prompt(&self) -> &str {
        match self.messages.last().map(|message| &message.content) {
            Some(Content::Text(text)) => text,
            Some(Content::Parts(parts)) => parts.first().map_or("", |part| &part.text),
            None => "",
        }
    }
}

pub(crate) async fn complete(
    Caller(account): Caller,
    extract::Json(request): extract::Json<Request>,
) -> Result<Response, ApiError> {
    let model = Model::find(&request.model)?;
    model.check(&account, request.has_audio())?;
    // Held before the provider is asked, so that requests side by side cannot spend a credit twice.
    let held = account.hold(COST)?;
    if request.stream {
        let events = chat_stream::answer(model, request.prompt(), held).await?;
        return Ok(events.into_response());
    }
    let answer = model.upstream.ask(request.prompt()).await?;
    held.spend();
    let answer = json!({
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": model.id,
        "choices": [{
            "index": 0,
            "message": { "role": "assistant", "content": answer },
            "finish_reason": "stop",
        }],
        "usage": { "prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2 },
    });
    Ok(Json(answer).into_response())
}

//! Chats in the form of the API of `OpenAI`.

use axum::Json;
use axum::response::sse::Event;
use axum::response::{IntoResponse, Response};
use gateway_errors::ApiError;
use serde::Deserialize;
use serde_json::json;

use crate::answer::{Admitted, Part};
use crate::extract::{self, Caller};
use crate::models::Model;

#[derive(Deserialize)]
pub(crate) struct Request {
    model: String,
    messages: Vec<Message>,
    #[serde(default)]
    stream: bool,
}

#[derive(Deserialize)]
pub(crate) struct Message {
    content: Content,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Blocks(Vec<Block>),
}

#[derive(Deserialize)]
struct Block {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    text: String,
}

impl Message {
    fn has_audio(&self) -> bool {
        match &self.content {
            Content::Text(_) => false,
            Content::Blocks(blocks) => blocks.iter().any(|block| block.kind == "input_audio"),
        }
    }

    /// The text to answer: that of the last message.
    pub(crate) fn prompt(messages: &[Self]) -> &str {
        match messages.last().map(|message| &message.content) {
            Some(Content::Text(text)) => text,
            Some(Content::Blocks(blocks)) => blocks.first().map_or("", |block| &block.text),
            None => "",
        }
    }
}

pub(crate) async fn complete(
    caller: Caller,
    extract::Json(request): extract::Json<Request>,
) -> Result<Response, ApiError> {
    let has_audio = request.messages.iter().any(Message::has_audio);
    let admitted = Admitted::new(&caller, &request.model, has_audio)?;
    let prompt = Message::prompt(&request.messages);
    if request.stream {
        let events = admitted.stream(prompt, events).await?;
        return Ok(events.with_end_marker("[DONE]").into_response());
    }
    let model = admitted.model;
    let answer = admitted.ask(prompt).await?;
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

fn events(model: &Model, part: Part) -> Vec<Event> {
    let (delta, finish_reason) = match part {
        Part::Start => return Vec::new(),
        Part::Text(text) => (json!({ "content": text }), None),
        Part::End => (json!({}), Some("stop")),
    };
    let chunk = json!({
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": model.id,
        "choices": [{ "index": 0, "delta": delta, "finish_reason": finish_reason }],
    });
    vec![Event::default().data(chunk.to_string())]
}

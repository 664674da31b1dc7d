//! Chats in the form of Anthropic's API.

use axum::Json;
use axum::response::sse::Event;
use axum::response::{IntoResponse, Response};
use gateway_errors::{ApiError, ErrorType};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::{Admitted, Part};
use crate::chat::Message;
use crate::extract::{self, Caller};
use crate::models::Model;

#[derive(Deserialize)]
pub(crate) struct Request {
    model: String,
    max_tokens: u32,
    messages: Vec<Message>,
    #[serde(default)]
    stream: bool,
}

pub(crate) async fn create(
    caller: Caller,
    extract::Json(request): extract::Json<Request>,
) -> Result<Response, ApiError> {
    if request.max_tokens == 0 {
        let error = ApiError::from_type(ErrorType::InvalidRequestError);
        return Err(error
            .with_message("max_tokens is at least 1.")
            .with_param("max_tokens"));
    }
    // The API has no audio.
    let admitted = Admitted::new(&caller, &request.model, false)?;
    let prompt = Message::prompt(&request.messages);
    if request.stream {
        return Ok(admitted.stream(prompt, events).await?.into_response());
    }
    let model = admitted.model;
    let answer = admitted.ask(prompt).await?;
    let content = json!([{ "type": "text", "text": answer }]);
    Ok(Json(message(model, &content, Some("end_turn"))).into_response())
}

fn message(model: &Model, content: &Value, stop_reason: Option<&str>) -> Value {
    json!({
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": model.id,
        "content": content,
        "stop_reason": stop_reason,
        "stop_sequence": null,
        "usage": { "input_tokens": 1, "output_tokens": 1 },
    })
}

fn events(model: &Model, part: Part) -> Vec<Event> {
    let event = |name: &str, mut data: Value| {
        data["type"] = name.into();
        Event::default().event(name).data(data.to_string())
    };
    match part {
        Part::Start => vec![
            event(
                "message_start",
                json!({ "message": message(model, &json!([]), None) }),
            ),
            event(
                "content_block_start",
                json!({ "index": 0, "content_block": { "type": "text", "text": "" } }),
            ),
        ],
        Part::Text(text) => vec![event(
            "content_block_delta",
            json!({ "index": 0, "delta": { "type": "text_delta", "text": text } }),
        )],
        Part::End => vec![
            event("content_block_stop", json!({ "index": 0 })),
            event(
                "message_delta",
                json!({
                    "delta": { "stop_reason": "end_turn", "stop_sequence": null },
                    "usage": { "output_tokens": 1 },
                }),
            ),
            event("message_stop", json!({})),
        ],
    }
}

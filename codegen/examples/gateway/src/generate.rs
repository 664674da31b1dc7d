//! Chats in the form of Google's API.

use axum::Json;
use axum::response::sse::Event;
use axum::response::{IntoResponse, Response};
use gateway_errors::{ApiError, ErrorType};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::{Admitted, Part};
use crate::extract::{self, Caller, Path, Query};
use crate::models::Model;

#[derive(Deserialize)]
pub(crate) struct Request {
    contents: Vec<Content>,
}

#[derive(Deserialize)]
struct Content {
    parts: Vec<ContentPart>,
}

/// Names are in camel case or as in the definitions of Google's API: a reader of `ProtoJSON` accepts both, and the
/// client of Google for Python sends both.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ContentPart {
    #[serde(default)]
    text: String,
    #[serde(alias = "inline_data")]
    inline_data: Option<Blob>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Blob {
    #[serde(alias = "mime_type")]
    mime_type: String,
}

impl Request {
    fn has_audio(&self) -> bool {
        let mut parts = self.contents.iter().flat_map(|content| &content.parts);
        parts.any(|part| {
            let data = part.inline_data.as_ref();
            data.is_some_and(|data| data.mime_type.starts_with("audio/"))
        })
    }

    fn prompt(&self) -> &str {
        let part = self
            .contents
            .last()
            .and_then(|content| content.parts.first());
        part.map_or("", |part| &part.text)
    }
}

#[derive(Deserialize)]
pub(crate) struct Format {
    alt: Option<String>,
}

/// `call` is the model and the method, as in `gpt-small:generateContent`. axum's routes have no text after a parameter.
pub(crate) async fn call(
    Path(call): Path<String>,
    Query(format): Query<Format>,
    caller: Caller,
    extract::Json(request): extract::Json<Request>,
) -> Result<Response, ApiError> {
    let (model, streams) = match call.rsplit_once(':') {
        Some((model, "generateContent")) => (model, false),
        Some((model, "streamGenerateContent")) => (model, true),
        _ => return Err(ApiError::from_status(404)),
    };
    if streams && format.alt.as_deref() != Some("sse") {
        let error = ApiError::from_type(ErrorType::InvalidRequestError);
        return Err(error
            .with_message("Streams need the query alt=sse.")
            .with_param("alt"));
    }
    let admitted = Admitted::new(&caller, model, request.has_audio())?;
    let prompt = request.prompt();
    if streams {
        return Ok(admitted.stream(prompt, events).await?.into_response());
    }
    let model = admitted.model;
    let answer = admitted.ask(prompt).await?;
    Ok(Json(answered(model, &answer, Some("STOP"))).into_response())
}

fn answered(model: &Model, text: &str, finish_reason: Option<&str>) -> Value {
    let mut candidate = json!({
        "index": 0,
        "content": { "role": "model", "parts": [{ "text": text }] },
    });
    if let Some(reason) = finish_reason {
        candidate["finishReason"] = reason.into();
    }
    json!({
        "candidates": [candidate],
        "usageMetadata": { "promptTokenCount": 1, "candidatesTokenCount": 1, "totalTokenCount": 2 },
        "modelVersion": model.id,
    })
}

fn events(model: &Model, part: Part) -> Vec<Event> {
    let data = match part {
        Part::Start => return Vec::new(),
        Part::Text(text) => answered(model, &text, None),
        Part::End => answered(model, "", Some("STOP")),
    };
    vec![Event::default().data(data.to_string())]
}

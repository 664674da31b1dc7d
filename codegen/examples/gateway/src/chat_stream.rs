//! Chat completions that are streamed.

use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use gateway_errors::{ApiError, EventStream};
use serde_json::json;

use crate::accounts::Held;
use crate::log;
use crate::models::Model;
use crate::upstream::Piece;

/// The answer of a model as a stream. The credits are spent when the answer is complete.
pub(crate) async fn answer(
    model: &'static Model,
    prompt: &str,
    held: Held,
) -> Result<impl IntoResponse, ApiError> {
    let mut pieces = Box::pin(model.upstream.stream(prompt).await?);
    // An error before the first piece is a response with its own status.
    let first = pieces.try_next().await?;
    let events = EventStream::new(|completion| {
        let mut ending = Some((completion, held));
        let pieces = stream::iter(first.map(Ok)).chain(pieces);
        let events = pieces.map_ok(move |piece| {
            let (delta, finish_reason) = match piece {
                Piece::Text(text) => (json!({ "content": text }), None),
                Piece::Done => {
                    if let Some((completion, held)) = ending.take() {
                        held.spend();
                        completion.complete();
                    }
                    (json!({}), Some("stop"))
                }
            };
            let chunk = json!({
                "id": "chatcmpl-1",
                "object": "chat.completion.chunk",
                "created": 0,
                "model": model.id,
                "choices": [{ "index": 0, "delta": delta, "finish_reason": finish_reason }],
            });
            Event::default().data(chunk.to_string())
        });
        Sse::new(events).keep_alive(KeepAlive::default())
    });
    Ok(events.with_end_marker("[DONE]").on_error(log::stream))
}

//! What the APIs for chats share: who may ask, what an answer costs, and how it is streamed.

use std::sync::Arc;

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use gateway_errors::{ApiError, EventStream};

use crate::accounts::Held;
use crate::extract::Caller;
use crate::log;
use crate::models::Model;
use crate::provider::Provider;
use crate::upstream::Piece;

/// What an answer costs.
const COST: u32 = 1;

/// A request that may be answered.
pub(crate) struct Admitted {
    pub(crate) model: &'static Model,
    held: Held,
    provider: Arc<Provider>,
}

/// A part of a streamed answer, which each API writes as its own events.
pub(crate) enum Part {
    /// Comes first.
    Start,
    Text(String),
    /// Comes last, if the answer is complete.
    End,
}

/// Writes a part of the answer of a model as events.
pub(crate) type Write = fn(&Model, Part) -> Vec<Event>;

impl Admitted {
    pub(crate) fn new(caller: &Caller, model: &str, has_audio: bool) -> Result<Self, ApiError> {
        let model = Model::find(model)?;
        model.check(&caller.account, has_audio)?;
        Ok(Self {
            model,
            // Held before the provider is asked, so that requests side by side cannot spend a credit twice.
            held: caller.account.hold(COST)?,
            provider: Arc::clone(&caller.provider),
        })
    }

    /// The whole answer. An answer that fails costs nothing.
    pub(crate) async fn ask(self, prompt: &str) -> Result<String, ApiError> {
        let Self { model, .. } = self;
        let answer = model.upstream.ask(model.id, prompt, &self.provider).await?;
        self.held.spend();
        Ok(answer)
    }

    /// The answer as a stream. The credits are spent when the answer is complete.
    pub(crate) async fn stream(
        self,
        prompt: &str,
        write: Write,
    ) -> Result<EventStream<impl axum::response::IntoResponse + use<>>, ApiError> {
        let Self { model, held, .. } = self;
        let pieces = model
            .upstream
            .stream(model.id, prompt, &self.provider)
            .await?;
        let mut pieces = Box::pin(pieces);
        // An error before the first piece is a response with its own status.
        let first = pieces.try_next().await?;
        let events = EventStream::new(|completion| {
            let mut ending = Some((completion, held));
            let pieces = stream::iter(first.map(Ok)).chain(pieces);
            let parts = pieces.map_ok(move |piece| match piece {
                Piece::Text(text) => Part::Text(text),
                Piece::Done => {
                    if let Some((completion, held)) = ending.take() {
                        held.spend();
                        completion.complete();
                    }
                    Part::End
                }
            });
            let parts = stream::once(async { Ok(Part::Start) }).chain(parts);
            let events = parts.map_ok(move |part| {
                let events = write(model, part).into_iter();
                stream::iter(events.map(Ok::<_, ApiError>))
            });
            Sse::new(events.try_flatten()).keep_alive(KeepAlive::default())
        });
        Ok(events.on_error(log::stream))
    }
}

//! The body of a request as it arrives at an axum server.

use core::pin::Pin;
use core::task::{Context, Poll};

use ::axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use http_body_util::{BodyStream, StreamBody};
use pin_project_lite::pin_project;
use tokio::time::{Duration, sleep};

use crate::deadline::with_deadline;

pin_project! {
    /// A body that knows how much of it is still to come, though its parts come as a stream.
    struct Arriving<B> {
        #[pin]
        parts: B,
        hint: SizeHint,
    }
}

/// The body with a deadline. One that is at its end already has none, and stays as it is: a handler
/// may hand it on.
pub(crate) fn arriving(
    body: Body,
    limit: Duration,
    late: impl Fn() -> ::axum::Error + Send + 'static,
) -> Body {
    if body.is_end_stream() {
        return body;
    }
    let hint = body.size_hint();
    let parts = with_deadline(BodyStream::new(body), Box::pin(sleep(limit)), late);
    Body::new(Arriving {
        parts: StreamBody::new(parts),
        hint,
    })
}

impl<B: HttpBody<Data = Bytes>> HttpBody for Arriving<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let this = self.project();
        let frame = this.parts.poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &frame {
            let length = frame.data_ref().map_or(0, Bytes::len);
            let length = u64::try_from(length).unwrap_or(u64::MAX);
            let mut left = SizeHint::new();
            if let Some(upper) = this.hint.upper() {
                left.set_upper(upper.saturating_sub(length));
            }
            left.set_lower(this.hint.lower().saturating_sub(length));
            *this.hint = left;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.hint.exact() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        Clone::clone(&self.hint)
    }
}

//! A timeout for the body of a request.

use core::future::Future;
use core::task::Poll;

use futures_util::FutureExt;
use futures_util::stream::{self, Stream, StreamExt};

/// A body that must arrive before a deadline. Parts that have arrived are returned even after it; a
/// part that is missing when it has passed is an error, and ends the stream.
pub(crate) fn with_deadline<T, E>(
    mut body: impl Stream<Item = Result<T, E>> + Unpin,
    mut deadline: impl Future + Unpin,
    late: impl Fn() -> E,
) -> impl Stream<Item = Result<T, E>> {
    let mut has_ended = false;
    stream::poll_fn(move |context| {
        if has_ended {
            return Poll::Ready(None);
        }
        match body.poll_next_unpin(context) {
            Poll::Pending if deadline.poll_unpin(context).is_ready() => {
                has_ended = true;
                Poll::Ready(Some(Err(late())))
            }
            Poll::Ready(None) => {
                has_ended = true;
                Poll::Ready(None)
            }
            part => part,
        }
    })
}

/// Bodies of axum.
#[cfg(feature = "axum")]
pub(crate) mod axum {
    use core::pin::Pin;
    use core::task::{Context, Poll};

    use ::axum::body::{Body, Bytes, HttpBody};
    use http_body::{Frame, SizeHint};
    use http_body_util::{BodyStream, StreamBody};
    use pin_project_lite::pin_project;
    use tokio::time::{Duration, sleep};

    use super::with_deadline;

    pin_project! {
        /// A stream as a body with a size hint.
        struct Arriving<B> {
            #[pin]
            parts: B,
            hint: SizeHint,
        }
    }

    /// The body with a deadline. A body at its end is returned as it is.
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
}

//! The time that the body of a request may take to arrive.

use core::future::Future;
use core::task::Poll;

use futures_util::FutureExt;
use futures_util::stream::{self, Stream, StreamExt};

/// A body that must arrive in time. What has arrived is handed on, however late it is asked for; a
/// part that is still missing when the deadline has passed is an error, and the last thing there is.
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

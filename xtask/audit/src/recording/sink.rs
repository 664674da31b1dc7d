//! What takes exchanges.

use crate::exchange::Exchange;

/// Takes exchanges. Each lasts for one call.
///
/// A closure is a sink. [`read`](super::read) gives exchanges to several sinks at once, each in a thread of its own, in an
/// order that is only that of the recording within one sink. What depends on the order, such as the first example of a
/// finding, is decided by [`Place`](crate::exchange::Place) after the sinks are merged.
pub trait Sink {
    /// Takes an exchange.
    fn exchange(&mut self, exchange: &Exchange<'_>);
}

impl<F: FnMut(&Exchange<'_>)> Sink for F {
    fn exchange(&mut self, exchange: &Exchange<'_>) {
        self(exchange);
    }
}

//! The way of exchanges from the reader of a format to a sink.

use crate::exchange::{Exchange, Mistaken, Outcome, Place, Request};
use crate::recording::error::{At, Fault, Rest};
use crate::recording::sink::Sink;
use crate::recording::summary::Recording;

/// Numbers and counts exchanges of one recording, and hands them to a sink.
pub(crate) struct Feed<'s, S> {
    sink: &'s mut S,
    number: usize,
    last: u64,
    order: Order,
    pub(crate) recording: Recording,
}

/// Whether responses may belong to earlier requests.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Kept,
    /// The client of the recorder is `http.client` of Python, which takes an interim response for the final one.
    Fragile,
    /// It did so.
    Lost,
}

impl<'s, S: Sink> Feed<'s, S> {
    pub(crate) fn new(sink: &'s mut S, number: usize, recording: Recording) -> Self {
        Self {
            sink,
            number,
            last: 0,
            order: Order::Kept,
            recording,
        }
    }

    /// States that the client of the recorder is `http.client` of Python.
    pub(crate) fn expect_python(&mut self) {
        if self.order == Order::Kept {
            self.order = Order::Fragile;
        }
    }

    /// Hands over the next exchange.
    pub(crate) fn next(&mut self, request: Request<'_>, outcome: Outcome<'_>) {
        let outcome = match (self.order, outcome) {
            (Order::Lost, Outcome::Response(_)) => Outcome::Mistaken(Mistaken::Shifted),
            (Order::Fragile, Outcome::Mistaken(mistaken)) => {
                self.order = Order::Lost;
                Outcome::Mistaken(mistaken)
            }
            (_, outcome) => outcome,
        };
        self.numbered(self.last + 1, request, outcome);
    }

    /// Hands over an exchange with its number.
    pub(crate) fn numbered(&mut self, exchange: u64, request: Request<'_>, outcome: Outcome<'_>) {
        self.last = exchange;
        let place = Place {
            recording: self.number,
            exchange,
        };
        let exchange = Exchange {
            place,
            request,
            outcome,
        };
        self.recording.count(&exchange);
        self.sink.exchange(&exchange);
    }

    /// Counts the next exchange as one that cannot be read.
    pub(crate) fn broken(&mut self, at: At, message: String) {
        self.last += 1;
        let exchange = Some(self.last);
        self.recording.fault(Fault {
            at,
            exchange,
            message,
            rest: Rest::Read,
        });
    }

    /// Ends the recording with a fault.
    pub(crate) fn ended(&mut self, at: At, message: String) {
        self.recording.fault(Fault {
            at,
            exchange: None,
            message,
            rest: Rest::Lost,
        });
    }
}

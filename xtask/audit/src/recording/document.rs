//! The exchanges of a JSON document, each read on its own.

use std::io::BufRead;

use crate::recording::error::At;
use crate::recording::feed::Feed;
use crate::recording::limits::MAX_EXCHANGE;
use crate::recording::scanner::{Layout, Part, Scanner};
use crate::recording::sink::Sink;

/// Why an exchange cannot be read.
pub(crate) struct Bad(pub(crate) String);

impl From<serde_json::Error> for Bad {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<String> for Bad {
    fn from(message: String) -> Self {
        Self(message)
    }
}

impl From<&str> for Bad {
    fn from(message: &str) -> Self {
        Self(message.to_owned())
    }
}

/// Hands each part of a document to `part`. What it does not read is a fault of the recording.
pub(crate) fn read<S: Sink>(
    input: impl BufRead,
    layout: &Layout,
    feed: &mut Feed<'_, S>,
    mut part: impl FnMut(Part, &[u8], &mut Feed<'_, S>) -> Result<(), Bad>,
) {
    let mut scanner = Scanner::new(input);
    let end = scanner.walk(layout, &mut |found| {
        let result = match found.json {
            Some(json) => part(found.part, json, feed),
            None => Err(format!("larger than {MAX_EXCHANGE} bytes").into()),
        };
        if let Err(Bad(message)) = result {
            feed.broken(At::Byte(found.offset), message);
        }
    });
    if let Err(stop) = end {
        feed.ended(At::Byte(scanner.offset()), stop.message());
    }
}

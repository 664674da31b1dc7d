//! What changed between two catalogs, for readers.

mod github;
mod json;
mod markdown;
mod text;

pub use github::github;
pub use json::json;
pub use markdown::markdown;
pub use text::{counts, sum, text};

use super::line_index::{LineIndex, Range};
use crate::Inputs;
use crate::compat::{Change, Diff, Place};

/// Two catalogs and what changed between them. A lock stands for the catalog that was released.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// What is compared with.
    pub old: &'a Inputs,
    /// What is compared.
    pub new: &'a Inputs,
    /// The changes.
    pub diff: &'a Diff,
}

/// The places of both sides.
struct Sides<'a> {
    old: LineIndex<'a>,
    new: LineIndex<'a>,
}

impl<'a> Sides<'a> {
    fn new(compared: Compared<'a>) -> Self {
        Self {
            old: LineIndex::new(compared.old),
            new: LineIndex::new(compared.new),
        }
    }

    /// The file in which a change stands, and where in it.
    fn find(&self, place: Place) -> (&'a str, Range) {
        match place {
            Place::Old(span) => (self.old.name(span), self.old.range(span)),
            Place::New(span) => (self.new.name(span), self.new.range(span)),
        }
    }
}

/// The change in one line.
fn said(change: &Change) -> String {
    format!("{}: {}", change.subject(), change.text)
}

/// The fingerprint, where the change can be accepted and is not.
fn open(change: &Change) -> Option<&str> {
    change.is_open().then_some(change.fingerprint.as_str())
}

//! Reports of the changes between two catalogs.

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

/// Two catalogs and their changes. The old one may be a lock.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The old catalog, or its lock.
    pub old: &'a Inputs,
    /// The new catalog.
    pub new: &'a Inputs,
    /// The changes.
    pub diff: &'a Diff,
}

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

    /// The file of a change, and its range there.
    fn find(&self, place: Place) -> (&'a str, Range) {
        match place {
            Place::Old(span) => (self.old.name(span), self.old.range(span)),
            Place::New(span) => (self.new.name(span), self.new.range(span)),
        }
    }
}

/// The change in one line.
fn summary(change: &Change) -> String {
    format!("{}: {}", change.subject(), change.text)
}

/// The fingerprint of a change that can be accepted and is not.
fn open(change: &Change) -> Option<&str> {
    change.is_open().then_some(change.fingerprint.as_str())
}

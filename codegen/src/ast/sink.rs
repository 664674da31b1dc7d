//! Collects what the decoder reports while serde drives it.

use std::cell::RefCell;

use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::unord_map::UnordMap;
use crate::yaml::node::Scalar;

/// What the decoder finds on its way.
#[derive(Default)]
pub(super) struct Sink {
    found: RefCell<Vec<Diagnostic>>,
    /// The unknown keys, by their places, each with the key that was meant.
    unknown: RefCell<UnordMap<Span, Option<&'static str>>>,
}

impl Sink {
    pub(super) fn into_found(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }

    pub(super) fn push(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    pub(super) fn push_unknown(&self, key: Span, meant: Option<&'static str>) {
        self.unknown.borrow_mut().insert(key, meant);
    }

    /// The name of a key, or the name that was meant; nothing if it is unknown.
    pub(super) fn name_of<'k>(&self, key: &'k Scalar<'_>) -> Option<&'k str> {
        match self.unknown.borrow().get(&key.span) {
            None => Some(&key.text),
            Some(meant) => *meant,
        }
    }
}

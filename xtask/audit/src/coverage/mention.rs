//! The places that name a code.

use serde::Serialize;

/// What a place does with the code that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// It makes the error, or the code as a value: a server that runs it can send the code.
    Emits,
    /// It compares the code, or selects a branch by it.
    Handles,
    /// It is a part of a test.
    Tests,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Place {
    /// The path, with `/` between its parts.
    pub(crate) file: String,
    /// Counts from 1.
    pub(crate) line: usize,
    /// The function of a test, if the code is named in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) test: Option<String>,
}

/// The places that name a code, by what they do with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mentions {
    pub(crate) emitted: Vec<Place>,
    pub(crate) handled: Vec<Place>,
    pub(crate) tested: Vec<Place>,
    /// The sections of the catalog by which the generated crate emits it.
    pub(crate) sections: Vec<&'static str>,
}

impl Mentions {
    pub(crate) fn is_emitted(&self) -> bool {
        !self.emitted.is_empty() || !self.sections.is_empty()
    }

    pub(crate) fn is_tested(&self) -> bool {
        !self.tested.is_empty()
    }

    pub(crate) fn add(&mut self, role: Role, place: Place) {
        match role {
            Role::Emits => self.emitted.push(place),
            Role::Handles => self.handled.push(place),
            Role::Tests => self.tested.push(place),
        }
    }

    /// Sorts the places, and removes those that are there twice: one line can name a code several times.
    pub(crate) fn sort(&mut self) {
        for places in [&mut self.emitted, &mut self.handled, &mut self.tested] {
            places.sort();
            places.dedup();
        }
    }
}

//! Errors as operations send them.

use std::borrow::Cow;

use super::{Code, OwnError, RetryRule, Status};

/// A code as an operation sends it, or as it is sent by itself.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// The code.
    pub code: &'a Code,
    /// What the operation states of it.
    pub own: Option<&'a OwnError>,
}

impl<'a> Sent<'a> {
    /// A code as it is sent where no operation states something else.
    #[must_use]
    pub const fn alone(code: &'a Code) -> Self {
        Self { code, own: None }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> Status {
        self.own
            .map_or_else(|| self.code.status.sent(), |own| own.status)
    }

    /// Whether to try again.
    #[must_use]
    pub fn retry(&self) -> RetryRule {
        self.own.map_or(self.code.retry, |own| own.retry)
    }

    /// What went wrong; empty only where the catalog allows it.
    #[must_use]
    pub fn meaning(&self) -> &'a str {
        let own = self.own.and_then(|own| own.meaning.as_deref());
        own.unwrap_or(&self.code.meaning)
    }

    /// What to do; empty only where the catalog allows it.
    #[must_use]
    pub fn fix(&self) -> &'a str {
        let own = self.own.and_then(|own| own.fix.as_deref());
        own.unwrap_or(&self.code.fix)
    }

    /// What outputs show as the meaning: the meaning, or the template of the message if there is none.
    #[must_use]
    pub fn summary(&self) -> Cow<'a, str> {
        match self.own.and_then(|own| own.meaning.as_deref()) {
            Some(meaning) => Cow::Borrowed(meaning),
            None => self.code.summary(),
        }
    }
}

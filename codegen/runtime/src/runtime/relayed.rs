//! What is sent of the errors of other APIs that are handed on.
//!
//! All functions are inlined, so that only crates that hand errors on compile them.

use crate::catalog::settings::CODE_FORM;
use crate::runtime::deprecation::known_code;
use crate::runtime::shape::{Shape, Slot};
use crate::{ApiError, RetryRule};

/// The largest number that every reader of JSON has without loss: 2 to the power of 53, minus 1.
const LARGEST_NUMBER: u64 = (1 << 53) - 1;

/// What the catalog does not define of an error that is handed on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Relayed {
    pub(crate) code: Option<Box<str>>,
    pub(crate) error_type: Option<Box<str>>,
    /// The retry rule of the received error.
    pub(crate) retry: RetryRule,
}

impl ApiError {
    /// The code of an error of another API, if the error is [handed on](Self::relay) and the catalog does not have
    /// the code.
    #[must_use]
    #[inline]
    pub fn relayed_code(&self) -> Option<&str> {
        self.relayed()?.code.as_deref()
    }

    /// The type of an error of another API, if the error is [handed on](Self::relay) and the catalog does not have
    /// the type.
    #[must_use]
    #[inline]
    pub fn relayed_type(&self) -> Option<&str> {
        self.relayed()?.error_type.as_deref()
    }

    /// The name of the code in the bodies of a shape.
    #[inline]
    pub(crate) fn code_in(&self, shape: &Shape) -> Option<&str> {
        match self.code() {
            Some(code) => Some(shape.code_name(code)),
            None => self.relayed_code().filter(|name| can_have(shape, name)),
        }
    }

    /// The name of the type in the bodies of a shape.
    #[inline]
    pub(crate) fn type_in(&self, shape: &Shape) -> &str {
        if let Some(code) = self.code() {
            return shape.type_of_code(code, self.status());
        }
        // The name of another type or code would be read as that one.
        let states_code = shape.place(Slot::Code).is_some() && self.code_in(shape).is_some();
        let is_free = |name: &&str| {
            shape.maybe_type(name).known().is_none()
                && shape.code_of_type(name, self.status()).is_none()
                && (states_code || known_code(name).is_none())
        };
        let relayed = self.relayed_type().filter(is_free);
        relayed.unwrap_or_else(|| shape.type_name(self.error_type(), self.status()))
    }
}

/// Whether bodies of a shape can have a foreign code. The name of a code of the catalog would be read as that
/// code.
#[inline]
pub(crate) fn can_have(shape: &Shape, code: &str) -> bool {
    let fits = !CODE_FORM.is_number() || is_number(code);
    fits && shape.code(code).is_none() && !shape.is_shared(code)
}

/// Whether the characters are a number of JSON as this crate writes it.
#[inline]
fn is_number(code: &str) -> bool {
    let digits = code.strip_prefix('-').unwrap_or(code);
    let is_plain = code == "0" || !digits.starts_with(['0', '+', '-']);
    is_plain
        && digits
            .parse()
            .is_ok_and(|number: u64| number <= LARGEST_NUMBER)
}

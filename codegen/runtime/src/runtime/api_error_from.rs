//! What converts into an [`ApiError`].

use core::fmt::Write as _;

use crate::runtime::arguments::fill;
use crate::{ApiError, Arguments, ErrorCode};

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl<A: Arguments> From<A> for ApiError {
    fn from(arguments: A) -> Self {
        let error = Self::new(A::CODE);
        let error = match A::CODE.template() {
            Some(template) => error.with_message(fill(template, |name, out| {
                arguments.visit(&mut |known, value| {
                    if known == name {
                        // Writing to a string cannot fail.
                        let _ = write!(out, "{value}");
                    }
                });
            })),
            None => error,
        };
        error.with_arguments(Box::new(arguments))
    }
}

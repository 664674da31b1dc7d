//! Messages with arguments.

use core::fmt::{Display, Write as _};

use crate::{ApiError, ErrorCode};

/// The arguments of a code's message.
///
/// Each code that has arguments has a struct of its own in the module `args`. The struct converts
/// into an [`ApiError`], so an argument cannot be forgotten.
///
/// The trait is sealed: only the structs of this crate have it.
pub trait Arguments: Sealed {
    /// The code that the arguments belong to.
    const CODE: ErrorCode;

    /// Calls `visit` with the name and value of each argument.
    fn visit(&self, visit: &mut Visit<'_>);
}

/// What is called with the name and value of each argument.
pub type Visit<'a> = dyn FnMut(&'static str, &dyn Display) + 'a;

/// Keeps [`Arguments`] to the structs of this crate.
#[allow(unnameable_types, reason = "that is what seals the trait")]
pub trait Sealed {}

impl<A: Arguments> From<A> for ApiError {
    fn from(arguments: A) -> Self {
        let error = Self::new(A::CODE);
        match A::CODE.template() {
            Some(template) => error.with_message(fill(template, &arguments)),
            None => error,
        }
    }
}

/// Replaces each `{name}` by its argument, and `{{` and `}}` by a brace.
fn fill(template: &str, arguments: &impl Arguments) -> String {
    let mut message = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        message.push_str(&rest[..at]);
        let brace = &rest[at..];
        if let Some(after) = brace
            .strip_prefix("{{")
            .or_else(|| brace.strip_prefix("}}"))
        {
            message.push_str(&brace[..1]);
            rest = after;
        } else {
            let end = brace.find('}').unwrap_or(brace.len() - 1);
            let name = &brace[1..end];
            arguments.visit(&mut |known, value| {
                if known == name {
                    // Writing to a string cannot fail.
                    let _ = write!(message, "{value}");
                }
            });
            rest = &brace[end + 1..];
        }
    }
    message.push_str(rest);
    message
}

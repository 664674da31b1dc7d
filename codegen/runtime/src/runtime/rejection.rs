//! Errors for rejected requests and panics.

use core::any::Any;
use std::error::Error;

use crate::ApiError;

/// A longer reason, or name of a field, repeats what the client sent.
const LONGEST: usize = 200;

/// The error of a status, with the request field and the reason of a deserializer.
///
/// A reason that names a type of the server's code is left out.
pub(crate) fn of_request(
    status: u16,
    param: Option<String>,
    reason: Option<&str>,
    cause: impl Into<Box<dyn Error + Send + Sync>>,
) -> ApiError {
    let mut error = ApiError::from_status(status);
    let names_code = |reason: &&str| reason.contains("struct ") || reason.contains("enum ");
    let reason = reason.filter(|reason| reason.len() <= LONGEST && !names_code(reason));
    if let Some(reason) = reason {
        let message = format!("{}: {reason}.", error.message().trim_end_matches('.'));
        error = error.with_message(message);
    }
    if let Some(param) = param.filter(|param| param.len() <= LONGEST) {
        error = error.with_param(param);
    }
    error.with_source(cause)
}

/// The error of a handler that panicked. Its message is for logs.
pub(crate) fn of_panic(panic: &(dyn Any + Send)) -> ApiError {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| panic.downcast_ref::<&'static str>().copied());
    let said = said.unwrap_or("a value that is not a string");
    ApiError::from_status(500).with_source(format!("a handler panicked: {said}"))
}

//! Errors on spans and as events. Needs the feature `tracing`.

use ::tracing::field::display;
use ::tracing::{Span, error, info};

use crate::runtime::seen::Seen;
use crate::telemetry::{CODE, ERROR_TYPE, OPERATION, REQUEST_ID, STATUS};

/// Records an error on the current span, in the fields that it declares, and as an event. Neither has the message, the
/// arguments or the source of the error.
pub(crate) fn record(seen: Seen, operation: Option<&'static str>, request_id: Option<&str>) {
    let span = Span::current();
    span.record(CODE, seen.code_name());
    span.record(OPERATION, operation);
    span.record(STATUS, seen.sent());
    span.record(REQUEST_ID, request_id);
    // By the conventions, a response with a status below 500 is not an error of a server's span.
    let is_failure = seen.status >= 500 || seen.is_in_stream;
    if is_failure {
        match seen.code {
            Some(code) => span.record(ERROR_TYPE, code.as_str()),
            None => span.record(ERROR_TYPE, display(seen.status)),
        };
    }
    macro_rules! emit {
        ($level:ident, $error_type:expr) => {
            $level!(
                { CODE } = seen.code_name(),
                { OPERATION } = operation,
                { ERROR_TYPE } = $error_type,
                { STATUS } = seen.sent(),
                { REQUEST_ID } = request_id,
                "error"
            )
        };
    }
    match (seen.status >= 500, seen.code) {
        (true, Some(code)) => emit!(error, code.as_str()),
        (true, None) => emit!(error, display(seen.status)),
        (false, Some(code)) => emit!(info, code.as_str()),
        (false, None) => emit!(info, display(seen.status)),
    }
}

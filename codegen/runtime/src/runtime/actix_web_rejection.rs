//! Requests that actix-web rejects. Needs the feature `actix-web`.

use core::time::Duration;

use ::actix_web::Error;
use ::actix_web::error::{JsonPayloadError, QueryPayloadError};

use crate::ApiError;
use crate::runtime::rejection::of_request;

/// The error of a response of actix-web, with the reason why it rejected the request.
pub(crate) fn of_rejection(
    status: u16,
    error: Option<&Error>,
    delay: Option<Duration>,
) -> ApiError {
    if let Some(rejected) = error.and_then(Error::as_error::<JsonPayloadError>) {
        // The statuses that axum uses for these; actix-web uses 400 for both.
        match rejected {
            JsonPayloadError::ContentType => return ApiError::from_status(415),
            JsonPayloadError::Deserialize(reason) => {
                let status = if reason.is_data() { 422 } else { status };
                let said = reason.to_string();
                return of_request(status, None, Some(&said), rejected.to_string());
            }
            _ => {}
        }
    }
    if let Some(rejected) = error.and_then(Error::as_error::<QueryPayloadError>) {
        let QueryPayloadError::Deserialize(reason) = rejected else {
            return ApiError::from_status(status);
        };
        return of_request(
            status,
            None,
            Some(&reason.to_string()),
            rejected.to_string(),
        );
    }
    ApiError::from_bare(status, delay)
}

//! Conversions into the types of the crate `http`. Needs the feature `http`.

use std::sync::Arc;

use ::http::header::{HeaderMap, HeaderName, HeaderValue, VARY};
use ::http::{Response, StatusCode};

use crate::{ApiError, EnvelopeStyle, ErrorCode};

impl ApiError {
    /// The error that a response was made of, for logs: its source, its message, and in a server of
    /// axum that is wrapped the id of its request.
    ///
    /// Middleware that makes a new response and leaves out the extensions of the old one loses it.
    ///
    /// ```
    /// use runtime::{ApiError, ErrorCode};
    ///
    /// let error = ApiError::new(ErrorCode::FileNotFound).with_source("disk full");
    /// let response: http::Response<String> = error.into();
    /// let error = ApiError::from_response(&response).unwrap();
    /// assert_eq!(std::error::Error::source(error).unwrap().to_string(), "disk full");
    /// ```
    #[must_use]
    pub fn from_response<B>(response: &Response<B>) -> Option<&Self> {
        let error = response.extensions().get::<Arc<Self>>()?;
        Some(error)
    }

    /// The response in a style, with the headers of another response that it stands for.
    pub(crate) fn respond<B: From<String>>(
        self: Arc<Self>,
        style: EnvelopeStyle,
        mut headers: HeaderMap,
    ) -> Response<B> {
        for (name, value) in self.headers_in(style) {
            // Every value is visible ASCII: the crate has only such constants, and takes no other id.
            let Ok(value) = HeaderValue::from_str(&value) else {
                continue;
            };
            if name != "vary" {
                headers.insert(HeaderName::from_static(name), value);
            } else if headers.get_all(name).iter().all(|other| other != value) {
                // A response may vary with other headers too.
                headers.append(VARY, value);
            }
        }
        let mut body = String::with_capacity(256);
        self.write_json_in(style, &mut body);
        let mut response = Response::new(B::from(body));
        *response.status_mut() = status(self.status());
        *response.headers_mut() = headers;
        response.extensions_mut().insert(self);
        response
    }
}

/// The response that the error is, with any body that can be made of a text.
///
/// ```
/// use runtime::{ApiError, ErrorCode};
///
/// let response: http::Response<String> = ApiError::new(ErrorCode::FileNotFound).into();
/// assert_eq!(response.status().as_u16(), ErrorCode::FileNotFound.status());
/// assert_eq!(response.body(), ErrorCode::FileNotFound.body_json());
/// assert!(response.headers().contains_key("x-should-retry"));
/// ```
impl<B: From<String>> From<ApiError> for Response<B> {
    fn from(error: ApiError) -> Self {
        let style = error.style();
        Arc::new(error).respond(style, HeaderMap::new())
    }
}

/// The status of the code.
impl From<ErrorCode> for StatusCode {
    fn from(code: ErrorCode) -> Self {
        status(code.status())
    }
}

/// Statuses of errors are from 400 to 599, all of which the crate `http` takes.
fn status(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

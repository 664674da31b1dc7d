//! `http` integration: responses and statuses. Needs the feature `http`.

use std::sync::Arc;

use ::http::header::{HeaderMap, HeaderName, HeaderValue, VARY};
use ::http::{Response, StatusCode};

use crate::runtime::headers::{is_of_crate, lists};
use crate::{ApiError, EnvelopeStyle, ErrorCode};

impl ApiError {
    /// The error of a response, for logs: its message, its source, and in a wrapped axum server the
    /// request id. It is an extension of the response.
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

    /// The response in a style, with the headers of the response that it replaces. These win over those of
    /// the error, except what the crate sets on every response.
    pub(crate) fn respond<B: From<String>>(
        self: Arc<Self>,
        style: EnvelopeStyle,
        mut headers: HeaderMap,
    ) -> Response<B> {
        let mut own = HeaderMap::new();
        for (name, value) in self.headers_in(style) {
            // Names are tokens, and values visible ASCII: constants are, and others are checked.
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&value)) {
                own.append(name, value);
            }
        }
        for name in own.keys() {
            let values = own.get_all(name).iter();
            if name == VARY {
                // A response may vary with other headers too.
                for value in values {
                    let mut others = headers.get_all(VARY).iter().map(HeaderValue::as_bytes);
                    if !others.any(|other| lists(other, value.as_bytes())) {
                        headers.append(VARY, value.clone());
                    }
                }
            } else if is_of_crate(name.as_str()) || !headers.contains_key(name) {
                headers.remove(name);
                for value in values {
                    headers.append(name, value.clone());
                }
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

/// The response with the error as its body, for any body type that a `String` converts into.
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

/// `http` accepts every status of an error, 400 to 599.
fn status(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

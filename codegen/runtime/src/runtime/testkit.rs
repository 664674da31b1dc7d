//! Assertions about responses, for tests of servers. Needs the feature `testkit`.

mod mismatch;
mod stream;

use core::fmt;

use mismatch::Differences;
pub use stream::{EndMarker, check_stream};

use crate::runtime::tables::OwnError;
use crate::{ErrorCode, ErrorType, ReceivedError, RetryRule};

/// Asserts that a response is an error: its status, content type, type, code, request id,
/// `x-should-retry` and `Retry-After`, and that this crate could have written the body. It does not
/// check the message, `param` and details, and returns the [`ReceivedError`] for that.
///
/// It takes an `http::Response`, or a response of axum or actix-web with that feature; and a code, an error of an
/// operation, or a type and a status for an error without code. It reports all differences at once.
///
/// For an error that is [handed on](crate::ApiError::relay), it takes the name of the foreign code, or of the
/// type if the body has no code, and a status. It checks that type and retry rule could be handed on.
///
/// ```
/// use runtime::{ApiError, ErrorCode, assert_error};
///
/// let error = ApiError::new(ErrorCode::FileNotFound).with_request_id("req_1");
/// let response: http::Response<String> = error.into();
/// let received = assert_error!(response, ErrorCode::FileNotFound);
/// assert_eq!(received.request_id.as_deref(), Some("req_1"));
/// ```
///
/// # Panics
///
/// Panics if the response is another, or if its body is not complete, as that of a stream.
#[macro_export]
macro_rules! assert_error {
    ($response:expr, $code:expr $(,)?) => {
        match $crate::testkit::check($response, $code) {
            Ok(received) => received,
            Err(differences) => panic!("{differences}"),
        }
    };
    ($response:expr, $error_type:expr, $status:expr $(,)?) => {
        $crate::assert_error!($response, ($error_type, $status))
    };
}

/// A response with its complete body.
#[derive(Clone, Debug)]
pub struct TestResponse {
    /// The status.
    pub status: u16,
    /// The headers; names are in lower case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Vec<u8>,
}

impl TestResponse {
    /// What a client reads from the response.
    pub(crate) fn read(&self) -> ReceivedError {
        let headers = self.headers.iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.as_slice()));
        ReceivedError::from_parts(self.status, headers, &self.body)
    }
}

/// Conversion of responses for checks.
pub trait IntoTestResponse {
    /// Converts the response.
    ///
    /// # Panics
    ///
    /// Panics if the body is not complete, as that of a stream.
    #[track_caller]
    fn into_test_response(self) -> TestResponse;
}

impl IntoTestResponse for TestResponse {
    fn into_test_response(self) -> TestResponse {
        self
    }
}

/// Conversion of complete bodies.
pub trait IntoBodyBytes {
    /// The bytes of the body.
    ///
    /// # Panics
    ///
    /// Panics if the body is not complete, as that of a stream.
    #[track_caller]
    fn into_bytes(self) -> Vec<u8>;
}

macro_rules! complete_bodies {
    ($($(#[$attribute:meta])? $body:ty;)+) => {$(
        $(#[$attribute])?
        impl IntoBodyBytes for $body {
            fn into_bytes(self) -> Vec<u8> {
                self.into()
            }
        }
    )+};
}

complete_bodies! {
    Vec<u8>;
    String;
    &[u8];
    &str;
    #[cfg(feature = "axum")] ::axum::body::Bytes;
}

#[cfg(any(feature = "axum", feature = "actix-web"))]
#[track_caller]
fn drain<E: core::fmt::Display>(
    mut next: impl FnMut(&mut core::task::Context<'_>) -> core::task::Poll<Option<Result<Vec<u8>, E>>>,
) -> Vec<u8> {
    use core::task::{Context, Poll, Waker};

    let mut context = Context::from_waker(Waker::noop());
    let mut bytes = Vec::new();
    loop {
        match next(&mut context) {
            Poll::Ready(Some(Ok(part))) => bytes.extend(part),
            Poll::Ready(Some(Err(error))) => panic!("the body cannot be read: {error}"),
            Poll::Ready(None) => return bytes,
            Poll::Pending => {
                panic!("the body is not complete: read it first, and check the `TestResponse`")
            }
        }
    }
}

#[cfg(feature = "axum")]
impl IntoBodyBytes for ::axum::body::Body {
    fn into_bytes(mut self) -> Vec<u8> {
        use ::axum::body::HttpBody;

        drain(|context| {
            let frame = core::pin::Pin::new(&mut self).poll_frame(context);
            frame.map_ok(|frame| frame.into_data().map_or(Vec::new(), |data| data.to_vec()))
        })
    }
}

impl<B: IntoBodyBytes> IntoTestResponse for ::http::Response<B> {
    fn into_test_response(self) -> TestResponse {
        let (parts, body) = self.into_parts();
        let headers = parts.headers.iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
        TestResponse {
            status: parts.status.as_u16(),
            headers: headers.collect(),
            body: body.into_bytes(),
        }
    }
}

#[cfg(feature = "actix-web")]
impl<B: ::actix_web::body::MessageBody> IntoTestResponse for ::actix_web::HttpResponse<B> {
    fn into_test_response(self) -> TestResponse {
        let (head, body) = self.into_parts();
        let headers = head.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
        let mut body = Box::pin(body);
        let body = drain(|context| {
            let part = body.as_mut().poll_next(context);
            let part = part.map_ok(|part| part.to_vec());
            part.map_err(|error| error.into().to_string())
        });
        TestResponse {
            status: head.status().as_u16(),
            headers: headers.collect(),
            body,
        }
    }
}

#[cfg(feature = "actix-web")]
impl<B: ::actix_web::body::MessageBody> IntoTestResponse for ::actix_web::dev::ServiceResponse<B> {
    fn into_test_response(self) -> TestResponse {
        let (_, response) = self.into_parts();
        response.into_test_response()
    }
}

/// The response to an error that a service of actix-web returns.
#[cfg(feature = "actix-web")]
impl IntoTestResponse for ::actix_web::Error {
    fn into_test_response(self) -> TestResponse {
        self.error_response().into_test_response()
    }
}

/// The expected error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    pub(crate) status: u16,
    pub(crate) names: Names,
    /// What the operation of the error states of its code.
    pub(crate) own: Option<&'static OwnError>,
}

/// What identifies the expected error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    Code(ErrorCode),
    /// A type without code.
    Type(ErrorType),
    /// The code of another API, or the type if the body has no code.
    Relayed(&'static str),
}

impl Expected {
    /// The code, unless the error has none or that of another API.
    pub(crate) fn code(self) -> Option<ErrorCode> {
        match self.names {
            Names::Code(code) => Some(code),
            Names::Type(_) | Names::Relayed(_) => None,
        }
    }

    /// The error of an operation.
    #[allow(dead_code, reason = "a catalog may have no operations")]
    pub(crate) fn of_operation(code: ErrorCode, own: Option<&'static OwnError>) -> Self {
        Self {
            status: own.map_or(code.status(), |own| own.status),
            own,
            ..code.into()
        }
    }

    /// The retry rule, unless the error has that of another API.
    pub(crate) fn retry(self) -> Option<RetryRule> {
        match self.names {
            Names::Code(code) => Some(code.retry_with(self.status)),
            Names::Type(_) => Some(RetryRule::from_status(self.status)),
            Names::Relayed(_) => None,
        }
    }
}

/// The name of the code, with the status if it is another, or of the type with the status.
impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.names {
            Names::Code(code) if code.status() == self.status => {
                return formatter.write_str(code.as_str());
            }
            Names::Code(code) => code.as_str(),
            Names::Type(error_type) => error_type.as_str(),
            Names::Relayed(name) => name,
        };
        write!(formatter, "{name} with status {}", self.status)
    }
}

impl From<ErrorCode> for Expected {
    fn from(code: ErrorCode) -> Self {
        Self {
            status: code.status(),
            names: Names::Code(code),
            own: None,
        }
    }
}

/// An error without code.
impl From<(ErrorType, u16)> for Expected {
    fn from((error_type, status): (ErrorType, u16)) -> Self {
        Self {
            status,
            names: Names::Type(error_type),
            own: None,
        }
    }
}

/// An error that is handed on, with the name of the provider.
impl From<(&'static str, u16)> for Expected {
    fn from((name, status): (&'static str, u16)) -> Self {
        let known = ErrorCode::from_wire(name).map(Names::Code);
        Self {
            status,
            names: known.unwrap_or(Names::Relayed(name)),
            own: None,
        }
    }
}

/// Checks that a response is the expected error: the function of [`assert_error!`](crate::assert_error).
///
/// # Errors
///
/// Fails with a list of all differences, and the body.
///
/// # Panics
///
/// Panics if the body of the response is not complete, as that of a stream.
#[track_caller]
pub fn check(
    response: impl IntoTestResponse,
    expected: impl Into<Expected>,
) -> Result<ReceivedError, String> {
    let answer = response.into_test_response();
    let expected = expected.into();
    let received = answer.read();
    let differences = Differences::between(&answer, &received, expected);
    if !differences.is_empty() {
        return Err(format!(
            "the response is not the error {expected}:\n{differences}body: {}",
            String::from_utf8_lossy(&answer.body)
        ));
    }
    Ok(received)
}

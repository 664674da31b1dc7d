//! The error that handlers return.

pub(crate) mod of_operation;

use core::fmt;
use core::time::Duration;
use std::borrow::Cow;

use crate::catalog::settings::{BACKOFF, ENVELOPE_STYLES};
use crate::runtime::arguments::{AnyArguments, Arguments};
use crate::runtime::headers::OwnHeaders;
use crate::runtime::relayed::Relayed;
use crate::runtime::request_id::RequestId;
use crate::runtime::shape::Slot;
use crate::runtime::tables::OwnError;
use crate::{EnvelopeStyle, ErrorCode, ErrorType, RetryRule};

type Source = Box<dyn std::error::Error + Send + Sync + 'static>;

/// An error of the API, ready to be sent to a client.
///
/// It is one pointer wide, so a `Result` with it is as small as one with a `Box`. Its source is for
/// logs: it is part of the error chain, never of the response.
///
/// It serialises as the body of the response, and deserialises from it. If the body of an error without
/// code does not contain the status, the default status of the type is used.
///
/// ```
/// use runtime::{ApiError, ErrorCode};
///
/// fn open(path: &str) -> Result<std::fs::File, ApiError> {
///     std::fs::File::open(path).map_err(|cause| {
///         ApiError::new(ErrorCode::FileNotFound)
///             .with_message(format!("There is no {path:?}."))
///             .with_source(cause)
///     })
/// }
///
/// let error = open("no/such/file").unwrap_err();
/// assert_eq!(error.status(), ErrorCode::FileNotFound.status());
/// assert_eq!(error.to_string(), "There is no \"no/such/file\".");
/// assert!(std::error::Error::source(&error).is_some());
/// ```
pub struct ApiError(Box<Inner>);

struct Inner {
    code: Option<ErrorCode>,
    error_type: ErrorType,
    status: u16,
    /// What an operation states of the code.
    own: Option<&'static OwnError>,
    style: EnvelopeStyle,
    /// The message, unless it is that of the code or type.
    message: Option<Cow<'static, str>>,
    param: Param,
    instance: Option<Box<str>>,
    request_id: RequestId,
    retry_after: Option<Duration>,
    headers: OwnHeaders,
    arguments: Option<Box<dyn AnyArguments>>,
    source: Option<Source>,
    /// What the catalog does not define of an error that is handed on.
    relayed: Option<Box<Relayed>>,
    /// The slots that the error fills with something else than the catalog.
    set: u16,
}

/// The request field that caused the error.
enum Param {
    /// The one of the code, if it has one.
    OfCode,
    /// This one.
    Named(Cow<'static, str>),
    /// None, even if the code has one.
    None,
}

impl ApiError {
    /// An error with this code, and with the type, status, message and `param` of the code.
    ///
    /// For a code with arguments, prefer its struct in the module `args`: without arguments, the
    /// message is the meaning of the code, and the body has no details.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self::build(Some(code), code.error_type(), code.status())
    }

    /// An error with a type and no code, with the default status of the type.
    #[must_use]
    pub fn from_type(error_type: ErrorType) -> Self {
        Self::build(None, error_type, error_type.default_status())
    }

    /// An error whose parts are known to fit.
    pub(crate) fn build(code: Option<ErrorCode>, error_type: ErrorType, status: u16) -> Self {
        Self(Box::new(Inner {
            code,
            error_type,
            status,
            own: None,
            style: ENVELOPE_STYLES[0],
            message: None,
            param: Param::OfCode,
            instance: None,
            request_id: RequestId::default(),
            retry_after: None,
            headers: OwnHeaders::default(),
            arguments: None,
            source: None,
            relayed: None,
            set: 0,
        }))
    }

    /// Replaces the message. A blank message is ignored, so that every response has one.
    #[must_use]
    pub fn with_message(self, message: impl Into<Cow<'static, str>>) -> Self {
        self.with_text(message.into())
    }

    fn with_text(mut self, message: Cow<'static, str>) -> Self {
        if !message.trim().is_empty() {
            self.0.message = Some(message);
            self.0.set |= Slot::Message.bit();
        }
        self
    }

    /// Sets the request field that caused the error. An empty name removes the one of the code.
    #[must_use]
    pub fn with_param(mut self, param: impl Into<Cow<'static, str>>) -> Self {
        let param = param.into();
        self.0.param = if param.is_empty() {
            Param::None
        } else {
            Param::Named(param)
        };
        self.0.set |= Slot::Param.bit();
        self
    }

    /// Chooses the style of the body by the `Accept` header of the request: see
    /// [`EnvelopeStyle::from_accept`].
    ///
    /// ```
    /// use runtime::{ApiError, ENVELOPE_STYLES, ErrorCode};
    ///
    /// let error = ApiError::new(ErrorCode::FileNotFound).with_accept("text/html");
    /// assert_eq!(error.style(), ENVELOPE_STYLES[0]);
    /// ```
    #[must_use]
    pub fn with_accept(mut self, accept: &str) -> Self {
        self.0.style = EnvelopeStyle::from_accept(accept);
        self
    }

    /// Chooses the style of the body.
    ///
    /// ```
    /// use runtime::{ApiError, ENVELOPE_STYLES, ErrorCode};
    ///
    /// for style in ENVELOPE_STYLES {
    ///     let error = ApiError::new(ErrorCode::FileNotFound).with_style(*style);
    ///     assert_eq!(error.style(), *style);
    /// }
    /// ```
    #[must_use]
    pub fn with_style(mut self, style: EnvelopeStyle) -> Self {
        self.0.style = style;
        self
    }

    /// Identifies this occurrence in bodies that contain the slot `instance`, such as problem details, by a
    /// URI reference such as the path of the request. Characters that a URI cannot contain are percent-encoded; an empty string
    /// removes an earlier one.
    ///
    /// Source: RFC 9457, section 3.1.5.
    #[must_use]
    #[inline]
    pub fn with_instance(mut self, uri: &str) -> Self {
        self.0.instance = (!uri.is_empty()).then(|| crate::runtime::uri::uri(uri).into());
        self.0.set |= Slot::Instance.bit();
        self
    }

    /// Sets the request id, which the response repeats in a header.
    ///
    /// Ids often come from clients. An id that is empty, longer than 256 bytes or not visible ASCII is
    /// ignored, so that it cannot smuggle a header into the response.
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<Box<str>>) -> Self {
        self.0.request_id.set(request_id.into());
        self
    }

    /// Asks the client to wait this long before a retry: see [`retry_after`](Self::retry_after) for what
    /// the response contains.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use runtime::{ApiError, ErrorCode, MAX_RETRY_AFTER};
    ///
    /// let error = |delay| ApiError::new(ErrorCode::FileNotFound).with_retry_after(delay);
    /// let sent = error(Duration::from_secs(3_600)).retry_after();
    /// assert!(sent.is_none_or(|delay| delay == MAX_RETRY_AFTER));
    /// ```
    #[must_use]
    pub fn with_retry_after(mut self, delay: Duration) -> Self {
        self.0.retry_after = Some(delay);
        self.0.set |= Slot::RetryAfter.bit();
        self
    }

    /// Keeps what caused the error, for logs. It never reaches the response.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Keeps the arguments of the code, for the details and faults of the body.
    pub(crate) fn with_arguments(mut self, arguments: Box<dyn AnyArguments>) -> Self {
        self.0.arguments = Some(arguments);
        self.0.set |= Slot::Details.bit() | Slot::Errors.bit();
        self
    }

    /// The code of the catalog, if the error has one.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        self.0.code
    }

    /// The type.
    #[must_use]
    pub fn error_type(&self) -> ErrorType {
        self.0.error_type
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The message.
    #[must_use]
    pub fn message(&self) -> &str {
        match (&self.0.message, self.0.code) {
            (Some(message), _) => message,
            (None, Some(code)) => code.message(),
            (None, None) => self.0.error_type.message(),
        }
    }

    /// The request field that caused the error, if there is one.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        match &self.0.param {
            Param::OfCode => self.0.code.and_then(ErrorCode::param),
            Param::Named(param) => Some(param),
            Param::None => None,
        }
    }

    /// The style of the body.
    #[must_use]
    pub fn style(&self) -> EnvelopeStyle {
        self.0.style
    }

    /// What identifies this occurrence, if set.
    #[must_use]
    pub fn instance(&self) -> Option<&str> {
        self.0.instance.as_deref()
    }

    /// The arguments of the error, including sensitive ones, for separate logs and for tests.
    #[must_use]
    pub fn arguments<A: Arguments>(&self) -> Option<&A> {
        let arguments = self.0.arguments.as_deref()?;
        arguments.as_any().downcast_ref()
    }

    /// The request id, if set.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.get()
    }

    /// How long the response asks the client to wait before a retry: whole seconds, rounded up, from 1
    /// to [`MAX_RETRY_AFTER`](crate::MAX_RETRY_AFTER). Many clients ignore a longer delay, and some retry at once after 0.
    ///
    /// The default of a code with the rule `after` is the first delay of the catalog's backoff. Only such
    /// a code has a delay with status 413: some clients upload again for no other reason.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let rule = self.retry();
        let promised = (rule == RetryRule::After).then_some(BACKOFF.initial);
        rule.bounded(self.0.status, self.0.retry_after.or(promised)?)
    }

    /// Whether and how a client may retry: by the code, by the received error if it is [handed on](Self::relay),
    /// else by the status.
    #[must_use]
    pub fn retry(&self) -> RetryRule {
        match (self.0.code, &self.0.relayed) {
            (Some(code), _) => code.retry_with(self.0.status),
            (None, Some(relayed)) => relayed.retry,
            (None, None) => RetryRule::from_status(self.0.status),
        }
    }
}

impl ApiError {
    pub(crate) fn own_headers(&self) -> &OwnHeaders {
        &self.0.headers
    }

    pub(crate) fn own_headers_mut(&mut self) -> &mut OwnHeaders {
        &mut self.0.headers
    }

    /// The arguments of any code.
    pub(crate) fn any_arguments(&self) -> Option<&dyn AnyArguments> {
        self.0.arguments.as_deref()
    }

    pub(crate) fn relayed(&self) -> Option<&Relayed> {
        self.0.relayed.as_deref()
    }

    pub(crate) fn relayed_mut(&mut self) -> &mut Option<Box<Relayed>> {
        &mut self.0.relayed
    }

    /// The slots that the error fills with something else than the catalog.
    pub(crate) fn set_slots(&self) -> u16 {
        self.0.set | self.0.request_id.set_slot()
    }

    /// Sets the id of the request that a server answers with the error, once.
    #[cfg(any(feature = "tower", feature = "actix-web"))]
    pub(crate) fn identify(&self, request_id: &str) {
        self.0.request_id.identify(request_id);
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ApiError")
            .field("code", &self.0.code)
            .field("error_type", &self.0.error_type)
            .field("relayed", &self.0.relayed)
            .field("status", &self.0.status)
            .field("message", &self.message())
            .field("param", &self.param())
            .field("arguments", &self.0.arguments)
            .field("instance", &self.0.instance)
            .field("request_id", &self.request_id())
            .field("retry_after", &self.0.retry_after)
            .field("headers", &self.0.headers)
            .field("source", &self.0.source)
            .finish()
    }
}

impl std::error::Error for ApiError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}

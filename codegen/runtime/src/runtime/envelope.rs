//! The body of an error response in the style `openai`.

use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::catalog::settings::NULL_PARAM;
use crate::runtime::fast_path::Canonical;
use crate::runtime::serde_impls::read_record;
use crate::{ApiError, Details, EnvelopeStyle, ErrorCode, ErrorType};

/// The body of an error response, with its members in the order of the documentation.
///
/// It serialises as `{"error":{"message":…,"type":…,"code":…,"param":…}}`, in any format of serde;
/// [`ApiError::to_json`] writes the same JSON without it. Only known codes and types can be read: a
/// client reads any response with [`ReceivedError::from_parts`](crate::ReceivedError::from_parts).
///
/// ```
/// use runtime::{ApiError, Envelope, ErrorCode};
///
/// let error = ApiError::new(ErrorCode::FileNotFound).with_param("name");
/// let json = serde_json::to_string(&Envelope::new(&error)).unwrap();
/// let envelope: Envelope<'_> = serde_json::from_str(&json).unwrap();
/// assert_eq!(envelope.code, Some(ErrorCode::FileNotFound));
/// assert_eq!(envelope.param.as_deref(), Some("name"));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Envelope<'a> {
    /// What happened, for people.
    pub message: Cow<'a, str>,
    /// The type.
    pub error_type: ErrorType,
    /// The code; null in the body if the error has none.
    pub code: Option<ErrorCode>,
    /// The request field that caused the error.
    pub param: Option<Cow<'a, str>>,
    /// The arguments of the code.
    pub details: Option<Details>,
}

impl<'a> Envelope<'a> {
    /// Reads the body of a response, without a copy if it has the layout of this crate.
    ///
    /// # Errors
    ///
    /// Fails if the body is not an envelope, or has an unknown code or type.
    ///
    /// ```
    /// use runtime::{ApiError, Envelope, ErrorCode};
    ///
    /// let body = ApiError::new(ErrorCode::FileNotFound).to_json();
    /// if let Ok(envelope) = Envelope::from_json(body.as_bytes()) {
    ///     assert_eq!(envelope.code, Some(ErrorCode::FileNotFound));
    /// }
    /// assert!(Envelope::from_json(b"<html>").is_err());
    /// ```
    // Inlined, so that only crates that call it compile serde_json's reader for it.
    #[inline]
    pub fn from_json(body: &'a [u8]) -> Result<Self, serde_json::Error> {
        match Self::canonical(body) {
            Some(envelope) => Ok(envelope),
            None => serde_json::from_slice(body),
        }
    }

    fn canonical(body: &'a [u8]) -> Option<Self> {
        let canonical = Canonical::read(body);
        let code = match canonical.code {
            Some(name) => Some(ErrorCode::from_wire(name)?),
            None => None,
        };
        Some(Self {
            message: canonical.message?.into(),
            error_type: ErrorType::from_wire(canonical.error_type?)?,
            code,
            param: canonical.param.map(Cow::Borrowed),
            details: None,
        })
    }

    /// The body of a response with this error.
    #[must_use]
    pub fn new(error: &'a ApiError) -> Self {
        Self {
            message: error.message().into(),
            error_type: error.error_type(),
            code: error.code(),
            param: error.param().map(Cow::Borrowed),
            details: error.details(),
        }
    }
}

impl Serialize for Envelope<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut envelope = serializer.serialize_struct("Envelope", 1)?;
        envelope.serialize_field("error", &WrittenMembers(self))?;
        envelope.end()
    }
}

struct WrittenMembers<'a>(&'a Envelope<'a>);

impl Serialize for WrittenMembers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Envelope {
            message,
            error_type,
            code,
            param,
            details,
        } = self.0;
        let with_param = param.is_some() || NULL_PARAM;
        let count = 3 + usize::from(with_param) + usize::from(details.is_some());
        let mut members = serializer.serialize_struct("Error", count)?;
        members.serialize_field("message", message)?;
        members.serialize_field("type", error_type)?;
        members.serialize_field("code", code)?;
        if with_param {
            members.serialize_field("param", param)?;
        }
        if let Some(details) = details {
            members.serialize_field("details", details)?;
        }
        members.end()
    }
}

struct ReadEnvelope {
    error: Members,
}

read_record!(ReadEnvelope { error = "error" });

/// The members of an envelope as they are read.
pub(crate) struct Members {
    message: String,
    error_type: ErrorType,
    code: Option<ErrorCode>,
    param: Option<String>,
    details: Option<Details>,
}

read_record!(Members {
    message = "message",
    error_type = "type",
    code = "code",
    param = "param",
    details = "details",
});

impl From<Members> for Envelope<'_> {
    fn from(members: Members) -> Self {
        Self {
            message: members.message.into(),
            error_type: members.error_type,
            code: members.code,
            param: members.param.map(Cow::Owned),
            details: members.details,
        }
    }
}

impl<'de> Deserialize<'de> for Envelope<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ReadEnvelope::deserialize(deserializer).map(|envelope| envelope.error.into())
    }
}

/// The error of a body. Its code determines type and status, if it has one.
impl From<Envelope<'_>> for ApiError {
    fn from(envelope: Envelope<'_>) -> Self {
        let error = match envelope.code {
            Some(code) => Self::new(code),
            None => Self::from_type(envelope.error_type),
        };
        error
            .with_read(envelope.message, envelope.param, envelope.details)
            .with_accept(EnvelopeStyle::OpenAi.media_type())
    }
}

impl ApiError {
    /// Sets the members of a body other than code, type and status.
    pub(crate) fn with_read(
        self,
        message: Cow<'_, str>,
        param: Option<Cow<'_, str>>,
        details: Option<Details>,
    ) -> Self {
        let error = if message == self.message() {
            self
        } else {
            self.with_message(message.into_owned())
        };
        let error = if param.as_deref() == error.param() {
            error
        } else {
            error.with_param(param.unwrap_or_default().into_owned())
        };
        match details {
            Some(details) => error.with_arguments(Box::new(details)),
            None => error,
        }
    }
}

//! The body of an error response.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::settings::NULL_PARAM;
use crate::{ApiError, ErrorCode, ErrorType};

/// The body of an error response, with its members in the order of the documentation.
///
/// It serialises as `{"error":{"message":…,"type":…,"code":…,"param":…}}`, in any format of serde;
/// [`ApiError::to_json`] writes the same as JSON without it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Envelope<'a> {
    /// What happened, for people.
    pub message: &'a str,
    /// The type.
    pub error_type: ErrorType,
    /// The code; null on the wire where the error has none.
    pub code: Option<ErrorCode>,
    /// The request field at fault.
    pub param: Option<&'a str>,
}

impl<'a> Envelope<'a> {
    /// The body of a response with this error.
    #[must_use]
    pub fn new(error: &'a ApiError) -> Self {
        Self {
            message: error.message(),
            error_type: error.error_type(),
            code: error.code(),
            param: error.param(),
        }
    }
}

impl Serialize for Envelope<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut envelope = serializer.serialize_struct("Envelope", 1)?;
        envelope.serialize_field("error", &Members(self))?;
        envelope.end()
    }
}

struct Members<'a>(&'a Envelope<'a>);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Envelope {
            message,
            error_type,
            code,
            param,
        } = self.0;
        let with_param = param.is_some() || NULL_PARAM;
        let mut members = serializer.serialize_struct("Error", 3 + usize::from(with_param))?;
        members.serialize_field("message", message)?;
        members.serialize_field("type", error_type)?;
        members.serialize_field("code", code)?;
        if with_param {
            members.serialize_field("param", param)?;
        }
        members.end()
    }
}

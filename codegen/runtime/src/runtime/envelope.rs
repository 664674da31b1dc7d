//! The body of an error response, as a value.

use core::fmt;
use core::time::Duration;
use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, Serializer};

use crate::catalog::settings::{ENVELOPE_STYLES, FAULTS};
use crate::runtime::details::ReadArguments;
use crate::runtime::fast_path::Canonical;
use crate::runtime::json_tree::Tree;
use crate::runtime::read_shape::{Filled, find};
use crate::runtime::relayed::Relayed;
use crate::runtime::shape::{Shape, Slot};
use crate::{
    ApiError, Details, EnvelopeStyle, ErrorCode, ErrorType, Faults, InvalidStatus, UnknownName,
};

/// What the body of an error response contains, in any style.
///
/// It serialises as the body, in any format of serde; [`ApiError::to_json`] writes the same JSON without it.
/// Only known codes and types can be read: a client reads any response with
/// [`ReceivedError::from_parts`](crate::ReceivedError::from_parts).
///
/// A field is `None` if the style has no place for it. If the style has none for the code, the type is one
/// whose name is in the body, and the code one that has this name if no type has.
///
/// ```
/// use runtime::{ApiError, Envelope, ErrorCode};
///
/// let error = ApiError::new(ErrorCode::FileNotFound).with_param("name");
/// let json = serde_json::to_string(&Envelope::new(&error)).unwrap();
/// assert_eq!(json, error.to_json());
/// let envelope = Envelope::from_json(json.as_bytes()).unwrap();
/// assert_eq!(envelope, Envelope::new(&error));
/// assert!(Envelope::from_json(b"<html>").is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Envelope<'a> {
    /// The style of the body.
    pub style: EnvelopeStyle,
    /// The status, or one that the name of the type stands for in the style.
    pub status: Option<u16>,
    /// What happened, for people.
    pub message: Cow<'a, str>,
    /// The type.
    pub error_type: ErrorType,
    /// The code.
    pub code: Option<ErrorCode>,
    /// The request field that caused the error.
    pub param: Option<Cow<'a, str>>,
    /// The request id.
    pub request_id: Option<Cow<'a, str>>,
    /// What identifies this occurrence.
    pub instance: Option<Cow<'a, str>>,
    /// How long to wait before a retry, in whole seconds.
    pub retry_after: Option<u64>,
    /// The arguments of the code.
    pub details: Option<Details>,
    /// The faults of the request; none if the style has no place for them.
    pub faults: Faults,
    /// What the catalog does not define of an error that is handed on.
    relayed: Option<Box<Relayed>>,
}

impl<'a> Envelope<'a> {
    /// Reads the body of a response, without a copy if it has the layout of this crate.
    ///
    /// # Errors
    ///
    /// Fails if the body has no style of this API, or an unknown code or type.
    // Inlined, so that only crates that call it compile serde_json's reader for it.
    #[inline]
    pub fn from_json(body: &'a [u8]) -> Result<Self, serde_json::Error> {
        Self::canonical_or(body, serde_json::from_slice)
    }

    /// Reads a body in the layout of this crate, and any other one as JSON.
    fn canonical_or(
        body: &'a [u8],
        read: fn(&'a [u8]) -> Result<Self, serde_json::Error>,
    ) -> Result<Self, serde_json::Error> {
        let Ok(text) = core::str::from_utf8(body) else {
            return read(body);
        };
        let mut canonical = Canonical::new(text);
        let mut styles = ENVELOPE_STYLES.iter();
        let style = styles.find(|style| canonical.read(style.shape().read));
        let names = style.and_then(|style| style.shape().names_in(&canonical));
        let (Some(style), Some(names), Some(message)) =
            (style, names, canonical.get(Slot::Message))
        else {
            return read(body);
        };
        let (error_type, code, status) = names;
        let text = |slot| canonical.get(slot).map(Cow::Borrowed);
        Ok(Self {
            style: *style,
            status,
            message: Cow::Borrowed(message),
            error_type,
            code,
            param: text(Slot::Param),
            request_id: text(Slot::RequestId),
            instance: text(Slot::Instance),
            // What a shape reads is a number that fits.
            retry_after: canonical
                .get(Slot::RetryAfter)
                .and_then(|digits| digits.parse().ok()),
            details: None,
            faults: Faults::default(),
            relayed: None,
        })
    }

    /// The body of a response with this error.
    #[must_use]
    #[inline]
    pub fn new(error: &'a ApiError) -> Self {
        let style = error.style();
        let shape = style.shape();
        let has = |slot| shape.place(slot).is_some();
        let text = |slot, value: Option<&'a str>| value.filter(|_| has(slot)).map(Cow::Borrowed);
        let code = error.code().filter(|_| has(Slot::Code));
        let status = Some(error.status()).filter(|_| has(Slot::Status));
        let own = (error.error_type(), code, status);
        let (error_type, code, status) = if has(Slot::Type) {
            let name = error.type_in(shape);
            shape.sent_names(name, code, status).unwrap_or(own)
        } else {
            own
        };
        let delay = error.retry_after().filter(|_| has(Slot::RetryAfter));
        Self {
            style,
            status,
            message: error.message().into(),
            error_type,
            code,
            param: text(Slot::Param, error.param()),
            request_id: text(Slot::RequestId, error.request_id()),
            instance: text(Slot::Instance, error.instance()),
            retry_after: delay.map(|delay| delay.as_secs()),
            details: error.details().filter(|_| has(Slot::Details)),
            faults: match &shape.faults {
                Some(_) => error.faults(),
                None => Faults::default(),
            },
            relayed: error.relayed().cloned().map(Box::new),
        }
    }
}

/// The body of the error that the envelope converts into.
impl Serialize for Envelope<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let error = ApiError::try_from(self.clone()).map_err(S::Error::custom)?;
        error.serialize(serializer)
    }
}

impl Serialize for ApiError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let body: Tree = serde_json::from_str(&self.to_json()).map_err(S::Error::custom)?;
        body.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Envelope<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let body = Tree::deserialize(deserializer)?;
        Self::read(&body).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for ApiError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let envelope = Envelope::deserialize(deserializer)?;
        Self::try_from(envelope).map_err(D::Error::custom)
    }
}

/// Why a body is not one of this crate.
enum Refused {
    /// A member is missing, or has a wrong type.
    Member(&'static str),
    Name(UnknownName),
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(name) => write!(formatter, "missing or invalid member `{name}`"),
            Self::Name(unknown) => unknown.fmt(formatter),
        }
    }
}

impl Shape {
    /// The type, the code and the status of a body that has the layout of the shape, if the catalog knows them.
    #[inline]
    fn names_in(
        &self,
        canonical: &Canonical<'_>,
    ) -> Option<(ErrorType, Option<ErrorCode>, Option<u16>)> {
        let code = match canonical.get(Slot::Code) {
            Some(name) => Some(self.code(name)?),
            None => None,
        };
        let status = match canonical.get(Slot::Status) {
            Some(digits) => Some(digits.parse().ok()?),
            None => None,
        };
        match (canonical.get(Slot::Type), code) {
            // The type of nearly every body is that of its code.
            (Some(name), Some(known)) if self.is_type_of(known, name) => {
                Some((known.error_type(), code, status))
            }
            (Some(name), _) => self.sent_names(name, code, status),
            (None, _) => self.of_body(None, code, status).ok(),
        }
    }

    /// The type, the code and the status of a body.
    fn of_body(
        &self,
        name: Option<&str>,
        code: Option<ErrorCode>,
        status: Option<u16>,
    ) -> Result<(ErrorType, Option<ErrorCode>, Option<u16>), Refused> {
        match (name, code) {
            (Some(name), _) => self
                .sent_names(name, code, status)
                .ok_or_else(|| Refused::Name(UnknownName::new(name))),
            (None, Some(code)) => Ok((code.error_type(), Some(code), status)),
            // The style has no place for the type, and the body no code.
            (None, None) => {
                let error = status.map(ApiError::from_status);
                let error_type = error.map_or(ErrorType::ALL[0], |error| error.error_type());
                Ok((error_type, None, status))
            }
        }
    }
}

impl Envelope<'_> {
    /// Reads a body of a style of this API: the one with the most values that fit.
    // Inlined, like the conversion into an error: only crates that deserialize compile them.
    #[inline]
    fn read(body: &Tree) -> Result<Self, Refused> {
        let mut style = ENVELOPE_STYLES[0];
        let mut most = 0;
        for candidate in ENVELOPE_STYLES {
            let count = candidate.shape().count(body).unwrap_or_default();
            if count > most {
                style = *candidate;
                most = count;
            }
        }
        let shape = style.shape();
        let list = shape.faults.as_ref().filter(|_| FAULTS);
        let listed = list.and_then(|list| {
            let message = shape.slot(Slot::Message, body)?.text()?;
            list.find(body, message)
        });
        let not_there = listed.as_ref().map_or(0, |listed| listed.missing);
        // A value of a wrong type is an error, and so is one that every body has and this one does not.
        let value = |slot: Slot| {
            let Some(place) = shape.place(slot).filter(|_| slot.bit() & not_there == 0) else {
                return Ok(None);
            };
            let is_there = find(body, place.path).is_some();
            match place.value(body) {
                Some(Filled::Null) => Ok(None),
                None if is_there || slot.is_stated() => Err(Refused::Member(place.name())),
                found => Ok(found),
            }
        };
        let text = |slot: Slot| {
            let found = value(slot)?;
            Ok(found.and_then(|found| found.text()).map(str::to_owned))
        };
        let message = text(Slot::Message)?.unwrap_or_default();
        let code = match value(Slot::Code)? {
            Some(found) => {
                let name = match &found {
                    Filled::Number(number) => number.to_string(),
                    Filled::Digits(text) | Filled::Text(text) => (*text).to_owned(),
                    _ => String::new(),
                };
                let code = shape.code(&name).or_else(|| {
                    // The code of one of several namespaces.
                    let beside = |slot| value(slot).ok().flatten();
                    let text = |slot| beside(slot).and_then(|found| found.text());
                    let status = beside(Slot::Status).and_then(|found| found.integer());
                    shape.code_among(&name, text(Slot::DocUrl), text(Slot::Type), status)
                });
                Some(code.ok_or_else(|| Refused::Name(shape.unknown_code(&name)))?)
            }
            None => None,
        };
        let integer = |slot: Slot| {
            let found = value(slot)?;
            Ok(found.and_then(|found| found.integer()))
        };
        let status = integer(Slot::Status)?.and_then(|status| u16::try_from(status).ok());
        let name = text(Slot::Type)?;
        let (error_type, code, status) = shape.of_body(name.as_deref(), code, status)?;
        Ok(Self {
            style,
            status,
            message: message.into(),
            error_type,
            code,
            param: text(Slot::Param)?.map(Cow::Owned),
            request_id: text(Slot::RequestId)?.map(Cow::Owned),
            instance: text(Slot::Instance)?.map(Cow::Owned),
            retry_after: integer(Slot::RetryAfter)?,
            details: match value(Slot::Details)? {
                Some(Filled::Object(members)) => Some(Details::from(members)),
                _ => None,
            },
            faults: match (list, listed) {
                (Some(list), Some(listed)) => {
                    Faults::read(list, listed.faults).ok_or_else(|| Refused::Member(list.name()))?
                }
                _ => Faults::default(),
            },
            relayed: None,
        })
    }
}

impl Slot {
    /// Whether the body of an error is not read without it.
    const fn is_stated(self) -> bool {
        matches!(self, Self::Message | Self::Type | Self::Status)
    }
}

/// The error of a body. Its code determines type and status, if it has one; without code, fails if
/// the type does not allow the status and [`ApiError::from_status`] does not send them together.
impl TryFrom<Envelope<'_>> for ApiError {
    type Error = InvalidStatus;

    #[inline]
    fn try_from(envelope: Envelope<'_>) -> Result<Self, InvalidStatus> {
        let error_type = envelope.error_type;
        let mut error = match (envelope.code, envelope.status) {
            (Some(code), status) => Self::of_body(code, status),
            // An error that is handed on may have any status.
            (None, Some(status)) if envelope.relayed.is_some() => {
                Self::build(None, error_type, status)
            }
            (None, Some(status)) => Self::from_sent(error_type, status)?,
            (None, None) => Self::from_type(error_type),
        };
        *error.relayed_mut() = envelope.relayed;
        error = error.with_style(envelope.style);
        let has_param = envelope.style.shape().place(Slot::Param).is_some();
        if envelope.message != error.message() {
            error = error.with_message(envelope.message.into_owned());
        }
        if has_param && envelope.param.as_deref() != error.param() {
            error = error.with_param(envelope.param.unwrap_or_default().into_owned());
        }
        if let Some(delay) = envelope.retry_after.map(Duration::from_secs) {
            if error.retry_after() != Some(delay) {
                error = error.with_retry_after(delay);
            }
        }
        if let Some(instance) = envelope.instance {
            error = error.with_instance(&instance);
        }
        if let Some(request_id) = envelope.request_id {
            error = error.with_request_id(&*request_id);
        }
        let Envelope {
            details, faults, ..
        } = envelope;
        if details.is_none() && faults.is_empty() {
            return Ok(error);
        }
        Ok(error.with_arguments(Box::new(ReadArguments { details, faults })))
    }
}

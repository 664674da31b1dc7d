//! Kinds of arguments. Their readers are inlined, so that only crates with arguments compile them.

#![allow(dead_code, reason = "a catalog may have no arguments")]

use core::fmt;
use core::time::Duration;

use serde::de::{Deserializer, Error as _, Unexpected};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use crate::runtime::arguments::Object;
use crate::{ArgumentValue, ArgumentVisitor, Arguments, ErrorCode, Faults, Sensitive};

/// Seals [`Arguments`].
#[allow(unnameable_types, reason = "that is what seals the trait")]
pub trait Sealed: fmt::Debug + Sized + Send + Sync + 'static {
    /// Reads the arguments from the members of a JSON object, which remember the first error.
    #[doc(hidden)]
    fn read(members: &mut Members) -> Self;
}

/// A kind of arguments.
pub(crate) trait Kind: Sized {
    /// Whether a body may lack the value.
    const IS_OPTIONAL: bool = false;

    /// The value for messages and bodies.
    fn value(&self) -> ArgumentValue<'_>;

    /// Reads the value from a body.
    fn read(value: Value) -> Result<Self, serde_json::Error>;

    /// The value where there is none to read.
    fn blank() -> Self;
}

/// Kinds with a default. They are read by hand: an impl of serde would be compiled again for values of JSON.
macro_rules! kinds {
    ($($kind:ty => $expected:literal, |$value:ident| $shown:expr, |$json:ident| $read:expr;)+) => {$(
        impl Kind for $kind {
            fn value(&self) -> ArgumentValue<'_> {
                let $value = self;
                $shown
            }

            #[inline]
            fn read($json: Value) -> Result<Self, serde_json::Error> {
                $read.ok_or_else(|| unexpected(&$json, $expected))
            }

            #[inline]
            fn blank() -> Self {
                Self::default()
            }
        }
    )+};
}

kinds! {
    String => "a string", |text| ArgumentValue::Text(text), |json| json.as_str().map(str::to_owned);
    bool => "a boolean", |value| ArgumentValue::Bool(*value), |json| json.as_bool();
    i64 => "i64", |value| ArgumentValue::Signed(*value), |json| json.as_i64();
    u64 => "u64", |value| ArgumentValue::Unsigned(*value), |json| json.as_u64();
    Vec<String> => "a list of strings", |texts| ArgumentValue::Texts(texts), |json| texts(&json);
    Faults => "a list of faults", |faults| ArgumentValue::Faults(faults), |json| Self::of_json(&json);
}

#[inline]
fn texts(json: &Value) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    for text in json.as_array()? {
        texts.push(text.as_str()?.to_owned());
    }
    Some(texts)
}

/// The error of a value that is not what is expected.
#[inline]
fn unexpected(value: &Value, expected: &str) -> serde_json::Error {
    let is = match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(value) => Unexpected::Bool(*value),
        Value::Number(_) => Unexpected::Other("a number"),
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    };
    serde_json::Error::invalid_type(is, &expected)
}

impl Kind for f64 {
    fn value(&self) -> ArgumentValue<'_> {
        ArgumentValue::Float(*self)
    }

    #[inline]
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        match value {
            Value::Null => Ok(Self::NAN),
            value => value.as_f64().ok_or_else(|| unexpected(&value, "f64")),
        }
    }

    #[inline]
    fn blank() -> Self {
        Self::NAN
    }
}

impl Kind for Duration {
    fn value(&self) -> ArgumentValue<'_> {
        ArgumentValue::Duration(*self)
    }

    #[inline]
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        if let Some(seconds) = value.as_u64() {
            return Ok(Self::from_secs(seconds));
        }
        let seconds = value.as_f64();
        let seconds = seconds.ok_or_else(|| unexpected(&value, "f64"))?;
        match Self::try_from_secs_f64(seconds) {
            Err(_) if seconds > 0.0 => Ok(Self::MAX),
            result => result.map_err(serde_json::Error::custom),
        }
    }

    #[inline]
    fn blank() -> Self {
        Self::ZERO
    }
}

impl<T: Kind> Kind for Option<T> {
    const IS_OPTIONAL: bool = true;

    fn value(&self) -> ArgumentValue<'_> {
        self.as_ref().map_or(ArgumentValue::Absent(""), T::value)
    }

    #[inline]
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        match value {
            Value::Null => Ok(None),
            value => T::read(value).map(Some),
        }
    }

    #[inline]
    fn blank() -> Self {
        None
    }
}

impl<T: Kind> Kind for Sensitive<T> {
    const IS_OPTIONAL: bool = true;

    fn value(&self) -> ArgumentValue<'_> {
        ArgumentValue::Sensitive
    }

    #[inline]
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        crate::runtime::sensitive::read(value, T::read)
    }

    #[inline]
    fn blank() -> Self {
        Self::withheld()
    }
}

/// The members of a JSON object, each to be taken once.
pub struct Members {
    members: serde_json::Map<String, Value>,
    /// The first error of a member.
    error: Option<serde_json::Error>,
}

impl Members {
    /// Takes a member out and reads it. An error is kept, so that the code for each struct has no path for it.
    pub(crate) fn take<T: Kind>(&mut self, name: &str) -> T {
        let read = match self.members.remove(name) {
            Some(value) => T::read(value).map_err(|error| format!("argument `{name}`: {error}")),
            None if T::IS_OPTIONAL => return T::blank(),
            None => Err(format!("argument `{name}` is missing")),
        };
        read.unwrap_or_else(|message| {
            let error = || serde_json::Error::custom(message);
            self.error.get_or_insert_with(error);
            T::blank()
        })
    }
}

/// The field of a shared struct that is at a step in the order of a code. Each hexadecimal digit of `order` is the number
/// of a field, from one; zero is the order of the struct.
fn field_at(order: u64, count: usize, step: usize) -> Option<usize> {
    if order == 0 {
        return Some(step);
    }
    let digits = u32::try_from(count - 1 - step).ok()?;
    let number = order.checked_shr(4 * digits)? & 0xF;
    usize::try_from(number).ok()?.checked_sub(1)
}

/// Calls `visit` with the arguments of a shared struct.
pub(crate) fn visit(
    visit: &mut ArgumentVisitor<'_>,
    order: u64,
    arguments: &[(&str, ArgumentValue<'_>)],
) {
    for step in 0..arguments.len() {
        let field = field_at(order, arguments.len(), step);
        if let Some((name, value)) = field.and_then(|field| arguments.get(field)) {
            visit(name, *value);
        }
    }
}

/// Shows a shared struct as one of the code itself.
pub(crate) fn debug(
    formatter: &mut fmt::Formatter<'_>,
    code: ErrorCode,
    order: u64,
    fields: &[(&str, &dyn fmt::Debug)],
) -> fmt::Result {
    let mut shown = formatter.debug_struct(&format!("{code:?}"));
    for step in 0..fields.len() {
        let field = field_at(order, fields.len(), step);
        if let Some((name, value)) = field.and_then(|field| fields.get(field)) {
            shown.field(name, value);
        }
    }
    shown.finish()
}

/// Writes arguments as an object. Sensitive values are redacted.
pub(crate) fn serialize<S: Serializer>(
    arguments: &impl Arguments,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let object = Object {
        arguments,
        redacted: true,
    };
    object.serialize(serializer)
}

/// Reads arguments from an object.
pub(crate) fn deserialize<'de, A: Arguments, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<A, D::Error> {
    let mut members = Members {
        members: serde::Deserialize::deserialize(deserializer)?,
        error: None,
    };
    let arguments = A::read(&mut members);
    match members.error {
        None => Ok(arguments),
        Some(error) => Err(D::Error::custom(error)),
    }
}

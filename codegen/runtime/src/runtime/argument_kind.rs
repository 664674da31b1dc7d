//! Kinds of arguments.

#![allow(dead_code, reason = "a catalog may have no arguments")]

use core::fmt;
use core::time::Duration;

use serde::de::{DeserializeOwned, Deserializer, Error as _};
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

/// Kinds that serde reads.
macro_rules! kinds {
    ($($kind:ty => |$value:ident| $shown:expr;)+) => {$(
        impl Kind for $kind {
            fn value(&self) -> ArgumentValue<'_> {
                let $value = self;
                $shown
            }

            fn read(value: Value) -> Result<Self, serde_json::Error> {
                from_value(value)
            }

            fn blank() -> Self {
                Self::default()
            }
        }
    )+};
}

kinds! {
    String => |text| ArgumentValue::Text(text);
    bool => |value| ArgumentValue::Bool(*value);
    i64 => |value| ArgumentValue::Signed(*value);
    u64 => |value| ArgumentValue::Unsigned(*value);
    Vec<String> => |texts| ArgumentValue::Texts(texts);
    Faults => |faults| ArgumentValue::Faults(faults);
}

fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, serde_json::Error> {
    T::deserialize(value)
}

impl Kind for f64 {
    fn value(&self) -> ArgumentValue<'_> {
        ArgumentValue::Float(*self)
    }

    fn read(value: Value) -> Result<Self, serde_json::Error> {
        Ok(from_value::<Option<Self>>(value)?.unwrap_or(Self::NAN))
    }

    fn blank() -> Self {
        Self::NAN
    }
}

impl Kind for Duration {
    fn value(&self) -> ArgumentValue<'_> {
        ArgumentValue::Duration(*self)
    }

    fn read(value: Value) -> Result<Self, serde_json::Error> {
        if let Some(seconds) = value.as_u64() {
            return Ok(Self::from_secs(seconds));
        }
        let seconds: f64 = from_value(value)?;
        match Self::try_from_secs_f64(seconds) {
            Err(_) if seconds > 0.0 => Ok(Self::MAX),
            result => result.map_err(serde_json::Error::custom),
        }
    }

    fn blank() -> Self {
        Self::ZERO
    }
}

impl<T: Kind> Kind for Option<T> {
    const IS_OPTIONAL: bool = true;

    fn value(&self) -> ArgumentValue<'_> {
        self.as_ref().map_or(ArgumentValue::Absent(""), T::value)
    }

    fn read(value: Value) -> Result<Self, serde_json::Error> {
        match value {
            Value::Null => Ok(None),
            value => T::read(value).map(Some),
        }
    }

    fn blank() -> Self {
        None
    }
}

impl<T: Kind> Kind for Sensitive<T> {
    const IS_OPTIONAL: bool = true;

    fn value(&self) -> ArgumentValue<'_> {
        ArgumentValue::Sensitive
    }

    fn read(value: Value) -> Result<Self, serde_json::Error> {
        crate::runtime::sensitive::read(value, T::read)
    }

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

/// The fields of a shared struct in the order of a code. Each hexadecimal digit of `order` is the number of a field,
/// from one; zero is the order of the struct.
fn ordered<T>(order: u64, fields: &[T]) -> impl Iterator<Item = &T> {
    let place = move |step: usize| {
        if order == 0 {
            return Some(step);
        }
        let digits = u32::try_from(fields.len() - 1 - step).ok()?;
        let number = order.checked_shr(4 * digits)? & 0xF;
        usize::try_from(number).ok()?.checked_sub(1)
    };
    (0..fields.len()).filter_map(move |step| fields.get(place(step)?))
}

/// Calls `visit` with the arguments of a shared struct.
pub(crate) fn visit(
    visit: &mut ArgumentVisitor<'_>,
    order: u64,
    arguments: &[(&str, ArgumentValue<'_>)],
) {
    for (name, value) in ordered(order, arguments) {
        visit(name, *value);
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
    for (name, value) in ordered(order, fields) {
        shown.field(name, value);
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

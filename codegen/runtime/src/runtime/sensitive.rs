//! Sensitive values.

use core::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// A value that must not reach a response or a log.
///
/// It displays and serialises as `[redacted]`; only [`expose`](Self::expose) and
/// [`into_inner`](Self::into_inner) return it. A redacted value deserialises as *withheld*: the reader of
/// a response knows that there was a value, but not which.
///
/// ```
/// use runtime::Sensitive;
///
/// let password = Sensitive::new("hunter2".to_owned());
/// assert_eq!(format!("{password} {password:?}"), "[redacted] [redacted]");
/// assert_eq!(password.expose().map(String::as_str), Some("hunter2"));
///
/// let written = serde_json::to_string(&password).unwrap();
/// let read: Sensitive<String> = serde_json::from_str(&written).unwrap();
/// assert_eq!(read.expose(), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sensitive<T>(Option<T>);

impl Sensitive<()> {
    /// The replacement of the value.
    pub(crate) const REDACTED: &str = "[redacted]";
}

impl<T> Sensitive<T> {
    /// Hides a value.
    pub const fn new(value: T) -> Self {
        Self(Some(value))
    }

    /// A value that the sender redacted.
    pub(crate) const fn withheld() -> Self {
        Self(None)
    }

    /// The value; `None` if it is withheld, which happens only to values that were deserialised.
    pub const fn expose(&self) -> Option<&T> {
        self.0.as_ref()
    }

    /// The owned value; `None` if it is withheld.
    pub fn into_inner(self) -> Option<T> {
        self.0
    }
}

impl<T> From<T> for Sensitive<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(Sensitive::REDACTED)
    }
}

impl<T> fmt::Display for Sensitive<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(Sensitive::REDACTED)
    }
}

impl<T> Serialize for Sensitive<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(Sensitive::REDACTED)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Sensitive<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        read(value, T::deserialize)
    }
}

/// Reads a value. Errors could quote it, so they are replaced.
pub(crate) fn read<T, E, F: Error>(
    value: Value,
    read: impl FnOnce(Value) -> Result<T, E>,
) -> Result<Sensitive<T>, F> {
    if value.is_null() || value == Sensitive::REDACTED {
        return Ok(Sensitive::withheld());
    }
    match read(value) {
        Ok(value) => Ok(Sensitive::new(value)),
        Err(_) => Err(F::custom("a sensitive value of another kind")),
    }
}

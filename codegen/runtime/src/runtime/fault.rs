//! The faults of a request, for errors that report several at once.

use core::fmt;
use core::ops::Deref;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::runtime::json::push_string;
use crate::runtime::serde_impls::read_record;

/// A fault of a request: an invalid field, for example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The request field, if it is known.
    pub param: Option<String>,
    /// The kind of fault, if it is known.
    pub code: Option<String>,
    /// What is wrong, for people.
    pub message: String,
}

read_record!(Fault: param, code, message);

impl Fault {
    /// A fault with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            param: None,
            code: None,
            message: message.into(),
        }
    }

    /// Sets the request field. An empty name removes an earlier one.
    #[must_use]
    pub fn with_param(mut self, param: impl Into<String>) -> Self {
        self.param = Some(param.into()).filter(|param| !param.is_empty());
        self
    }

    /// Sets the kind of fault. An empty name removes an earlier one.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into()).filter(|code| !code.is_empty());
        self
    }
}

/// A request field, and what is wrong with it.
impl From<(&str, &str)> for Fault {
    fn from((param, message): (&str, &str)) -> Self {
        Self::new(message).with_param(param)
    }
}

/// Writes the message, after the request field if it is known.
impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.param {
            Some(param) => write!(formatter, "{param}: {}", self.message),
            None => formatter.write_str(&self.message),
        }
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // In the order in which a `Value` has them, so that a body that was read is written as it was.
        let optional = [&self.code, &self.param].into_iter().flatten();
        let mut members = serializer.serialize_map(Some(optional.count() + 1))?;
        if let Some(code) = &self.code {
            members.serialize_entry("code", code)?;
        }
        members.serialize_entry("message", &self.message)?;
        if let Some(param) = &self.param {
            members.serialize_entry("param", param)?;
        }
        members.end()
    }
}

/// The faults of a request: an argument of the kind `errors`.
///
/// ```
/// use runtime::{Fault, Faults};
///
/// let faults: Faults = [("name", "Too long"), ("age", "Too low")].into_iter().collect();
/// assert_eq!(faults.to_string(), "name: Too long, age: Too low");
/// assert_eq!(faults[0], Fault::new("Too long").with_param("name"));
/// let json = serde_json::to_string(&faults).unwrap();
/// assert_eq!(json, r#"[{"message":"Too long","param":"name"},{"message":"Too low","param":"age"}]"#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Adds a fault.
    pub fn push(&mut self, fault: impl Into<Fault>) {
        self.0.push(fault.into());
    }
}

impl Fault {
    /// Adds the fault as JSON, as serde writes it.
    pub(crate) fn push_json(&self, out: &mut String) {
        out.push('{');
        if let Some(code) = &self.code {
            out.push_str("\"code\":");
            push_string(code, out);
            out.push(',');
        }
        out.push_str("\"message\":");
        push_string(&self.message, out);
        if let Some(param) = &self.param {
            out.push_str(",\"param\":");
            push_string(param, out);
        }
        out.push('}');
    }

    /// The fault as a value of JSON.
    #[inline]
    fn to_json(&self) -> Value {
        let mut members = Map::new();
        let mut insert = |name: &str, text: &String| {
            members.insert(name.to_owned(), text.as_str().into());
        };
        if let Some(code) = &self.code {
            insert("code", code);
        }
        insert("message", &self.message);
        if let Some(param) = &self.param {
            insert("param", param);
        }
        members.into()
    }

    /// A fault in JSON, as serde reads it: an object, or a list of its values.
    #[inline]
    fn of_json(json: &Value) -> Option<Self> {
        let values = match json {
            Value::Object(members) => ["param", "code", "message"].map(|name| members.get(name)),
            Value::Array(list) if list.len() == 3 => [list.first(), list.get(1), list.get(2)],
            _ => return None,
        };
        let [param, code, message] = values;
        let optional = |value: Option<&Value>| match value {
            None | Some(Value::Null) => Some(None),
            Some(value) => value.as_str().map(|text| Some(text.to_owned())),
        };
        Some(Self {
            param: optional(param)?,
            code: optional(code)?,
            message: message?.as_str()?.to_owned(),
        })
    }
}

impl Faults {
    /// The faults as a value of JSON.
    #[inline]
    pub(crate) fn to_json(&self) -> Value {
        let mut faults = Vec::new();
        for fault in self {
            faults.push(fault.to_json());
        }
        Value::Array(faults)
    }

    /// The faults in JSON, as serde reads them, whose impl would be compiled again for values of JSON.
    #[inline]
    pub(crate) fn of_json(json: &Value) -> Option<Self> {
        let mut faults = Vec::new();
        for fault in json.as_array()? {
            faults.push(Fault::of_json(fault)?);
        }
        Some(Self(faults))
    }
}

impl Deref for Faults {
    type Target = [Fault];

    fn deref(&self) -> &[Fault] {
        &self.0
    }
}

impl From<Vec<Fault>> for Faults {
    fn from(faults: Vec<Fault>) -> Self {
        Self(faults)
    }
}

impl<F: Into<Fault>> FromIterator<F> for Faults {
    fn from_iter<I: IntoIterator<Item = F>>(faults: I) -> Self {
        Self(faults.into_iter().map(Into::into).collect())
    }
}

impl<F: Into<Fault>> Extend<F> for Faults {
    fn extend<I: IntoIterator<Item = F>>(&mut self, faults: I) {
        self.0.extend(faults.into_iter().map(Into::into));
    }
}

impl IntoIterator for Faults {
    type Item = Fault;
    type IntoIter = std::vec::IntoIter<Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Faults {
    type Item = &'a Fault;
    type IntoIter = core::slice::Iter<'a, Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// Writes all faults, with commas between them.
impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, fault) in self.iter().enumerate() {
            if position > 0 {
                formatter.write_str(", ")?;
            }
            fault.fmt(formatter)?;
        }
        Ok(())
    }
}

impl Serialize for Faults {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<'de> Deserialize<'de> for Faults {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self)
    }
}

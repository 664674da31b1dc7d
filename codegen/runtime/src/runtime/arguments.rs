//! Arguments of messages.

use core::any::Any;
use core::fmt::{self, Write as _};
use core::time::Duration;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Number, Value};

use crate::runtime::argument_kind::Sealed;
use crate::runtime::json::push_string;
use crate::{ErrorCode, Fault, Faults, Sensitive};

/// The arguments of a code.
///
/// Each code with arguments has a struct in the module `args`, which converts into an
/// [`ApiError`](crate::ApiError).
///
/// The trait is sealed.
pub trait Arguments: Sealed {
    /// The code that the arguments belong to.
    const CODE: ErrorCode;

    /// Calls `visit` with the name and value of each argument, in the order of the catalog.
    fn visit(&self, visit: &mut ArgumentVisitor<'_>);
}

/// A function that is called with the name and value of each argument.
pub type ArgumentVisitor<'a> = dyn FnMut(&str, ArgumentValue<'_>) + 'a;

/// The value of an argument.
///
/// It displays as in messages, and serialises as in bodies.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum ArgumentValue<'a> {
    /// A string.
    Text(&'a str),
    /// A boolean.
    Bool(bool),
    /// A signed whole number.
    Signed(i64),
    /// An unsigned whole number.
    Unsigned(u64),
    /// A floating-point number. If it is not finite, it is null in a body.
    Float(f64),
    /// A duration; a number of seconds in a body.
    Duration(Duration),
    /// A timestamp in the format of RFC 3339.
    Timestamp(&'a dyn fmt::Display),
    /// A list of strings.
    Texts(&'a [String]),
    /// The faults of a request.
    Faults(&'a Faults),
    /// A value that was read from a body.
    Json(&'a Value),
    /// No value: null in a body, and this text in a message.
    Absent(&'a str),
    /// A value that must not be shown.
    Sensitive,
}

impl<'a> ArgumentValue<'a> {
    /// The value, with the text that replaces a missing one in messages.
    #[allow(dead_code, reason = "only some catalogs have arguments without value")]
    pub(crate) fn or_absent(self, text: &'a str) -> Self {
        match self {
            Self::Absent(_) => Self::Absent(text),
            value => value,
        }
    }
}

impl fmt::Display for ArgumentValue<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Absent(text) => formatter.write_str(text),
            Self::Bool(value) => value.fmt(formatter),
            Self::Signed(value) => value.fmt(formatter),
            Self::Unsigned(value) => value.fmt(formatter),
            Self::Float(value) => value.fmt(formatter),
            Self::Duration(value) => fmt::Debug::fmt(value, formatter),
            Self::Timestamp(value) => value.fmt(formatter),
            Self::Texts(texts) => {
                let mut comma = "";
                texts.iter().try_for_each(|text| {
                    formatter.write_str(core::mem::replace(&mut comma, ", "))?;
                    formatter.write_str(text)
                })
            }
            Self::Faults(faults) => faults.fmt(formatter),
            Self::Json(value) => value.fmt(formatter),
            Self::Sensitive => formatter.write_str(Sensitive::REDACTED),
        }
    }
}

impl fmt::Debug for ArgumentValue<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => fmt::Debug::fmt(text, formatter),
            Self::Texts(texts) => fmt::Debug::fmt(texts, formatter),
            Self::Faults(faults) => fmt::Debug::fmt(faults, formatter),
            other => fmt::Display::fmt(other, formatter),
        }
    }
}

impl Serialize for ArgumentValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Signed(value) => serializer.serialize_i64(*value),
            Self::Unsigned(value) => serializer.serialize_u64(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Duration(value) if value.subsec_nanos() == 0 => {
                serializer.serialize_u64(value.as_secs())
            }
            Self::Duration(value) => serializer.serialize_f64(value.as_secs_f64()),
            Self::Timestamp(value) => serializer.collect_str(value),
            Self::Texts(texts) => texts.serialize(serializer),
            Self::Faults(faults) => faults.serialize(serializer),
            Self::Json(value) => value.serialize(serializer),
            Self::Absent(_) => serializer.serialize_none(),
            Self::Sensitive => serializer.serialize_str(Sensitive::REDACTED),
        }
    }
}

/// As serde writes and reads it, without an impl of serde that would be compiled again for JSON.
impl ArgumentValue<'_> {
    /// Adds the value as JSON.
    pub(crate) fn push_json(&self, out: &mut String) {
        match self {
            Self::Text(text) => push_string(text, out),
            Self::Texts(texts) => push_list(*texts, out, |text, out| push_string(text, out)),
            Self::Faults(faults) => push_list(faults.iter(), out, Fault::push_json),
            Self::Sensitive => push_string(Sensitive::REDACTED, out),
            Self::Timestamp(value) => push_string(&value.to_string(), out),
            Self::Json(value) => push_value(value, out),
            Self::Absent(_) => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Signed(value) => push_number(Some((*value).into()), out),
            Self::Unsigned(value) => push_number(Some((*value).into()), out),
            Self::Float(value) => push_number(Number::from_f64(*value), out),
            Self::Duration(value) if value.subsec_nanos() == 0 => {
                push_number(Some(value.as_secs().into()), out);
            }
            Self::Duration(value) => push_number(Number::from_f64(value.as_secs_f64()), out),
        }
    }

    /// The value as one of JSON.
    #[inline]
    pub(crate) fn to_json(self) -> Value {
        match self {
            Self::Text(text) => text.into(),
            Self::Bool(value) => value.into(),
            Self::Signed(value) => value.into(),
            Self::Unsigned(value) => value.into(),
            Self::Float(value) => value.into(),
            Self::Duration(value) if value.subsec_nanos() == 0 => value.as_secs().into(),
            Self::Duration(value) => value.as_secs_f64().into(),
            Self::Timestamp(value) => value.to_string().into(),
            Self::Texts(texts) => {
                Value::Array(texts.iter().map(|text| text.as_str().into()).collect())
            }
            Self::Faults(faults) => faults.to_json(),
            Self::Json(value) => value.clone(),
            Self::Absent(_) => Value::Null,
            Self::Sensitive => Sensitive::REDACTED.into(),
        }
    }
}

/// Adds a number as JSON; null if it is not finite.
fn push_number(number: Option<Number>, out: &mut String) {
    match number {
        // Writing to a string cannot fail.
        Some(number) => drop(write!(out, "{number}")),
        None => out.push_str("null"),
    }
}

/// Adds a value as JSON. serde_json's own writer would bring its indented form into each server.
fn push_value(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => push_number(Some(number.clone()), out),
        Value::String(text) => push_string(text, out),
        Value::Array(list) => push_list(list, out, push_value),
        Value::Object(members) => {
            let mut before = '{';
            for (name, value) in members {
                out.push(core::mem::replace(&mut before, ','));
                push_string(name, out);
                out.push(':');
                push_value(value, out);
            }
            out.push_str(if before == '{' { "{}" } else { "}" });
        }
    }
}

/// Adds a list as JSON.
fn push_list<'a, T: 'a>(
    values: impl IntoIterator<Item = &'a T>,
    out: &mut String,
    push: impl Fn(&T, &mut String),
) {
    out.push('[');
    for (position, value) in values.into_iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        push(value, out);
    }
    out.push(']');
}

/// Arguments of some code.
pub(crate) trait AnyArguments: fmt::Debug + Send + Sync {
    fn visit_all(&self, visit: &mut ArgumentVisitor<'_>);

    /// The faults that were read from a body.
    fn read_faults(&self) -> &[Fault] {
        &[]
    }

    fn as_any(&self) -> &dyn Any;
}

impl<A: Arguments> AnyArguments for A {
    fn visit_all(&self, visit: &mut ArgumentVisitor<'_>) {
        self.visit(visit);
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Replaces each `{name}` by what `put` adds for it, and `{{` and `}}` by a brace.
pub(crate) fn fill(template: &str, mut put: impl FnMut(&str, &mut String)) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let brace = &rest[at..];
        if let Some(after) = brace
            .strip_prefix("{{")
            .or_else(|| brace.strip_prefix("}}"))
        {
            text.push_str(&brace[..1]);
            rest = after;
        } else {
            let end = brace.find('}').unwrap_or(brace.len() - 1);
            put(&brace[1..end], &mut text);
            rest = &brace[end + 1..];
        }
    }
    text.push_str(rest);
    text
}

impl dyn AnyArguments + '_ {
    /// Calls `visit` with the name and value of each argument that is not sensitive.
    pub(crate) fn visit_shown(&self, visit: &mut ArgumentVisitor<'_>) {
        self.visit_all(&mut |name, value| {
            if !matches!(value, ArgumentValue::Sensitive) {
                visit(name, value);
            }
        });
    }

    /// Adds the arguments that are not sensitive as an object of JSON.
    pub(crate) fn push_json(&self, out: &mut String) {
        let mut before = '{';
        self.visit_shown(&mut |name, value| {
            out.push(core::mem::replace(&mut before, ','));
            push_string(name, out);
            out.push(':');
            value.push_json(out);
        });
        out.push_str(if before == '{' { "{}" } else { "}" });
    }

    /// Adds the faults as a list of JSON.
    pub(crate) fn push_faults(&self, out: &mut String) {
        let mut before = '[';
        self.visit_faults(&mut |fault| {
            out.push(core::mem::replace(&mut before, ','));
            fault.push_json(out);
        });
        out.push_str(if before == '[' { "[]" } else { "]" });
    }

    /// Calls `visit` with each fault, in the order of the arguments.
    pub(crate) fn visit_faults(&self, visit: &mut FaultVisitor<'_>) {
        self.read_faults().iter().for_each(&mut *visit);
        self.visit_all(&mut |_, value| {
            if let ArgumentValue::Faults(faults) = value {
                faults.iter().for_each(&mut *visit);
            }
        });
    }
}

/// A function that is called with each fault.
pub(crate) type FaultVisitor<'a> = dyn FnMut(&Fault) + 'a;

/// Arguments as an object.
pub(crate) struct Object<'a> {
    pub(crate) arguments: &'a dyn AnyArguments,
    /// Whether sensitive values are redacted instead of left out.
    pub(crate) redacted: bool,
}

impl Object<'_> {
    fn visit(&self, visit: &mut ArgumentVisitor<'_>) {
        if self.redacted {
            self.arguments.visit_all(visit);
        } else {
            self.arguments.visit_shown(visit);
        }
    }

    /// Whether the object has a member.
    pub(crate) fn has_members(&self) -> bool {
        let mut some = false;
        self.visit(&mut |_, _| some = true);
        some
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        let mut result = Ok(());
        self.visit(&mut |name, value| {
            if result.is_ok() {
                result = members.serialize_entry(name, &value);
            }
        });
        result?;
        members.end()
    }
}

//! The arguments of messages, and their values in examples.

use core::fmt;
use core::time::Duration;

use serde_json::{Map, Value};

/// The replacement of a sensitive value.
pub const REDACTED: &str = "[redacted]";

/// An argument of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Its name, in the message and in the body.
    pub name: String,
    /// The name of the Rust field.
    pub field: String,
    /// What it is; may be empty.
    pub meaning: String,
    /// The value shown in examples.
    pub example: ArgumentExample,
    /// Whether its value stays out of messages, details and logs.
    pub sensitive: bool,
    /// The replacement in a message if there is no value; `None` if there always is a value.
    pub absent: Option<String>,
    /// Custom (`x-`) keys, in the order of the file.
    pub extensions: Map<String, Value>,
}

impl Argument {
    /// The kind of value.
    #[must_use]
    pub const fn kind(&self) -> ArgumentKind {
        match self.example {
            ArgumentExample::String(_) => ArgumentKind::String,
            ArgumentExample::Bool(_) => ArgumentKind::Bool,
            ArgumentExample::I64(_) => ArgumentKind::I64,
            ArgumentExample::U64(_) => ArgumentKind::U64,
            ArgumentExample::F64(_) => ArgumentKind::F64,
            ArgumentExample::Duration(_) => ArgumentKind::Duration,
            ArgumentExample::Timestamp(_) => ArgumentKind::Timestamp,
            ArgumentExample::Strings(_) => ArgumentKind::Strings,
            ArgumentExample::Errors(_) => ArgumentKind::Errors,
        }
    }

    /// The faults of the example.
    pub(super) fn faults(&self) -> &[Fault] {
        match &self.example {
            ArgumentExample::Errors(faults) => faults,
            _ => &[],
        }
    }

    /// The example as a message shows it.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.sensitive {
            REDACTED.to_owned()
        } else {
            self.example.to_string()
        }
    }
}

/// The kind of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArgumentKind {
    /// A text.
    String,
    /// True or false.
    Bool,
    /// A signed whole number.
    I64,
    /// An unsigned whole number.
    U64,
    /// A floating-point number.
    F64,
    /// A length of time.
    Duration,
    /// A moment.
    Timestamp,
    /// A list of texts.
    Strings,
    /// The faults of a request.
    Errors,
}

impl ArgumentKind {
    /// The keyword of the catalog language.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Bool => "bool",
            Self::I64 => "i64",
            Self::U64 => "u64",
            Self::F64 => "f64",
            Self::Duration => "duration",
            Self::Timestamp => "timestamp",
            Self::Strings => "strings",
            Self::Errors => "errors",
        }
    }
}

/// A value of an argument.
#[derive(Clone, Debug, PartialEq)]
pub enum ArgumentExample {
    /// A text.
    String(String),
    /// True or false.
    Bool(bool),
    /// A signed whole number.
    I64(i64),
    /// An unsigned whole number.
    U64(u64),
    /// A floating-point number.
    F64(f64),
    /// A length of time.
    Duration(Duration),
    /// A moment, as RFC 3339 writes it.
    Timestamp(String),
    /// A list of texts.
    Strings(Vec<String>),
    /// The faults of a request.
    Errors(Vec<Fault>),
}

/// A fault of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The request field.
    pub param: String,
    /// What is wrong with it.
    pub message: String,
}

/// As the generated crate shows the fault in a message.
impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.param, self.message)
    }
}

/// As the generated crate shows the value in a message.
impl fmt::Display for ArgumentExample {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) | Self::Timestamp(text) => formatter.write_str(text),
            Self::Bool(value) => value.fmt(formatter),
            Self::I64(value) => value.fmt(formatter),
            Self::U64(value) => value.fmt(formatter),
            Self::F64(value) => value.fmt(formatter),
            Self::Duration(value) => fmt::Debug::fmt(value, formatter),
            Self::Strings(texts) => formatter.write_str(&texts.join(", ")),
            Self::Errors(faults) => {
                let faults: Vec<String> = faults.iter().map(Fault::to_string).collect();
                formatter.write_str(&faults.join(", "))
            }
        }
    }
}

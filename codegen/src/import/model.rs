//! The content of a source of any kind: a row per code.

use serde_json::{Map, Value};

use super::custom::keep;
pub(super) use super::finding::{Finding, Part, Place};
use super::own_facts::OwnFacts;
pub(super) use super::statuses::{status, statuses};
use crate::catalog::{RetryRule, Status, StatusSet};

/// The content of a source.
#[derive(Default)]
pub(super) struct Extracted {
    pub(super) api: ApiFacts,
    pub(super) types: Vec<TypeFacts>,
    pub(super) rows: Vec<Row>,
    /// The omitted parts.
    pub(super) lost: Vec<Finding>,
    /// The parts that need a review.
    pub(super) undecided: Vec<Finding>,
    /// The values that stand for no error.
    pub(super) no_errors: usize,
}

/// The facts of a source about the API, as keys of the section `api`.
#[derive(Default)]
pub(super) struct ApiFacts {
    pub(super) title: Option<String>,
    pub(super) docs_url: Option<String>,
    pub(super) version: Option<String>,
    /// `license`, `contact` and `servers`, as in the document.
    pub(super) sections: Vec<(&'static str, Value)>,
    /// The styles of the bodies, the default first; empty if they are unknown.
    pub(super) styles: Vec<String>,
    /// The shapes of those that are not built-in, by their names.
    pub(super) shapes: Map<String, Value>,
    /// The entries of `envelope.choose`.
    pub(super) choices: Vec<Value>,
    /// Whether a missing `param` is null in built-in styles.
    pub(super) null_param: bool,
    /// The header of the request id, if it is not the default.
    pub(super) request_id: Option<String>,
    /// Whether bodies contain the arguments of errors.
    pub(super) details: bool,
    /// The names of operations, by method and path.
    pub(super) operation_ids: Vec<(String, String)>,
}

/// The facts of a source about a type.
pub(super) struct TypeFacts {
    pub(super) name: String,
    pub(super) meaning: Option<String>,
    pub(super) statuses: Option<StatusSet>,
    /// Its names in the bodies of styles.
    pub(super) names: Map<String, Value>,
}

/// The name of a code in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Code {
    Text(String),
    Number(i64),
}

impl Code {
    pub(super) fn wire(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }

    pub(super) fn value(&self) -> Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Number(number) => (*number).into(),
        }
    }
}

/// How the braces of a message are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Braces {
    /// `{name}` is a placeholder; all other braces are text.
    #[default]
    Placeholders,
    /// All braces are text.
    Text,
    /// As in the catalog language.
    Catalog,
}

/// The facts of a source about a code.
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) code: Code,
    /// Of several rows with the same code, what tells it from the others; not sent.
    pub(super) namespace: Option<String>,
    pub(super) error_type: Option<String>,
    pub(super) status: Option<Status>,
    /// An invalid status.
    pub(super) no_status: Option<Value>,
    /// Whether the source has a word for none in the place of the status.
    pub(super) says_none: bool,
    pub(super) message: Option<String>,
    pub(super) braces: Braces,
    pub(super) args: Vec<Argument>,
    pub(super) meaning: Option<String>,
    pub(super) fix: Option<String>,
    pub(super) retry: Option<RetryRule>,
    /// External ids of the code.
    pub(super) ids: Vec<(String, Value)>,
    /// The constant for the code in the programs of the source.
    pub(super) constant: Option<String>,
    /// Keys of the catalog language, as the source states them.
    pub(super) stated: Map<String, Value>,
    /// Everything else, as custom (`x-`) keys.
    pub(super) extensions: Map<String, Value>,
    /// Parts of the row that need a review.
    pub(super) undecided: Vec<String>,
    /// The operations that fail with the code, as the source has them.
    pub(super) operations: Vec<String>,
    /// What differs in further operations.
    pub(super) own: Vec<OwnFacts>,
}

impl Row {
    pub(super) fn new(place: Place, code: Code) -> Self {
        Self {
            place,
            code,
            namespace: None,
            error_type: None,
            status: None,
            no_status: None,
            says_none: false,
            message: None,
            braces: Braces::default(),
            args: Vec::new(),
            meaning: None,
            fix: None,
            retry: None,
            ids: Vec::new(),
            constant: None,
            stated: Map::new(),
            extensions: Map::new(),
            undecided: Vec::new(),
            operations: Vec::new(),
            own: Vec::new(),
        }
    }

    /// The name of the code in the catalog.
    pub(super) fn wire(&self) -> String {
        let sent = self.code.wire();
        match &self.namespace {
            Some(namespace) => format!("{namespace}.{sent}"),
            None => sent,
        }
    }

    /// Keeps a value as a custom key. `null` is dropped.
    pub(super) fn keep(&mut self, key: &str, value: &Value) {
        keep(&mut self.extensions, &mut self.undecided, key, value);
    }

    /// Takes a value as the status.
    pub(super) fn take_status(&mut self, value: &Value) {
        self.says_none |= super::no_status::says_none(value);
        let by_name = || value.as_str().and_then(super::statuses::named);
        if let Some(status) = status(value).or_else(by_name) {
            self.status = Some(status);
            return;
        }
        match value.as_str().and_then(statuses) {
            Some(StatusSet::List(several)) => {
                self.status = several.first().copied();
                self.keep("x-http-status", value);
                let what = "the source has several statuses: the first is taken, and `x-http-status` has all";
                self.undecided.push(what.to_owned());
            }
            Some(StatusSet::Family(class)) => {
                self.status = Status::new(u64::from(class) * 100);
                self.keep("x-http-status", value);
                let what = "the source has a class of statuses: its first is taken";
                self.undecided.push(what.to_owned());
            }
            Some(StatusSet::None) | None if value.is_null() => {}
            Some(StatusSet::None) | None => self.no_status = Some(value.clone()),
        }
    }

    /// Takes a value as the retry rule.
    pub(super) fn take_retry(&mut self, value: &Value) {
        let word = value.as_str().map(|word| word.trim().to_ascii_lowercase());
        self.retry = match (value, word.as_deref()) {
            (Value::Null, _) | (_, Some("")) => return,
            (Value::Bool(true), _) | (_, Some("yes" | "true" | "retryable" | "backoff")) => {
                Some(RetryRule::Backoff)
            }
            (Value::Bool(false), _) | (_, Some("no" | "false" | "never")) => Some(RetryRule::Never),
            (_, Some("after" | "retry_after" | "retry-after" | "retry after")) => {
                Some(RetryRule::After)
            }
            _ => {
                self.keep("x-retryable", value);
                let undecided = "the retry rule is kept as `x-retryable`: write `retry`";
                self.undecided.push(undecided.to_owned());
                return;
            }
        };
    }
}

/// An argument of a message.
pub(super) struct Argument {
    pub(super) name: String,
    /// A kind of the catalog language.
    pub(super) kind: &'static str,
    /// Further keys of the language.
    pub(super) stated: Map<String, Value>,
    pub(super) extensions: Map<String, Value>,
    /// Whether the source declares it; otherwise only the message names it.
    pub(super) is_declared: bool,
}

impl Argument {
    /// An argument with its type in the source.
    pub(super) fn declared(name: &str, source_type: Option<&str>) -> Self {
        let known = source_type.map(kind);
        let mut extensions = Map::new();
        if let Some((None, source_type)) = known.zip(source_type) {
            extensions.insert("x-source-type".to_owned(), source_type.into());
        }
        Self {
            name: name.to_owned(),
            kind: known.flatten().unwrap_or("string"),
            stated: Map::new(),
            extensions,
            is_declared: true,
        }
    }

    /// An argument whose kind the message tells.
    pub(super) fn of_kind(name: &str, kind: &'static str) -> Self {
        Self {
            kind,
            ..Self::declared(name, None)
        }
    }

    /// An argument that only the message names.
    pub(super) fn undeclared(name: &str) -> Self {
        Self {
            is_declared: false,
            ..Self::declared(name, None)
        }
    }
}

/// The kind of the catalog language for a type of the source.
fn kind(source_type: &str) -> Option<&'static str> {
    Some(match source_type {
        "Binary" | "Atom" | "String" | "string" | "str" | "text" => "string",
        "Binaries" | "strings" | "string[]" => "strings",
        "Integer" | "integer" | "int" | "i64" => "i64",
        "u64" => "u64",
        "Boolean" | "boolean" | "bool" => "bool",
        "Float" | "float" | "double" | "f64" => "f64",
        "duration" => "duration",
        "timestamp" => "timestamp",
        _ => return None,
    })
}

/// A row with a code, as texts have it.
pub(super) fn row_of(place: &Place, name: &str) -> Row {
    let number: Option<i64> = name.parse().ok();
    let number = number.filter(|number| number.to_string() == name);
    let code = number.map_or_else(|| Code::Text(name.to_owned()), Code::Number);
    Row::new(place.clone(), code)
}

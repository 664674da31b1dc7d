//! Why a value could not be decoded.

use std::fmt;

use serde::de;

use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::suggest::closest;
use crate::yaml::node::Node;

/// Why a value could not be decoded. Its place comes from the nearest spanned value.
#[derive(Debug)]
pub(super) enum Fault {
    Found(Box<Diagnostic>),
    UnknownValue {
        found: String,
        allowed: &'static [&'static str],
    },
    /// The visitor expects another kind of value, described here.
    WrongKind(String),
    Other(String),
}

impl Fault {
    pub(super) fn at(self, node: &Node<'_>) -> Diagnostic {
        match self {
            Self::Found(diagnostic) => *diagnostic,
            Self::UnknownValue { found, allowed } => {
                let diagnostic = Diagnostic::new(
                    Rule::UnknownValue,
                    node.span,
                    format!("unknown value {}", quoted(&found)),
                );
                let meant = closest(&found, allowed.iter().copied());
                let words = match allowed {
                    [only] => format!("write `{only}`"),
                    _ => format!("write one of: {}", allowed.join(", ")),
                };
                diagnostic.did_you_mean(node.span, meant, words)
            }
            Self::WrongKind(expected) => Diagnostic::new(
                Rule::WrongKind,
                node.span,
                format!("expected {expected}, found {}", node.kind()),
            )
            .help(format!("write {expected}")),
            Self::Other(message) => Diagnostic::new(Rule::WrongKind, node.span, message),
        }
    }
}

/// Some keys of a mapping, for a message.
pub(super) fn key_list(fields: &[&str]) -> String {
    match fields {
        [only] => format!("the key `{only}`"),
        [first, ..] => format!("keys such as `{first}`"),
        [] => "no keys".to_owned(),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found(diagnostic) => formatter.write_str(&diagnostic.message),
            Self::UnknownValue { found, .. } => formatter.write_str(found),
            Self::WrongKind(message) | Self::Other(message) => formatter.write_str(message),
        }
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Other(message.to_string())
    }

    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::WrongKind(expected.to_string())
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::UnknownValue {
            found: variant.to_owned(),
            allowed: expected,
        }
    }
}

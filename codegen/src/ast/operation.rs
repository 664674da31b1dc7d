//! Operations and their errors: names, and mappings with what differs in the operation.

use std::fmt;

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

use super::List;
use super::scalars::{CodeName, CodeOrSet, MethodAst, StatusAst};
use super::spanned::Spanned;

/// The name under which [`OperationErrorAst`] asks the decoder for a string or a mapping. No catalog can contain it.
pub(super) const NAME_OR_MAPPING: &str = "$name-or-mapping";

/// An operation of the API.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Operation"))]
pub(crate) struct OperationAst {
    /// The method of the request.
    pub(crate) method: Spanned<MethodAst>,
    /// The path of the request, from the root. `{name}` is a variable part.
    pub(crate) path: Spanned<String>,
    /// What tells its requests from those of other operations with the same method and path, in one line. Required where
    /// there are others, and allowed only there.
    pub(crate) when: Option<Spanned<String>>,
    /// A summary of the operation, in one line.
    pub(crate) summary: Option<Spanned<String>>,
    /// The codes that it can fail with, and sets of them as `@name`, in quotes. Instead of a code, a mapping states what
    /// differs in this operation.
    pub(crate) errors: List<OperationErrorAst>,
    /// The name of the Rust enum, without the `Error` at its end. Default: the id in upper camel case.
    pub(crate) rust: Option<Spanned<String>>,
}

/// An error of an operation.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(JsonSchema), schemars(untagged, inline))]
pub(crate) enum OperationErrorAst {
    Name(CodeOrSet),
    Own(Box<OwnErrorAst>),
}

/// A code of an operation, with what differs in the operation: at least one of the keys beside `code`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "OperationError", extend("minProperties" = 2)))]
pub(crate) struct OwnErrorAst {
    /// The code.
    pub(crate) code: Spanned<CodeName>,
    /// The status of the code in this operation. Default: the status of the code.
    pub(crate) status: Option<Spanned<StatusAst>>,
    /// What went wrong in this operation, in one line. Default: the meaning of the code.
    pub(crate) meaning: Option<Spanned<String>>,
    /// What to do about it in this operation, in one line. Default: the fix of the code.
    pub(crate) fix: Option<Spanned<String>>,
}

impl<'de> Deserialize<'de> for OperationErrorAst {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NAME_OR_MAPPING, OperationErrorVisitor)
    }
}

struct OperationErrorVisitor;

impl<'de> Visitor<'de> for OperationErrorVisitor {
    type Value = OperationErrorAst;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a code, a set, or a mapping with a code")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<OperationErrorAst, E> {
        Ok(OperationErrorAst::Name(CodeOrSet(name.to_owned())))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<OperationErrorAst, D::Error> {
        OwnErrorAst::deserialize(deserializer).map(|own| OperationErrorAst::Own(Box::new(own)))
    }
}

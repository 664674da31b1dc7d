//! Operations.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::List;
use super::scalars::{CodeOrSet, MethodAst};
use super::spanned::Spanned;

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
    /// The codes that it can fail with, and sets of them as `@name`, in quotes.
    pub(crate) errors: List<CodeOrSet>,
    /// The name of the Rust enum, without the `Error` at its end. Default: the id in upper camel case.
    pub(crate) rust: Option<Spanned<String>>,
}

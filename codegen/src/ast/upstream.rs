//! The errors of the providers behind the API.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::keyed::Keyed;
use super::scalars::{CodeName, StatusesAst, TypeName};
use super::spanned::Spanned;

/// An error that the server sends for errors of a provider: a code, or a type without code. The first entry that fits
/// an error applies to it.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Upstream", extend("anyOf" = [{ "required": ["type"] }, { "required": ["code"] }])))]
pub(crate) struct UpstreamAst {
    /// The errors of the provider that the entry fits. Default: all of them.
    pub(crate) from: Option<Spanned<Keyed<UpstreamFromAst>>>,
    /// The code that is sent.
    pub(crate) code: Option<Spanned<CodeName>>,
    /// The type that is sent without code, with the status of the provider if the type allows it, else with its default.
    #[serde(rename = "type")]
    pub(crate) error_type: Option<Spanned<TypeName>>,
    /// Whether the message of the provider is sent in place of our own. Default: `false`.
    pub(crate) message: Option<Spanned<bool>>,
}

/// What an error of a provider must have so that an entry fits it.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "UpstreamFrom"))]
pub(crate) struct UpstreamFromAst {
    /// The style of the body.
    pub(crate) style: Option<Spanned<String>>,
    /// The status, a list of statuses, or a family.
    pub(crate) status: Option<Spanned<StatusesAst>>,
    /// The type in the body.
    #[serde(rename = "type")]
    pub(crate) error_type: Option<Spanned<String>>,
    /// The code in the body.
    pub(crate) code: Option<Spanned<String>>,
}

//! Which requests get which style.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::scalars::StyleName;
use super::spanned::Spanned;

/// The style of the errors that a request gets, if it meets one condition: `path`, `header` or `accept`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Choice", extend("oneOf" = [
    { "required": ["path"] }, { "required": ["header"] }, { "required": ["accept"] },
])))]
pub(crate) struct ChoiceAst {
    /// The segments that the path of the request begins with: `/v1/messages` fits `/v1/messages/batches` too. A segment
    /// in braces, such as `{project}`, is any segment, and `/` fits every path.
    pub(crate) path: Option<Spanned<String>>,
    /// A header that the request has, whatever its value, in lower case.
    pub(crate) header: Option<Spanned<String>>,
    /// A media type that the header `Accept` of the request names.
    pub(crate) accept: Option<Spanned<String>>,
    /// One of the styles of the API.
    pub(crate) style: Spanned<StyleName>,
}

//! What the file says of the end of a code.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{AudienceAst, CodeName, List, Spanned, VersionText};

/// Says that a code is on its way out: it is still sent, and new callers should not count on it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Deprecated", extend("anyOf" = [{ "required": ["use"] }, { "required": ["note"] }]))]
pub(crate) struct DeprecatedAst {
    /// The version of the API that deprecates the code. `cargo xtask release` fills it in.
    pub(crate) since: Option<Spanned<VersionText>>,
    /// The active code that takes its place.
    #[serde(rename = "use")]
    pub(crate) successor: Option<Spanned<CodeName>>,
    /// What its readers should do now, in one line.
    pub(crate) note: Option<Spanned<String>>,
}

/// A code that is sent no more. Its name and its page are never given to another.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Retired")]
pub(crate) struct RetiredAst {
    /// The version of the API that retires the code. `cargo xtask release` fills it in.
    pub(crate) since: Option<Spanned<VersionText>>,
    /// Why the code is gone, in one line.
    pub(crate) reason: Spanned<String>,
    /// The active code that takes its place.
    #[serde(rename = "use")]
    pub(crate) successor: Option<Spanned<CodeName>>,
    /// The name of the page that the code had, where it had a `slug`.
    pub(crate) slug: Option<Spanned<String>>,
    /// The former names of its page.
    pub(crate) aliases: Option<List<String>>,
    /// Who may know of it, as the code said. Default: `public`.
    pub(crate) audience: Option<Spanned<AudienceAst>>,
}

//! Deprecated and retired codes.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::{AudienceAst, CodeName, List, Spanned, VersionText};

/// A deprecated code: it is still sent, but new callers should not rely on it.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Deprecated", extend("anyOf" = [{ "required": ["use"] }, { "required": ["note"] }])))]
pub(crate) struct DeprecatedAst {
    /// The version of the API that deprecates the code. `cargo xtask release` fills it in.
    pub(crate) since: Option<Spanned<VersionText>>,
    /// The active code that replaces it.
    #[serde(rename = "use")]
    pub(crate) successor: Option<Spanned<CodeName>>,
    /// What to do now, in one line.
    pub(crate) note: Option<Spanned<String>>,
}

/// A retired code. Its name and its page are never reused.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Retired"))]
pub(crate) struct RetiredAst {
    /// The version of the API that retires the code. `cargo xtask release` fills it in.
    pub(crate) since: Option<Spanned<VersionText>>,
    /// Why the code was retired, in one line.
    pub(crate) reason: Spanned<String>,
    /// The active code that replaces it.
    #[serde(rename = "use")]
    pub(crate) successor: Option<Spanned<CodeName>>,
    /// The name of its page, where it had a `slug`. Default: from the wire name.
    pub(crate) slug: Option<Spanned<String>>,
    /// Former names of its page.
    pub(crate) aliases: Option<List<String>>,
    /// Who sees it, as the code had it. Default: `public`.
    pub(crate) audience: Option<Spanned<AudienceAst>>,
}

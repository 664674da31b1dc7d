//! The `lint` section: levels, allowed findings, and custom rules.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{CodeName, DayText, Entries, LevelAst, List, RuleName, Spanned};

/// Levels of the lint rules, allowed findings, and custom rules.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Lint")]
pub(crate) struct LintAst {
    /// Levels of lint rules that differ from the default.
    #[schemars(extend("propertyNames" = { "$ref": "#/$defs/RuleName" }))]
    pub(crate) levels: Option<Spanned<Entries<LevelAst>>>,
    /// Findings that are allowed, each with its reason.
    pub(crate) allow: Option<List<AllowAst>>,
    /// Further verbs that a fix may start with, besides those that the rule `missing-fix-verb` knows.
    pub(crate) verbs: Option<List<String>>,
    /// The maximum length of a message, in characters. Default: 200.
    pub(crate) max_message: Option<Spanned<u64>>,
    /// Accepted changes since the last release, each with its reason. `cargo xtask diff --accept` writes them.
    pub(crate) accept: Option<List<AcceptAst>>,
    /// Custom rules.
    pub(crate) house: Option<List<HouseAst>>,
}

/// A finding that is allowed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Allow")]
pub(crate) struct AllowAst {
    /// The lint rule.
    pub(crate) rule: Spanned<RuleName>,
    /// The custom rule, if the lint rule is `house-rule`. Default: all custom rules.
    pub(crate) house: Option<Spanned<String>>,
    /// The codes that may break the rule. Default: the whole catalog.
    pub(crate) codes: Option<List<CodeName>>,
    /// The last day of the allowance, such as `2027-03-31`. Default: no end.
    #[schemars(extend(
        "pattern" = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "patternErrorMessage" = "write a day, such as 2027-03-31"
    ))]
    pub(crate) until: Option<Spanned<DayText>>,
    /// Why this is allowed.
    pub(crate) reason: Spanned<String>,
}

/// An accepted change since the last release.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Accept")]
pub(crate) struct AcceptAst {
    /// The fingerprint of the change, as `cargo xtask diff` shows it, in quotes.
    #[schemars(extend(
        "pattern" = "^[0-9a-f]{16}$",
        "patternErrorMessage" = "write the fingerprint that `cargo xtask diff` shows"
    ))]
    pub(crate) change: Spanned<String>,
    /// Why the change is accepted.
    pub(crate) reason: Spanned<String>,
}

/// A custom rule: has one of `code_pattern`, `type_pattern`, `banned` and `required`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "House", extend("oneOf" = [
    { "required": ["code_pattern"] },
    { "required": ["type_pattern"] },
    { "required": ["banned"] },
    { "required": ["required"] },
]))]
pub(crate) struct HouseAst {
    /// The name of the rule, such as `plain-words`.
    pub(crate) name: Spanned<String>,
    /// The level of the rule. Default: the level of `house-rule`, which is `warn`.
    pub(crate) level: Option<Spanned<LevelAst>>,
    /// A regular expression that must match the whole name of each code.
    pub(crate) code_pattern: Option<Spanned<String>>,
    /// A regular expression that must match the whole name of each type.
    pub(crate) type_pattern: Option<Spanned<String>>,
    /// Words and phrases that no text of an output may contain, in upper or lower case.
    pub(crate) banned: Option<List<String>>,
    /// What to write instead of the banned words.
    pub(crate) instead: Option<Spanned<String>>,
    /// Keys that each code must have, its own or inherited.
    pub(crate) required: Option<List<String>>,
    /// The reason for the rule. Shown as help in its findings.
    pub(crate) reason: Option<Spanned<String>>,
}

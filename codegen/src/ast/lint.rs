//! The `lint` section: levels, allowed findings, and custom rules.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::{CodeName, DayText, Entries, LevelAst, List, RuleName, Spanned};

/// Levels of the lint rules, allowed findings, and rules of your own.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Lint"))]
pub(crate) struct LintAst {
    /// Levels by rule: `error` stops the run, `warn` is shown, `off` is not. Default: the level of each rule.
    #[cfg_attr(test, schemars(extend("propertyNames" = { "$ref": "#/$defs/RuleName" })))]
    pub(crate) levels: Option<Spanned<Entries<LevelAst>>>,
    /// Allowed findings. An allowance that allows nothing is itself a finding.
    pub(crate) allow: Option<List<AllowAst>>,
    /// Verbs that a fix may begin with, besides those that the rule `missing-fix-verb` knows.
    pub(crate) verbs: Option<List<String>>,
    /// The longest message, in characters. Default: 200.
    pub(crate) max_message: Option<Spanned<u64>>,
    /// Accepted changes of released entries. `cargo xtask diff --accept` writes them.
    pub(crate) accept: Option<List<AcceptAst>>,
    /// Rules of your own. Each has one of `code_pattern`, `type_pattern`, `banned` and `required`.
    pub(crate) house: Option<List<HouseAst>>,
}

/// A finding that is allowed.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Allow"))]
pub(crate) struct AllowAst {
    /// The lint rule.
    pub(crate) rule: Spanned<RuleName>,
    /// The name of the custom rule, if the lint rule is `house-rule`. Default: all custom rules.
    pub(crate) house: Option<Spanned<String>>,
    /// The codes that may break the rule. Default: the whole catalog.
    pub(crate) codes: Option<List<CodeName>>,
    /// The last day of the allowance, by UTC, such as `2027-03-31`. After it the allowance is a finding.
    #[cfg_attr(test, schemars(extend(
        "pattern" = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "patternErrorMessage" = "write a day, such as 2027-03-31"
    )))]
    pub(crate) until: Option<Spanned<DayText>>,
    /// Why this is allowed.
    pub(crate) reason: Spanned<String>,
}

/// An accepted change since the last release.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Accept"))]
pub(crate) struct AcceptAst {
    /// The fingerprint of the change, as `cargo xtask diff` shows it, in quotes.
    #[cfg_attr(test, schemars(extend(
        "pattern" = "^[0-9a-f]{16}$",
        "patternErrorMessage" = "write the fingerprint that `cargo xtask diff` shows"
    )))]
    pub(crate) change: Spanned<String>,
    /// Why the change is accepted.
    pub(crate) reason: Spanned<String>,
}

/// A custom rule: has one of `code_pattern`, `type_pattern`, `banned` and `required`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "House", extend("oneOf" = [
    { "required": ["code_pattern"] },
    { "required": ["type_pattern"] },
    { "required": ["banned"] },
    { "required": ["required"] },
])))]
pub(crate) struct HouseAst {
    /// The name of the rule, in lower case with `-` between words, such as `plain-words`.
    pub(crate) name: Spanned<String>,
    /// The level of the rule. Default: the level of `house-rule`.
    pub(crate) level: Option<Spanned<LevelAst>>,
    /// A regular expression for the whole name of each code.
    pub(crate) code_pattern: Option<Spanned<String>>,
    /// A regular expression for the whole name of each type.
    pub(crate) type_pattern: Option<Spanned<String>>,
    /// Banned words and phrases, in upper or lower case.
    pub(crate) banned: Option<List<String>>,
    /// What to write instead of the banned words.
    pub(crate) instead: Option<Spanned<String>>,
    /// Keys that each code has or takes over: keys of the language, or custom ones such as `x-owner`.
    pub(crate) required: Option<List<String>>,
    /// Why the rule exists. Reports show it as help.
    pub(crate) reason: Option<Spanned<String>>,
}

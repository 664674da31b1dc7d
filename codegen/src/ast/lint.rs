//! The `lint` section: levels, allowances, and the rules of the house.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{CodeName, DayText, Entries, LevelAst, List, RuleName, Spanned};

/// Levels of the lint rules, what is allowed in spite of them, and the rules of the house.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Lint")]
pub(crate) struct LintAst {
    /// The level of each lint rule that is not to have its default.
    #[schemars(extend("propertyNames" = { "$ref": "#/$defs/RuleName" }))]
    pub(crate) levels: Option<Spanned<Entries<LevelAst>>>,
    /// Findings that are allowed, each with its reason.
    pub(crate) allow: Option<List<AllowAst>>,
    /// Verbs with which a fix may begin, besides those that the rule `missing-fix-verb` knows.
    pub(crate) verbs: Option<List<String>>,
    /// How many characters a message may have. Default: 200.
    pub(crate) max_message: Option<Spanned<u64>>,
    /// Changes of what was released that are made all the same, each with its reason. `cargo xtask diff --accept` writes
    /// them.
    pub(crate) accept: Option<List<AcceptAst>>,
    /// Rules of your own.
    pub(crate) house: Option<List<HouseAst>>,
}

/// A finding that is allowed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Allow")]
pub(crate) struct AllowAst {
    /// The lint rule.
    pub(crate) rule: Spanned<RuleName>,
    /// The house rule, where the lint rule is `house-rule`. Default: all of them.
    pub(crate) house: Option<Spanned<String>>,
    /// The codes that may break it. Default: the whole catalog.
    pub(crate) codes: Option<List<CodeName>>,
    /// The last day on which it is allowed, such as `2027-03-31`. Default: there is none.
    #[schemars(extend(
        "pattern" = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "patternErrorMessage" = "write a day, such as 2027-03-31"
    ))]
    pub(crate) until: Option<Spanned<DayText>>,
    /// Why this is right.
    pub(crate) reason: Spanned<String>,
}

/// A change of what was released that is made all the same.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Accept")]
pub(crate) struct AcceptAst {
    /// The fingerprint of the change, as `cargo xtask diff` shows it, in quotes.
    #[schemars(extend(
        "pattern" = "^[0-9a-f]{16}$",
        "patternErrorMessage" = "write the fingerprint that `cargo xtask diff` shows"
    ))]
    pub(crate) change: Spanned<String>,
    /// Why it is right.
    pub(crate) reason: Spanned<String>,
}

/// A rule of the house: asks for one of `code_pattern`, `type_pattern`, `banned` and `required`.
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
    /// How seriously the rule is taken. Default: the level of `house-rule`, which is `warn`.
    pub(crate) level: Option<Spanned<LevelAst>>,
    /// A regular expression that the whole name of each code matches.
    pub(crate) code_pattern: Option<Spanned<String>>,
    /// A regular expression that the whole name of each type matches.
    pub(crate) type_pattern: Option<Spanned<String>>,
    /// Words and phrases that no text of an output contains, in capitals or not.
    pub(crate) banned: Option<List<String>>,
    /// What to write in place of the banned words.
    pub(crate) instead: Option<Spanned<String>>,
    /// Keys that each code states or takes over.
    pub(crate) required: Option<List<String>>,
    /// Why the rule is there; stands as help beside what breaks it.
    pub(crate) reason: Option<Spanned<String>>,
}

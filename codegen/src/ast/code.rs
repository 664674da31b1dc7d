//! Codes and their arguments.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

#[cfg(test)]
use super::json_schema::StatusOrNone;
use super::scalars::{
    ArgumentKindAst, AudienceAst, CodeName, RetryRuleAst, RowAst, StatusAst, TypeName,
};
use super::spanned::{Entries, Spanned};
use super::unions::{GroupPath, IdText};
use super::{DeprecatedAst, LinkAst, List, NamesAst};

/// An error code: one thing that can go wrong.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Code", extend("anyOf" = [{ "required": ["type", "meaning"] }, { "required": ["type", "message"] }, { "required": ["like"] }])))]
#[cfg_attr(test, schemars(extend(
    "dependentRequired" = { "message_suffix": ["like"] },
    "not" = { "required": ["message", "message_suffix"] },
)))]
pub(crate) struct CodeAst {
    /// The type of the code. Required, unless inherited with `like`.
    #[serde(rename = "type")]
    pub(crate) error_type: Option<Spanned<TypeName>>,
    /// The status of the code. `none`: it has no responses, and is in bodies, events and logs only. Default: the first
    /// status of the type.
    #[cfg_attr(test, schemars(with = "Option<StatusOrNone>"))]
    pub(crate) status: Option<Spanned<StatusAst>>,
    /// The message that is sent. `{name}` is the argument of that name, `{{` and `}}` are braces. Default: the meaning.
    pub(crate) message: Option<Spanned<String>>,
    /// The end of the message, in place of `message`: the message of the code that it is `like` comes before it. Needs
    /// `like`.
    pub(crate) message_suffix: Option<Spanned<String>>,
    /// The arguments of the message and the headers, by name.
    pub(crate) args: Option<Spanned<Entries<ArgumentAst>>>,
    /// The request field that the error usually refers to.
    pub(crate) param: Option<Spanned<String>>,
    /// What went wrong, in one line. Text in backticks is code. Required by the rule `missing-meaning`; without it, the
    /// outputs show the message.
    pub(crate) meaning: Option<Spanned<String>>,
    /// What to do about it, in one line. Text in backticks is code. Required by the rule `missing-fix`.
    pub(crate) fix: Option<Spanned<String>>,
    /// A longer description: Markdown without raw HTML, with links beginning with http:// or https://.
    pub(crate) description: Option<Spanned<String>>,
    /// The usual causes, one line each.
    pub(crate) causes: Option<List<String>>,
    /// Further fixes, one line each, besides `fix`.
    pub(crate) fixes: Option<List<String>>,
    /// A note for the authors of the catalog. No output contains it.
    #[expect(dead_code, reason = "no output shows it")]
    pub(crate) internal: Option<Spanned<String>>,
    /// Who sees the code: an internal one is in the crate, and neither in the OpenAPI document nor on the pages.
    /// Default: `public`.
    pub(crate) audience: Option<Spanned<AudienceAst>>,
    /// Headers of every response with the code, each with its value. `{name}` is the argument of that name, `{{` and
    /// `}}` are braces.
    pub(crate) headers: Option<Spanned<Entries<String>>>,
    /// The names of the code in other shapes, by style; in a style without `$code`, the names of its type. Default: the
    /// wire name, in the form of the shape; the name of the type.
    pub(crate) names: Option<Spanned<NamesAst>>,
    /// External ids of the code, such as `errno` or `grpc`: a word or a whole number by the name of the system.
    pub(crate) ids: Option<Spanned<Entries<IdText>>>,
    /// How to retry, where the rule of the status is wrong for this code. Default: by `retry.statuses`.
    pub(crate) retry: Option<Spanned<RetryRuleAst>>,
    /// Another code, whose fields this one takes over where it has none.
    pub(crate) like: Option<Spanned<CodeName>>,
    /// `shared` puts the code into the row of the code it is `like`, in the tables of the documentation. Default: `own`.
    pub(crate) row: Option<Spanned<RowAst>>,
    /// The meaning in the table of types, where the code has a row of its own because its type does not have
    /// its status. Default: the meaning.
    pub(crate) type_row: Option<Spanned<String>>,
    /// The section of the documentation that lists the code, or a list of sections from the outermost one.
    pub(crate) group: Option<Spanned<GroupPath>>,
    /// The version of the API that added the code. `cargo xtask release` fills it in.
    pub(crate) since: Option<Spanned<String>>,
    /// Marks the code as deprecated: it is still sent, and new callers should not rely on it. At least `use` or `note`.
    pub(crate) deprecated: Option<Spanned<DeprecatedAst>>,
    /// Links to further reading.
    pub(crate) see: Option<List<LinkAst>>,
    /// The name of the Rust variant. Default: the wire name in upper camel case.
    pub(crate) rust: Option<Spanned<String>>,
    /// Former names of the Rust variant, which the crate keeps as deprecated constants.
    pub(crate) rust_aliases: Option<List<String>>,
    /// The name of the page: lower-case letters, digits, `_` and `-`. Default: from the wire name.
    pub(crate) slug: Option<Spanned<String>>,
    /// Former names of the page, which lead to it.
    pub(crate) aliases: Option<List<String>>,
    /// Custom keys, kept and exported.
    #[serde(rename = "x-*")]
    #[cfg_attr(test, schemars(skip))]
    pub(crate) extensions: Option<Spanned<Entries<Value>>>,
}

impl CodeAst {
    /// The lists of sentences besides `fixes`, each with the noun for an item.
    pub(crate) fn lists(&self) -> [(&'static str, &Option<List<String>>); 1] {
        [("cause", &self.causes)]
    }
}

/// An argument of a message.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Argument"))]
#[cfg_attr(test, schemars(extend("dependentSchemas" = {
    "absent": { "required": ["nullable"], "properties": { "nullable": { "const": true } } }
})))]
pub(crate) struct ArgumentAst {
    /// The kind of the value.
    pub(crate) kind: Spanned<ArgumentKindAst>,
    /// The meaning of the argument, in one line.
    pub(crate) meaning: Option<Spanned<String>>,
    /// The value in examples, in quotes if it is a number or a boolean. Default: a value that fits the kind.
    pub(crate) example: Option<Spanned<String>>,
    /// Whether messages, details and logs hide the value. Default: `false`.
    pub(crate) sensitive: Option<Spanned<bool>>,
    /// Whether the value may be missing: `Option` in Rust, null in the details. Default: `false`.
    pub(crate) nullable: Option<Spanned<bool>>,
    /// The part of the message where the value is missing. Default: `none`.
    pub(crate) absent: Option<Spanned<String>>,
    /// The name of the Rust field. Default: the name of the argument in snake case.
    pub(crate) rust: Option<Spanned<String>>,
    /// Custom keys, kept and exported.
    #[serde(rename = "x-*")]
    #[cfg_attr(test, schemars(skip))]
    pub(crate) extensions: Option<Spanned<Entries<Value>>>,
}

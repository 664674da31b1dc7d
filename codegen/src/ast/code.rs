//! Codes and their arguments.

use schemars::JsonSchema;
use serde::Deserialize;

use super::scalars::{
    ArgumentKindAst, AudienceAst, CodeName, RetryRuleAst, RowAst, StatusAst, TypeName,
};
use super::spanned::{Entries, Spanned};
use super::unions::{ExtensionValue, GroupPath, IdText};
use super::{DeprecatedAst, LinkAst, List};

/// An error code: one thing that can go wrong.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Code", extend("anyOf" = [{ "required": ["type", "meaning"] }, { "required": ["type", "message"] }, { "required": ["like"] }]))]
pub(crate) struct CodeAst {
    /// The type of the code. Required, unless inherited with `like`.
    #[serde(rename = "type")]
    pub(crate) error_type: Option<Spanned<TypeName>>,
    /// The HTTP status. Default: the first status of the type.
    pub(crate) status: Option<Spanned<StatusAst>>,
    /// The message in the body. `{name}` is an argument, `{{` and `}}` are literal braces. Default: the
    /// meaning.
    pub(crate) message: Option<Spanned<String>>,
    /// The arguments of the message.
    pub(crate) args: Option<Spanned<Entries<ArgumentAst>>>,
    /// The request field that the error usually refers to.
    pub(crate) param: Option<Spanned<String>>,
    /// What went wrong, in one line. Code spans are in backticks.
    pub(crate) meaning: Option<Spanned<String>>,
    /// What to do about it, in one line. Code spans are in backticks.
    pub(crate) fix: Option<Spanned<String>>,
    /// A longer description: what the error is, why it happens, what to do. Markdown without raw HTML; links
    /// start with http:// or https://.
    pub(crate) description: Option<Spanned<String>>,
    /// The usual causes, one line each.
    pub(crate) causes: Option<List<String>>,
    /// Further fixes besides `fix`, one line each.
    pub(crate) fixes: Option<List<String>>,
    /// A note for the authors of the catalog. No output shows it.
    #[expect(dead_code, reason = "no output shows it")]
    pub(crate) internal: Option<Spanned<String>>,
    /// The audience of the code. An internal code is in the crate, but neither in the OpenAPI document nor in
    /// the documentation. Default: `public`.
    pub(crate) audience: Option<Spanned<AudienceAst>>,
    /// Headers of every response with the code, each with its value.
    pub(crate) headers: Option<Spanned<Entries<String>>>,
    /// External ids of the code by system, such as `errno` or `grpc`: a string or an integer.
    pub(crate) ids: Option<Spanned<Entries<IdText>>>,
    /// Whether the code is retryable. Default: the retry rule of its status.
    pub(crate) retry: Option<Spanned<RetryRuleAst>>,
    /// Another code. Its fields are inherited where this code has none.
    pub(crate) like: Option<Spanned<CodeName>>,
    /// `shared` puts the code into the documentation row of the code in `like`. Default: `own`.
    pub(crate) row: Option<Spanned<RowAst>>,
    /// The meaning in the table of types, for a code whose status is not a status of its type. Default: the
    /// meaning.
    pub(crate) type_row: Option<Spanned<String>>,
    /// The group of the code, or the path of groups from the outermost one.
    pub(crate) group: Option<Spanned<GroupPath>>,
    /// The version of the API that added the code.
    pub(crate) since: Option<Spanned<String>>,
    /// Marks the code as deprecated: it is still sent, but new callers should not rely on it.
    pub(crate) deprecated: Option<Spanned<DeprecatedAst>>,
    /// Links to further reading.
    pub(crate) see: Option<List<LinkAst>>,
    /// The name of the Rust variant. Default: the name of the code in upper camel case.
    pub(crate) rust: Option<Spanned<String>>,
    /// The file name of the code's page. Default: the name of the code, made safe for file systems.
    pub(crate) slug: Option<Spanned<String>>,
    /// Former names of the code's page. They redirect to it.
    pub(crate) aliases: Option<List<String>>,
    /// Custom (`x-`) keys, kept and exported.
    #[serde(rename = "x-*")]
    #[schemars(skip)]
    pub(crate) extensions: Option<Spanned<Entries<ExtensionValue>>>,
}

/// An argument of a message.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Argument")]
#[schemars(extend("dependentSchemas" = {
    "absent": { "required": ["nullable"], "properties": { "nullable": { "const": true } } }
}))]
pub(crate) struct ArgumentAst {
    /// The kind of the value.
    pub(crate) kind: Spanned<ArgumentKindAst>,
    /// The meaning of the argument, in one line.
    pub(crate) meaning: Option<Spanned<String>>,
    /// The value in examples, quoted. Default: a value of the kind.
    pub(crate) example: Option<Spanned<String>>,
    /// Whether the value is hidden from messages, details and logs. Default: `false`.
    pub(crate) sensitive: Option<Spanned<bool>>,
    /// Whether the value can be missing: null in the details. Default: `false`.
    pub(crate) nullable: Option<Spanned<bool>>,
    /// The text in the message if the value is missing. Default: `none`.
    pub(crate) absent: Option<Spanned<String>>,
    /// The name of the Rust field. Default: the name of the argument in snake case.
    pub(crate) rust: Option<Spanned<String>>,
    /// Custom (`x-`) keys, kept and exported.
    #[serde(rename = "x-*")]
    #[schemars(skip)]
    pub(crate) extensions: Option<Spanned<Entries<ExtensionValue>>>,
}

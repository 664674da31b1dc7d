//! What the file says of a code.

use schemars::JsonSchema;
use serde::Deserialize;

use super::scalars::{
    ArgumentKindAst, AudienceAst, CodeName, RetryRuleAst, RowAst, StatusAst, TypeName,
};
use super::spanned::{Entries, Spanned};
use super::unions::{ExtensionValue, GroupPath, IdText};
use super::{DeprecatedAst, LinkAst, List};

/// An error code: one thing that went wrong.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Code", extend("anyOf" = [{ "required": ["type", "meaning"] }, { "required": ["type", "message"] }, { "required": ["like"] }]))]
pub(crate) struct CodeAst {
    /// The type of the code. Required unless `like` gives it.
    #[serde(rename = "type")]
    pub(crate) error_type: Option<Spanned<TypeName>>,
    /// The HTTP status. Default: the first status of the type.
    pub(crate) status: Option<Spanned<StatusAst>>,
    /// The text on the wire. `{name}` is the argument of that name, `{{` and `}}` are braces.
    /// Default: the meaning.
    pub(crate) message: Option<Spanned<String>>,
    /// The arguments of the message.
    pub(crate) args: Option<Spanned<Entries<ArgumentAst>>>,
    /// The request field that the error usually names.
    pub(crate) param: Option<Spanned<String>>,
    /// What went wrong, in one line. Code spans stand in backticks.
    pub(crate) meaning: Option<Spanned<String>>,
    /// What to do about it, in one line. Code spans stand in backticks.
    pub(crate) fix: Option<Spanned<String>>,
    /// What it is, why it happens and what to do, at length: Markdown without raw HTML, with links
    /// beginning with http:// or https://.
    pub(crate) description: Option<Spanned<String>>,
    /// What usually causes it, a line each.
    pub(crate) causes: Option<List<String>>,
    /// What else can be done about it, a line each, beside the one of `fix`.
    pub(crate) fixes: Option<List<String>>,
    /// A note for the authors of the catalog, which no output shows.
    #[expect(dead_code, reason = "no output shows it")]
    pub(crate) internal: Option<Spanned<String>>,
    /// Who may know of the code: an internal one is in the crate, and neither in the OpenAPI document nor in the
    /// documentation. Default: `public`.
    pub(crate) audience: Option<Spanned<AudienceAst>>,
    /// Headers that every response with the code carries, each with its value.
    pub(crate) headers: Option<Spanned<Entries<String>>>,
    /// What the code is called in other worlds, such as `errno` or `grpc`: a word or a whole number by its system.
    pub(crate) ids: Option<Spanned<Entries<IdText>>>,
    /// Whether to try again, where the retry rule of the status is not right for this code.
    pub(crate) retry: Option<Spanned<RetryRuleAst>>,
    /// Another code whose fields hold where this one states none.
    pub(crate) like: Option<Spanned<CodeName>>,
    /// `shared` puts the code into the documentation row of the code it is `like`. Default: `own`.
    pub(crate) row: Option<Spanned<RowAst>>,
    /// The meaning in the table of types, where the code has a row of its own because its status is
    /// none of its type's. Default: the meaning.
    pub(crate) type_row: Option<Spanned<String>>,
    /// The section of the documentation that lists the code, or the sections from the outermost one.
    pub(crate) group: Option<Spanned<GroupPath>>,
    /// The version of the API that brought the code.
    pub(crate) since: Option<Spanned<String>>,
    /// That the code is on its way out: it is still sent, and new callers should not count on it.
    pub(crate) deprecated: Option<Spanned<DeprecatedAst>>,
    /// Links to further reading.
    pub(crate) see: Option<List<LinkAst>>,
    /// The name of the Rust variant. Default: the name of the code in upper camel case.
    pub(crate) rust: Option<Spanned<String>>,
    /// The name of the code's page. Default: the name of the code, made safe for file systems.
    pub(crate) slug: Option<Spanned<String>>,
    /// The former names of the code's page, which lead to it as long as the code is there.
    pub(crate) aliases: Option<List<String>>,
    /// Keys of your own, kept and exported.
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
    /// The kind of value.
    pub(crate) kind: Spanned<ArgumentKindAst>,
    /// What the argument is, in one line.
    pub(crate) meaning: Option<Spanned<String>>,
    /// The value shown in examples, quoted. Default: a value that fits the kind.
    pub(crate) example: Option<Spanned<String>>,
    /// Whether the value is kept out of messages, details and logs. Default: `false`.
    pub(crate) sensitive: Option<Spanned<bool>>,
    /// Whether there may be no value: null in the details. Default: `false`.
    pub(crate) nullable: Option<Spanned<bool>>,
    /// What the message says where there is no value. Default: `none`.
    pub(crate) absent: Option<Spanned<String>>,
    /// The name of the Rust field. Default: the name of the argument in snake case.
    pub(crate) rust: Option<Spanned<String>>,
    /// Keys of your own, kept and exported.
    #[serde(rename = "x-*")]
    #[schemars(skip)]
    pub(crate) extensions: Option<Spanned<Entries<ExtensionValue>>>,
}

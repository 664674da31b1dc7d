//! What the file says of a code.

use schemars::JsonSchema;
use serde::Deserialize;

use super::keys::{
    ArgumentKindDraft, CodeName, ExtensionValue, RetryRuleDraft, RowDraft, StatusDraft, TypeName,
};
use super::spanned::{Entries, Spanned};
use super::{LinkDraft, List};

/// An error code: one thing that went wrong.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Code")]
pub(crate) struct CodeDraft {
    /// The type of the code. Required unless `like` gives it.
    #[serde(rename = "type")]
    pub(crate) error_type: Option<Spanned<TypeName>>,
    /// The HTTP status. Default: the first status of the type.
    pub(crate) status: Option<Spanned<StatusDraft>>,
    /// The text on the wire. `{name}` is the argument of that name, `{{` and `}}` are braces.
    /// Default: the meaning.
    pub(crate) message: Option<Spanned<String>>,
    /// The arguments of the message.
    pub(crate) args: Option<Spanned<Entries<ArgumentDraft>>>,
    /// The request field that the error usually names.
    pub(crate) param: Option<Spanned<String>>,
    /// What went wrong, in one line. Code spans stand in backticks.
    pub(crate) meaning: Option<Spanned<String>>,
    /// What to do about it, in one line. Code spans stand in backticks.
    pub(crate) fix: Option<Spanned<String>>,
    /// Whether to try again, where the retry rule of the status is not right for this code.
    pub(crate) retry: Option<Spanned<RetryRuleDraft>>,
    /// Another code whose fields hold where this one states none.
    pub(crate) like: Option<Spanned<CodeName>>,
    /// `shared` puts the code into the documentation row of the code it is `like`. Default: `own`.
    pub(crate) row: Option<Spanned<RowDraft>>,
    /// The meaning in the table of types, where the code has a row of its own because its status is
    /// none of its type's. Default: the meaning.
    pub(crate) type_row: Option<Spanned<String>>,
    /// The section of the documentation that lists the code.
    pub(crate) group: Option<Spanned<String>>,
    /// The version of the API that brought the code.
    pub(crate) since: Option<Spanned<String>>,
    /// Links to further reading.
    pub(crate) see: Option<List<LinkDraft>>,
    /// The name of the Rust variant. Default: the name of the code in upper camel case.
    pub(crate) rust: Option<Spanned<String>>,
    /// The name of the code's page. Default: the name of the code, made safe for file systems.
    pub(crate) slug: Option<Spanned<String>>,
    /// Keys of your own, kept and exported.
    #[serde(rename = "x-*")]
    #[schemars(skip)]
    pub(crate) extensions: Option<Spanned<Entries<ExtensionValue>>>,
}

/// An argument of a message.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Argument")]
pub(crate) struct ArgumentDraft {
    /// The kind of value.
    pub(crate) kind: Spanned<ArgumentKindDraft>,
    /// What the argument is, in one line.
    pub(crate) meaning: Option<Spanned<String>>,
    /// The value shown in examples, quoted. Default: a value that fits the kind.
    pub(crate) example: Option<Spanned<String>>,
    /// Whether the value is kept out of messages, details and logs. Default: `false`.
    pub(crate) sensitive: Option<Spanned<bool>>,
}

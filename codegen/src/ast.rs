//! What the file says: the catalog language, key by key, each value with its place.
//!
//! The same types decode a catalog and describe it to editors: the doc comments are the
//! descriptions of the JSON Schema.

mod access;
mod code;
mod decode;
mod deprecation;
mod error;
mod keyed;
pub(crate) mod language;
mod lint;
mod merge;
pub(crate) mod prefix;
mod scalar;
mod scalars;
mod sink;
mod spanned;
mod unions;

pub(crate) use code::{ArgumentAst, CodeAst};
pub(crate) use decode::{EXTENSIONS, decode};
pub(crate) use deprecation::{DeprecatedAst, RetiredAst};
pub(crate) use keyed::{Keyed, Keys};
pub(crate) use lint::{AcceptAst, AllowAst, HouseAst, LintAst};
pub(crate) use merge::{PartAst, merge};
pub(crate) use scalars::{
    ArgumentKindAst, AudienceAst, CodeKindAst, CodeName, CodeOrSet, DayText, JitterAst, LevelAst,
    MethodAst, ParamAst, RetryRuleAst, RowAst, RuleName, StatusAst, StatusesAst, StyleAst,
    StylesAst, TypeName, VersionText,
};
pub(crate) use spanned::{Entries, Spanned};
pub(crate) use unions::{ExtensionValue, GroupPath, IdText};

use scalars::StatusOrFamily;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::{SourceId, Span};
use crate::yaml::node::{Node, Value};

/// Says that the file is written in another version of the language, if it is: then nothing else
/// in it can be judged.
pub(crate) fn other_version(node: &Node<'_>, version: u64) -> Option<Diagnostic> {
    let (at, stated) = other_form(node, "version", version)?;
    let message = format!(
        "version {} of the catalog language is not known",
        quoted(stated)
    );
    Some(
        Diagnostic::new(Rule::UnsupportedVersion, at, message).help(format!(
            "this tool reads version {version}; a newer catalog needs a newer tool"
        )),
    )
}

/// The number that stands under a key, and its place, where it is another one than `known`.
pub(crate) fn other_form<'a>(node: &'a Node<'_>, key: &str, known: u64) -> Option<(Span, &'a str)> {
    let Value::Scalar(scalar) = &node.get(key)?.value.value else {
        return None;
    };
    let stated = scalar::whole_number(scalar)?;
    (stated != known).then_some((scalar.span, scalar.text.as_ref()))
}

/// Says that a file has nothing in it.
pub(crate) fn no_catalog(source: SourceId) -> Diagnostic {
    let start = Span::new(source, 0, 0);
    Diagnostic::new(Rule::MissingField, start, "the file holds no catalog").help(
        if source == SourceId::default() {
            "begin with `version: 1`"
        } else {
            "write a section such as `codes:`, or take the file out of `include`"
        },
    )
}

type List<T> = Spanned<Vec<Spanned<T>>>;
/// A mapping with its keys and its place.
pub(crate) type Mapping<T> = Spanned<Keyed<T>>;
/// Mappings by names, each with its keys.
pub(crate) type Mappings<T> = Spanned<Entries<Keyed<T>>>;

/// The errors of one API: types, codes, HTTP statuses, meanings, fixes and retry rules.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Catalog")]
pub(crate) struct CatalogAst {
    /// The version of the catalog language. This tool reads version 1.
    #[schemars(extend("const" = 1))]
    pub(crate) version: Spanned<u64>,
    /// Further files of the catalog, by their paths from this one. `*` stands for any part of a name.
    pub(crate) include: Option<List<String>>,
    /// What the API is called and where its documentation stands.
    pub(crate) api: Mapping<ApiAst>,
    /// The body of every error response.
    pub(crate) envelope: Option<Mapping<EnvelopeAst>>,
    /// What readers should know about the request id that every error response carries.
    pub(crate) error_ids: Option<Mapping<SectionAst>>,
    /// Which errors a client may send again, and how.
    pub(crate) retry: Option<Mapping<RetryAst>>,
    /// The error types, by the name they have on the wire, in the order of the documentation.
    #[schemars(extend("minProperties" = 1))]
    pub(crate) types: Mappings<TypeAst>,
    /// The error codes, by the name they have on the wire, in the order of the documentation.
    #[schemars(extend("minProperties" = 1))]
    pub(crate) codes: Mappings<CodeAst>,
    /// What became of codes that are sent no more, by the name they had on the wire.
    pub(crate) retired: Option<Mappings<RetiredAst>>,
    /// The groups that codes name, with what is said of each. A group within another is written `outer/inner`.
    pub(crate) groups: Option<Spanned<Entries<GroupAst>>>,
    /// Codes that operations name together, by the name of the set.
    pub(crate) sets: Option<Spanned<Entries<SetAst>>>,
    /// What the API can be asked to do, by operation id, each with the codes that it can fail with.
    pub(crate) operations: Option<Mappings<OperationAst>>,
    /// What the server answers where no handler does, by the status of its framework.
    pub(crate) framework: Option<List<Keyed<FrameworkAst>>>,
    /// What the OpenAPI document promises.
    pub(crate) openapi: Option<Mapping<OpenApiAst>>,
    /// Levels of the lint rules, and what is allowed in spite of them.
    pub(crate) lint: Option<Spanned<LintAst>>,
}

/// What the API is called and where its documentation stands.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Api")]
pub(crate) struct ApiAst {
    /// The title of the API, as it heads the documentation.
    pub(crate) title: Spanned<String>,
    /// The base of every code's documentation link, or a template that holds `{slug}`.
    pub(crate) docs_url: Spanned<String>,
    /// The name of the generated crate, such as `gateway-errors`.
    #[serde(rename = "crate")]
    pub(crate) crate_name: Spanned<String>,
    /// The version of the API and of the generated crate. Default: 0.1.0.
    pub(crate) version: Option<Spanned<VersionText>>,
    /// The licence of the API, for the OpenAPI document.
    pub(crate) license: Option<Spanned<LicenseAst>>,
    /// Whom to ask about the API, for the OpenAPI document.
    pub(crate) contact: Option<Spanned<ContactAst>>,
    /// Where the API is served, for the OpenAPI document. Default: where the document is.
    pub(crate) servers: Option<List<ServerAst>>,
}

/// The licence of the API.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "License")]
pub(crate) struct LicenseAst {
    /// The name of the licence.
    pub(crate) name: Spanned<String>,
    /// Where its text is, beginning with http:// or https://.
    pub(crate) url: Option<Spanned<String>>,
}

/// Whom to ask about the API.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Contact", extend("minProperties" = 1))]
pub(crate) struct ContactAst {
    /// The name of the person or team.
    pub(crate) name: Option<Spanned<String>>,
    /// The address of a page, beginning with http:// or https://.
    pub(crate) url: Option<Spanned<String>>,
    /// An e-mail address.
    pub(crate) email: Option<Spanned<String>>,
}

/// Where the API is served.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Server")]
pub(crate) struct ServerAst {
    /// The address, beginning with http:// or https://, or with a slash where the document is.
    pub(crate) url: Spanned<String>,
    /// What this server is for.
    pub(crate) description: Option<Spanned<String>>,
}

/// What the OpenAPI document promises.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "OpenApi")]
pub(crate) struct OpenApiAst {
    /// Whether codes and types are closed enums, which a client that was made before a code was
    /// added does not read. Default: `false`.
    pub(crate) closed: Option<Spanned<bool>>,
}

/// The body of every error response.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Envelope")]
pub(crate) struct EnvelopeAst {
    /// The style of the body, or a list of styles of which clients choose by `Accept`; the first is
    /// sent to those that do not choose. Default: `openai`, which is
    /// `{"error":{message,type,code,param}}`; `problem` is RFC 9457.
    pub(crate) style: Option<Spanned<StylesAst>>,
    /// What stands for `param` where an error names no field: nothing, or null. Default: `omit`.
    pub(crate) param: Option<Spanned<ParamAst>>,
    /// What a code is in the body: a text, or a whole number. Default: `string`.
    pub(crate) code: Option<Spanned<CodeKindAst>>,
    /// Whether the arguments of a code stand in the body too, typed, as `details`. Default: `false`.
    pub(crate) details: Option<Spanned<bool>>,
    /// The header that carries the request id. Default: `x-request-id`.
    pub(crate) request_id: Option<Spanned<String>>,
    /// The sentence before the example of the documentation.
    pub(crate) intro: Option<Spanned<String>>,
    /// The body shown as an example.
    pub(crate) example: Option<Spanned<ExampleAst>>,
    /// Sentences about the envelope, in the order of the documentation.
    pub(crate) notes: Option<List<String>>,
}

/// The body shown as an example.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Example")]
pub(crate) struct ExampleAst {
    /// The code of the example.
    pub(crate) code: Spanned<CodeName>,
    /// The message of the example. Default: the message of the code.
    pub(crate) message: Option<Spanned<String>>,
    /// The request field the example names. Default: the `param` of the code.
    pub(crate) param: Option<Spanned<String>>,
}

/// Sentences that belong to a section of the documentation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Section")]
pub(crate) struct SectionAst {
    /// The sentences, in the order of the documentation.
    pub(crate) notes: Option<List<String>>,
    /// Links that belong to the section.
    pub(crate) see: Option<List<LinkAst>>,
}

/// A link.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Link")]
pub(crate) struct LinkAst {
    /// The words of the link.
    pub(crate) text: Spanned<String>,
    /// The address, beginning with http:// or https://.
    pub(crate) url: Spanned<String>,
}

/// Which errors a client may send again, and how.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Retry")]
pub(crate) struct RetryAst {
    /// The statuses that are worth another try. Default: none.
    #[schemars(extend("uniqueItems" = true))]
    pub(crate) statuses: Option<List<StatusAst>>,
    /// The delays between tries.
    pub(crate) backoff: Option<Spanned<BackoffAst>>,
    /// Why other errors are not worth another try.
    pub(crate) not_retryable: Option<List<NotRetryableAst>>,
    /// Sentences about retrying, in the order of the documentation.
    pub(crate) notes: Option<List<String>>,
    /// Links that belong to the section.
    pub(crate) see: Option<List<LinkAst>>,
}

/// The delays between tries: each is the one before times the factor, up to the longest.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Backoff")]
pub(crate) struct BackoffAst {
    /// The delay before the first retry, in milliseconds. Default: 500.
    pub(crate) initial_ms: Option<Spanned<u64>>,
    /// How much longer each delay is than the one before. Default: 2.
    pub(crate) factor: Option<Spanned<u64>>,
    /// The longest delay, in milliseconds. Default: 8000.
    pub(crate) max_ms: Option<Spanned<u64>>,
    /// How many times a client tries again. Default: 2.
    pub(crate) max_retries: Option<Spanned<u64>>,
    /// `full` draws each delay between zero and its value; `none` waits the value. Default: `full`.
    pub(crate) jitter: Option<Spanned<JitterAst>>,
}

/// Why an error is not worth another try: names a status, a family or a code.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "NotRetryable", extend("anyOf" = [{ "required": ["status"] }, { "required": ["code"] }]))]
pub(crate) struct NotRetryableAst {
    /// A status or a family; of a family the retryable statuses are left out.
    #[schemars(with = "Option<StatusOrFamily>")]
    pub(crate) status: Option<Spanned<StatusAst>>,
    /// A code.
    pub(crate) code: Option<Spanned<CodeName>>,
    /// Why, as a half sentence that can follow a dash.
    pub(crate) reason: Spanned<String>,
}

/// An error type: a family of codes that clients handle alike.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Type", extend("anyOf" = [{ "required": ["meaning"] }, { "required": ["message"] }]))]
pub(crate) struct TypeAst {
    /// The statuses of the type: one, a list whose first is the default, or a family such as 5xx.
    pub(crate) status: Spanned<StatusesAst>,
    /// What the type means, in one line. Code spans stand in backticks.
    pub(crate) meaning: Option<Spanned<String>>,
    /// The text on the wire of an error that has this type and no code. Default: the meaning.
    pub(crate) message: Option<Spanned<String>>,
    /// The name of the Rust variant. Default: the name of the type in upper camel case.
    pub(crate) rust: Option<Spanned<String>>,
    /// A note for the authors of the catalog, which no output shows.
    #[expect(dead_code, reason = "no output shows it")]
    pub(crate) internal: Option<Spanned<String>>,
}

/// A section of the documentation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Group")]
pub(crate) struct GroupAst {
    /// The heading of the section. Default: the name of the group.
    pub(crate) title: Option<Spanned<String>>,
    /// What the wire names of the codes begin with that state the group. Default: the prefix of the group around it.
    pub(crate) prefix: Option<Spanned<String>>,
}

/// Codes that operations name together.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Set")]
pub(crate) struct SetAst(pub(crate) Vec<Spanned<CodeName>>);

/// Something that the API can be asked to do.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Operation")]
pub(crate) struct OperationAst {
    /// The method of the request.
    pub(crate) method: Spanned<MethodAst>,
    /// The path of the request, from the root. `{name}` stands for a part that varies.
    pub(crate) path: Spanned<String>,
    /// What the operation does, in one line.
    pub(crate) summary: Option<Spanned<String>>,
    /// The codes that it can fail with, and sets of them, as `@name`.
    pub(crate) errors: List<CodeOrSet>,
    /// The name of the Rust enum, without the `Error` at its end. Default: the name of the operation
    /// in upper camel case.
    pub(crate) rust: Option<Spanned<String>>,
}

/// What the server answers in place of a bare status of its framework: a path that is not there, a
/// body that is no JSON, a handler that panics. Names a type or a code.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Framework", extend("anyOf" = [{ "required": ["type"] }, { "required": ["code"] }]))]
pub(crate) struct FrameworkAst {
    /// The status that the framework answers with.
    pub(crate) status: Spanned<StatusAst>,
    /// The type of the error, which has no code then.
    #[serde(rename = "type")]
    pub(crate) error_type: Option<Spanned<TypeName>>,
    /// The status that is sent with the type. Default: the same.
    #[serde(rename = "as")]
    pub(crate) sent: Option<Spanned<StatusAst>>,
    /// The code of the error, which is sent with its own status.
    pub(crate) code: Option<Spanned<CodeName>>,
    /// The text on the wire with a type. Default: that of the type.
    pub(crate) message: Option<Spanned<String>>,
}

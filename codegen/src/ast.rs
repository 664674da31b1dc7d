//! The syntax tree of a catalog: the catalog language, key by key, each value with its place.
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

/// Reports a file in another version of the language: nothing else in it can be checked then.
pub(crate) fn other_version(node: &Node<'_>, version: u64) -> Option<Diagnostic> {
    let (at, stated) = other_form(node, "version", version)?;
    let message = format!(
        "version {} of the catalog language is not supported",
        quoted(stated)
    );
    Some(
        Diagnostic::new(Rule::UnsupportedVersion, at, message).help(format!(
            "this tool reads version {version}; a newer catalog needs a newer tool"
        )),
    )
}

/// The number under a key and its place, unless it is `known`.
pub(crate) fn other_form<'a>(node: &'a Node<'_>, key: &str, known: u64) -> Option<(Span, &'a str)> {
    let Value::Scalar(scalar) = &node.get(key)?.value.value else {
        return None;
    };
    let stated = scalar::whole_number(scalar)?;
    (stated != known).then_some((scalar.span, scalar.text.as_ref()))
}

/// Reports an empty file.
pub(crate) fn no_catalog(source: SourceId) -> Diagnostic {
    let start = Span::new(source, 0, 0);
    let (message, help) = if source == SourceId::default() {
        ("the catalog is empty", "start with `version: 1`")
    } else {
        (
            "the included file is empty",
            "add a section such as `codes:`, or remove the file from `include`",
        )
    };
    Diagnostic::new(Rule::MissingField, start, message).help(help)
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
    /// Further files of the catalog, as paths relative to this file. `*` matches any part of a file name.
    pub(crate) include: Option<List<String>>,
    /// The name of the API and the place of its documentation.
    pub(crate) api: Mapping<ApiAst>,
    /// The body of every error response.
    pub(crate) envelope: Option<Mapping<EnvelopeAst>>,
    /// Notes about the request id in every error response.
    pub(crate) error_ids: Option<Mapping<SectionAst>>,
    /// Which errors a client may retry, and how.
    pub(crate) retry: Option<Mapping<RetryAst>>,
    /// The error types by wire name, in the order of the documentation.
    #[schemars(extend("minProperties" = 1))]
    pub(crate) types: Mappings<TypeAst>,
    /// The error codes by wire name, in the order of the documentation.
    #[schemars(extend("minProperties" = 1))]
    pub(crate) codes: Mappings<CodeAst>,
    /// The retired codes by wire name.
    pub(crate) retired: Option<Mappings<RetiredAst>>,
    /// The groups of codes, by name. A nested group is written `outer/inner`.
    pub(crate) groups: Option<Spanned<Entries<GroupAst>>>,
    /// Sets of codes for operations, by name.
    pub(crate) sets: Option<Spanned<Entries<SetAst>>>,
    /// The operations of the API by operation id, each with the codes it can fail with.
    pub(crate) operations: Option<Mappings<OperationAst>>,
    /// The errors for responses of the web framework, by the status of the framework.
    pub(crate) framework: Option<List<Keyed<FrameworkAst>>>,
    /// Settings of the OpenAPI document.
    pub(crate) openapi: Option<Mapping<OpenApiAst>>,
    /// Levels of the lint rules, and allowed findings.
    pub(crate) lint: Option<Spanned<LintAst>>,
}

/// The name of the API and the place of its documentation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Api")]
pub(crate) struct ApiAst {
    /// The title of the API, shown at the top of the documentation.
    pub(crate) title: Spanned<String>,
    /// The base URL of the documentation pages of codes, or a template that contains `{slug}`.
    pub(crate) docs_url: Spanned<String>,
    /// The name of the generated crate, such as `gateway-errors`.
    #[serde(rename = "crate")]
    pub(crate) crate_name: Spanned<String>,
    /// The version of the API and of the generated crate. Default: 0.1.0.
    pub(crate) version: Option<Spanned<VersionText>>,
    /// The license of the API, for the OpenAPI document.
    pub(crate) license: Option<Spanned<LicenseAst>>,
    /// The contact for the API, for the OpenAPI document.
    pub(crate) contact: Option<Spanned<ContactAst>>,
    /// The servers of the API, for the OpenAPI document. Default: the server of the document.
    pub(crate) servers: Option<List<ServerAst>>,
}

/// The license of the API.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "License")]
pub(crate) struct LicenseAst {
    /// The name of the license.
    pub(crate) name: Spanned<String>,
    /// The URL of the license text, starting with http:// or https://.
    pub(crate) url: Option<Spanned<String>>,
}

/// The contact for the API.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Contact", extend("minProperties" = 1))]
pub(crate) struct ContactAst {
    /// The name of the person or team.
    pub(crate) name: Option<Spanned<String>>,
    /// The URL of a page, starting with http:// or https://.
    pub(crate) url: Option<Spanned<String>>,
    /// An email address.
    pub(crate) email: Option<Spanned<String>>,
}

/// A server of the API.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Server")]
pub(crate) struct ServerAst {
    /// The URL, starting with http:// or https://, or a path on the server of the document.
    pub(crate) url: Spanned<String>,
    /// The purpose of this server.
    pub(crate) description: Option<Spanned<String>>,
}

/// Settings of the OpenAPI document.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "OpenApi")]
pub(crate) struct OpenApiAst {
    /// Whether codes and types are closed enums. A client generated from a closed enum cannot read codes that
    /// are added later. Default: `false`.
    pub(crate) closed: Option<Spanned<bool>>,
}

/// The body of every error response.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Envelope")]
pub(crate) struct EnvelopeAst {
    /// The style of the body, or a list of styles: clients choose one with `Accept`, and the first is the
    /// default. Default: `openai`, which is
    /// `{"error":{message,type,code,param}}`; `problem` is RFC 9457.
    pub(crate) style: Option<Spanned<StylesAst>>,
    /// How a missing `param` is written: omitted, or null. Default: `omit`.
    pub(crate) param: Option<Spanned<ParamAst>>,
    /// The JSON type of a code in the body: a string, or an integer. Default: `string`.
    pub(crate) code: Option<Spanned<CodeKindAst>>,
    /// Whether the body also contains the typed arguments of a code, as `details`. Default: `false`.
    pub(crate) details: Option<Spanned<bool>>,
    /// The header with the request id. Default: `x-request-id`.
    pub(crate) request_id: Option<Spanned<String>>,
    /// The sentence before the example in the documentation.
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
    /// The request field in the example. Default: the `param` of the code.
    pub(crate) param: Option<Spanned<String>>,
}

/// Notes and links of a section of the documentation.
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
    /// The text of the link.
    pub(crate) text: Spanned<String>,
    /// The URL, starting with http:// or https://.
    pub(crate) url: Spanned<String>,
}

/// Which errors a client may retry, and how.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Retry")]
pub(crate) struct RetryAst {
    /// The retryable statuses. Default: none.
    #[schemars(extend("uniqueItems" = true))]
    pub(crate) statuses: Option<List<StatusAst>>,
    /// The delays between retries.
    pub(crate) backoff: Option<Spanned<BackoffAst>>,
    /// Why other errors are not retryable.
    pub(crate) not_retryable: Option<List<NotRetryableAst>>,
    /// Sentences about retrying, in the order of the documentation.
    pub(crate) notes: Option<List<String>>,
    /// Links that belong to the section.
    pub(crate) see: Option<List<LinkAst>>,
}

/// The delays between retries: each is the previous one times the factor, up to the maximum.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Backoff")]
pub(crate) struct BackoffAst {
    /// The delay before the first retry, in milliseconds. Default: 500.
    pub(crate) initial_ms: Option<Spanned<u64>>,
    /// The factor between two delays. Default: 2.
    pub(crate) factor: Option<Spanned<u64>>,
    /// The maximum delay, in milliseconds. Default: 8000.
    pub(crate) max_ms: Option<Spanned<u64>>,
    /// The maximum number of retries. Default: 2.
    pub(crate) max_retries: Option<Spanned<u64>>,
    /// `full` draws each delay at random between zero and its value; `none` uses the value. Default: `full`.
    pub(crate) jitter: Option<Spanned<JitterAst>>,
}

/// Why an error is not retryable: gives a status, a family or a code.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "NotRetryable", extend("anyOf" = [{ "required": ["status"] }, { "required": ["code"] }]))]
pub(crate) struct NotRetryableAst {
    /// A status or a family. The retryable statuses of the family are excluded.
    #[schemars(with = "Option<StatusOrFamily>")]
    pub(crate) status: Option<Spanned<StatusAst>>,
    /// A code.
    pub(crate) code: Option<Spanned<CodeName>>,
    /// The reason, as a phrase that can follow a dash.
    pub(crate) reason: Spanned<String>,
}

/// An error type: a family of codes that clients handle alike.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Type", extend("anyOf" = [{ "required": ["meaning"] }, { "required": ["message"] }]))]
pub(crate) struct TypeAst {
    /// The statuses of the type: one, a list whose first is the default, or a family such as 5xx.
    pub(crate) status: Spanned<StatusesAst>,
    /// The meaning of the type, in one line. Code spans are in backticks.
    pub(crate) meaning: Option<Spanned<String>>,
    /// The message of an error that has this type and no code. Default: the meaning.
    pub(crate) message: Option<Spanned<String>>,
    /// The name of the Rust variant. Default: the name of the type in upper camel case.
    pub(crate) rust: Option<Spanned<String>>,
    /// A note for the authors of the catalog. No output shows it.
    #[expect(dead_code, reason = "no output shows it")]
    pub(crate) internal: Option<Spanned<String>>,
}

/// A section of the documentation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Group")]
pub(crate) struct GroupAst {
    /// The heading of the section. Default: the name of the group.
    pub(crate) title: Option<Spanned<String>>,
    /// Prefix for the wire names of codes in this group. Default: the prefix of the outer group.
    pub(crate) prefix: Option<Spanned<String>>,
}

/// A set of codes for operations.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Set")]
pub(crate) struct SetAst(pub(crate) Vec<Spanned<CodeName>>);

/// An operation of the API.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Operation")]
pub(crate) struct OperationAst {
    /// The method of the request.
    pub(crate) method: Spanned<MethodAst>,
    /// The path of the request, starting with a slash. `{name}` is a path parameter.
    pub(crate) path: Spanned<String>,
    /// A summary of the operation, in one line.
    pub(crate) summary: Option<Spanned<String>>,
    /// The codes it can fail with, and sets of codes, as `@name`.
    pub(crate) errors: List<CodeOrSet>,
    /// The name of the Rust enum, without the suffix `Error`. Default: the name of the operation in upper
    /// camel case.
    pub(crate) rust: Option<Spanned<String>>,
}

/// The error that replaces a bare status of the web framework, for example for an unknown path, a body that
/// is not JSON, or a handler that panics. Gives a type or a code.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Framework", extend("anyOf" = [{ "required": ["type"] }, { "required": ["code"] }]))]
pub(crate) struct FrameworkAst {
    /// The status of the framework's response.
    pub(crate) status: Spanned<StatusAst>,
    /// The type of the error. The error has no code then.
    #[serde(rename = "type")]
    pub(crate) error_type: Option<Spanned<TypeName>>,
    /// The status that is sent with the type. Default: the status of the framework.
    #[serde(rename = "as")]
    pub(crate) sent: Option<Spanned<StatusAst>>,
    /// The code of the error. It is sent with its own status.
    pub(crate) code: Option<Spanned<CodeName>>,
    /// The message that is sent with the type. Default: the message of the type.
    pub(crate) message: Option<Spanned<String>>,
}

//! The syntax tree of a catalog: the catalog language, key by key, each value with its place.
//!
//! The same types decode a catalog and describe it to editors: the doc comments are the
//! descriptions of the JSON Schema.

mod access;
mod choice;
mod code;
mod decode;
mod deprecation;
mod error;
#[cfg(test)]
mod json_schema;
mod keyed;
pub(crate) mod language;
mod lint;
mod merge;
mod operation;
mod output;
pub(crate) mod prefix;
mod scalar;
mod scalars;
mod shape;
mod sink;
mod spanned;
mod unions;
mod upstream;

pub(crate) use choice::ChoiceAst;
pub(crate) use code::{ArgumentAst, CodeAst};
pub(crate) use decode::{EXTENSIONS, decode};
pub(crate) use deprecation::{DeprecatedAst, RetiredAst};
pub(crate) use keyed::{Keyed, Keys};
pub(crate) use lint::{AcceptAst, AllowAst, HouseAst, LintAst};
pub(crate) use merge::{PartAst, merge};
pub(crate) use operation::{OperationAst, OperationErrorAst, OwnErrorAst};
pub(crate) use output::OutputAst;
pub(crate) use scalars::{
    ArgumentKindAst, AudienceAst, CodeKindAst, CodeName, CodeOrSet, DayText, JitterAst, LevelAst,
    MethodAst, ParamAst, PerAst, ProxyAst, RetryRuleAst, RowAst, RuleName, StatusAst, StatusesAst,
    StyleName, StylesAst, TypeName, VersionText,
};
pub(crate) use shape::{ByStatus, CodeCaseAst, EventAst, NamesAst, ShapeAst, TreeAst};
pub(crate) use spanned::{Entries, Spanned};
pub(crate) use unions::{GroupPath, IdText, PublishAst};
pub(crate) use upstream::{UpstreamAst, UpstreamFromAst};

#[cfg(test)]
use json_schema::{StatusOrFamily, StatusesOrNone};
#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::{SourceId, Span};
use crate::yaml::node::{Node, Value};

/// Reports a file in another version of the language: nothing else in it can be checked then.
pub(crate) fn other_version(node: &Node<'_>, version: u64) -> Option<Diagnostic> {
    let (at, stated) = other_form(node, "version", version)?;
    let stated = quoted(stated);
    let message = format!("version {stated} of the catalog language is not supported");
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
pub(crate) fn empty_catalog(source: SourceId) -> Diagnostic {
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
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Catalog"))]
pub(crate) struct CatalogAst {
    /// The version of the catalog language. This tool reads version 1.
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    pub(crate) version: Spanned<u64>,
    /// Further files of the catalog, by their paths from this one or by patterns: `*` is any part of a name.
    #[expect(dead_code, reason = "read before the file is decoded")]
    pub(crate) include: Option<List<String>>,
    /// The name of the API and the place of its documentation.
    pub(crate) api: Mapping<ApiAst>,
    /// The body of every error response.
    pub(crate) envelope: Option<Mapping<EnvelopeAst>>,
    /// What readers should know about the request id, which every error response carries.
    pub(crate) error_ids: Option<Mapping<SectionAst>>,
    /// Which errors a client may retry, and how.
    pub(crate) retry: Option<Mapping<RetryAst>>,
    /// The error types, by the name they have on the wire, in the order of the documentation. Required here or in an
    /// included file.
    #[cfg_attr(test, schemars(extend("minProperties" = 1)))]
    pub(crate) types: Mappings<TypeAst>,
    /// The error codes, by the name they have on the wire, in the order of the documentation. Required here or in an
    /// included file.
    #[cfg_attr(test, schemars(extend("minProperties" = 1)))]
    pub(crate) codes: Mappings<CodeAst>,
    /// Retired codes, by the name they had on the wire.
    pub(crate) retired: Option<Mappings<RetiredAst>>,
    /// The groups of codes. A group within another is written `outer/inner`.
    pub(crate) groups: Option<Spanned<Entries<GroupAst>>>,
    /// Sets of codes that operations share, by name: each is a list of codes.
    pub(crate) sets: Option<Spanned<Entries<SetAst>>>,
    /// The operations of the API, by operation id, each with the codes that it can fail with.
    pub(crate) operations: Option<Mappings<OperationAst>>,
    /// The errors that the server sends in place of a bare status of its framework. Each entry names a type or a code.
    pub(crate) framework: Option<List<Keyed<FrameworkAst>>>,
    /// The errors that the server sends for errors of the providers behind the API. Of several entries that fit an error,
    /// the first applies.
    pub(crate) upstream: Option<List<Keyed<UpstreamAst>>>,
    /// Files of your own that the tool writes with the others, each from a template.
    pub(crate) outputs: Option<List<Keyed<OutputAst>>>,
    /// The proxies in front of the server. For each, the tool writes configuration in `generated/proxies`, with which the
    /// errors that the proxy answers by itself have the body and the headers of the API.
    pub(crate) proxies: Option<List<ProxyAst>>,
    /// Settings of the OpenAPI document.
    pub(crate) openapi: Option<Mapping<OpenApiAst>>,
    /// Levels of the lint rules, allowed findings, and rules of your own.
    pub(crate) lint: Option<Spanned<LintAst>>,
}

/// The name of the API and the place of its documentation.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Api"))]
pub(crate) struct ApiAst {
    /// The title of the API and of its documentation.
    pub(crate) title: Spanned<String>,
    /// The base of the documentation link of every code, or a template that contains `{slug}`.
    pub(crate) docs_url: Spanned<String>,
    /// The name of the generated crate, such as `gateway-errors`: a lower-case letter, then lower-case letters, digits, `-` and `_`, at most 64.
    #[serde(rename = "crate")]
    pub(crate) crate_name: Spanned<String>,
    /// The version of the API and of the generated crate, as in Semantic Versioning. Default: `0.1.0`.
    pub(crate) version: Option<Spanned<VersionText>>,
    /// The license of the API, for the OpenAPI document, and of the generated crate.
    pub(crate) license: Option<Spanned<LicenseAst>>,
    /// The address of the sources, for the generated crate, beginning with http:// or https://.
    pub(crate) repository: Option<Spanned<String>>,
    /// The address of the documentation of the generated crate, beginning with http:// or https://.
    pub(crate) documentation: Option<Spanned<String>>,
    /// The registries that the generated crate can be published to: a list of their names, or `true` for any. Default: `false`.
    pub(crate) publish: Option<Spanned<PublishAst>>,
    /// Whom to ask about the API, for the OpenAPI document: at least one of the keys below.
    pub(crate) contact: Option<Spanned<ContactAst>>,
    /// The servers of the API, for the OpenAPI document. Default: `/`.
    pub(crate) servers: Option<List<ServerAst>>,
}

/// The license of the API.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "License"))]
pub(crate) struct LicenseAst {
    /// The name of the license. If it is an SPDX expression, such as `MIT OR Apache-2.0`, the generated crate states it too.
    pub(crate) name: Spanned<String>,
    /// The address of its text, beginning with http:// or https://.
    pub(crate) url: Option<Spanned<String>>,
}

/// The contact for the API.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Contact", extend("minProperties" = 1)))]
pub(crate) struct ContactAst {
    /// The name of the person or team.
    pub(crate) name: Option<Spanned<String>>,
    /// The URL of a page, starting with http:// or https://.
    pub(crate) url: Option<Spanned<String>>,
    /// An email address.
    pub(crate) email: Option<Spanned<String>>,
}

/// A server of the API.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Server"))]
pub(crate) struct ServerAst {
    /// The address, beginning with http:// or https://, or a path that begins with a slash.
    pub(crate) url: Spanned<String>,
    /// The purpose of this server.
    pub(crate) description: Option<Spanned<String>>,
}

/// Settings of the OpenAPI document.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "OpenApi"))]
pub(crate) struct OpenApiAst {
    /// Whether codes and types are closed enums: older clients cannot read a code that was added later.
    /// Default: `false`.
    pub(crate) closed: Option<Spanned<bool>>,
}

/// The body of every error response.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Envelope"))]
pub(crate) struct EnvelopeAst {
    /// The style of the body: a built-in shape (`openai`, `problem`, `anthropic`, `google` or `jsonapi`), or one of
    /// `shapes`. Of a list, requests choose by `choose` and by `Accept`, and the first is sent to those that do not.
    /// Default: `openai`.
    pub(crate) style: Option<Spanned<StylesAst>>,
    /// Shapes of your own, by name: a lower-case letter, then lower-case letters, digits, `-` and `_`.
    pub(crate) shapes: Option<Spanned<Entries<ShapeAst>>>,
    /// Which requests get which style. The first choice that fits a request applies; without one, `Accept` does.
    pub(crate) choose: Option<List<Keyed<ChoiceAst>>>,
    /// How a body shows `param` where an error names no field: left out, or null. Default: `omit`.
    pub(crate) param: Option<Spanned<ParamAst>>,
    /// The type of a code in the body: a string, or a whole number. Default: `string`.
    pub(crate) code: Option<Spanned<CodeKindAst>>,
    /// Whether the body contains the arguments of a code, typed, as `details`. Default: `false`.
    pub(crate) details: Option<Spanned<bool>>,
    /// The header of the request id, in lower case. Default: `x-request-id`.
    pub(crate) request_id: Option<Spanned<String>>,
    /// The sentence before the example in the documentation.
    pub(crate) intro: Option<Spanned<String>>,
    /// The body that the documentation shows as an example. Default: the first code.
    pub(crate) example: Option<Spanned<ExampleAst>>,
    /// Sentences about the envelope, for the documentation.
    pub(crate) notes: Option<List<String>>,
}

/// The body shown as an example.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Example"))]
pub(crate) struct ExampleAst {
    /// The code of the example.
    pub(crate) code: Spanned<CodeName>,
    /// The message of the example. Default: the message of the code.
    pub(crate) message: Option<Spanned<String>>,
    /// The request field that the example names. Default: the `param` of the code.
    pub(crate) param: Option<Spanned<String>>,
}

/// Notes and links of a section of the documentation.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Section"))]
pub(crate) struct SectionAst {
    /// The sentences, in the order of the documentation.
    pub(crate) notes: Option<List<String>>,
    /// Links of the section.
    pub(crate) see: Option<List<LinkAst>>,
}

/// A link.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Link"))]
pub(crate) struct LinkAst {
    /// The text of the link.
    pub(crate) text: Spanned<String>,
    /// The address, beginning with http:// or https://. Spaces, quotes, brackets and letters beyond ASCII are
    /// written as `%XX`.
    pub(crate) url: Spanned<String>,
}

/// Which errors a client may retry, and how.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Retry"))]
pub(crate) struct RetryAst {
    /// The statuses that are worth a retry. Default: none.
    #[cfg_attr(test, schemars(extend("uniqueItems" = true)))]
    pub(crate) statuses: Option<List<StatusAst>>,
    /// The delays between retries: each is the one before times the factor, up to the longest.
    pub(crate) backoff: Option<Spanned<BackoffAst>>,
    /// The longest delay that a response asks for in `Retry-After`, in seconds: 1 to 86400. A longer one is sent as
    /// this one, because many clients ignore it or give up. Default: 59.
    pub(crate) max_retry_after: Option<Spanned<u64>>,
    /// Why other errors are not worth a retry. Each entry names a status, a family or a code.
    pub(crate) not_retryable: Option<List<NotRetryableAst>>,
    /// Sentences about retries, for the documentation.
    pub(crate) notes: Option<List<String>>,
    /// Links of the section.
    pub(crate) see: Option<List<LinkAst>>,
}

/// The delays between retries: each is the previous one times the factor, up to the maximum.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Backoff"))]
pub(crate) struct BackoffAst {
    /// The delay before the first retry, in milliseconds: at least 1. Default: 500.
    pub(crate) initial_ms: Option<Spanned<u64>>,
    /// The factor from one delay to the next: 1 to 100. Default: 2.
    pub(crate) factor: Option<Spanned<u64>>,
    /// The longest delay, in milliseconds: at least the first, at most a day. Default: 8000.
    pub(crate) max_ms: Option<Spanned<u64>>,
    /// The number of retries: 0 to 100. Default: 2.
    pub(crate) max_retries: Option<Spanned<u64>>,
    /// `full` draws each delay at random between zero and its value; `none` uses the value. Default: `full`.
    pub(crate) jitter: Option<Spanned<JitterAst>>,
}

/// Why an error is not retryable: gives a status, a family or a code.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "NotRetryable", extend("anyOf" = [{ "required": ["status"] }, { "required": ["code"] }])))]
pub(crate) struct NotRetryableAst {
    /// A status that is not retryable, or a family: of a family, its other statuses.
    #[cfg_attr(test, schemars(with = "Option<StatusOrFamily>"))]
    pub(crate) status: Option<Spanned<StatusAst>>,
    /// A code that is not retryable.
    pub(crate) code: Option<Spanned<CodeName>>,
    /// The reason, as a phrase that can follow a dash.
    pub(crate) reason: Spanned<String>,
}

/// An error type: a family of codes that clients handle alike.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Type", extend("anyOf" = [{ "required": ["meaning"] }, { "required": ["message"] }])))]
pub(crate) struct TypeAst {
    /// The statuses of the type: one, a list, a family or `none`. A code without a status has the first; of `5xx` 500.
    #[cfg_attr(test, schemars(with = "StatusesOrNone"))]
    pub(crate) status: Spanned<StatusesAst>,
    /// What the type means, in one line. Text in backticks is code. Required by the rule `missing-meaning`; without it,
    /// the outputs show the message.
    pub(crate) meaning: Option<Spanned<String>>,
    /// The message of an error that has this type and no code. Default: the meaning.
    pub(crate) message: Option<Spanned<String>>,
    /// The names of the type in other shapes, by style. Default: the name that the shape has for the status, else the
    /// wire name.
    pub(crate) names: Option<Spanned<NamesAst>>,
    /// The name of the Rust variant. Default: the wire name in upper camel case.
    pub(crate) rust: Option<Spanned<String>>,
    /// Former names of the Rust variant, which the crate keeps as deprecated constants.
    pub(crate) rust_aliases: Option<List<String>>,
    /// A note for the authors of the catalog. No output contains it.
    #[expect(dead_code, reason = "no output shows it")]
    pub(crate) internal: Option<Spanned<String>>,
}

/// A section of the documentation.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Group"))]
pub(crate) struct GroupAst {
    /// The heading of the section in the documentation. Default: the name of the group.
    pub(crate) title: Option<Spanned<String>>,
    /// The prefix of the wire names of its codes. Default: the prefix of the outer group.
    pub(crate) prefix: Option<Spanned<String>>,
    /// Whether the prefix is a namespace, which bodies do not contain: other groups can send the same names. Default: `false`.
    pub(crate) namespace: Option<Spanned<bool>>,
}

/// A set of codes for operations.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Set"))]
pub(crate) struct SetAst(pub(crate) Vec<Spanned<CodeName>>);

/// The error that replaces a bare status of the web framework, for example for an unknown path, a body that
/// is not JSON, or a handler that panics. Gives a type or a code.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Framework", extend("anyOf" = [{ "required": ["type"] }, { "required": ["code"] }])))]
pub(crate) struct FrameworkAst {
    /// The status of the framework, or a family: its other statuses.
    #[cfg_attr(test, schemars(with = "StatusOrFamily"))]
    pub(crate) status: Spanned<StatusAst>,
    /// The type of an error without code.
    #[serde(rename = "type")]
    pub(crate) error_type: Option<Spanned<TypeName>>,
    /// The status that is sent with the type, of the same class. Default: the same status.
    #[serde(rename = "as")]
    pub(crate) sent: Option<Spanned<StatusAst>>,
    /// The code of the error, which is sent with its own status and message.
    pub(crate) code: Option<Spanned<CodeName>>,
    /// The message that is sent with the type. Default: the message of the type.
    pub(crate) message: Option<Spanned<String>>,
}

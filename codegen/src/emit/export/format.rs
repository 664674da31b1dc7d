//! The format of `errors.json`, apart from the records. Doc comments are the descriptions of its schema.
//!
//! A member is never given another meaning: that makes a new format. New members may come at any time.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::style::Style;
use crate::catalog::{Backoff, Prose, Release};
use crate::record::{Api, Code, Retired};
use crate::tree::Tree;

/// The number of the format.
pub(super) const FORMAT: u32 = 1;

/// An error catalog with everything resolved. Readers should skip members that they do not know.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(title = "Errors of an API"))]
pub(super) struct Export<'a> {
    /// The address of this schema.
    #[serde(rename = "$schema")]
    pub(super) schema: &'static str,
    /// What wrote the file.
    pub(super) generated: &'static str,
    /// The number of the format. A reader of one format cannot read another.
    #[cfg_attr(test, schemars(extend("const" = FORMAT)))]
    pub(super) format: u32,
    pub(super) api: Api<'a>,
    pub(super) envelope: Envelope<'a>,
    /// What is said of request ids.
    pub(super) error_ids: &'a Prose,
    pub(super) retry: Retry<'a>,
    /// In the order of the catalog.
    pub(super) types: Vec<ErrorType<'a>>,
    /// In the order of the catalog.
    pub(super) codes: Vec<Code<'a>>,
    /// The retired codes, in the order of the catalog.
    pub(super) retired: Vec<Retired<'a>>,
    /// The statuses that an error can have, ascending.
    pub(super) statuses: Vec<StatusGroup<'a>>,
    /// What the server answers by itself, ascending by the status that is sent.
    pub(super) framework: Vec<FrameworkError<'a>>,
    /// In the order of the catalog.
    pub(super) operations: Vec<Operation<'a>>,
    /// The codes as the index of the documentation groups them.
    pub(super) sections: Vec<Section<'a>>,
    /// The releases of the catalog, the last one first; none where nothing was released.
    pub(super) releases: &'a [Release],
}

/// The body of error responses.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(super) struct Envelope<'a> {
    /// The styles of bodies; the first is sent to clients that do not choose.
    pub(super) styles: Vec<Style<'a>>,
    /// Which requests get which style. The first choice that fits a request applies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) choose: Vec<Choice<'a>>,
    /// How the body shows a missing `param`: `omit` or `null`.
    #[cfg_attr(test, schemars(extend("enum" = ["omit", "null"])))]
    pub(super) param: &'static str,
    /// What a code is in the body: `string` or `integer`.
    #[cfg_attr(test, schemars(extend("enum" = ["string", "integer"])))]
    pub(super) code: &'static str,
    /// Whether the body contains the arguments of a code.
    pub(super) details: bool,
    /// The header with the id of the request.
    pub(super) request_id: &'a str,
    /// The sentence before the example.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) intro: &'a str,
    /// A body, in the first style.
    #[cfg_attr(test, schemars(with = "Value"))]
    pub(super) example: Tree<'a>,
    /// Whether the OpenAPI document has codes and types as closed enums.
    pub(super) closed: bool,
    pub(super) notes: &'a [String],
}

/// The style of the requests that meet one condition.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(super) struct Choice<'a> {
    #[serde(flatten)]
    pub(super) condition: Condition,
    /// The name of the style.
    pub(super) style: &'a str,
}

/// What a request must have.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum Condition {
    /// The segments that its path begins with. One in braces is any segment.
    Path(String),
    /// A header, in lower case.
    Header(String),
    /// A media type in its header `Accept`.
    Accept(String),
}

/// Which errors are worth another try, and how to try.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(super) struct Retry<'a> {
    /// The statuses that are worth another try, ascending.
    pub(super) statuses: Vec<u16>,
    pub(super) backoff: Backoff,
    /// What is not worth another try, and why.
    pub(super) not_retryable: Vec<NotRetryable<'a>>,
    #[serde(flatten)]
    pub(super) prose: &'a Prose,
}

/// A class of statuses, a status or a code.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(super) struct NotRetryable<'a> {
    /// 4 or 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) class: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<&'a str>,
    /// The statuses of the class that are retryable all the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) except: Vec<u16>,
    pub(super) reason: &'a str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(super) struct ErrorType<'a> {
    /// The wire name.
    pub(super) name: &'a str,
    /// The name of the variant in Rust.
    pub(super) rust: &'a str,
    /// The former names of the variant, which the crate keeps as deprecated constants.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) rust_aliases: &'a [String],
    /// The statuses as people write them: `400 / 413`, `5xx`.
    pub(super) status: String,
    /// The statuses that outputs list.
    pub(super) statuses: Vec<u16>,
    /// What it means; the message, where the catalog states no meaning.
    pub(super) meaning: &'a str,
    /// The text on the wire of an error of the type that has no code.
    pub(super) message: &'a str,
    /// Its names in other shapes, by style.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(super) names: Map<String, Value>,
    /// `never`, `backoff` or `after`, where all statuses of the type agree.
    pub(super) retry: Option<&'static str>,
    pub(super) codes: Vec<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(super) struct StatusGroup<'a> {
    #[cfg_attr(test, schemars(range(min = 400, max = 599)))]
    pub(super) status: u16,
    /// The reason phrase, where the status is registered.
    pub(super) reason: Option<&'static str>,
    /// Whether the status is worth another try, where an error has no code.
    pub(super) retryable: bool,
    pub(super) codes: Vec<&'a str>,
    /// The errors that have no code.
    pub(super) codeless: Vec<Codeless<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(super) struct Codeless<'a> {
    #[serde(rename = "type")]
    pub(super) error_type: &'a str,
    pub(super) message: &'a str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(super) struct FrameworkError<'a> {
    /// The status that the framework of the server would answer with.
    pub(super) status: FrameworkStatus,
    /// The status that is sent. That of a family can be the status of the framework: it is null then.
    pub(super) sent: Option<u16>,
    #[serde(rename = "type")]
    pub(super) error_type: &'a str,
    pub(super) code: Option<&'a str>,
    pub(super) message: &'a str,
}

/// A status, or a family: its other statuses.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(untagged)]
pub(super) enum FrameworkStatus {
    One(#[cfg_attr(test, schemars(range(min = 400, max = 599)))] u16),
    Family(#[cfg_attr(test, schemars(regex(pattern = "^[45]xx$")))] String),
}

#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(super) struct Operation<'a> {
    pub(super) id: &'a str,
    /// The name of its error in Rust.
    pub(super) rust: &'a str,
    pub(super) method: &'static str,
    pub(super) path: &'a str,
    /// What tells its requests from those of other operations with the same method and path, if there are some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) when: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) summary: Option<&'a str>,
    /// The styles of its errors.
    pub(super) styles: Vec<&'a str>,
    /// The codes it can fail with.
    pub(super) codes: Vec<&'a str>,
    /// What it states of some of them, instead of the code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) own: Vec<OwnError<'a>>,
    /// All statuses it can fail with, those of errors without code too.
    pub(super) statuses: Vec<u16>,
}

/// A code as an operation sends it.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(super) struct OwnError<'a> {
    pub(super) code: &'a str,
    /// Who sees the code: `public` or `internal`.
    #[cfg_attr(test, schemars(extend("enum" = ["public", "internal"])))]
    pub(super) audience: &'static str,
    #[cfg_attr(test, schemars(range(min = 400, max = 599)))]
    pub(super) status: u16,
    /// `never`, `backoff` or `after`: by the status, unless the code states a rule.
    pub(super) retry: &'static str,
    /// What went wrong in the operation, unless it is the meaning of the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meaning: Option<&'a str>,
    /// What to do about it in the operation, unless it is the fix of the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fix: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(super) struct Section<'a> {
    /// The group; the codes without one come first.
    pub(super) title: Option<&'a str>,
    /// The group and those around it, the outermost one first.
    pub(super) path: &'a [String],
    /// The rows; codes that share one have the meaning and the fix of the first.
    pub(super) rows: Vec<Vec<&'a str>>,
}

//! The parts of an OpenAPI 3.1 document that errors need.
//!
//! Source: OpenAPI Specification 3.1.0.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};

/// A JSON object that keeps its order.
pub(super) type Members = Map<String, Value>;

#[derive(Serialize)]
pub(super) struct Document<'a> {
    pub(super) openapi: &'static str,
    pub(super) info: Info<'a>,
    #[serde(rename = "externalDocs", skip_serializing_if = "Option::is_none")]
    pub(super) external_docs: Option<ExternalDocs<'a>>,
    pub(super) servers: Vec<Server<'a>>,
    /// Empty: how clients sign in is not said here, and validators ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) security: Option<[Value; 0]>,
    pub(super) paths: Pairs<PathItem<'a>>,
    pub(super) components: Components<'a>,
}

#[derive(Serialize)]
pub(super) struct Info<'a> {
    pub(super) title: &'a str,
    pub(super) version: &'a str,
    pub(super) description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) contact: Option<Contact<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) license: Option<License<'a>>,
}

#[derive(Serialize)]
pub(super) struct Contact<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct License<'a> {
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Server<'a> {
    pub(super) url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct ExternalDocs<'a> {
    pub(super) url: &'a str,
}

/// The operations of a path, by method in small letters.
pub(super) type PathItem<'a> = Pairs<Operation<'a>>;

#[derive(Serialize)]
pub(super) struct Operation<'a> {
    #[serde(rename = "operationId")]
    pub(super) id: &'a str,
    pub(super) summary: Cow<'a, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parameters: Vec<Value>,
    /// By status.
    pub(super) responses: Pairs<ResponseOrReference<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum ResponseOrReference<'a> {
    Response(Response<'a>),
    Reference(Reference),
    /// A success, of which this document knows nothing.
    Success {
        description: &'static str,
    },
}

#[derive(Serialize)]
pub(super) struct Components<'a> {
    pub(super) schemas: Schemas<'a>,
    pub(super) headers: Headers,
    pub(super) responses: Pairs<Response<'a>>,
    /// The examples of operations.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub(super) examples: Pairs<ExampleObject<'a>>,
}

/// An object whose members are known only at run time, in their order.
pub(super) struct Pairs<T>(pub(super) Vec<(String, T)>);

impl<T: Serialize> Serialize for Pairs<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<T> Pairs<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The header objects, by the name under which responses refer to them.
pub(super) type Headers = Pairs<Header>;

#[derive(Serialize)]
pub(super) struct Header {
    pub(super) description: String,
    pub(super) required: bool,
    pub(super) schema: Value,
}

#[derive(Serialize)]
pub(super) struct Reference {
    #[serde(rename = "$ref")]
    pub(super) to: String,
}

#[derive(Serialize)]
pub(super) struct Response<'a> {
    pub(super) description: String,
    pub(super) headers: Pairs<Reference>,
    /// By media type.
    pub(super) content: Pairs<MediaType<'a>>,
}

#[derive(Serialize)]
pub(super) struct MediaType<'a> {
    pub(super) schema: Value,
    pub(super) examples: Pairs<ExampleOrReference<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum ExampleOrReference<'a> {
    Example(ExampleObject<'a>),
    Reference(Reference),
}

#[derive(Serialize)]
pub(super) struct ExampleObject<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) summary: Cow<'a, str>,
    pub(super) value: Value,
}

#[derive(Serialize)]
pub(super) struct Schemas<'a> {
    /// The bodies, style by style.
    #[serde(flatten)]
    pub(super) bodies: Members,
    #[serde(rename = "ErrorCode")]
    pub(super) codes: Names<'a>,
    #[serde(rename = "ErrorType")]
    pub(super) types: Names<'a>,
    /// The arguments of each code that stand in its body.
    #[serde(flatten)]
    pub(super) details: Members,
}

/// An enum of names with what tools of several families read about each.
#[derive(Serialize)]
pub(super) struct Names<'a> {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) description: String,
    #[serde(rename = "enum")]
    pub(super) values: Vec<Value>,
    #[serde(rename = "x-enum-varnames")]
    pub(super) variants: Vec<&'a str>,
    #[serde(rename = "x-enum-descriptions")]
    pub(super) descriptions: Vec<String>,
    #[serde(rename = "x-enumDescriptions")]
    pub(super) described: Pairs<String>,
    /// Which of the names are deprecated, as openapi-generator says it, for OpenAPI cannot; empty where none is.
    #[serde(rename = "x-enum-deprecated", skip_serializing_if = "Vec::is_empty")]
    pub(super) deprecated: Vec<bool>,
    #[serde(rename = "x-codes", skip_serializing_if = "Option::is_none")]
    pub(super) codes: Option<Pairs<Members>>,
    #[serde(rename = "x-types", skip_serializing_if = "Option::is_none")]
    pub(super) types: Option<Pairs<Members>>,
}

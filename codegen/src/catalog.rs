//! What a catalog means: defaults applied, references are indices, names computed, order fixed.
//!
//! Emitters see this and nothing else. Everything that an output lists (rows, sections, statuses) is
//! here in the order of the output, so that no emitter sorts, defaults or looks up by string.

mod argument;
mod audience;
mod audit;
mod choice;
mod code;
mod deprecation;
mod description;
mod envelope;
mod framework;
mod layout;
mod message;
mod name;
mod namespace;
mod node;
mod operation;
mod own_error;
mod proxy;
mod routes;
mod sent;
mod shape;
mod status;
mod upstream;

use std::ops::Index;

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

pub use argument::{Argument, ArgumentExample, ArgumentKind, Fault, REDACTED};
pub use audience::Audience;
pub use audit::{Allowance, AuditPolicy};
pub use choice::{Choice, Condition, Segment, base_path};
pub use code::{Code, Group, Header, Id, Lists};
pub use deprecation::{ChangeLevel, Deprecation, Event, Release, Released, Retired};
pub use description::{Block, Description, Inline};
pub use envelope::{CodeKind, Envelope, EnvelopeExample, Example, MissingParam};
pub use framework::{FrameworkAnswer, FrameworkError};
pub use layout::{
    CodeRow, Codeless, NotRetryable, OfOperations, Retryable, Section, StatusGroup, StatusHeader,
    TypeRow,
};
pub use message::{Part, Template};
pub use name::{Names, derive_field, derive_slug, derive_variant, namespace_of};
pub use operation::{CodeSet, Method, Operation, PathGroup, Request};
pub(crate) use operation::{is_path_param, is_segment_byte};
pub use own_error::OwnError;
pub use proxy::Proxy;
pub(crate) use routes::Route;
pub use routes::Routes;
pub use sent::Sent;
pub use shape::{
    CodeCase, Exists, Filled, Missing, Node, Object, Piece, Shape, ShapeEvent, Slot, StatusClass,
};
pub use status::{CodeStatus, Status, StatusSet};
pub use upstream::{UpstreamError, UpstreamFrom};

/// The position of a type in [`Catalog::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) usize);

/// The position of a code in [`Catalog::codes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeId(pub(crate) usize);

impl TypeId {
    /// The positions of the first `count` types.
    pub fn all(count: usize) -> impl Iterator<Item = Self> {
        (0..count).map(Self)
    }

    /// The position as a number.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0
    }
}

impl CodeId {
    /// The positions of the first `count` codes.
    pub fn all(count: usize) -> impl Iterator<Item = Self> {
        (0..count).map(Self)
    }

    /// The position as a number.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0
    }
}

/// A whole, valid catalog.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalog {
    /// Title, version and addresses of the API.
    pub api: Api,
    /// The body of error responses.
    pub envelope: Envelope,
    /// Prose about the request id.
    pub error_ids: Prose,
    /// Which errors may be retried.
    pub retry: Retry,
    /// The framework errors, ascending by the status that is sent.
    pub framework: Vec<FrameworkError>,
    /// The errors that replace those of providers, in the order in which they apply.
    pub upstream: Vec<UpstreamError>,
    /// The sets of codes that operations name, in the order of the file.
    pub sets: Vec<CodeSet>,
    /// The names of all groups, those within others included.
    pub groups: Vec<String>,
    /// The operations, in the order of the file.
    pub operations: Vec<Operation>,
    /// The same by path, paths in the order of their first operation.
    pub paths: Vec<PathGroup>,
    /// Whether codes and types are closed enums in the OpenAPI document.
    pub closed: bool,
    /// All types, in the order of the file.
    pub types: Vec<ErrorType>,
    /// All codes, in the order of the file.
    pub codes: Vec<Code>,
    /// The retired codes, in the order of the file.
    pub retired: Vec<Retired>,
    /// The releases of the catalog, the last one first; none where nothing was released.
    pub releases: Vec<Release>,
    /// The texts of the license, by the names of their files.
    pub licenses: Vec<(String, String)>,
    /// The files that the catalog makes from templates, by their paths.
    pub outputs: Vec<(String, String)>,
    /// The proxies in front of the server, each once, in the order of the file.
    pub proxies: Vec<Proxy>,
    /// The levels and allowances of the rules that servers and sources are checked against.
    pub audit: AuditPolicy,
    /// The catalog without its internal codes, if it has any.
    pub public: Option<Box<Catalog>>,
    /// The rows of the types table.
    pub type_rows: Vec<TypeRow>,
    /// The codes by section of the docs.
    pub sections: Vec<Section>,
    /// The statuses an error of this catalog can have, ascending.
    pub statuses: Vec<StatusGroup>,
    /// What operations send with other statuses than those of the codes, ascending by status.
    pub of_operations: Vec<OfOperations>,
}

impl Catalog {
    /// The catalog without its internal codes.
    #[must_use]
    pub fn public(&self) -> &Self {
        self.public.as_deref().unwrap_or(self)
    }
}

impl Index<TypeId> for Catalog {
    type Output = ErrorType;

    fn index(&self, id: TypeId) -> &ErrorType {
        &self.types[id.0]
    }
}

impl Index<CodeId> for Catalog {
    type Output = Code;

    fn index(&self, id: CodeId) -> &Code {
        &self.codes[id.0]
    }
}

/// Title, version and addresses of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    /// The title of the API.
    pub title: String,
    /// The name of the generated crate.
    pub crate_name: String,
    /// The crate's name in Rust code.
    pub lib_name: String,
    /// The version of the API and of the crate.
    pub version: String,
    /// Address of a code's page, as the text before and after its slug.
    pub docs_url: (String, String),
    /// The license of the API.
    pub license: Option<License>,
    /// The address of the sources.
    pub repository: Option<String>,
    /// The address of the documentation of the crate.
    pub documentation: Option<String>,
    /// Where the crate can be published.
    pub publish: Publish,
    /// The contact of the API.
    pub contact: Option<Contact>,
    /// Where the API is served: one address at least.
    pub servers: Vec<Server>,
}

/// The license of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct License {
    /// The name of the license.
    pub name: String,
    /// The address of its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Where the crate can be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(untagged)]
pub enum Publish {
    /// In any registry, or in none.
    Anywhere(bool),
    /// In the registries with these names.
    Registries(Vec<String>),
}

/// The contact of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Contact {
    /// The name of the person or team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The address of a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// An e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// Where the API is served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Server {
    /// The address, or a path from where the document is.
    pub url: String,
    /// What the server is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl Api {
    /// The address of the page with this slug.
    #[must_use]
    pub fn doc_url(&self, slug: &str) -> String {
        let (before, after) = &self.docs_url;
        format!("{before}{slug}{after}")
    }

    /// The host of the documentation, which identifies the API.
    #[must_use]
    pub fn domain(&self) -> String {
        let url = self.doc_url("");
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let host = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        // The slug of a page can be the first label of the host.
        host.trim_start_matches('.').to_owned()
    }
}

/// Sentences and links that belong to a section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Prose {
    /// The sentences.
    pub notes: Vec<String>,
    /// The links.
    pub see: Vec<Link>,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Link {
    /// What the link is shown as.
    pub text: String,
    /// An absolute http(s) address.
    pub url: String,
}

/// Which errors may be retried, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    /// The retryable statuses, ascending.
    pub statuses: Vec<Status>,
    /// The lines of the retryable list.
    pub retryable: Vec<Retryable>,
    /// The lines of the list of those that are not.
    pub not_retryable: Vec<NotRetryable>,
    /// The delays between tries.
    pub backoff: Backoff,
    /// The longest delay that a response asks for, in seconds.
    pub max_retry_after: u64,
    /// Prose about retrying.
    pub prose: Prose,
}

impl Retry {
    /// The default of the longest delay that a response asks for, in seconds. Some of the most used clients retry at
    /// once after a delay of a minute or more.
    pub const DEFAULT_MAX_RETRY_AFTER: u64 = 59;
}

/// The delays between tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Backoff {
    /// The delay before the first retry, in milliseconds.
    pub initial_ms: u64,
    /// How much longer each delay is than the one before.
    pub factor: u32,
    /// The longest delay, in milliseconds.
    pub max_ms: u64,
    /// How many times a client tries again.
    pub max_retries: u32,
    /// Whether delays are drawn between zero and their value.
    pub jitter: bool,
}

/// How an error may be retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryRule {
    /// Sending the same request again cannot help.
    Never,
    /// Send it again after a growing delay.
    Backoff,
    /// Send it again after the delay that `Retry-After` names.
    After,
}

impl RetryRule {
    /// Whether trying again can help.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        !matches!(self, Self::Never)
    }

    /// The keyword of the catalog language.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Backoff => "backoff",
            Self::After => "after",
        }
    }
}

/// An error type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorType {
    /// Its names.
    pub names: Names,
    /// The statuses it admits.
    pub statuses: StatusSet,
    /// The statuses that outputs list: those of the list, or of a family the first and those that
    /// a retry rule or a code of the type names; ascending.
    pub listed: Vec<Status>,
    /// What it means; empty only where the catalog allows it.
    pub meaning: String,
    /// The text on the wire of an error that has the type and no code.
    pub message: String,
    /// Whether an error of the type may be retried, where all statuses of the type agree on it.
    pub retry: Option<RetryRule>,
    /// Its codes, in the order of the file.
    pub codes: Vec<CodeId>,
}

impl ErrorType {
    /// What outputs show as the meaning: the meaning, or the message if there is none.
    #[must_use]
    pub fn summary(&self) -> &str {
        if self.meaning.is_empty() {
            &self.message
        } else {
            &self.meaning
        }
    }
}

//! Codes, their arguments, and what becomes of them. Doc comments are descriptions in the schema of `errors.json`.

use std::borrow::Cow;

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::wire;
use crate::catalog::{
    self, Catalog, CodeStatus, Description, Event, Id, Link, Lists, Names, REDACTED,
};
use crate::tree::Tree;

#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(crate) struct Code<'a> {
    /// The wire name.
    name: &'a str,
    /// The namespace, which bodies do not contain.
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    /// The name in bodies, of a code in a namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    sent: Option<&'a str>,
    /// The name of the variant in Rust.
    rust: &'a str,
    /// The former names of the variant, which the crate keeps as deprecated constants.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    rust_aliases: &'a [String],
    /// The name of its page, and of its anchor on the index.
    slug: &'a str,
    #[serde(rename = "type")]
    error_type: &'a str,
    /// The status; null if the code has none of its own, and is in bodies, events and logs only.
    #[cfg_attr(test, schemars(with = "Option<u16>", range(min = 400, max = 599)))]
    status: OwnStatus,
    /// What went wrong; the template of the message, where the catalog states no meaning.
    meaning: Cow<'a, str>,
    /// The meaning in the table of types, where the code has a row there.
    #[serde(skip_serializing_if = "Option::is_none")]
    type_row: Option<&'a str>,
    /// What to do.
    #[serde(skip_serializing_if = "str::is_empty")]
    fix: &'a str,
    /// The message. `{name}` is a placeholder; literal braces are doubled.
    message: String,
    /// Its parent: the code whose message begins its own message.
    #[serde(skip_serializing_if = "Option::is_none")]
    like: Option<&'a str>,
    /// The arguments of the message.
    args: Vec<Argument<'a>>,
    /// The field of the request that it usually names.
    param: Option<&'a str>,
    /// The long description: Markdown as the catalog states it, not escaped.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(flatten)]
    lists: &'a Lists,
    /// The audience: `public` or `internal`. Documents and pages do not show internal codes.
    #[cfg_attr(test, schemars(extend("enum" = ["public", "internal"])))]
    audience: &'static str,
    /// The headers that every response with it carries, with their values, in which `{name}` stands for an argument;
    /// braces are doubled.
    #[serde(skip_serializing_if = "Map::is_empty")]
    headers: Map<String, Value>,
    /// Its names in other shapes, by style.
    #[serde(skip_serializing_if = "Map::is_empty")]
    names: Map<String, Value>,
    /// External ids: strings and whole numbers.
    #[serde(skip_serializing_if = "Map::is_empty")]
    ids: Map<String, Value>,
    /// The titles of its groups, the outermost one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    group: Vec<&'a str>,
    #[cfg_attr(test, schemars(extend("enum" = ["never", "backoff", "after"])))]
    /// `never`; `backoff`: after a growing delay; `after`: after the delay that `Retry-After` names.
    retry: &'static str,
    /// What a client should do about it, in Markdown.
    retry_advice: String,
    /// The version of the API that introduced it.
    since: Option<&'a str>,
    /// Its deprecation.
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<Deprecation<'a>>,
    /// The former names of its page, which redirect to it.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    /// The changes of each release, from the first.
    #[serde(skip_serializing_if = "<[Event]>::is_empty")]
    history: &'a [Event],
    /// The address of its page.
    docs: &'a str,
    see: &'a [Link],
    /// The ids of the operations that can fail with it.
    operations: Vec<&'a str>,
    /// A body, in the first style.
    #[cfg_attr(test, schemars(with = "Value"))]
    example: Tree<'a>,
    /// Custom keys, which begin with `x-`.
    #[serde(flatten)]
    extensions: &'a Map<String, Value>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(crate) struct Argument<'a> {
    name: &'a str,
    /// `string`, `bool`, `i64`, `u64`, `f64`, `duration` in seconds, `timestamp` of RFC 3339, or `strings`.
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    meaning: &'a str,
    /// An example as a message shows it.
    example: String,
    /// Whether its value stays out of messages, bodies and logs.
    sensitive: bool,
    /// Whether the value may be missing: null in the body.
    nullable: bool,
    /// The replacement in a message if there is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<&'a str>,
    /// The name of the field in Rust.
    rust: &'a str,
    /// Custom keys, which begin with `x-`.
    #[serde(flatten)]
    extensions: &'a Map<String, Value>,
}

/// A deprecation: the API still sends the code, and clients should not rely on it.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(crate) struct Deprecation<'a> {
    /// The version of the API that deprecated it; null until it is released.
    since: Option<&'a str>,
    /// The code that takes its place.
    #[serde(rename = "use")]
    successor: Option<&'a str>,
    /// What users should do now.
    note: Option<&'a str>,
}

/// A retired code. No other code gets its name.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(crate) struct Retired<'a> {
    /// The wire name.
    name: &'a str,
    /// The name of the page that it keeps.
    slug: &'a str,
    /// The former names of its page, which redirect to it.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    /// The audience: `public` or `internal`. Documents and pages do not show internal codes.
    #[cfg_attr(test, schemars(extend("enum" = ["public", "internal"])))]
    audience: &'static str,
    /// The version of the API that retired it; null until it is released.
    since: Option<&'a str>,
    /// The code that takes its place.
    #[serde(rename = "use")]
    successor: Option<&'a str>,
    /// The reason for its retirement.
    reason: &'a str,
    /// The address of its page.
    docs: String,
    /// The changes of each release, from the first.
    #[serde(skip_serializing_if = "<[Event]>::is_empty")]
    history: &'a [Event],
}

impl<'a> Code<'a> {
    /// The record, without its advice and its example, which the export adds.
    pub(crate) fn new(catalog: &'a Catalog, code: &'a catalog::Code) -> Self {
        let catalog::Code {
            names:
                Names {
                    wire,
                    unsent,
                    variant,
                    former_variants,
                    slug,
                    in_shapes: _,
                },
            error_type,
            status,
            message,
            plain_message: _,
            example_message: _,
            arguments,
            param,
            meaning,
            type_row,
            fix,
            description,
            lists,
            audience,
            headers,
            ids,
            group,
            retry,
            since,
            deprecated,
            history,
            aliases,
            see,
            doc_url,
            parent,
            // They follow from their parents.
            children: _,
            operations,
            extensions,
        } = code;
        let description = description.as_ref();
        let headers = headers.iter();
        let ids = ids.iter();
        let operations = operations.iter();
        Self {
            name: wire,
            namespace: code.names.namespace(),
            sent: (*unsent > 0).then(|| code.names.sent()),
            rust: variant,
            rust_aliases: former_variants,
            slug,
            error_type: &catalog[*error_type].names.wire,
            status: OwnStatus::of(*status),
            meaning: Cow::Borrowed(meaning),
            type_row: type_row.as_deref(),
            fix,
            message: message.encode(|position| arguments[position].name.as_str()),
            like: parent.map(|parent| catalog[parent].names.wire.as_str()),
            args: arguments.iter().map(Argument::new).collect(),
            param: param.as_deref(),
            description: description.map(|Description { source, blocks: _ }| source.as_str()),
            lists,
            audience: audience.as_str(),
            headers: headers
                .map(|header| (header.name.clone(), code.header_text(header).into()))
                .collect(),
            names: super::names(&code.names),
            ids: ids
                .map(|(system, id)| (system.clone(), of_id(id)))
                .collect(),
            group: group.iter().map(|group| group.title.as_str()).collect(),
            retry: retry.as_str(),
            retry_advice: String::new(),
            since: since.as_deref(),
            deprecated: deprecated
                .as_ref()
                .map(|deprecation| Deprecation::new(catalog, deprecation)),
            aliases,
            history,
            docs: doc_url,
            see,
            operations: operations
                .map(|position| catalog.operations[*position].id.as_str())
                .collect(),
            example: Tree::Null,
            extensions,
        }
    }

    /// Adds what only the export has, and redacts the examples of sensitive arguments, as messages do.
    pub(crate) fn exported(
        mut self,
        meaning: Cow<'a, str>,
        retry_advice: String,
        example: Tree<'a>,
    ) -> Self {
        for argument in self.args.iter_mut().filter(|argument| argument.sensitive) {
            REDACTED.clone_into(&mut argument.example);
        }
        let status = match self.status {
            OwnStatus::Word(_) => OwnStatus::Null(()),
            status => status,
        };
        Self {
            status,
            meaning,
            retry_advice,
            example,
            ..self
        }
    }
}

/// The status of a code: a number, or the word of the language. The export has null for it.
#[derive(Serialize)]
#[serde(untagged)]
enum OwnStatus {
    Number(u16),
    Word(&'static str),
    Null(()),
}

impl OwnStatus {
    fn of(status: CodeStatus) -> Self {
        match status.own() {
            Some(own) => Self::Number(own.get()),
            None => Self::Word("none"),
        }
    }
}

fn of_id(id: &Id) -> Value {
    match id {
        Id::Number(number) => (*number).into(),
        Id::Word(word) => word.as_str().into(),
    }
}

impl<'a> Argument<'a> {
    fn new(argument: &'a catalog::Argument) -> Self {
        let catalog::Argument {
            name,
            field,
            meaning,
            example,
            sensitive,
            absent,
            extensions,
        } = argument;
        Self {
            name,
            kind: argument.kind().as_str(),
            meaning,
            example: example.to_string(),
            sensitive: *sensitive,
            nullable: absent.is_some(),
            absent: absent.as_deref(),
            rust: field,
            extensions,
        }
    }
}

impl<'a> Deprecation<'a> {
    pub(crate) fn new(catalog: &'a Catalog, deprecation: &'a catalog::Deprecation) -> Self {
        let catalog::Deprecation {
            since,
            successor,
            note,
        } = deprecation;
        Self {
            since: since.as_deref(),
            successor: wire(catalog, *successor),
            note: note.as_deref(),
        }
    }
}

impl<'a> Retired<'a> {
    pub(crate) fn new(catalog: &'a Catalog, retired: &'a catalog::Retired) -> Self {
        let catalog::Retired {
            wire: name,
            slug,
            aliases,
            audience,
            since,
            successor,
            reason,
            history,
        } = retired;
        Self {
            name,
            slug,
            aliases,
            audience: audience.as_str(),
            since: since.as_deref(),
            successor: wire(catalog, *successor),
            reason,
            docs: catalog.api.doc_url(slug),
            history,
        }
    }
}

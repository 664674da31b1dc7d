//! Scalar values: keywords, references and statuses.

use std::fmt;
use std::marker::PhantomData;

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, Deserializer, IntoDeserializer, SeqAccess, Visitor};

use super::spanned::Spanned;

macro_rules! words {
    ($($(#[doc = $doc:literal])+ $name:ident as $schema:literal {
        $($(#[doc = $vdoc:literal])+ $variant:ident = $word:literal,)+
    })+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
        #[cfg_attr(test, derive(JsonSchema), schemars(rename = $schema))]
        pub(crate) enum $name {
            $($(#[doc = $vdoc])+ #[serde(rename = $word)] $variant,)+
        }
    )+};
}

words! {
    /// How a missing `param` is written.
    ParamAst as "Param" {
        /// The member is omitted.
        Omit = "omit",
        /// The member is null.
        Null = "null",
    }
    /// The JSON type of a code in the body.
    CodeKindAst as "CodeKind" {
        /// A string.
        String = "string",
        /// An integer.
        Integer = "integer",
    }
    /// The audience of a code.
    AudienceAst as "Audience" {
        /// Everybody.
        Public = "public",
        /// The developers and operators of the server.
        Internal = "internal",
    }
    /// Whether and how a code is retried.
    RetryRuleAst as "RetryRule" {
        /// Retrying the same request cannot help.
        Never = "never",
        /// Retry after a growing delay.
        Backoff = "backoff",
        /// Retry after the delay in `Retry-After`.
        After = "after",
    }
    /// The row of a code in the documentation.
    RowAst as "Row" {
        /// A row of its own.
        Own = "own",
        /// The row of the code in `like`.
        Shared = "shared",
    }
    /// How delays are randomized.
    JitterAst as "Jitter" {
        /// Each delay is random between zero and its value.
        Full = "full",
        /// Each delay is exactly its value.
        None = "none",
    }
    /// The kind of an argument.
    ArgumentKindAst as "ArgumentKind" {
        /// A string.
        String = "string",
        /// True or false.
        Bool = "bool",
        /// A signed integer.
        I64 = "i64",
        /// An unsigned integer.
        U64 = "u64",
        /// A floating-point number.
        F64 = "f64",
        /// A duration.
        Duration = "duration",
        /// A timestamp in the format of RFC 3339.
        Timestamp = "timestamp",
        /// A list of strings.
        Strings = "strings",
        /// The faults of a request, each with a message, and with a request field and a code if they are known.
        Errors = "errors",
    }
    /// The method of a request.
    MethodAst as "Method" {
        /// Reads.
        Get = "GET",
        /// Replaces.
        Put = "PUT",
        /// Creates, or performs an action.
        Post = "POST",
        /// Removes.
        Delete = "DELETE",
        /// Asks for the possible methods.
        Options = "OPTIONS",
        /// Reads the headers only.
        Head = "HEAD",
        /// Changes a part.
        Patch = "PATCH",
    }
    /// What a template makes a file for.
    PerAst as "Per" {
        /// For each code that is not retired, as `code`.
        Code = "code",
        /// For each type, as `type`.
        Type = "type",
        /// For each operation, as `operation`.
        Operation = "operation",
    }
    /// A proxy that answers some requests by itself.
    ProxyAst as "Proxy" {
        /// nginx.
        Nginx = "nginx",
        /// HAProxy.
        Haproxy = "haproxy",
        /// Apache HTTP Server.
        Apache = "apache",
        /// Caddy.
        Caddy = "caddy",
        /// Varnish.
        Varnish = "varnish",
    }
    /// The level of a lint rule.
    LevelAst as "Level" {
        /// Stops the run.
        Error = "error",
        /// Is shown, and the run continues.
        Warn = "warn",
        /// Is not shown.
        Off = "off",
    }
}

/// The name of a type, as declared under `types`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(crate) struct TypeName(pub(crate) String);

/// The name of a code, as declared under `codes`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(crate) struct CodeName(pub(crate) String);

/// A style of the error body: the name of a built-in shape, or of a shape in `envelope.shapes`.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(JsonSchema))]
pub(crate) struct StyleName(pub(crate) String);

impl<'de> Deserialize<'de> for StyleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

/// A code, or `@` with the name of a set.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(crate) struct CodeOrSet(pub(crate) String);

/// The id of a lint rule.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(crate) struct RuleName(pub(crate) String);

macro_rules! raw_texts {
    ($($(#[doc = $doc:literal])+ $name:ident expects $expected:literal;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Debug)]
        #[cfg_attr(test, derive(JsonSchema))]
        pub(crate) struct $name(pub(crate) String);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_identifier(RawText($expected)).map(Self)
            }
        }
    )+};
}

raw_texts! {
    /// A version as written in the file; a number without quotes is accepted.
    VersionText expects "a version such as 1.4.0";
    /// A day as written in the file, with or without quotes: all readers see the same day.
    DayText expects "a day such as 2027-03-31";
}

/// Reads a scalar as it is written; contains what is expected, for a message.
struct RawText(&'static str);

impl Visitor<'_> for RawText {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }

    fn visit_u64<E>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }
}

/// One status as written in the file: a number, or a family such as `5xx`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StatusAst {
    Number(u64),
    Family(u8),
    /// No status: `none`.
    None,
    Other(String),
}

impl<'de> Deserialize<'de> for StatusAst {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(StatusVisitor)
    }
}

struct StatusVisitor;

impl Visitor<'_> for StatusVisitor {
    type Value = StatusAst;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a status such as 404")
    }

    fn visit_u64<E>(self, number: u64) -> Result<StatusAst, E> {
        Ok(StatusAst::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<StatusAst, E> {
        Ok(match text {
            "4xx" => StatusAst::Family(4),
            "5xx" => StatusAst::Family(5),
            "none" => StatusAst::None,
            _ => StatusAst::Other(text.to_owned()),
        })
    }
}

/// One value, or a list of them.
#[derive(Clone, Debug)]
pub(crate) enum OneOrMany<T> {
    One(T),
    Many(Vec<Spanned<T>>),
}

/// A value that can be written alone or in a list.
pub(crate) trait Listed: for<'de> Deserialize<'de> {
    /// What is expected, for a message.
    const EXPECTED: &'static str;
}

/// The statuses of a type.
pub(crate) type StatusesAst = OneOrMany<StatusAst>;

impl Listed for StatusAst {
    const EXPECTED: &'static str = "a status, a list of statuses or a family such as 5xx";
}

/// The styles of the error body.
pub(crate) type StylesAst = OneOrMany<StyleName>;

impl Listed for StyleName {
    const EXPECTED: &'static str = "a style such as openai, or a list of styles";
}

impl<'de, T: Listed> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(OneOrManyVisitor(PhantomData))
    }
}

struct OneOrManyVisitor<T>(PhantomData<T>);

impl<'de, T: Listed> Visitor<'de> for OneOrManyVisitor<T> {
    type Value = OneOrMany<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(T::EXPECTED)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<OneOrMany<T>, E> {
        T::deserialize(number.into_deserializer()).map(OneOrMany::One)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMany<T>, E> {
        T::deserialize(text.into_deserializer()).map(OneOrMany::One)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMany<T>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(OneOrMany::Many(values))
    }
}

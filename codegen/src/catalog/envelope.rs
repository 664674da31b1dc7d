//! The body of error responses, and the bodies that outputs show.

use super::{
    Argument, ArgumentExample, Catalog, Code, CodeId, ErrorType, RetryRule, Shape, Status,
};

/// The body of error responses.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// The styles of the body, each once. The first is sent to clients that do not choose.
    pub styles: Vec<EnvelopeStyle>,
    /// The shapes of the styles, in the same order.
    pub shapes: Vec<Shape>,
    /// The built-in shapes, which clients read whether or not the API sends them.
    pub built_in: Vec<Shape>,
    /// How the body shows a missing `param`.
    pub param: MissingParam,
    /// What a code is in the body.
    pub code: CodeKind,
    /// Whether the body contains the arguments of a code.
    pub details: bool,
    /// The header of the request id, in lower case.
    pub request_id: String,
    /// The body shown as an example.
    pub example: EnvelopeExample,
    /// The sentence before the example.
    pub intro: String,
    /// Sentences about the envelope.
    pub notes: Vec<String>,
}

/// The style of error bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvelopeStyle {
    /// `{"error":{message,type,code,param}}`, as OpenAI-compatible APIs send it.
    OpenAi,
    /// The problem details of RFC 9457.
    Problem,
}

impl EnvelopeStyle {
    /// The media type of a body in this style.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::OpenAi => "application/json",
            Self::Problem => "application/problem+json",
        }
    }

    /// The keyword of the catalog language.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::Problem => "problem",
        }
    }

    /// The name of the variant in the generated crate.
    #[must_use]
    pub const fn variant(self) -> &'static str {
        match self {
            Self::OpenAi => "OpenAi",
            Self::Problem => "Problem",
        }
    }
}

/// What a code is in the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// A text.
    String,
    /// A whole number: the name of each code is one.
    Integer,
}

impl CodeKind {
    /// The word of the catalog language, which is also that of JSON Schema.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
        }
    }
}

/// How a body shows that an error has no `param`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingParam {
    /// The member is left out.
    Omit,
    /// The member is null.
    Null,
}

/// The body that the documentation shows as an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvelopeExample {
    /// The code.
    pub code: CodeId,
    /// Its message, where it is not the error's own.
    pub message: Option<String>,
    /// Its request field, where it is not the error's own.
    pub param: Option<String>,
}

/// The content of an example body, independent of its style.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The message.
    pub message: String,
    /// The wire name of the type.
    pub error_type: String,
    /// The wire name of the code; null on the wire where missing.
    pub code: Option<String>,
    /// The request field.
    pub param: Option<String>,
    /// The arguments in the body, in the order of the catalog.
    pub details: Vec<(String, ArgumentExample)>,
    /// The HTTP status.
    pub status: Status,
    /// The address that identifies the problem; `about:blank` where the error has no code.
    pub type_uri: String,
    /// A short name of the kind of problem, which does not depend on the occurrence.
    pub title: String,
    /// Whether a client may try again.
    pub retryable: bool,
    /// The seconds of a promised `Retry-After`.
    pub retry_after: Option<u64>,
}

impl Catalog {
    /// The arguments of a code that its body contains.
    pub fn details<'a>(&self, code: &'a Code) -> impl Iterator<Item = &'a Argument> + use<'a> {
        let in_body = self.envelope.details;
        let arguments = code.arguments.iter();
        arguments.filter(move |argument| in_body && !argument.sensitive)
    }

    /// The body of a response with this code.
    #[must_use]
    pub fn example_of_code(&self, code: &Code) -> Example {
        let meaning = Some(&code.meaning).filter(|meaning| !meaning.is_empty());
        let details = self.details(code);
        let details = details.map(|argument| (argument.name.clone(), argument.example.clone()));
        Example {
            message: code.example_message.clone(),
            error_type: self[code.error_type].names.wire.clone(),
            code: Some(code.names.wire.clone()),
            param: code.param.clone(),
            details: details.collect(),
            status: code.status,
            type_uri: code.doc_url.clone(),
            title: meaning.unwrap_or(&code.names.wire).clone(),
            retryable: code.retry.is_retryable(),
            retry_after: (code.retry == RetryRule::After).then(|| self.promised_seconds()),
        }
    }

    /// The body of a response with this type, this status and no code.
    #[must_use]
    pub fn example_of_type(&self, error_type: &ErrorType, status: Status) -> Example {
        let title = status.reason().map(str::to_owned);
        Example {
            message: error_type.message.clone(),
            error_type: error_type.names.wire.clone(),
            code: None,
            param: None,
            details: Vec::new(),
            status,
            type_uri: "about:blank".to_owned(),
            title: title.unwrap_or_else(|| error_type.names.wire.clone()),
            retryable: self.retry.statuses.contains(&status),
            retry_after: None,
        }
    }

    /// The body that the documentation shows as an example.
    #[must_use]
    pub fn example_of_envelope(&self) -> Example {
        let EnvelopeExample {
            code,
            message,
            param,
        } = &self.envelope.example;
        let example = self.example_of_code(&self[*code]);
        Example {
            message: message.clone().unwrap_or(example.message),
            param: param.clone().or(example.param),
            ..example
        }
    }

    /// The seconds that a response with a promised `Retry-After` names unless it is told others.
    #[must_use]
    pub const fn promised_seconds(&self) -> u64 {
        self.retry.backoff.initial_ms.div_ceil(1000)
    }
}

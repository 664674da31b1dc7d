//! The body of error responses, and the bodies that outputs show.

use super::choice::{Share, base_path};
use super::{
    Argument, ArgumentExample, ArgumentKind, Catalog, Choice, Code, CodeId, ErrorType, Fault,
    Names, Operation, RetryRule, Sent, Shape, Status,
};

/// The body of error responses.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// The shapes of the styles, each once. The first is sent to clients that do not choose.
    pub shapes: Vec<Shape>,
    /// Which requests get which shape, in the order in which the choices apply.
    pub choices: Vec<Choice>,
    /// The built-in shapes, which clients read whether or not the API sends them.
    pub built_in: Vec<Shape>,
    /// The names of the shapes that the catalog declares, whether or not a style is one of them.
    pub own: Vec<String>,
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

/// The values that one error fills into the slots of a shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Example<'a> {
    /// What happened.
    pub message: &'a str,
    /// The names of the type.
    pub error_type: &'a Names,
    /// The code.
    pub code: Option<&'a Code>,
    /// The HTTP status.
    pub status: Status,
    /// A short name of the kind of error, which does not depend on the occurrence.
    pub title: &'a str,
    /// What to do, if the error has a code that says it.
    pub fix: Option<&'a str>,
    /// The request field.
    pub param: Option<&'a str>,
    /// The request id.
    pub request_id: Option<&'a str>,
    /// The arguments in the body, in the order of the catalog.
    pub details: Vec<(&'a str, &'a ArgumentExample)>,
    /// The faults of the request.
    pub faults: Vec<&'a Fault>,
    /// Whether a client may try again.
    pub retryable: bool,
    /// The seconds of a promised `Retry-After`.
    pub retry_after: Option<u64>,
}

impl Envelope {
    /// The shapes that clients can read: those of the styles, then the other built-in ones.
    pub fn read_shapes(&self) -> impl Iterator<Item = &Shape> {
        let is_other = |shape: &&Shape| self.shapes.iter().all(|own| own.name != shape.name);
        self.shapes
            .iter()
            .chain(self.built_in.iter().filter(is_other))
    }

    /// The shape of the body that is sent to clients that do not choose.
    #[must_use]
    pub fn default_shape(&self) -> &Shape {
        &self.shapes[0]
    }

    /// Whether a request can choose a shape by `Accept`, which selects the first style of a media type.
    #[must_use]
    pub fn is_acceptable(&self, shape: &Shape) -> bool {
        let mut shapes = self.shapes.iter();
        let first = shapes.find(|first| first.content_type == shape.content_type);
        first.is_some_and(|first| first.name == shape.name)
    }

    /// The shapes of the errors that requests can get at a path that no choice names, in the order of the styles.
    #[must_use]
    pub fn usual_shapes(&self) -> Vec<&Shape> {
        // A path has a segment.
        self.shapes_named(&self.styles_at("/"))
    }

    fn shapes_named(&self, styles: &[&str]) -> Vec<&Shape> {
        let shapes = self.shapes.iter();
        let shapes = shapes.filter(|shape| styles.contains(&shape.name.as_str()));
        shapes.collect()
    }

    /// The names of the styles of the errors that requests to a path can get. Without choices, they are all styles,
    /// since handlers set them.
    fn styles_at(&self, path: &str) -> Vec<&str> {
        let all = self.shapes.iter();
        if self.choices.is_empty() {
            return all.map(|shape| shape.name.as_str()).collect();
        }
        let mut found = Vec::new();
        for choice in &self.choices {
            let share = choice.condition.share(path);
            if share != Share::None {
                found.push(choice.style.as_str());
            }
            if share == Share::All {
                return found;
            }
        }
        let acceptable = all.filter(|shape| self.is_acceptable(shape));
        found.extend(acceptable.map(|shape| shape.name.as_str()));
        found
    }
}

impl Code {
    /// The arguments that are faults of the request. An error has those of all of them, in the order of the catalog.
    fn faults(&self) -> impl Iterator<Item = &Argument> {
        let arguments = self.arguments.iter();
        arguments.filter(|argument| argument.kind() == ArgumentKind::Errors && !argument.sensitive)
    }

    /// Whether an error with this code can have faults.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        self.faults().next().is_some()
    }
}

impl Catalog {
    /// The shapes of the errors of an operation, in the order of the styles.
    #[must_use]
    pub fn shapes_of(&self, operation: &Operation) -> Vec<&Shape> {
        let servers = self.api.servers.iter();
        let mut bases: Vec<&str> = servers.map(|server| base_path(&server.url)).collect();
        if bases.is_empty() {
            bases.push("");
        }
        let paths = bases.iter().map(|base| format!("{base}{}", operation.path));
        let paths: Vec<String> = paths.collect();
        let styles = paths.iter().flat_map(|path| self.envelope.styles_at(path));
        self.envelope.shapes_named(&styles.collect::<Vec<_>>())
    }

    /// The arguments of a code that its body contains.
    pub fn details<'a>(&self, code: &'a Code) -> impl Iterator<Item = &'a Argument> + use<'a> {
        let in_body = self.envelope.details;
        let arguments = code.arguments.iter();
        arguments.filter(move |argument| in_body && !argument.sensitive)
    }

    /// Whether an error of the catalog can have faults.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        self.codes.iter().any(Code::has_faults)
    }

    /// The error of this code.
    #[must_use]
    pub fn example_of_code<'a>(&'a self, code: &'a Code) -> Example<'a> {
        self.example_of_sent(Sent::alone(code))
    }

    /// The error of this code as it is sent.
    #[must_use]
    pub fn example_of_sent<'a>(&'a self, sent: Sent<'a>) -> Example<'a> {
        let Sent { code, .. } = sent;
        let meaning = Some(sent.meaning()).filter(|meaning| !meaning.is_empty());
        let details = self.details(code);
        let details = details.map(|argument| (argument.name.as_str(), &argument.example));
        Example {
            message: &code.example_message,
            error_type: &self[code.error_type].names,
            code: Some(code),
            status: sent.status(),
            title: meaning.unwrap_or(&code.names.wire),
            fix: Some(sent.fix()).filter(|fix| !fix.is_empty()),
            param: code.param.as_deref(),
            request_id: None,
            details: details.collect(),
            faults: code.faults().flat_map(Argument::faults).collect(),
            retryable: sent.retry().is_retryable(),
            retry_after: (sent.retry() == RetryRule::After).then(|| self.promised_seconds()),
        }
    }

    /// The error of this type with this status and no code.
    #[must_use]
    pub fn example_of_type<'a>(&self, error_type: &'a ErrorType, status: Status) -> Example<'a> {
        Example {
            message: &error_type.message,
            error_type: &error_type.names,
            code: None,
            status,
            title: status.reason().unwrap_or(&error_type.names.wire),
            fix: None,
            param: None,
            request_id: None,
            details: Vec::new(),
            faults: Vec::new(),
            retryable: self.retry.statuses.contains(&status),
            retry_after: None,
        }
    }

    /// The error that the documentation shows as an example.
    #[must_use]
    pub fn example_of_envelope(&self) -> Example<'_> {
        let EnvelopeExample {
            code,
            message,
            param,
        } = &self.envelope.example;
        let example = self.example_of_code(&self[*code]);
        Example {
            message: message.as_deref().unwrap_or(example.message),
            param: param.as_deref().or(example.param),
            ..example
        }
    }

    /// The seconds that a response with a promised `Retry-After` names unless it is told others.
    #[must_use]
    pub const fn promised_seconds(&self) -> u64 {
        self.retry.backoff.initial_ms.div_ceil(1000)
    }
}

//! The errors in a document that utoipa makes. Needs the feature `utoipa`.

use std::collections::BTreeMap;

use ::utoipa::openapi::content::ContentBuilder;
use ::utoipa::openapi::example::ExampleBuilder;
use ::utoipa::openapi::header::HeaderBuilder;
use ::utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use ::utoipa::openapi::{Header, Ref, RefOr, Response, ResponseBuilder};
use ::utoipa::{IntoResponses, PartialSchema, ToSchema};
use serde_json::Value;

use crate::reason::reason;
use crate::settings::{DETAILS, ENVELOPE_STYLES, FRAMEWORK, REQUEST_ID_HEADER, RETRYABLE_STATUSES};
use crate::{ApiError, Envelope, EnvelopeStyle, ErrorCode, ErrorType, Problem};

/// The responses of these errors: one for each status, with an example of each error that has it.
///
/// An operation that can fail in a few ways only says so with a type of its own:
///
/// ```
/// use std::collections::BTreeMap;
///
/// use error_crate::{ApiError, ErrorCode};
/// use utoipa::IntoResponses;
/// use utoipa::openapi::{RefOr, Response};
///
/// struct UploadErrors;
///
/// impl IntoResponses for UploadErrors {
///     fn responses() -> BTreeMap<String, RefOr<Response>> {
///         error_crate::utoipa::responses([ApiError::new(ErrorCode::A_CODE)])
///     }
/// }
///
/// let status = ErrorCode::A_CODE.status().to_string();
/// assert!(UploadErrors::responses().contains_key(&status));
/// ```
///
/// The schemas that they refer to are components of a document that lists [`Envelope`], or
/// [`Problem`], among its schemas.
#[must_use]
pub fn responses(errors: impl IntoIterator<Item = ApiError>) -> BTreeMap<String, RefOr<Response>> {
    let mut by_status: BTreeMap<u16, Vec<ApiError>> = BTreeMap::new();
    for error in errors {
        by_status.entry(error.status()).or_default().push(error);
    }
    let responses = by_status.into_iter().map(|(status, errors)| {
        let response = response(status, &errors);
        (status.to_string(), RefOr::T(response))
    });
    responses.collect()
}

/// Every error of the catalog, and what a server answers where no handler does.
///
/// In `#[utoipa::path(…)]`, it stands among the responses: `responses((status = 200, …), ApiError)`.
///
/// ```
/// use error_crate::{ApiError, ErrorCode};
/// use utoipa::IntoResponses;
///
/// let responses = ApiError::responses();
/// for code in ErrorCode::ALL {
///     assert!(responses.contains_key(&code.status().to_string()));
/// }
/// ```
impl IntoResponses for ApiError {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let codes = ErrorCode::ALL.iter().copied().map(ApiError::new);
        let types = ErrorType::ALL.iter().copied().flat_map(without_code);
        let framework = FRAMEWORK
            .iter()
            .map(|error| ApiError::of_status(error.status));
        responses(codes.chain(types).chain(framework))
    }
}

/// The errors of a type that have no code: those of its statuses that none of its codes has.
fn without_code(error_type: ErrorType) -> Vec<ApiError> {
    let has_code = |status: u16| {
        let mut codes = ErrorCode::ALL.iter();
        codes.any(|code| code.error_type() == error_type && code.status() == status)
    };
    let mut statuses = vec![error_type.default_status()];
    statuses.extend(RETRYABLE_STATUSES);
    statuses.sort_unstable();
    statuses.dedup();
    let statuses = statuses.into_iter().filter(|status| !has_code(*status));
    let errors = statuses.map(|status| ApiError::of_type_and_status(error_type, status));
    errors.filter_map(Result::ok).collect()
}

fn response(status: u16, errors: &[ApiError]) -> Response {
    let mut response = ResponseBuilder::new()
        .description(reason(status).unwrap_or("Error"))
        .header(
            REQUEST_ID_HEADER,
            header("The id of the request.", Type::String),
        )
        .header(
            "x-should-retry",
            header(
                "Whether sending the same request again can help.",
                Type::String,
            ),
        );
    if errors.iter().any(|error| error.retry().is_retryable()) {
        let waits = "How long to wait before the next try, in whole seconds.";
        response = response.header("retry-after", header(waits, Type::Integer));
    }
    for style in ENVELOPE_STYLES {
        let mut examples: BTreeMap<String, _> = BTreeMap::new();
        for error in errors {
            let name = name(error);
            let taken = |name: &String| examples.contains_key(name);
            let mut names = (2..).map(|number| format!("{name} ({number})"));
            let name = if taken(&name) {
                names.find(|name| !taken(name)).unwrap_or(name)
            } else {
                name
            };
            let mut body = String::new();
            error.write_json_in(*style, &mut body);
            let value: Option<Value> = serde_json::from_str(&body).ok();
            let example = ExampleBuilder::new().summary(summary(error)).value(value);
            examples.insert(name, example.build());
        }
        let schema = match style {
            EnvelopeStyle::OpenAi => Envelope::name(),
            EnvelopeStyle::Problem => Problem::name(),
        };
        let content = ContentBuilder::new()
            .schema(Some(Ref::from_schema_name(schema)))
            .examples_from_iter(examples);
        response = response.content(style.media_type(), content.build());
    }
    response.build()
}

fn name(error: &ApiError) -> String {
    let name = match error.code() {
        Some(code) => code.as_str(),
        None => error.error_type().as_str(),
    };
    name.to_owned()
}

/// What went wrong and what to do about it, where the catalog says so.
fn summary(error: &ApiError) -> String {
    match error.code() {
        Some(code) => format!("{}. {}", code.meaning(), code.fix()),
        None => error.message().to_owned(),
    }
}

fn header(description: &str, kind: Type) -> Header {
    let schema = ObjectBuilder::new().schema_type(kind).build();
    let header = HeaderBuilder::new().schema(Some(schema));
    header.description(Some(description)).build()
}

/// A text that is one of `known`, or one of a newer server.
fn open_text<'a>(known: impl Iterator<Item = &'a str>, nullable: bool) -> ObjectBuilder {
    let names: Vec<&str> = known.collect();
    let kinds = if nullable {
        SchemaType::Array(vec![Type::String, Type::Null])
    } else {
        SchemaType::Type(Type::String)
    };
    let names = format!("One of {}, or another of a newer server.", names.join(", "));
    ObjectBuilder::new()
        .schema_type(kinds)
        .description(Some(names))
}

fn error_type() -> ObjectBuilder {
    open_text(ErrorType::ALL.iter().map(|entry| entry.as_str()), false)
}

fn code() -> ObjectBuilder {
    open_text(ErrorCode::ALL.iter().map(|code| code.as_str()), true)
}

fn of_type(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(kind)
}

fn param() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Array(vec![Type::String, Type::Null]))
}

/// The details stay open: each code has its own.
fn with_details(members: ObjectBuilder) -> ObjectBuilder {
    if DETAILS {
        members.property("details", of_type(Type::Object))
    } else {
        members
    }
}

/// The schema `ErrorEnvelope`.
impl ToSchema for Envelope<'_> {
    fn name() -> std::borrow::Cow<'static, str> {
        "ErrorEnvelope".into()
    }
}

impl PartialSchema for Envelope<'_> {
    fn schema() -> RefOr<Schema> {
        let error = ObjectBuilder::new()
            .property("message", of_type(Type::String))
            .property("type", error_type())
            .property("code", code())
            .property("param", param())
            .required("message")
            .required("type");
        let error = with_details(error);
        let envelope = ObjectBuilder::new()
            .property("error", error)
            .required("error");
        envelope
            .description(Some("The body of an error response."))
            .into()
    }
}

/// The schema `Problem`.
///
/// Source: RFC 9457, section 3.
impl ToSchema for Problem<'_> {
    fn name() -> std::borrow::Cow<'static, str> {
        "Problem".into()
    }
}

impl PartialSchema for Problem<'_> {
    fn schema() -> RefOr<Schema> {
        let problem = ObjectBuilder::new()
            .property("type", of_type(Type::String))
            .property("title", of_type(Type::String))
            .property("status", of_type(Type::Integer))
            .property("detail", of_type(Type::String))
            .property("code", code())
            .property("error_type", error_type())
            .property("retryable", of_type(Type::Boolean))
            .property("param", param());
        let problem = with_details(problem);
        let members = [
            "type",
            "title",
            "status",
            "detail",
            "code",
            "error_type",
            "retryable",
        ];
        let problem = members.into_iter().fold(problem, ObjectBuilder::required);
        problem
            .description(Some("The body of an error response, by RFC 9457."))
            .into()
    }
}

//! utoipa integration: responses and schemas. Needs the feature `utoipa`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use ::utoipa::openapi::content::ContentBuilder;
use ::utoipa::openapi::example::ExampleBuilder;
use ::utoipa::openapi::header::HeaderBuilder;
use ::utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use ::utoipa::openapi::{Header, OpenApi, Ref, RefOr, Response, ResponseBuilder};
use ::utoipa::{IntoResponses, Modify, PartialSchema, ToSchema};
use serde_json::Value;

use crate::catalog::documents::{CODELESS, SCHEMAS, SHOWN, USUAL};
use crate::catalog::settings::{CODE_FORM, REQUEST_ID_HEADER};
use crate::runtime::details::ReadArguments;
use crate::runtime::reason_phrase::reason;
use crate::runtime::utoipa_parts::{Bodies, Codeless};
use crate::{ApiError, Envelope, ErrorCode, ErrorType, RetryRule};

/// The responses of these errors: one for each status, with an example for each error.
///
/// For an operation with few errors, define a type:
///
/// ```
/// use std::collections::BTreeMap;
///
/// use runtime::{ApiError, ErrorCode};
/// use utoipa::IntoResponses;
/// use utoipa::openapi::{RefOr, Response};
///
/// struct UploadErrors;
///
/// impl IntoResponses for UploadErrors {
///     fn responses() -> BTreeMap<String, RefOr<Response>> {
///         runtime::utoipa::responses([ApiError::new(ErrorCode::FileNotFound)])
///     }
/// }
///
/// let status = ErrorCode::FileNotFound.status().to_string();
/// assert!(UploadErrors::responses().contains_key(&status));
/// ```
///
/// They refer to [`Schemas`].
#[must_use]
pub fn responses(errors: impl IntoIterator<Item = ApiError>) -> BTreeMap<String, RefOr<Response>> {
    of_examples(errors.into_iter().map(|error| (None, error)), USUAL)
}

/// Every public error of the catalog, including those of the framework, in the styles of a path that no choice
/// names.
///
/// Use it in `#[utoipa::path(…)]`: `responses((status = 200, …), ApiError)`.
impl IntoResponses for ApiError {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let codes = public_codes().map(example);
        let others = CODELESS.iter().map(Codeless::example);
        of_examples(codes.chain(others), USUAL)
    }
}

/// An example with its name, unless it is called after its code or type.
pub(crate) type Named = (Option<&'static str>, ApiError);

impl Codeless {
    pub(crate) fn example(&self) -> Named {
        let error = ApiError::build(None, self.error_type, self.status);
        let error = match self.message {
            Some(message) => error.with_message(message),
            None => error,
        };
        (Some(self.name), error)
    }
}

/// The example of a code, with the arguments that the catalog shows.
pub(crate) fn example(code: ErrorCode) -> Named {
    let error = ApiError::new(code);
    let mut shown = SHOWN.iter();
    let error = match shown.find(|shown| shown.code == code) {
        Some(shown) => error
            .with_message(shown.message)
            .with_arguments(Box::new(ReadArguments {
                details: serde_json::from_str(shown.details).ok(),
                faults: serde_json::from_str(shown.faults).unwrap_or_default(),
            })),
        None => error,
    };
    (Some(code.as_str()), error)
}

/// The responses of errors, each with the name of its example, if it has one. Examples have the names of the catalog's
/// own document.
pub(crate) fn of_examples(
    errors: impl Iterator<Item = Named>,
    bodies: &[Bodies],
) -> BTreeMap<String, RefOr<Response>> {
    let mut by_status: BTreeMap<u16, BTreeMap<String, ApiError>> = BTreeMap::new();
    for (name, error) in errors {
        let others = by_status.entry(error.status()).or_default();
        let wire = match error.code() {
            Some(code) => code.as_str(),
            None => error.error_type().as_str(),
        };
        let of_wire = others.get(wire).filter(|_| error.code().is_none());
        let stem = match name {
            Some(name) => name.to_owned(),
            None if of_wire.is_some_and(|other| other.code().is_some()) => format!("{wire} (type)"),
            None => wire.to_owned(),
        };
        let numbered = (2..).map(|number| format!("{stem} ({number})"));
        for name in [stem.clone()].into_iter().chain(numbered) {
            match others.entry(name) {
                Entry::Vacant(free) => {
                    free.insert(error);
                    break;
                }
                // Equal errors are one example.
                Entry::Occupied(other) if other.get().to_json() == error.to_json() => break,
                Entry::Occupied(_) => {}
            }
        }
    }
    let responses = by_status.into_iter().map(|(status, examples)| {
        let response = response(status, &examples, bodies);
        (status.to_string(), RefOr::T(response))
    });
    responses.collect()
}

fn response(status: u16, examples: &BTreeMap<String, ApiError>, bodies: &[Bodies]) -> Response {
    let id = header("The id of the request.", of_type(Type::String));
    let can_help = "Whether sending the same request again can help.";
    let helps = |error: &ApiError| error.retry().is_retryable();
    // Mock servers answer with the first value: `false` does no harm.
    let values = match (examples.values().all(helps), examples.values().any(helps)) {
        (true, _) => &["true"][..],
        (false, true) => &["false", "true"],
        (false, false) => &["false"],
    };
    let should_retry = of_type(Type::String).enum_values(Some(values.iter().copied()));
    let class = if status < 500 {
        "Client Error"
    } else {
        "Server Error"
    };
    let mut response = ResponseBuilder::new()
        .description(reason(status).unwrap_or(class))
        .header(REQUEST_ID_HEADER, id)
        .header("x-should-retry", header(can_help, should_retry));
    let may_wait = |error: &ApiError| match error.retry() {
        RetryRule::Never => false,
        RetryRule::Backoff => error.status() != 413,
        RetryRule::After => true,
    };
    if examples.values().any(may_wait) {
        let waits = "How long to wait before the next try, in whole seconds.";
        response = response.header("retry-after", header(waits, seconds()));
    }
    for Bodies {
        media_type,
        schema,
        styles,
    } in bodies
    {
        let shown = styles.iter().flat_map(|style| {
            examples.iter().map(move |(name, error)| {
                let mut body = String::new();
                error.write_json_in(*style, &mut body);
                let mut value: Option<Value> = serde_json::from_str(&body).ok();
                value.iter_mut().for_each(make_portable);
                let name = match styles {
                    [_] => name.clone(),
                    _ => format!("{name} ({style})"),
                };
                let text = format!("{name}: {}", summary(error));
                let shown = ExampleBuilder::new().summary(text);
                (name, shown.value(value).build())
            })
        });
        let content = ContentBuilder::new()
            .schema(Some(Ref::from_schema_name(*schema)))
            .examples_from_iter(shown.collect::<BTreeMap<_, _>>());
        response = response.content(*media_type, content.build());
    }
    response.build()
}

/// Turns integers beyond 64 bits with a sign into floats: readers of YAML differ in the larger ones.
fn make_portable(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_u64() && number.as_i64().is_none() => {
            if let Some(float) = number.as_f64() {
                *value = float.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(make_portable),
        Value::Object(members) => members.values_mut().for_each(make_portable),
        _ => {}
    }
}

fn seconds() -> ObjectBuilder {
    of_type(Type::Integer).minimum(Some(1))
}

/// Meaning, fix and deprecation of a code.
fn summary(error: &ApiError) -> String {
    let Some(code) = error.code() else {
        return error.message().to_owned();
    };
    let meaning = match error.meaning_of(code) {
        "" => code.message(),
        meaning => meaning,
    };
    let said = match error.fix_of(code) {
        "" => meaning.to_owned(),
        fix => format!("{meaning}. {fix}"),
    };
    match code.deprecation().map(|deprecation| deprecation.successor) {
        Some(Some(successor)) => format!("Deprecated: use `{successor}`. {said}"),
        Some(None) => format!("Deprecated. {said}"),
        None => said,
    }
}

fn header(description: &str, schema: ObjectBuilder) -> Header {
    let header = HeaderBuilder::new().schema(Some(schema.build()));
    header.description(Some(description)).build()
}

fn of_type(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(kind)
}

/// Adds the schemas that the responses refer to: those of the bodies in each style, `ErrorCode` and `ErrorType`. The
/// bodies have the schemas of the catalog's own document.
///
/// ```
/// use runtime::utoipa::Schemas;
/// use utoipa::OpenApi;
///
/// #[derive(OpenApi)]
/// #[openapi(modifiers(&Schemas))]
/// struct Document;
///
/// let components = Document::openapi().components.unwrap();
/// assert!(components.schemas.contains_key("ErrorCode"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Schemas;

impl Modify for Schemas {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_default();
        components.schemas.extend(bodies());
        let names = [
            (ErrorCode::name(), ErrorCode::schema()),
            (ErrorType::name(), ErrorType::schema()),
        ];
        let names = names.map(|(name, schema)| (name.into_owned(), schema));
        components.schemas.extend(names);
    }
}

/// The schemas of the bodies, by name.
fn bodies() -> impl Iterator<Item = (String, RefOr<Schema>)> {
    let schemas = SCHEMAS.iter();
    schemas.map(|(name, json)| ((*name).to_owned(), parsed(json)))
}

/// A schema. The generator wrote it, so it is one.
fn parsed(json: &str) -> RefOr<Schema> {
    serde_json::from_str(json).unwrap_or_else(|_| Schema::default().into())
}

macro_rules! named_schemas {
    ($($(#[doc = $doc:literal])+ $kind:ty => $name:expr;)+) => {$(
        $(#[doc = $doc])+
        impl ToSchema for $kind {
            fn name() -> Cow<'static, str> {
                $name.into()
            }
        }
    )+};
}

named_schemas! {
    /// The schema `ErrorCode`: the public codes that this crate knows.
    ErrorCode => "ErrorCode";
    /// The schema `ErrorType`: the types that this crate knows.
    ErrorType => "ErrorType";
}

/// The schema of a body in the default style.
impl ToSchema for Envelope<'_> {
    fn name() -> Cow<'static, str> {
        SCHEMAS[0].0.into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend(bodies().skip(1));
    }
}

impl PartialSchema for ErrorCode {
    fn schema() -> RefOr<Schema> {
        if CODE_FORM.is_number() {
            return of_type(Type::Integer)
                .enum_values(Some(sent_codes().filter_map(Self::integer)))
                .into();
        }
        names(sent_codes().map(|code| CODE_FORM.sent(code)))
    }
}

/// The public codes, one for each name in bodies.
fn sent_codes() -> impl Iterator<Item = ErrorCode> {
    public_codes().filter(|code| {
        let mut several = CODE_FORM.several(CODE_FORM.sent(*code)).iter();
        let first = several.find(|code| !code.is_internal());
        first.is_none_or(|first| first == code)
    })
}

fn public_codes() -> impl Iterator<Item = ErrorCode> {
    let codes = ErrorCode::ALL.iter().copied();
    codes.filter(|code| !code.is_internal())
}

impl PartialSchema for ErrorType {
    fn schema() -> RefOr<Schema> {
        names(Self::ALL.iter().map(|entry| entry.as_str()))
    }
}

fn names(known: impl Iterator<Item = &'static str>) -> RefOr<Schema> {
    of_type(Type::String).enum_values(Some(known)).into()
}

impl PartialSchema for Envelope<'_> {
    fn schema() -> RefOr<Schema> {
        parsed(SCHEMAS[0].1)
    }
}

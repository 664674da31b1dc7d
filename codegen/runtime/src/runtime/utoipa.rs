//! utoipa integration: responses and schemas. Needs the feature `utoipa`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use ::utoipa::openapi::content::ContentBuilder;
use ::utoipa::openapi::example::ExampleBuilder;
use ::utoipa::openapi::header::HeaderBuilder;
use ::utoipa::openapi::schema::{AnyOfBuilder, ObjectBuilder, Schema, Type};
use ::utoipa::openapi::{Header, OpenApi, Ref, RefOr, Response, ResponseBuilder};
use ::utoipa::{IntoResponses, Modify, PartialSchema, ToSchema};
use serde_json::Value;

use crate::catalog::settings::{
    CHOICES, CODE_FORM, ENVELOPE_STYLES, FRAMEWORK, REQUEST_ID_HEADER, RETRYABLE_STATUSES,
};
use crate::runtime::reason_phrase::reason;
use crate::runtime::request_style::{Choice, Condition, begins_with};
use crate::runtime::utoipa_schema::{self, of_type};
use crate::runtime::wire_name::WireForm;
use crate::{ApiError, Envelope, EnvelopeStyle, ErrorCode, ErrorType, RetryRule};

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
    of_examples(errors.into_iter().map(|error| (error, None)))
}

/// Every public error of the catalog, including those of the framework, in the styles of a path that no choice
/// names.
///
/// Use it in `#[utoipa::path(…)]`: `responses((status = 200, …), ApiError)`.
impl IntoResponses for ApiError {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let codes = public_codes().map(Self::new);
        let types = ErrorType::ALL.iter().copied().flat_map(without_code);
        let usual = codes.chain(types).map(|error| (error, None));
        let framework = FRAMEWORK.iter().filter(|error| error.code.is_none());
        let framework =
            framework.map(|named| (Self::from_status(named.status), Some(named.status)));
        of_examples(usual.chain(framework))
    }
}

/// The responses of errors; those of the framework with its statuses. Examples have the names of the
/// catalog's own document.
fn of_examples(
    errors: impl Iterator<Item = (ApiError, Option<u16>)>,
) -> BTreeMap<String, RefOr<Response>> {
    let mut by_status: BTreeMap<u16, BTreeMap<String, ApiError>> = BTreeMap::new();
    for (error, of_framework) in errors {
        let others = by_status.entry(error.status()).or_default();
        let wire = match error.code() {
            Some(code) => code.as_str(),
            None => error.error_type().as_str(),
        };
        let of_wire = others.get(wire).filter(|_| error.code().is_none());
        let name = if of_wire.is_some_and(|other| other.code().is_some()) {
            format!("{wire} (type)")
        } else {
            wire.to_owned()
        };
        let of_framework = of_framework.map(|status| {
            if status == error.status() {
                format!("{wire} (framework)")
            } else {
                format!("{wire} ({status})")
            }
        });
        let stem = of_framework.clone().unwrap_or_else(|| name.clone());
        let numbered = (2..).map(|number| format!("{stem} ({number})"));
        for name in [name].into_iter().chain(of_framework).chain(numbered) {
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
        let response = response(status, &examples);
        (status.to_string(), RefOr::T(response))
    });
    responses.collect()
}

/// The errors of a type without code: its statuses that none of its codes has.
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
    let errors = statuses.map(|status| ApiError::from_type(error_type).with_status(status));
    errors.filter_map(Result::ok).collect()
}

fn response(status: u16, examples: &BTreeMap<String, ApiError>) -> Response {
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
    for (media_type, styles) in media_types() {
        let shown = styles.iter().flat_map(|style| {
            let styles = &styles;
            examples.iter().map(move |(name, error)| {
                let mut body = String::new();
                error.write_json_in(*style, &mut body);
                let value: Option<Value> = serde_json::from_str(&body).ok();
                let name = match &styles[..] {
                    [_] => name.clone(),
                    _ => format!("{name} ({style})"),
                };
                let text = format!("{name}: {}", summary(error));
                let shown = ExampleBuilder::new().summary(text);
                (name, shown.value(value).build())
            })
        });
        let content = ContentBuilder::new()
            .schema(Some(schema_of(&styles)))
            .examples_from_iter(shown.collect::<BTreeMap<_, _>>());
        response = response.content(media_type, content.build());
    }
    response.build()
}

/// The styles of the errors at a path that no choice names, by their media types.
fn media_types() -> BTreeMap<&'static str, Vec<EnvelopeStyle>> {
    let mut media_types: BTreeMap<_, Vec<EnvelopeStyle>> = BTreeMap::new();
    let usual = usual_styles();
    for style in ENVELOPE_STYLES.iter().filter(|style| usual.contains(style)) {
        media_types
            .entry(style.media_type())
            .or_default()
            .push(*style);
    }
    media_types
}

fn usual_styles() -> Vec<EnvelopeStyle> {
    if CHOICES.is_empty() {
        return ENVELOPE_STYLES.to_vec();
    }
    let mut found = Vec::new();
    for Choice { condition, style } in CHOICES {
        match condition {
            Condition::Path(beginning) if begins_with("/", beginning) => {
                found.push(*style);
                return found;
            }
            Condition::Path(_) => {}
            Condition::Header(_) | Condition::Accept(_) => found.push(*style),
        }
    }
    // Without a choice, `Accept` chooses the first style of a media type.
    let acceptable = ENVELOPE_STYLES.iter().filter(|style| {
        let mut same = ENVELOPE_STYLES.iter();
        let first = same.find(|first| first.media_type() == style.media_type());
        first == Some(*style)
    });
    found.extend(acceptable);
    found
}

fn schema_of(styles: &[EnvelopeStyle]) -> RefOr<Schema> {
    let reference = |style: &EnvelopeStyle| Ref::from_schema_name(style.shape().schema);
    if let [style] = styles {
        return reference(style).into();
    }
    let any = AnyOfBuilder::new();
    let styles = styles.iter();
    let any = styles.fold(any, |any, style| any.item(reference(style)));
    Schema::AnyOf(any.build()).into()
}

fn seconds() -> ObjectBuilder {
    of_type(Type::Integer).minimum(Some(1))
}

/// Meaning, fix and deprecation of a code.
fn summary(error: &ApiError) -> String {
    let Some(code) = error.code() else {
        return error.message().to_owned();
    };
    let meaning = match code.meaning() {
        "" => code.message(),
        meaning => meaning,
    };
    let said = match code.fix() {
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

/// Adds the schemas that the responses refer to: one for each style, `ErrorCode` and `ErrorType`.
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
        for style in ENVELOPE_STYLES {
            let shape = style.shape();
            let schema = utoipa_schema::of_shape(shape).into();
            components.schemas.insert(shape.schema.to_owned(), schema);
        }
        let names = [
            (ErrorCode::name(), ErrorCode::schema()),
            (ErrorType::name(), ErrorType::schema()),
        ];
        let names = names.map(|(name, schema)| (name.into_owned(), schema));
        components.schemas.extend(names);
    }
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
    /// The schema of a body in the default style.
    Envelope<'_> => ENVELOPE_STYLES[0].shape().schema;
}

impl PartialSchema for ErrorCode {
    fn schema() -> RefOr<Schema> {
        match CODE_FORM {
            WireForm::Text => names(public_codes().map(Self::as_str)),
            WireForm::Number => of_type(Type::Integer)
                .enum_values(Some(public_codes().filter_map(Self::number)))
                .into(),
        }
    }
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
        utoipa_schema::of_shape(ENVELOPE_STYLES[0].shape()).into()
    }
}

//! The `envelope` section: styles, header and example.

use super::headers::is_token;
use super::message::InBody;
use super::names::check;
use super::scope::Scope;
use super::shapes::{Settings, Shapes};
use super::{Findings, optional};
use crate::ast::{CodeKindAst, EnvelopeAst, ExampleAst, Mapping, ParamAst, Spanned};
use crate::catalog::{CodeId, CodeKind, Envelope, EnvelopeExample, MissingParam, Shape};

/// The header of the request id, unless the catalog states one.
pub(crate) const REQUEST_ID: &str = "x-request-id";

/// Whether `name` can be the name of the header of the request id, in lower case.
pub(crate) fn is_header(name: &str) -> bool {
    const TAKEN: [&str; 24] = [
        "accept",
        "age",
        "authorization",
        "cache-control",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "date",
        "etag",
        "expires",
        "host",
        "location",
        "retry-after",
        "retry-after-ms",
        "server",
        "set-cookie",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "vary",
        "www-authenticate",
        "x-should-retry",
    ];
    let is_lower = !name.bytes().any(|b| b.is_ascii_uppercase());
    is_token(name) && is_lower && !TAKEN.contains(&name)
}

/// The arguments that bodies contain besides the message. A shape that was reported may have been meant with a place for
/// faults.
pub(crate) fn in_body(field: Option<&Mapping<EnvelopeAst>>, shapes: &Shapes) -> InBody {
    let styles = shapes.of_styles();
    let has_faults = |shapes: Vec<&Shape>| shapes.iter().any(|shape| shape.has_faults());
    if details(field) {
        InBody::All
    } else if styles.is_none_or(has_faults) {
        InBody::Faults
    } else {
        InBody::Nothing
    }
}

/// Whether the body contains the arguments of codes. If the value was reported, it may have been meant as
/// `true`.
fn details(field: Option<&Mapping<EnvelopeAst>>) -> bool {
    let details = optional(field).and_then(|ast| ast.details.as_ref());
    details.is_some_and(|details| details.value.unwrap_or(true))
}

/// The JSON type of codes in the body.
pub(crate) fn code_kind(field: Option<&Mapping<EnvelopeAst>>) -> CodeKind {
    let kind = optional(field).and_then(|ast| optional(ast.code.as_ref()));
    match kind {
        Some(CodeKindAst::Integer) => CodeKind::Integer,
        Some(CodeKindAst::String) | None => CodeKind::String,
    }
}

/// The header of the request id.
pub(crate) fn request_id(field: Option<&Mapping<EnvelopeAst>>) -> &str {
    let header = optional(field).and_then(|ast| optional(ast.request_id.as_ref()));
    header.map_or(REQUEST_ID, String::as_str)
}

/// Resolves the `envelope` section.
pub(crate) fn resolve(
    field: Option<&Mapping<EnvelopeAst>>,
    shapes: &Shapes,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Envelope> {
    let ast = optional(field);
    let header = ast.and_then(|ast| ast.request_id.as_ref());
    let header_ok = check(
        header,
        is_header,
        "the name of a header",
        "write it in lower case, such as `x-request-id`, and do not use a header with another meaning",
        findings,
    );
    let example = match ast.and_then(|ast| ast.example.as_ref()) {
        Some(example) => stated_example(example, scope, findings),
        None => default_example(scope),
    };
    let param = ast.and_then(|ast| optional(ast.param.as_ref()));
    let intro = ast.and_then(|ast| optional(ast.intro.as_ref()));
    let param = match param {
        Some(ParamAst::Null) => MissingParam::Null,
        Some(ParamAst::Omit) | None => MissingParam::Omit,
    };
    let settings = Settings {
        param,
        details: details(field),
    };
    let choices = super::choices::resolve(field, shapes, findings);
    let used = shapes.of_styles()?;
    let used = used.iter().map(|shape| {
        if shapes.is_built_in(&shape.name) {
            settings.built_in(shape)
        } else {
            settings.own(shape)
        }
    });
    let choices = choices?;
    header_ok.then_some(Envelope {
        shapes: used.collect(),
        choices,
        built_in: shapes.built_in.clone(),
        own: shapes.own_names.clone(),
        param,
        code: code_kind(field),
        details: settings.details,
        request_id: request_id(field).to_owned(),
        example: example?,
        intro: intro.cloned().unwrap_or_default(),
        notes: ast.map_or_else(Vec::new, |ast| super::api::texts(ast.notes.as_ref())),
    })
}

fn stated_example(
    field: &Spanned<ExampleAst>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<EnvelopeExample> {
    let ast = field.value.as_ref()?;
    findings.required(&ast.code, field.key, "code")?;
    let (code, _) = scope.public_code(&ast.code, findings)?;
    Some(EnvelopeExample {
        code,
        message: optional(ast.message.as_ref()).cloned(),
        param: optional(ast.param.as_ref()).cloned(),
    })
}

/// The first code. A catalog without codes has been reported.
fn default_example(scope: &Scope<'_>) -> Option<EnvelopeExample> {
    scope.codes.first()?.as_ref().map(|_| EnvelopeExample {
        code: CodeId(0),
        message: None,
        param: None,
    })
}

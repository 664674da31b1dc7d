//! JSON values with members that have a meaning in error bodies, rows and OpenAPI documents.

use arbitrary::{Arbitrary, Result, Unstructured};
use serde_json::{Number, Value};

/// Names of members, and texts.
const WORDS: [&str; 72] = [
    "error",
    "errors",
    "message",
    "detail",
    "details",
    "code",
    "type",
    "title",
    "status",
    "param",
    "reason",
    "error_type",
    "errorCode",
    "msg",
    "Message",
    "extensions",
    "data",
    "fault",
    "retryable",
    "retry_after",
    "instance",
    "error_description",
    "file_not_found",
    "file_gone",
    "rate_limit",
    "server_error",
    "429",
    "fail",
    "http_status",
    "meaning",
    "fix",
    "extra",
    "args",
    "name",
    "since",
    "deprecated",
    "headers",
    "example",
    "openapi",
    "3.1.0",
    "3.0.3",
    "info",
    "paths",
    "/pets/{id}",
    "get",
    "post",
    "responses",
    "400",
    "404",
    "5XX",
    "default",
    "description",
    "content",
    "application/json",
    "application/problem+json",
    "schema",
    "$ref",
    "#/components/schemas/Error",
    "#/components/responses/E",
    "components",
    "schemas",
    "properties",
    "enum",
    "const",
    "oneOf",
    "allOf",
    "examples",
    "value",
    "operationId",
    "x-code",
    "required",
    "Error",
];

/// A value; deep ones are as rare as long inputs.
#[derive(Debug)]
pub(crate) struct Json(pub(crate) Value);

impl<'a> Arbitrary<'a> for Json {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        value(bytes, 12).map(Self)
    }
}

fn value(bytes: &mut Unstructured<'_>, depth: u8) -> Result<Value> {
    let kinds = if depth == 0 || bytes.is_empty() {
        8
    } else {
        16
    };
    Ok(match bytes.int_in_range(0..=kinds - 1)? {
        0 => Value::Null,
        1 => bytes.arbitrary::<bool>()?.into(),
        2 => bytes.int_in_range(390..=610_u16)?.into(),
        3 => bytes.arbitrary::<i64>()?.into(),
        4 => Number::from_f64(bytes.arbitrary()?).map_or(Value::Null, Value::Number),
        5..8 => text(bytes)?.into(),
        8..11 => {
            let count = bytes.int_in_range(0..=4_u8)?;
            (0..count)
                .map(|_| value(bytes, depth - 1))
                .collect::<Result<Vec<_>>>()?
                .into()
        }
        _ => {
            let count = bytes.int_in_range(0..=6_u8)?;
            let members = (0..count).map(|_| Ok((text(bytes)?, value(bytes, depth - 1)?)));
            Value::Object(members.collect::<Result<_>>()?)
        }
    })
}

fn text(bytes: &mut Unstructured<'_>) -> Result<String> {
    Ok(match bytes.arbitrary::<u8>()? {
        0..230 => (*bytes.choose(&WORDS)?).to_owned(),
        230..240 => format!("{} {}", bytes.choose(&WORDS)?, bytes.choose(&WORDS)?),
        _ => bytes.arbitrary()?,
    })
}

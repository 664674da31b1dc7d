//! The JSON Schema of the types that no derive describes.
//!
//! Only tests need it: for the library, the schema is data (`language/`).

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::keyed::Keyed;
use super::scalars::{OneOrMany, StatusAst, StyleName};
use super::shape::{ByStatus, NamesAst, TreeAst};
use super::spanned::{Entries, Spanned};
use super::unions::{GroupPath, IdText, PublishAst};

/// A status or a family.
pub(crate) enum StatusOrFamily {}

/// The schema of the status of a code.
pub(crate) enum StatusOrNone {}

/// The schema of the statuses of a type.
pub(crate) enum StatusesOrNone {}

/// The name of a group.
enum GroupName {}

/// The families of statuses, each with its meaning.
const FAMILIES: &[(&str, &str)] = &[
    ("4xx", "All statuses from 400 to 499: the request is wrong."),
    ("5xx", "All statuses from 500 to 599: the server failed."),
];

/// No status, with its meaning.
const NO_STATUS: &[(&str, &str)] = &[(
    "none",
    "No response of its own: in bodies, events and logs only.",
)];

/// A value that can be written alone or in a list.
trait InList: JsonSchema {
    /// The name of the schema.
    const SCHEMA: &'static str;
    /// The description of the schema.
    const DESCRIPTION: &'static str;
    /// Keywords that can only be written alone, each with its meaning.
    const ALONE: &'static [(&'static str, &'static str)];
}

impl InList for StatusAst {
    const SCHEMA: &'static str = "Statuses";
    const DESCRIPTION: &'static str =
        "One status, a list whose first is the default, or a family such as 5xx.";
    const ALONE: &'static [(&'static str, &'static str)] = FAMILIES;
}

impl InList for StyleName {
    const SCHEMA: &'static str = "Styles";
    const DESCRIPTION: &'static str = "One style, or a list whose first is the default.";
    const ALONE: &'static [(&'static str, &'static str)] = &[];
}

/// The schema of keywords that mean more than one value.
fn alone(words: &[(&str, &str)]) -> Schema {
    let (words, descriptions): (Vec<_>, Vec<_>) = words.iter().copied().unzip();
    json_schema!({ "type": "string", "enum": words, "enumDescriptions": descriptions })
}

impl JsonSchema for StatusAst {
    fn schema_name() -> Cow<'static, str> {
        "Status".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An HTTP status from 400 to 599.",
            "type": "integer",
            "minimum": 400,
            "maximum": 599,
        })
    }
}

impl JsonSchema for StatusOrFamily {
    fn schema_name() -> Cow<'static, str> {
        "StatusOrFamily".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let status = generator.subschema_for::<StatusAst>();
        json_schema!({
            "description": "An HTTP status from 400 to 599, or a family.",
            "anyOf": [status, alone(FAMILIES)],
        })
    }
}

impl JsonSchema for StatusOrNone {
    fn schema_name() -> Cow<'static, str> {
        "StatusOrNone".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let status = generator.subschema_for::<StatusAst>();
        json_schema!({
            "description": "An HTTP status from 400 to 599, or none.",
            "anyOf": [status, alone(NO_STATUS)],
        })
    }
}

impl JsonSchema for StatusesOrNone {
    fn schema_name() -> Cow<'static, str> {
        "StatusesOrNone".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<StatusAst>();
        let list = json_schema!({
            "description": StatusAst::DESCRIPTION,
            "type": "array", "minItems": 1, "uniqueItems": true, "items": one,
        });
        let words = [FAMILIES, NO_STATUS].concat();
        json_schema!({ "description": StatusAst::DESCRIPTION, "anyOf": [one, alone(&words), list] })
    }
}

impl<T: InList> JsonSchema for OneOrMany<T> {
    fn schema_name() -> Cow<'static, str> {
        T::SCHEMA.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        let list = json_schema!({
            "description": T::DESCRIPTION,
            "type": "array", "minItems": 1, "uniqueItems": true, "items": one,
        });
        let choices = if T::ALONE.is_empty() {
            vec![one, list]
        } else {
            vec![one, alone(T::ALONE), list]
        };
        json_schema!({ "description": T::DESCRIPTION, "anyOf": choices })
    }
}

/// The schema of a keyed mapping is the schema of the mapping.
impl<T: JsonSchema> JsonSchema for Keyed<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// The schema of a spanned value is the schema of the value.
impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("EntriesOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "additionalProperties": generator.subschema_for::<T>(),
        })
    }
}

impl JsonSchema for PublishAst {
    fn schema_name() -> Cow<'static, str> {
        "Publish".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Whether the crate can be published, or the registries that it can be published to.",
            "anyOf": [
                { "type": "boolean" },
                { "type": "array", "items": { "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]*$" } },
            ],
        })
    }
}

impl JsonSchema for GroupPath {
    fn schema_name() -> Cow<'static, str> {
        "GroupPath".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let name = generator.subschema_for::<GroupName>();
        json_schema!({
            "description": "The name of a group, or of the groups from the outermost one.",
            "anyOf": [name, { "type": "array", "minItems": 1, "items": name }],
        })
    }
}

impl JsonSchema for GroupName {
    fn schema_name() -> Cow<'static, str> {
        "GroupName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "The name of a group.", "type": "string", "minLength": 1 })
    }
}

impl JsonSchema for IdText {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A string or an integer.",
            "anyOf": [{ "type": "string", "minLength": 1 }, { "type": "integer", "minimum": 0 }],
        })
    }
}

impl JsonSchema for ByStatus {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ByStatus".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": { "description": "A status, or a family such as 4xx.", "pattern": "^([45][0-9][0-9]|[45]xx)$", "patternErrorMessage": "write a status from 400 to 599, or 4xx or 5xx" },
            "additionalProperties": generator.subschema_for::<String>(),
        })
    }
}

impl JsonSchema for NamesAst {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Names".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let style = generator.subschema_for::<StyleName>();
        json_schema!({
            "type": "object",
            "propertyNames": style,
            "additionalProperties": generator.subschema_for::<String>(),
        })
    }
}

impl JsonSchema for TreeAst {
    fn schema_name() -> Cow<'static, str> {
        "Tree".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A value of a body: an object, a list, a constant, or a slot such as `$message` or `$param?`.",
        })
    }
}

//! The order of keys: that in which the types of the language declare their fields.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::ast::CatalogAst;

/// The keys of the language, by the schema that its types give.
pub(super) struct Language {
    schema: Value,
}

/// What may stand at some place of a catalog; nothing is known of what is beyond the language.
#[derive(Clone, Copy)]
pub(super) struct Shape<'a> {
    language: &'a Language,
    schema: Option<&'a Value>,
}

impl Language {
    pub(super) fn new() -> Self {
        let generator = SchemaSettings::draft2020_12().into_generator();
        Self {
            schema: generator.into_root_schema_for::<CatalogAst>().to_value(),
        }
    }

    /// The shape of a whole catalog.
    pub(super) fn root(&self) -> Shape<'_> {
        self.shape(Some(&self.schema))
    }

    /// Follows references and choices to what describes a mapping or a list.
    fn shape<'a>(&'a self, schema: Option<&'a Value>) -> Shape<'a> {
        let collection = |schema: &&Value| {
            ["properties", "additionalProperties", "items"]
                .iter()
                .any(|key| schema.get(key).is_some())
        };
        let target = |schema: &'a Value| match schema.get("$ref").and_then(Value::as_str) {
            Some(path) => self.schema.pointer(path.trim_start_matches('#')),
            None => Some(schema),
        };
        let choices = schema.and_then(|schema| schema.get("anyOf")?.as_array());
        let schema = match choices {
            Some(choices) => choices.iter().filter_map(target).find(collection),
            None => schema.and_then(target),
        };
        Shape {
            language: self,
            schema,
        }
    }
}

impl<'a> Shape<'a> {
    /// Where the language puts `key` among its siblings: last, if it does not know it, or if the
    /// keys are the author's own.
    pub(super) fn rank(self, key: &str) -> usize {
        let properties = self.member("properties").and_then(Value::as_object);
        let position = properties.and_then(|keys| keys.keys().position(|known| known == key));
        position.unwrap_or(usize::MAX)
    }

    /// What stands under `key`.
    pub(super) fn under(self, key: &str) -> Self {
        let known = self.member("properties").and_then(|keys| keys.get(key));
        self.language
            .shape(known.or_else(|| self.member("additionalProperties")))
    }

    /// What stands in the list.
    pub(super) fn item(self) -> Self {
        self.language.shape(self.member("items"))
    }

    fn member(self, key: &str) -> Option<&'a Value> {
        self.schema?.get(key)
    }
}

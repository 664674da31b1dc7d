//! The keys of the catalog language, in the order in which its types declare their fields.

use serde_json::{Map, Value};

/// The schema of a catalog, and that of a file that a catalog includes, without the names of a catalog. A test derives them
/// from the types (`emit/schema/derived.rs`). They are data, because schemars and its derive would cost six seconds of the
/// first build.
pub(crate) const CATALOG: &str = include_str!("language/catalog.json");
pub(crate) const PART: &str = include_str!("language/part.json");

/// The keys of the language, by the schema that its types give.
pub(crate) struct Language {
    schema: Value,
}

/// What the language allows at some place of a catalog; unknown below custom keys.
#[derive(Clone, Copy)]
pub(crate) struct Shape<'a> {
    language: &'a Language,
    schema: Option<&'a Value>,
}

/// One of the schemas.
pub(crate) fn parse(schema: &str) -> Value {
    // The test writes it: it is valid.
    serde_json::from_str(schema).unwrap_or_default()
}

impl Language {
    pub(crate) fn new() -> Self {
        Self {
            schema: parse(CATALOG),
        }
    }

    /// The shape of a whole catalog.
    pub(crate) fn root(&self) -> Shape<'_> {
        self.shape(Some(&self.schema))
    }

    /// The shape of a code.
    pub(crate) fn code(&self) -> Shape<'_> {
        self.root().under("codes").under("")
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
    /// The keys that the language knows here, in its order.
    pub(crate) fn keys(self) -> impl Iterator<Item = &'a str> {
        let properties = self.member("properties").and_then(Value::as_object);
        properties
            .into_iter()
            .flat_map(Map::keys)
            .map(String::as_str)
    }

    /// Whether the language knows `key` here.
    #[cfg(feature = "import")]
    pub(crate) fn has(self, key: &str) -> bool {
        self.keys().any(|known| known == key)
    }

    /// The position of `key` among its siblings: last, if the language does not know it.
    pub(crate) fn rank(self, key: &str) -> usize {
        self.keys()
            .position(|known| known == key)
            .unwrap_or(usize::MAX)
    }

    /// The shape of the value under `key`.
    pub(crate) fn under(self, key: &str) -> Self {
        let known = self.member("properties").and_then(|keys| keys.get(key));
        self.language
            .shape(known.or_else(|| self.member("additionalProperties")))
    }

    /// The shape of the items of a list.
    pub(crate) fn item(self) -> Self {
        self.language.shape(self.member("items"))
    }

    fn member(self, key: &str) -> Option<&'a Value> {
        self.schema?.get(key)
    }
}

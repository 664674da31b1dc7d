//! The resolved catalog for programs: `errors.json`, and the JSON Schema of its format.

mod convert;
mod format;
mod style;

use serde::Serialize;
use serde_json::Value;

use super::NOTICE;
use crate::artifact::Artifact;
use crate::catalog::Catalog;

/// The file with the schema, as the export names it.
const SCHEMA: &str = "errors.schema.json";
/// The schema of the format, whatever the catalog.
const FORMAT_SCHEMA: &str = include_str!("export/schema.json");

/// Emits `errors.json` and `errors.schema.json`.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    // The test writes it: it is valid.
    let mut schema: Value = serde_json::from_str(FORMAT_SCHEMA).unwrap_or_default();
    if let Some(root) = schema.as_object_mut() {
        root.shift_insert(1, "$comment".to_owned(), NOTICE.into());
    }
    vec![
        json("generated/errors.json", &convert::export(catalog)),
        json(&format!("generated/{SCHEMA}"), &schema),
    ]
}

/// The content of `errors.json`.
pub(crate) fn value(catalog: &Catalog) -> impl Serialize {
    convert::export(catalog)
}

fn json(path: &str, value: &impl Serialize) -> Artifact {
    // A JSON value always serialises.
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    Artifact::new(path, text + "\n")
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;
    use schemars::generate::SchemaSettings;

    use super::format::Export;

    /// `UPDATE_EXPECT=1` writes it.
    #[test]
    fn the_schema_is_that_of_the_types() {
        let settings = SchemaSettings::draft2020_12().for_serialize();
        let schema = settings
            .into_generator()
            .into_root_schema_for::<Export<'_>>();
        let mut schema = schema.to_value();
        let root = schema.as_object_mut().expect("an object");
        // The description of the file comes before its content.
        for key in ["description", "title", "$schema"] {
            if let Some(value) = root.shift_remove(key) {
                root.shift_insert(0, key.to_owned(), value);
            }
        }
        let text = serde_json::to_string_pretty(&schema).expect("JSON");
        expect_file!["export/schema.json"].assert_eq(&(text + "\n"));
    }
}

//! The last import: what the list gave, as it is recorded beside the catalog.

use serde_json::{Map, Value};

use super::value;
use crate::source::Source;
use crate::yaml::write::to_yaml;

/// The version of the file format.
const FORM: u64 = 1;
/// The sections of a draft that are not recorded: an update decides about them from the catalog alone.
const NOT_RECORDED: [&str; 3] = ["version", "lint", FORM_KEY];
const FORM_KEY: &str = "import";
const LIST_KEY: &str = "list";
const OPTIONS_KEY: &str = "options";

const HEAD: &str = "\
# What the last import took from the list. `cargo xtask import` writes this file, and nothing else does: commit it as
# it is. docs/bring-your-list.md says what it is for.
";

/// The last import of a list: the draft of it, and the options that gave it.
///
/// ```
/// use error_catalog_codegen::Source;
/// use error_catalog_codegen::import::{Input, LastImport, Options, import};
///
/// let options = Options { name: "pets", crate_name: None, error_type: None, schema: "catalog.schema.json", placeholders: None, namespaces: None };
/// let draft = import(Input::Rows("{\"code\": \"a\", \"http_status\": 404}"), options).unwrap().catalog.unwrap();
/// let last = LastImport::new("pets.jsonl", vec![("type".to_owned(), "pet_error".to_owned())], &draft).unwrap();
/// let text = last.text();
/// let read = LastImport::read(&Source::new("catalog.import", text.clone().into_bytes())).unwrap();
/// assert_eq!((read.text(), read.list(), read.option("type")), (text, "pets.jsonl", Some("pet_error")));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LastImport {
    list: String,
    options: Vec<(String, String)>,
    sections: Map<String, Value>,
}

impl LastImport {
    /// The last import that gave a draft of the list with this file name, and the stated options that gave it.
    ///
    /// # Errors
    ///
    /// Fails with a reason if the text is not a catalog.
    pub fn new(list: &str, options: Vec<(String, String)>, draft: &str) -> Result<Self, String> {
        let source = Source::new("draft", draft.as_bytes().to_vec());
        let mut sections = value::read(&source)?;
        for name in NOT_RECORDED {
            sections.shift_remove(name);
        }
        Ok(Self {
            list: list.to_owned(),
            options,
            sections,
        })
    }

    /// Reads the text of a last import.
    ///
    /// # Errors
    ///
    /// Fails with a reason if the file is damaged, or of a newer version of the tool.
    pub fn read(source: &Source) -> Result<Self, String> {
        let mut sections = value::read(source)?;
        match sections.shift_remove(FORM_KEY) {
            Some(form) if form.as_u64() == Some(FORM) => {}
            Some(Value::Number(form)) => {
                return Err(format!(
                    "it has the form {form}, and this version of the tool reads {FORM}"
                ));
            }
            _ => return Err(format!("missing field `{FORM_KEY}`")),
        }
        let Some(Value::String(list)) = sections.shift_remove(LIST_KEY) else {
            return Err(format!("missing field `{LIST_KEY}`"));
        };
        let options = match sections.shift_remove(OPTIONS_KEY) {
            None => Vec::new(),
            Some(Value::Object(options)) => {
                let options = options.into_iter();
                let options = options.map(|(name, value)| match value {
                    Value::String(text) => Ok((name, text)),
                    _ => Err(format!("`{OPTIONS_KEY}.{name}` is not a string")),
                });
                options.collect::<Result<_, _>>()?
            }
            Some(_) => return Err(format!("`{OPTIONS_KEY}` is not a mapping")),
        };
        for name in ["types", "codes", "operations"] {
            let is_sound = match sections.get(name) {
                Some(Value::Object(entries)) => entries.values().all(Value::is_object),
                Some(_) => false,
                None => name == "operations",
            };
            if !is_sound {
                return Err(format!("`{name}` is not a mapping of mappings"));
            }
        }
        Ok(Self {
            list,
            options,
            sections,
        })
    }

    /// Its text, which [`LastImport::read`] reads.
    #[must_use]
    pub fn text(&self) -> String {
        let mut root = Map::new();
        root.insert(FORM_KEY.to_owned(), FORM.into());
        root.insert(LIST_KEY.to_owned(), self.list.as_str().into());
        if !self.options.is_empty() {
            let options = self.options.iter();
            let options = options.map(|(name, value)| (name.clone(), value.as_str().into()));
            root.insert(OPTIONS_KEY.to_owned(), Value::Object(options.collect()));
        }
        root.extend(self.sections.clone());
        format!("{HEAD}{}", to_yaml(&(&Value::Object(root)).into()))
    }

    /// The file name of the list.
    #[must_use]
    pub fn list(&self) -> &str {
        &self.list
    }

    /// The value of an option, if it was stated.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&str> {
        let mut options = self.options.iter();
        let found = options.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The sections of the draft.
    pub(super) const fn sections(&self) -> &Map<String, Value> {
        &self.sections
    }
}

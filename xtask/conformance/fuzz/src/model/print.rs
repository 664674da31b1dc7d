//! The text of a model.

use serde_json::{Map, Value, json};

use super::{Argument, Code, CustomValue, Model, Piece, Settings, Type};

pub(super) const STATUSES: [u16; 10] = [400, 401, 403, 404, 409, 413, 422, 429, 500, 503];
const METHODS: [&str; 3] = ["GET", "POST", "DELETE"];
const KINDS: [&str; 8] = [
    "string",
    "bool",
    "i64",
    "u64",
    "f64",
    "duration",
    "strings",
    "timestamp",
];
const HEADERS: [&str; 3] = ["Cache-Control", "X-Reason", "Allow"];

impl Model {
    /// The wire name of a code.
    pub(crate) fn name(&self, code: &Code) -> String {
        if let Some(namespace) = self.language.namespace(code) {
            self.name_in(namespace, code)
        } else if self.settings.are_numbers {
            self.number(code)
        } else {
            code.stem.name(code.id)
        }
    }

    pub(super) fn type_index(&self, index: u8) -> usize {
        usize::from(index) % self.types.len()
    }

    /// The wire name of a type.
    pub(crate) fn type_name(&self, index: u8) -> String {
        let index = self.type_index(index);
        self.types[index].stem.name(index)
    }

    /// The text of the catalog.
    pub(crate) fn text(&self) -> String {
        let Settings {
            title,
            styles,
            has_details,
            are_numbers,
            retry,
            is_closed,
            notes,
            rotation,
        } = &self.settings;
        let styles = [
            json!("openai"),
            json!("problem"),
            json!(["problem", "openai"]),
        ][usize::from(*styles) % 3]
            .clone();
        let retried = [429, 500, 503].into_iter().zip(retry);
        let retried = retried.filter_map(|(status, is_retried)| is_retried.then_some(status));
        let has_status = |status: &u16| self.types.iter().any(|entry| entry.has(*status));
        let retried: Vec<u16> = retried.filter(has_status).collect();
        let mut catalog = json!({
            "version": 1,
            "api": { "title": title.0, "docs_url": "https://example.com/errors", "crate": "fuzz-errors" },
            "envelope": { "style": styles, "details": has_details, "code": if *are_numbers { "integer" } else { "string" } },
            "retry": { "statuses": retried },
            "openapi": { "closed": is_closed },
        });
        if let Some(notes) = notes {
            catalog["envelope"]["notes"] = json!([notes.0]);
        }
        catalog["types"] = (0..)
            .zip(&self.types)
            .map(|(index, entry)| (self.type_name(index), entry.value(index)))
            .collect();
        catalog["codes"] = (0..)
            .zip(&self.codes)
            .map(|(index, code)| (self.name(code), self.code(index, code)))
            .collect();
        let retired = self.retired.iter().enumerate().map(|(index, stem)| {
            let name = if *are_numbers {
                (1_900 + index).to_string()
            } else {
                stem.name(900 + index)
            };
            (name, json!({ "reason": "It was never sent" }))
        });
        catalog["retired"] = retired.collect();
        let groups = self.groups().map(|name| {
            let title = format!("The {name}");
            (name, json!({ "title": title }))
        });
        catalog["groups"] = groups.chain(self.namespaces()).collect();
        let operations = self.operations.iter().enumerate().map(|(index, operation)| {
            let codes = self.errors(index, operation);
            let method = METHODS[usize::from(operation.method) % METHODS.len()];
            (format!("operation_{index}"), json!({ "method": method, "path": format!("/things/{index}"), "errors": codes }))
        });
        catalog["operations"] = operations.collect();
        let sections = catalog
            .as_object_mut()
            .map(std::mem::take)
            .unwrap_or_default();
        let is_filled = |value: &Value| value.as_object().is_none_or(|entries| !entries.is_empty());
        let mut sections: Vec<_> = sections
            .into_iter()
            .filter(|(_, value)| is_filled(value))
            .collect();
        // The first key of a catalog is its version.
        let others = sections.len() - 1;
        sections[1..].rotate_left(usize::from(*rotation) % others);
        self.layout.print(&sections.into_iter().collect())
    }

    /// Whether the wire name gives no name in Rust.
    fn needs_rust(&self, code: &Code) -> bool {
        self.settings.are_numbers
            || code.stem.is_number()
            || self.language.namespace(code).is_some()
    }

    fn groups(&self) -> impl Iterator<Item = String> {
        self.groups
            .iter()
            .enumerate()
            .map(|(index, _)| format!("group_{index}"))
    }

    fn code(&self, index: usize, code: &Code) -> Value {
        let error_type = &self.types[self.type_index(code.error_type)];
        let mut value = json!({
            "type": self.type_name(code.error_type),
            "status": error_type.status(code.status),
            "meaning": code.meaning.0,
            "fix": code.fix.0,
        });
        let mut set = |key: &str, entry: Value| value[key] = entry;
        if let Some(message) = code.message() {
            set("message", message.into());
        }
        let args: Map<String, Value> = code
            .args()
            .map(|(name, argument)| (name, argument.value()))
            .collect();
        if !args.is_empty() {
            set("args", args.into());
        }
        if let Some(param) = code.param {
            set("param", param.name(0).into());
        }
        if !code.causes.is_empty() {
            set(
                "causes",
                code.causes
                    .iter()
                    .take(3)
                    .map(|cause| cause.0.clone())
                    .collect(),
            );
        }
        if !code.description.is_empty() {
            set("description", code.description_text().into());
        }
        if self.needs_rust(code) {
            set("rust", format!("V{}", code.id).into());
        }
        if !self.language.has_status(code) {
            set("status", "none".into());
        }
        if let Some(namespace) = self.language.namespace(code) {
            set("group", namespace.into());
            set("slug", format!("in-{namespace}-{}", code.id).into());
        }
        let Some(extra) = &code.extra else {
            return value;
        };
        if let Some(like) = extra.like.filter(|_| index > 0) {
            set(
                "like",
                self.name(&self.codes[usize::from(like) % index]).into(),
            );
        }
        if extra.is_internal && index > 0 {
            set("audience", "internal".into());
        }
        if let Some((header, is_short)) = extra.header {
            let value = if is_short { "no" } else { "a=\"b\", c" };
            set(
                "headers",
                json!({ HEADERS[usize::from(header) % HEADERS.len()]: value }),
            );
        }
        if let Some(id) = extra.id {
            set("ids", json!({ "errno": id, "grpc": "NOT_FOUND" }));
        }
        if let Some(is_retried) = extra.retry {
            set("retry", if is_retried { "backoff" } else { "never" }.into());
        }
        let is_free = !self.groups.is_empty() && self.language.namespace(code).is_none();
        if let Some(group) = extra.group.filter(|_| is_free) {
            set(
                "group",
                format!("group_{}", usize::from(group) % self.groups.len()).into(),
            );
        }
        if let Some(note) = &extra.deprecated {
            set("deprecated", json!({ "note": note.0 }));
        }
        if extra.has_rust {
            set("rust", format!("V{}", code.id).into());
        }
        if extra.alias {
            set("aliases", json!([format!("alias-{}", code.id)]));
        }
        if let Some(text) = &extra.link {
            set(
                "see",
                json!([{ "text": text.0, "url": "https://example.com/see" }]),
            );
        }
        if let Some(CustomValue(custom)) = &extra.custom {
            set("x-custom", crate::yaml::of_catalog(custom));
        }
        value
    }
}

impl Code {
    /// Names and arguments.
    fn args(&self) -> impl Iterator<Item = (String, &Argument)> {
        let args = self.args.iter().take(4).enumerate();
        args.map(|(index, argument)| (argument.name(index), argument))
    }

    /// Up to four lines of words.
    fn description_text(&self) -> String {
        let lines = self.description.iter().take(4).map(|line| {
            let words = line
                .0
                .replace(|letter: char| !letter.is_alphanumeric(), " ");
            format!("Text {words}").trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The message, with a placeholder for every argument.
    fn message(&self) -> Option<String> {
        let pieces = self.message.iter().flatten().take(6);
        let mut message: String = pieces.map(|piece| piece.text(&self.args)).collect();
        for (name, _) in self.args() {
            let placeholder = format!("{{{name}}}");
            if !message.contains(&placeholder) {
                message.push_str(&placeholder);
            }
        }
        (!message.is_empty()).then_some(message)
    }
}

impl Argument {
    fn name(&self, index: usize) -> String {
        let mut letters = self.stem.name(index);
        letters.retain(|letter| letter.is_ascii_alphanumeric());
        format!("a{letters}_{index}")
    }

    fn value(&self) -> Value {
        let mut value = json!({ "kind": KINDS[usize::from(self.kind) % KINDS.len()] });
        if self.is_sensitive {
            value["sensitive"] = true.into();
        }
        if let Some(absent) = &self.absent {
            value["nullable"] = true.into();
            value["absent"] = absent.0.clone().into();
        }
        value
    }
}

impl Piece {
    fn text(&self, args: &[Argument]) -> String {
        let count = args.len().min(4);
        match self {
            Self::Argument(index) if count > 0 => {
                let index = usize::from(*index) % count;
                format!("{{{}}}", args[index].name(index))
            }
            Self::Argument(_) => "{{}}".to_owned(),
            Self::Text(text) => text.0.replace('{', "{{").replace('}', "}}"),
        }
    }
}

impl Type {
    /// The statuses: two, or a family.
    fn statuses(&self) -> Vec<u16> {
        let mut statuses = self
            .statuses
            .map(|index| STATUSES[usize::from(index) % STATUSES.len()])
            .to_vec();
        statuses.dedup();
        statuses
    }

    fn has(&self, status: u16) -> bool {
        let mut statuses = self.statuses().into_iter();
        if self.is_family {
            statuses
                .next()
                .is_some_and(|first| first / 100 == status / 100)
        } else {
            statuses.any(|known| known == status)
        }
    }

    pub(super) fn status(&self, index: u8) -> u16 {
        let statuses = self.statuses();
        let count = if self.is_family { 1 } else { statuses.len() };
        statuses[usize::from(index) % count]
    }

    fn value(&self, index: u8) -> Value {
        let statuses = self.statuses();
        let status = if self.is_family {
            json!(format!("{}xx", statuses[0] / 100))
        } else {
            json!(statuses)
        };
        let mut value = json!({ "status": status, "meaning": self.meaning.0 });
        if self.stem.is_number() {
            value["rust"] = format!("T{index}").into();
        }
        if let Some(message) = &self.message {
            value["message"] = message.0.clone().into();
        }
        value
    }
}

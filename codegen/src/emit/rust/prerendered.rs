//! Bodies that are prerendered as JSON.

use super::super::example_body;
use super::file::literal;
use super::table::{BY_DISCRIMINANT, Table};
use crate::catalog::{Catalog, EnvelopeStyle, Example};

/// The table of the bodies of all codes in a style; empty if the catalog does not use it.
pub(super) fn table(catalog: &Catalog, name: &str, style: EnvelopeStyle) -> String {
    if !catalog.envelope.styles.contains(&style) {
        return format!("pub(crate) static {name}: &[Body] = &[];\n");
    }
    let mut table = Table::slice(name, "Body", BY_DISCRIMINANT);
    for code in &catalog.codes {
        let example = Example {
            message: &code.plain_message,
            details: Vec::new(),
            ..catalog.example_of_code(code)
        };
        table.open_row();
        Body::new(catalog, &example, style).push_fields(&mut table);
        table.close_row();
    }
    table.finish()
}

/// The body of an error on which nothing is set.
pub(super) struct Body {
    text: String,
    message_start: usize,
    message_end: usize,
    fixed_end: usize,
}

impl Body {
    pub(super) fn new(catalog: &Catalog, example: &Example<'_>, style: EnvelopeStyle) -> Self {
        let envelope = &catalog.envelope;
        let mut shapes = envelope.shapes.iter().chain(&envelope.built_in);
        let shape = shapes.find(|shape| shape.name == style.as_str());
        let body = shape.map(|shape| example_body::body(catalog, example, shape));
        let text = body.unwrap_or_default().to_string();
        let before = match style {
            EnvelopeStyle::OpenAi => "\"message\":\"",
            EnvelopeStyle::Problem => "\"detail\":\"",
        };
        // Quotes in strings are escaped, so only the member itself is found.
        let message_start = text.find(before).map_or(0, |at| at + before.len());
        let escaped = serde_json::Value::from(example.message).to_string().len() - 2;
        let mut optional = [",\"param\":", ",\"retry_after\":"].iter();
        let fixed_end = optional.find_map(|member| text.find(member));
        Self {
            message_start,
            message_end: message_start + escaped,
            fixed_end: fixed_end.unwrap_or(text.trim_end_matches('}').len()),
            text,
        }
    }

    /// Adds the fields of a row that is a body.
    fn push_fields(&self, table: &mut Table) {
        table.text("text", &self.text);
        table.field("message_start", self.message_start);
        table.field("message_end", self.message_end);
        table.field("fixed_end", self.fixed_end);
    }

    /// Adds the body as a field of a row.
    pub(super) fn push_field(&self, table: &mut Table) {
        table.lines(&format!(
            "        body: Body {{\n            text: {},\n            message_start: {},\n            message_end: {},\n            \
             fixed_end: {},\n        }},\n",
            literal(&self.text),
            self.message_start,
            self.message_end,
            self.fixed_end
        ));
    }
}

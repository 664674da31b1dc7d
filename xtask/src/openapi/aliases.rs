//! Refuses YAML aliases, which overlay tools treat differently and which can make a small document huge.

use anyhow::{Context, bail};
use granit_parser::{Event, Parser};

/// The deepest supported nesting. `serde_json` has the same limit.
const MAX_DEPTH: usize = 128;

/// Refuses aliases in the paths: some tools change all places of an anchor if they change one.
pub(super) fn refuse_aliases_in_paths(text: &str) -> anyhow::Result<()> {
    if let Some(line) = first_alias(text, Place::is_in_paths)? {
        bail!(
            "YAML aliases are not supported in `paths`, but line {line} has one: use a document without them, such as the output of `npx @redocly/cli bundle`"
        );
    }
    Ok(())
}

/// Refuses all aliases: with them, a small document could expand to any size.
#[cfg(any(test, feature = "import"))]
pub(super) fn refuse_aliases(text: &str) -> anyhow::Result<()> {
    if let Some(line) = first_alias(text, |_| true)? {
        bail!(
            "YAML aliases are not supported, but line {line} has one: use a document without them, such as the output of `npx @redocly/cli bundle`"
        );
    }
    Ok(())
}

/// The line of the first alias that counts.
fn first_alias(text: &str, counts: impl Fn(&Place) -> bool) -> anyhow::Result<Option<usize>> {
    let options = granit_parser::options! {
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut place = Place::default();
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.context("invalid YAML")?;
        if matches!(event, Event::Alias(_)) && counts(&place) {
            return Ok(Some(span.start.line()));
        }
        place.pass(&event);
    }
    Ok(None)
}

/// The position of an event in the document.
#[derive(Default)]
struct Place {
    depth: usize,
    /// The last key of the document.
    key: String,
    /// Whether a value of the document follows, not a key.
    is_value_next: bool,
}

impl Place {
    fn is_in_paths(&self) -> bool {
        self.key == "paths" && (self.depth > 1 || self.is_value_next)
    }

    fn pass(&mut self, event: &Event<'_>) {
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => self.depth += 1,
            Event::MappingEnd | Event::SequenceEnd => {
                self.depth -= 1;
                self.node("");
            }
            Event::Scalar(text, ..) => self.node(text),
            Event::Alias(_) => self.node(""),
            _ => {}
        }
    }

    /// A node has ended.
    fn node(&mut self, text: &str) {
        if self.depth != 1 {
            return;
        }
        if !self.is_value_next {
            text.clone_into(&mut self.key);
        }
        self.is_value_next = !self.is_value_next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        let refused = refuse_aliases_in_paths(text);
        refused
            .err()
            .map_or_else(String::new, |error| format!("{error:#}"))
    }

    #[test]
    fn anchors_are_refused_where_operations_share_them() {
        let shared = "x: &r { a: 1 }\npaths:\n  /a: { get: *r }\n";
        assert!(refusal(shared).contains("line 3 has one"));
        assert!(refusal("x: &r 1\npaths: *r\n").contains("line 2 has one"));
        let merged = "x: &r { a: 1 }\npaths: { /a: { get: { <<: *r } } }";
        assert!(refusal(merged).contains("line 2 has one"));
        let elsewhere = "paths: { /a: {} }\ncomponents: { a: &r {}, b: *r }\n";
        assert_eq!(refusal(elsewhere), "");
        assert_eq!(refusal("{\"paths\": {}, components: [[{}]]}"), "");
    }

    #[test]
    fn a_document_that_is_read_whole_has_no_aliases() {
        let refused = refuse_aliases("x: &r { a: 1 }\ny: *r\n").err().unwrap();
        assert!(refused.to_string().contains("line 2 has one"));
        assert!(refuse_aliases("x: &r { a: 1 }\ny: \"*r\"\n").is_ok());
    }

    #[test]
    fn what_is_nested_too_deeply_is_refused_at_once() {
        for deep in ["[".repeat(200_000), "{a: ".repeat(200_000)] {
            assert!(refusal(&format!("x: {deep}")).contains("invalid YAML"));
        }
    }
}

//! What tools that apply overlays do not agree on, and what would take a reader of YAML too long.

use anyhow::{Context, bail};
use granit_parser::{Event, Parser};

/// The deepest nesting that is read. `serde_json` has the same limit.
const MAX_DEPTH: usize = 128;

/// Looks through a document in YAML that tools are to change.
///
/// # Errors
///
/// Fails where it is no YAML or nested too deeply, and where operations share parts by anchors: some tools
/// change all places of such a part when they change one.
pub(super) fn refuse_what_tools_disagree_on(text: &str) -> anyhow::Result<()> {
    if let Some(line) = first_alias(text, Place::is_in_paths)? {
        bail!(
            "its paths share parts by YAML anchors, in line {line}, and tools change all places of such a part at once: take a document without them, such as `npx @redocly/cli bundle` makes"
        );
    }
    Ok(())
}

/// Looks through a document in YAML that is read whole.
///
/// # Errors
///
/// Fails where it is no YAML or nested too deeply, and where parts are shared by anchors: a small document
/// could be one of any size.
pub(super) fn refuse_aliases(text: &str) -> anyhow::Result<()> {
    if let Some(line) = first_alias(text, |_| true)? {
        bail!(
            "it shares parts by YAML anchors, in line {line}: take a document without them, such as `npx @redocly/cli bundle` makes"
        );
    }
    Ok(())
}

/// The line of the first alias in such a place.
fn first_alias(text: &str, counts: impl Fn(&Place) -> bool) -> anyhow::Result<Option<usize>> {
    let options = granit_parser::options! {
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut place = Place::default();
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.context("it is no YAML that can be read")?;
        if matches!(event, Event::Alias(_)) && counts(&place) {
            return Ok(Some(span.start.line()));
        }
        place.pass(&event);
    }
    Ok(None)
}

/// Where in the document an event is.
#[derive(Default)]
struct Place {
    depth: usize,
    /// The key of the document that was read last.
    key: String,
    /// Whether a value of the document follows, rather than a key.
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
        let refused = refuse_what_tools_disagree_on(text);
        refused
            .err()
            .map_or_else(String::new, |error| format!("{error:#}"))
    }

    #[test]
    fn anchors_are_refused_where_operations_share_them() {
        let shared = "x: &r { a: 1 }\npaths:\n  /a: { get: *r }\n";
        assert!(refusal(shared).contains("by YAML anchors, in line 3"));
        assert!(refusal("x: &r 1\npaths: *r\n").contains("in line 2"));
        let merged = "x: &r { a: 1 }\npaths: { /a: { get: { <<: *r } } }";
        assert!(refusal(merged).contains("in line 2"));
        let elsewhere = "paths: { /a: {} }\ncomponents: { a: &r {}, b: *r }\n";
        assert_eq!(refusal(elsewhere), "");
        assert_eq!(refusal("{\"paths\": {}, components: [[{}]]}"), "");
    }

    #[test]
    fn a_document_that_is_read_whole_has_no_aliases() {
        let refused = refuse_aliases("x: &r { a: 1 }\ny: *r\n").err().unwrap();
        assert!(refused.to_string().contains("by YAML anchors, in line 2"));
        assert!(refuse_aliases("x: &r { a: 1 }\ny: \"*r\"\n").is_ok());
    }

    #[test]
    fn what_is_nested_too_deeply_is_refused_at_once() {
        for deep in ["[".repeat(200_000), "{a: ".repeat(200_000)] {
            assert!(refusal(&format!("x: {deep}")).contains("it is no YAML that can be read"));
        }
    }
}

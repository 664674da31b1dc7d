//! Parses YAML to a tree of nodes. No other file knows the YAML parser.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{canonical, syntax};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::{MAX_DEPTH, MAX_TEXT_BYTES};
use crate::rule::Rule;
use crate::span::{SourceId, Span};
use crate::unord_map::UnordMap;
use crate::yaml::node::{Entry, Node, Scalar, Style, Value};

/// Reads `text` as one YAML document.
///
/// The tree is missing after a syntax error, and for a file without content.
pub(crate) fn parse(source: SourceId, text: &str) -> (Option<Node<'_>>, Vec<Diagnostic>) {
    match canonical::read(source, text) {
        Some(root) => (Some(root), Vec::new()),
        None => parse_in_full(source, text),
    }
}

/// Reads `text` as [`parse`] does, in whatever form it is.
pub(super) fn parse_in_full(source: SourceId, text: &str) -> (Option<Node<'_>>, Vec<Diagnostic>) {
    let builder = Builder::run(source, text, Comments::Skipped);
    (builder.root, builder.diagnostics)
}

/// Reads `text` as [`parse`] does, with the spans of its comments, from each `#` to the end of its line.
pub(crate) fn parse_with_comments(
    source: SourceId,
    text: &str,
) -> (Option<Node<'_>>, Vec<Span>, Vec<Diagnostic>) {
    let builder = Builder::run(source, text, Comments::Kept);
    (builder.root, builder.comments, builder.diagnostics)
}

/// Whether to keep comments, which takes a tenth more time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comments {
    Skipped,
    Kept,
}

/// A value that was reported and is not read.
fn refused<'a>(span: Span) -> Node<'a> {
    Node {
        span,
        value: Value::Refused,
    }
}

/// Up to so many keys, a look at each is faster than a table.
const FEW: usize = 16;

struct Builder<'a> {
    source: SourceId,
    text: &'a str,
    offset: usize,
    diagnostics: Vec<Diagnostic>,
    comments: Vec<Span>,
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    documents: u32,
}

/// A collection that is not closed yet.
enum Open<'a> {
    List {
        start: u32,
        items: Vec<Node<'a>>,
    },
    Map {
        start: u32,
        entries: Vec<Entry<'a>>,
        key: Option<Node<'a>>,
        /// The span of each key so far, once there are many.
        seen: Option<UnordMap<Cow<'a, str>, Span>>,
        /// Whether a merge key adds entries, which are not read.
        merged: bool,
    },
}

impl<'a> Builder<'a> {
    /// Reads the text up to its first syntax error, after which there is no tree.
    fn run(source: SourceId, text: &'a str, comments: Comments) -> Self {
        let bom = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
        let options = granit_parser::options! {
            strict_indentation: true,
            disallow_directives: true,
            emit_anchor_events: true,
            emit_comments: comments == Comments::Kept,
            // The text is in memory already, and its comments are no larger.
            max_buffered_comment_events: usize::MAX,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
        };
        let mut builder = Self {
            source,
            text,
            offset: bom,
            diagnostics: Vec::new(),
            comments: Vec::new(),
            open: Vec::new(),
            root: None,
            documents: 0,
        };
        for event in Parser::new_from_str_with_options(&text[bom..], options) {
            match event {
                Ok((event, span)) => builder.event(event, span),
                Err(error) => {
                    let at = builder.byte(error.marker());
                    let diagnostic = syntax::diagnostic(&error, source, text, at);
                    builder.diagnostics.push(diagnostic);
                    builder.root = None;
                    break;
                }
            }
        }
        builder
    }

    fn event(&mut self, event: Event<'a>, at: granit_parser::Span) {
        let span = self.span(&at);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents == 2 {
                    self.refuse(
                        span,
                        "multiple YAML documents",
                        "remove the `---`: a file is one document",
                    );
                }
            }
            Event::Alias(_) => {
                self.refuse_shared(span, "YAML aliases");
                self.push(refused(span));
            }
            Event::Anchor(..) => self.refuse_shared(span, "YAML anchors"),
            Event::Scalar(text, style, _, tag) => {
                let node = if self.refuse_tag(tag.is_some(), &at) {
                    refused(span)
                } else {
                    self.scalar(text, style, span)
                };
                self.push(node);
            }
            Event::SequenceStart(_, _, tag) => {
                self.refuse_tag(tag.is_some(), &at);
                self.open.push(Open::List {
                    start: span.start,
                    items: Vec::new(),
                });
            }
            Event::MappingStart(_, _, tag) => {
                self.refuse_tag(tag.is_some(), &at);
                self.open.push(Open::Map {
                    start: span.start,
                    entries: Vec::new(),
                    key: None,
                    seen: None,
                    merged: false,
                });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Comment(..) => self.comments.push(span),
            _ => {}
        }
    }

    fn scalar(&mut self, text: Cow<'a, str>, style: ScalarStyle, span: Span) -> Node<'a> {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
            _ => Style::Block,
        };
        let span = match style {
            // The parser counts the line breaks and the indentation after a block.
            Style::Block => {
                let slice = &self.text[span.range()];
                let kept = u32::try_from(slice.trim_end().len()).unwrap_or(0);
                Span::new(span.source, span.start, span.start + kept)
            }
            Style::Plain | Style::Quoted => span,
        };
        // The parser gives `~` with an empty span for an absent value.
        let absent = style == Style::Plain && span.start == span.end;
        let text = if absent { Cow::Borrowed("") } else { text };
        if text.len() > MAX_TEXT_BYTES {
            let length = text.len();
            let message = format!("the string has {length} bytes, the limit is {MAX_TEXT_BYTES}");
            self.diagnostics.push(
                Diagnostic::new(Rule::TooLarge, span, message)
                    .help("move the details to a page and link it"),
            );
            return refused(span);
        }
        if style == Style::Plain
            && let Some(comment) = syntax::comment(self.text, span)
        {
            self.diagnostics.push(comment);
            return refused(span);
        }
        if let Some(pair) = syntax::surrogate(self.text, span) {
            self.diagnostics.push(pair);
            return refused(span);
        }
        Node {
            span,
            value: Value::Scalar(Scalar { text, style, span }),
        }
    }

    fn push(&mut self, node: Node<'a>) {
        match self.open.last_mut() {
            None => {
                if self.root.is_none() {
                    self.root = Some(node);
                }
            }
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { key, .. }) => match key.take() {
                None => *key = Some(node),
                Some(name) => self.entry(name, node),
            },
        }
    }

    fn entry(&mut self, key: Node<'a>, value: Node<'a>) {
        if matches!(key.value, Value::Refused) {
            return;
        }
        let Value::Scalar(name) = key.value else {
            self.diagnostics.push(
                Diagnostic::new(
                    Rule::WrongKind,
                    key.span,
                    format!("expected a string as the key, found {}", key.kind()),
                )
                .help("quote the key: YAML reads `{` and `[` as the start of a collection"),
            );
            return;
        };
        if name.text == "<<" && name.style == Style::Plain {
            self.refuse_shared(name.span, "YAML merge keys");
            if let Some(Open::Map { merged, .. }) = self.open.last_mut() {
                *merged = true;
            }
            return;
        }
        let Some(Open::Map { entries, seen, .. }) = self.open.last_mut() else {
            return;
        };
        let first = match seen {
            Some(seen) => seen.get(&name.text).copied(),
            None => {
                let mut entries = entries.iter();
                let first = entries.find(|entry| entry.key.text == name.text);
                first.map(|first| first.key.span)
            }
        };
        if let Some(first) = first {
            self.diagnostics.push(
                Diagnostic::new(
                    Rule::DuplicateKey,
                    name.span,
                    format!("duplicate key {}", quoted(&name.text)),
                )
                .label("again here")
                .related(first, "first here")
                .help("remove or rename one of the two"),
            );
            return;
        }
        if let Some(seen) = seen {
            seen.insert(name.text.clone(), name.span);
        }
        entries.push(Entry { key: name, value });
        if seen.is_none() && entries.len() == FEW {
            let keys = entries.iter();
            let keys = keys.map(|entry| (entry.key.text.clone(), entry.key.span));
            *seen = Some(keys.collect());
        }
    }

    fn close(&mut self, end: Span) {
        let (start, last, value) = match self.open.pop() {
            Some(Open::List { start, items }) => {
                let last = items.last().map(|node| node.span.end);
                (start, last, Value::List(items))
            }
            Some(Open::Map {
                start,
                entries,
                merged,
                ..
            }) => {
                let last = entries.last().map(|entry| entry.value.span.end);
                let read = Value::Map(entries);
                (start, last, if merged { Value::Refused } else { read })
            }
            None => return,
        };
        // A flow collection ends at its bracket; a block collection at its last value, not at the next
        // token, which may be many lines below.
        let end = match last {
            Some(last) if end.start == end.end => last,
            _ => end.end,
        };
        let span = Span::new(self.source, start, end.max(start));
        self.push(Node { span, value });
    }

    fn refuse_tag(&mut self, tagged: bool, at: &granit_parser::Span) -> bool {
        if tagged && let Some(span) = at.tag_span() {
            let span = self.span(&span);
            self.refuse(
                span,
                "YAML tags",
                "remove the tag: the key determines the kind of its value",
            );
        }
        tagged
    }

    fn refuse_shared(&mut self, span: Span, what: &str) {
        self.refuse(
            span,
            what,
            "write the value out, or share the fields of a code with `like: other_code`",
        );
    }

    fn refuse(&mut self, span: Span, what: &str, help: &str) {
        self.diagnostics.push(
            Diagnostic::new(Rule::YamlFeature, span, format!("{what} are not supported"))
                .help(help),
        );
    }

    fn span(&self, span: &granit_parser::Span) -> Span {
        let start = self.byte(&span.start);
        let end = self.byte(&span.end).max(start);
        Span::new(self.source, start, end)
    }

    fn byte(&self, marker: &granit_parser::Marker) -> u32 {
        let offset = marker.byte_offset().unwrap_or_default() + self.offset;
        u32::try_from(offset.min(self.text.len())).unwrap_or(u32::MAX)
    }
}

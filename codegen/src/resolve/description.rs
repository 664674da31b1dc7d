//! Descriptions: parses Markdown, and reports what some engines cannot show safely.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{Findings, Reported, api, optional};
use crate::ast::Spanned;
use crate::catalog::{Block, Description, Inline};
use crate::diagnostic::Diagnostic;
use crate::limits::{MAX_DESCRIPTION_DEPTH, MAX_FENCE_INFO, MAX_LIST_START};
use crate::rule::Rule;
use crate::span::Span;

/// The parsed extensions of `CommonMark`.
const KNOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// Resolves a description.
pub(crate) fn resolve(
    field: Option<&Spanned<String>>,
    findings: &mut Findings<'_>,
) -> Result<Option<Description>, Reported> {
    let Some((field, source)) = field.zip(optional(field)) else {
        return Ok(None);
    };
    let mut reader = Reader {
        span: field.span,
        open: vec![Open::Blocks(Vec::new())],
        sound: true,
    };
    // Extensions of CommonMark are parsed here so that they are reported, and not shown as plain characters.
    for (event, range) in Parser::new_ext(source, KNOWN).into_offset_iter() {
        if let Err(refusal) = reader.event(event, findings) {
            let shown = source[range].lines().next().unwrap_or_default().trim();
            let at = findings.within(field.span, shown);
            let diagnostic = Diagnostic::new(Rule::BadDescription, at, refusal.message);
            findings.push(diagnostic.help(refusal.help));
            return Err(Reported);
        }
    }
    let blocks = reader.finish();
    if !reader.sound {
        return Err(Reported);
    }
    if blocks.iter().all(says_nothing) {
        findings.push(
            Diagnostic::new(Rule::EmptyText, field.span, "the description is empty")
                .help("write the description, or remove the key"),
        );
        return Err(Reported);
    }
    Ok(Some(Description {
        source: source.clone(),
        blocks,
    }))
}

/// The reason why a part of the description is not supported.
struct Refusal {
    message: &'static str,
    help: &'static str,
}

const fn refuse<T>(message: &'static str, help: &'static str) -> Result<T, Refusal> {
    Err(Refusal { message, help })
}

const FOOTNOTES: &str = "footnotes are not supported in a description";

const fn unsupported<T>(message: &'static str) -> Result<T, Refusal> {
    refuse(message, "write plain sentences")
}

/// An open element.
enum Open {
    /// The description, a quote or an item of a list.
    Blocks(Vec<Block>),
    List(Option<u64>, Vec<Vec<Block>>),
    Code(String, String),
    /// The inline content of a paragraph, or of a span in one.
    Words(Vec<Inline>),
    Link(Vec<Inline>, String),
}

struct Reader {
    span: Span,
    open: Vec<Open>,
    sound: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, findings: &mut Findings<'_>) -> Result<(), Refusal> {
        match event {
            Event::Start(tag) => self.start(tag, findings),
            Event::End(tag) => {
                if let Some(Open::Link(words, _)) = self.open.last()
                    && words.is_empty()
                {
                    return refuse("a link needs a text", "write it between `[` and `]`");
                }
                self.end(tag);
                Ok(())
            }
            Event::Text(text) => {
                match self.open.last_mut() {
                    Some(Open::Code(_, code)) => {
                        let joins = code.ends_with('{') && text.starts_with('{');
                        code.push_str(&text);
                        // mdBook expands commands in code blocks too, and can include local files.
                        if joins || text.contains("{{") {
                            return refuse(
                                "mdBook reads two braces as a command, even in code",
                                "put a space between the braces",
                            );
                        }
                    }
                    _ => self.inline(Inline::Text(text.into_string())),
                }
                Ok(())
            }
            Event::Code(text) => {
                self.inline(Inline::Code(text.into_string()));
                Ok(())
            }
            Event::SoftBreak => {
                self.inline(Inline::Text(" ".to_owned()));
                Ok(())
            }
            Event::HardBreak => {
                self.inline(Inline::Break);
                Ok(())
            }
            Event::Html(_) | Event::InlineHtml(_) => refuse(
                "HTML is not supported in a description",
                "use Markdown or a code span",
            ),
            Event::Rule => refuse(
                "horizontal rules are not supported in a description",
                "remove the line",
            ),
            Event::FootnoteReference(_) => unsupported(FOOTNOTES),
            Event::TaskListMarker(_) => {
                unsupported("task lists are not supported in a description")
            }
            _ => unsupported("math is not supported in a description"),
        }
    }

    fn start(&mut self, tag: Tag<'_>, findings: &mut Findings<'_>) -> Result<(), Refusal> {
        let open = match tag {
            Tag::Paragraph | Tag::Emphasis | Tag::Strong => Open::Words(Vec::new()),
            Tag::BlockQuote(None) | Tag::Item => Open::Blocks(Vec::new()),
            Tag::List(Some(first)) if first > MAX_LIST_START => {
                return refuse(
                    "the number of a list is too large",
                    "start the list with a smaller number",
                );
            }
            Tag::List(first) => Open::List(first, Vec::new()),
            Tag::CodeBlock(kind) => Open::Code(language(&kind)?, String::new()),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                if link_type == LinkType::Email || !title.is_empty() {
                    return refuse(
                        "a link has a text and a URL, and nothing else",
                        "write it as `[text](https://example.com)`",
                    );
                }
                let at = findings.within(self.span, &dest_url);
                self.sound &= api::check_url(&dest_url, &dest_url, at, findings);
                Open::Link(Vec::new(), dest_url.into_string())
            }
            Tag::Image { .. } => {
                return refuse(
                    "images are not supported in a description",
                    "remove the `!` to make it a link",
                );
            }
            Tag::Heading { .. } => {
                return refuse(
                    "headings are not supported in a description",
                    "write a sentence, or bold text",
                );
            }
            Tag::HtmlBlock => {
                return refuse(
                    "HTML is not supported in a description",
                    "use Markdown or a code span",
                );
            }
            Tag::BlockQuote(Some(_)) => {
                return unsupported("alerts are not supported in a description");
            }
            Tag::FootnoteDefinition(_) => return unsupported(FOOTNOTES),
            Tag::Strikethrough => {
                return unsupported("strikethrough is not supported in a description");
            }
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                return unsupported("tables are not supported in a description");
            }
            _ => return unsupported("this Markdown is not supported in a description"),
        };
        if self.open.len() > MAX_DESCRIPTION_DEPTH {
            return refuse("the description is nested too deeply", "use fewer levels");
        }
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) {
        match (self.open.pop(), tag) {
            (Some(Open::Words(words)), TagEnd::Emphasis) => self.inline(Inline::Emphasis(words)),
            (Some(Open::Words(words)), TagEnd::Strong) => self.inline(Inline::Strong(words)),
            (Some(Open::Words(words)), _) => self.block(Block::Paragraph(words)),
            (Some(Open::Link(words, url)), _) => self.inline(Inline::Link(words, url)),
            (Some(Open::Code(language, text)), _) => self.block(Block::Code { language, text }),
            (Some(Open::List(first, items)), _) => self.block(Block::List(first, items)),
            (Some(Open::Blocks(blocks)), TagEnd::Item) => {
                if let Some(Open::List(_, items)) = self.open.last_mut() {
                    items.push(blocks);
                }
            }
            (Some(Open::Blocks(blocks)), _) => self.block(Block::Quote(blocks)),
            (None, _) => {}
        }
    }

    fn block(&mut self, block: Block) {
        if let Some(Open::Blocks(blocks)) = self.open.last_mut() {
            blocks.push(block);
        }
    }

    fn inline(&mut self, inline: Inline) {
        match self.open.last_mut() {
            Some(Open::Words(words) | Open::Link(words, _)) => push(words, inline),
            // The items of a tight list have no paragraphs.
            Some(Open::Blocks(blocks)) => match blocks.last_mut() {
                Some(Block::Paragraph(words)) => push(words, inline),
                _ => blocks.push(Block::Paragraph(vec![inline])),
            },
            _ => {}
        }
    }

    fn finish(&mut self) -> Vec<Block> {
        match self.open.pop() {
            Some(Open::Blocks(blocks)) => blocks,
            _ => Vec::new(),
        }
    }
}

/// Whether a block is empty.
fn says_nothing(block: &Block) -> bool {
    match block {
        Block::Paragraph(words) => words.is_empty(),
        Block::List(_, items) => items.iter().flatten().all(says_nothing),
        Block::Code { text, .. } => text.trim().is_empty(),
        Block::Quote(quoted) => quoted.iter().all(says_nothing),
    }
}

/// Appends to a line, and joins adjacent texts.
fn push(words: &mut Vec<Inline>, inline: Inline) {
    if let (Some(Inline::Text(before)), Inline::Text(text)) = (words.last_mut(), &inline) {
        before.push_str(text);
    } else {
        words.push(inline);
    }
}

/// The language of a code block.
fn language(kind: &CodeBlockKind<'_>) -> Result<String, Refusal> {
    let CodeBlockKind::Fenced(info) = kind else {
        return Ok(String::new());
    };
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+');
    if info.chars().all(word) && info.len() <= MAX_FENCE_INFO {
        return Ok(info.to_string());
    }
    refuse(
        "invalid language after a code fence",
        "write a name of letters and digits, such as `json`",
    )
}

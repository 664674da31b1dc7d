//! Markdown as blocks.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::super::page::Block;
use super::super::table::{Cells, Table};
use super::super::text::STRUCK;
use super::bars::Bars;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Heading(u8),
    Item,
    Term,
    Code,
    /// The settings of a site before the page.
    Hidden,
}

/// The blocks of a page, and its blocks of HTML in their places, if there are any.
pub(super) fn read(page: &str) -> (Vec<Block>, Option<String>) {
    let mut reader = Reader {
        lines: Lines::of(page),
        blocks: Vec::new(),
        text: String::new(),
        line: 1,
        kind: Kind::Text,
        table: None,
        cells: Vec::new(),
        bars: Bars::default(),
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut markup: Vec<std::ops::Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(page, options).into_offset_iter() {
        match event {
            Event::Start(tag) => reader.start(&tag, range.start),
            Event::End(end) => reader.end(end, range.start),
            Event::Html(_) => markup.push(range),
            event => push(&mut reader.text, &event, reader.kind == Kind::Code),
        }
    }
    reader.flush();
    reader.bars.close(&mut reader.blocks);
    let has_markup = markup
        .iter()
        .any(|range| page[range.clone()].contains("<t") || page[range.clone()].contains("<d"));
    (reader.blocks, has_markup.then(|| masked(page, &markup)))
}

/// The page with blanks in place of everything but these ranges.
fn masked(page: &str, shown: &[std::ops::Range<usize>]) -> String {
    let mut out = String::with_capacity(page.len());
    let mut at = 0;
    let blank = |text: &str, out: &mut String| {
        out.extend(text.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
    };
    for range in shown {
        blank(page.get(at..range.start).unwrap_or_default(), &mut out);
        let start = range.start.max(at);
        out.push_str(page.get(start..range.end).unwrap_or_default());
        at = at.max(range.end);
    }
    out
}

struct Reader<'a> {
    lines: Lines<'a>,
    blocks: Vec<Block>,
    text: String,
    line: usize,
    kind: Kind,
    /// The open table.
    table: Option<Table>,
    cells: Vec<String>,
    bars: Bars,
}

/// The title of a page, in its settings.
fn title(settings: &str) -> Option<String> {
    let mut lines = settings.lines();
    lines.find_map(|line| {
        let title = line.strip_prefix("title:")?;
        let title = title.trim().trim_matches(['"', '\'']);
        (!title.is_empty()).then(|| title.to_owned())
    })
}

impl Reader<'_> {
    fn start(&mut self, tag: &Tag<'_>, at: usize) {
        match tag {
            Tag::Heading { level, .. } => self.open(Kind::Heading(*level as u8), at),
            Tag::Paragraph | Tag::HtmlBlock => {
                let is_of_item = matches!(self.kind, Kind::Item | Kind::Term);
                if !(is_of_item && self.text.trim().trim_end_matches(':').is_empty()) {
                    self.open(Kind::Text, at);
                }
            }
            Tag::Item => self.open(Kind::Item, at),
            Tag::DefinitionListTitle => self.open(Kind::Term, at),
            Tag::DefinitionListDefinition if self.kind == Kind::Term => self.text.push_str(": "),
            Tag::CodeBlock(_) => self.open(Kind::Code, at),
            Tag::MetadataBlock(_) | Tag::FootnoteDefinition(_) => self.open(Kind::Hidden, at),
            Tag::Table(_) => {
                self.flush();
                self.bars.close(&mut self.blocks);
                self.table = Some(Table {
                    line: self.lines.number(at),
                    columns: Vec::new(),
                    lines: Vec::new(),
                    is_of_errors: false,
                });
            }
            Tag::TableCell => self.text.clear(),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd, at: usize) {
        match end {
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.text)),
            TagEnd::TableHead | TagEnd::TableRow => {
                let cells = std::mem::take(&mut self.cells);
                let line = self.lines.number(at);
                let Some(table) = &mut self.table else {
                    return;
                };
                if end == TagEnd::TableHead {
                    table.columns = cells.iter().map(|cell| cell.trim().to_owned()).collect();
                } else {
                    table.lines.push(Cells {
                        line,
                        texts: cells,
                        undecided: None,
                    });
                }
            }
            TagEnd::Table => self.blocks.extend(self.table.take().map(Block::Table)),
            TagEnd::Strikethrough => self.text.push(STRUCK),
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::CodeBlock
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_)
            | TagEnd::FootnoteDefinition => self.flush(),
            _ => {}
        }
    }

    fn open(&mut self, kind: Kind, at: usize) {
        self.flush();
        self.kind = kind;
        self.line = self.lines.number(at);
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let kind = std::mem::replace(&mut self.kind, Kind::Text);
        let line = self.line;
        let text = text.trim().to_owned();
        if text.is_empty() {
            return;
        }
        let is_of_bars = matches!(kind, Kind::Text | Kind::Heading(_))
            && (text.contains(" | ") || text.contains("\t| "));
        if !is_of_bars {
            self.bars.close(&mut self.blocks);
        }
        if is_of_bars {
            let heading = match kind {
                Kind::Heading(level) => Some(level),
                _ => None,
            };
            self.bars.push(line, heading, text);
            return;
        }
        match kind {
            Kind::Text => self.blocks.push(Block::Text { line, text }),
            Kind::Heading(level) => self.blocks.push(Block::Heading { line, level, text }),
            Kind::Item | Kind::Term => self.blocks.push(Block::Item { line, text }),
            Kind::Code => self.blocks.push(Block::Code { line, text }),
            Kind::Hidden => {
                if let Some(text) = title(&text) {
                    self.blocks.push(Block::Heading {
                        line,
                        level: 0,
                        text,
                    });
                }
            }
        }
    }
}

/// Tags without visible text.
const MARKS: [&str; 10] = [
    "a", "b", "code", "em", "i", "kbd", "span", "strong", "sub", "sup",
];

/// Appends the visible text of an event to the text of a block.
fn push(text: &mut String, event: &Event<'_>, is_code: bool) {
    match event {
        Event::Text(shown) if is_code => text.push_str(shown),
        Event::Text(shown) => text.push_str(shown),
        Event::Code(code) => {
            text.push('`');
            text.push_str(code);
            text.push('`');
        }
        Event::SoftBreak | Event::HardBreak => text.push('\n'),
        Event::InlineHtml(html) => {
            let tag = html.trim_start_matches(['<', '/']).to_ascii_lowercase();
            let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
            match &tag[..end.unwrap_or(tag.len())] {
                "br" => text.push('\n'),
                "del" | "s" | "strike" if html.starts_with("</") => text.push(STRUCK),
                "del" | "s" | "strike" => {}
                mark if MARKS.contains(&mark) => {}
                // A word such as `<name>`, which is not HTML.
                _ => text.push_str(html),
            }
        }
        _ => {}
    }
}

/// Line numbers of ascending offsets.
struct Lines<'a> {
    page: &'a str,
    at: usize,
    number: usize,
}

impl<'a> Lines<'a> {
    fn of(page: &'a str) -> Self {
        Self {
            page,
            at: 0,
            number: 1,
        }
    }

    fn number(&mut self, offset: usize) -> usize {
        let passed = self.page.as_bytes().get(self.at..offset);
        let breaks = passed.unwrap_or_default().iter().filter(|b| **b == b'\n');
        self.number += breaks.count();
        self.at = self.at.max(offset);
        self.number
    }
}

//! Pages of HTML as blocks.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::model::Extracted;
use super::page::{self, Block};
use super::table::{Cells, Table};
use super::text::STRUCK;
use super::tree::Lines;

/// Reads the errors of a page.
pub(super) fn read(text: &str) -> Extracted {
    let mut extracted = Extracted::default();
    page::take(blocks(text), &mut extracted);
    page::take_types(&mut extracted);
    extracted
}

/// The blocks of a page.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reader = Reader {
        lines: Lines::of(text),
        blocks: Vec::new(),
        text: String::new(),
        line: 1,
        kind: Kind::Text,
        tables: Vec::new(),
        hidden: 0,
    };
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => {
                let line = reader.lines.number(text.span.start);
                reader.push(&String::from_utf8_lossy(&text.value), line);
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reader.flush();
    while !reader.tables.is_empty() {
        reader.end("table");
    }
    reader.blocks
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Heading(u8),
    Item,
    Term,
    Code,
}

/// A table that is not closed yet.
struct Open {
    line: usize,
    columns: Vec<String>,
    lines: Vec<Cells>,
    cells: Vec<String>,
    row_line: usize,
    is_cell: bool,
    /// Whether all cells of the row are headings.
    is_heading: bool,
    /// The cells that reach into the next rows: position, text, and rows left.
    spans: Vec<(usize, String, usize)>,
}

struct Reader {
    lines: Lines,
    blocks: Vec<Block>,
    text: String,
    line: usize,
    kind: Kind,
    tables: Vec<Open>,
    /// The open elements whose text is not shown.
    hidden: usize,
}

impl Reader {
    fn start(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let line = self.lines.number(tag.span.start);
        let number = |attribute: &str| {
            let value = tag.attributes.get(attribute.as_bytes());
            let value = value.map(|value| String::from_utf8_lossy(&value.value).into_owned());
            value
                .and_then(|value| value.trim().parse::<usize>().ok())
                .unwrap_or(1)
                .clamp(1, 1000)
        };
        match name.as_str() {
            "script" | "style" | "svg" | "template" | "sup" if !tag.self_closing => {
                self.hidden += 1;
            }
            "br" => self.text.push('\n'),
            "code" | "tt" | "kbd" | "samp" if self.kind != Kind::Code => self.text.push('`'),
            "table" => {
                if self.tables.is_empty() {
                    self.flush();
                }
                self.tables.push(Open {
                    line,
                    columns: Vec::new(),
                    lines: Vec::new(),
                    cells: Vec::new(),
                    row_line: line,
                    is_cell: false,
                    is_heading: true,
                    spans: Vec::new(),
                });
            }
            "tr" if self.tables.len() == 1 => {
                self.end_row();
                self.tables[0].row_line = line;
            }
            "td" | "th" if self.tables.len() == 1 => {
                self.end_cell();
                let (rows, columns) = (number("rowspan"), number("colspan"));
                let open = &mut self.tables[0];
                open.is_cell = true;
                open.is_heading &= name == "th";
                open.carry();
                if rows > 1 {
                    open.spans.push((open.cells.len(), String::new(), rows));
                }
                if columns > 1 && open.cells.is_empty() && open.columns.len() > 1 {
                    open.is_heading = false;
                }
                self.text.clear();
            }
            "p" | "li" | "div" if !self.tables.is_empty() && !self.text.is_empty() => {
                self.text.push('\n');
            }
            _ if !self.tables.is_empty() => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                self.open(Kind::Heading(level), line);
            }
            "li" => self.open(Kind::Item, line),
            "dt" => self.open(Kind::Term, line),
            "dd" => {
                if self.kind == Kind::Term {
                    self.text.push_str(": ");
                } else {
                    self.open(Kind::Text, line);
                }
            }
            "pre" => self.open(Kind::Code, line),
            "p" | "div" | "section" | "ul" | "ol" | "dl" | "article" | "blockquote"
                if !(self.kind == Kind::Term
                    || self.kind == Kind::Item && self.text.is_empty()) =>
            {
                self.open(Kind::Text, line);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "script" | "style" | "svg" | "template" | "sup" => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            "code" | "tt" | "kbd" | "samp" if self.kind != Kind::Code => self.text.push('`'),
            "del" | "s" | "strike" => self.text.push(STRUCK),
            "td" | "th" if self.tables.len() == 1 => self.end_cell(),
            "tr" if self.tables.len() == 1 => self.end_row(),
            "table" => {
                if self.tables.len() == 1 {
                    self.end_row();
                    if let Some(open) = self.tables.pop() {
                        self.blocks.push(Block::Table(open.table()));
                    }
                    self.text.clear();
                } else {
                    self.tables.pop();
                }
            }
            _ if !self.tables.is_empty() => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "dd" | "pre" | "p" | "div" | "dl" => {
                self.flush();
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str, line: usize) {
        if self.hidden > 0 {
            return;
        }
        if self.text.trim().is_empty() && self.tables.is_empty() {
            self.line = line;
        }
        if self.kind == Kind::Code && self.tables.is_empty() {
            self.text.push_str(text);
            return;
        }
        // White space is one blank.
        for c in text.chars() {
            let c = if c.is_ascii_whitespace() { ' ' } else { c };
            if c != ' ' || !self.text.ends_with([' ', '\n']) {
                self.text.push(c);
            }
        }
    }

    fn open(&mut self, kind: Kind, line: usize) {
        self.flush();
        self.kind = kind;
        self.line = line;
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let kind = std::mem::replace(&mut self.kind, Kind::Text);
        let line = self.line;
        let text = text.trim().to_owned();
        if text.is_empty() || !self.tables.is_empty() {
            return;
        }
        self.blocks.push(match kind {
            Kind::Text => Block::Text { line, text },
            Kind::Heading(level) => Block::Heading { line, level, text },
            Kind::Item | Kind::Term => Block::Item { line, text },
            Kind::Code => Block::Code { line, text },
        });
    }

    fn end_cell(&mut self) {
        let Some(open) = self.tables.first_mut() else {
            return;
        };
        if !open.is_cell {
            return;
        }
        open.is_cell = false;
        let text = std::mem::take(&mut self.text).trim().to_owned();
        let at = open.cells.len();
        if let Some((_, carried, _)) = open
            .spans
            .iter_mut()
            .find(|(column, known, _)| *column == at && known.is_empty())
        {
            carried.clone_from(&text);
        }
        open.cells.push(text);
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.text.clear();
        if let Some(open) = self.tables.first_mut() {
            open.end_row();
        }
    }
}

impl Open {
    /// Fills in the cells that reach down to the next position.
    fn carry(&mut self) {
        let at = |cells: &[String]| cells.len();
        while let Some((_, text, _)) = self
            .spans
            .iter()
            .find(|(column, text, _)| *column == at(&self.cells) && !text.is_empty())
        {
            self.cells.push(text.clone());
        }
    }

    fn end_row(&mut self) {
        let has_own = !self.cells.is_empty();
        if has_own {
            self.carry();
        }
        let cells = std::mem::take(&mut self.cells);
        let is_heading = std::mem::replace(&mut self.is_heading, true);
        if has_own {
            for span in &mut self.spans {
                span.2 -= 1;
            }
            self.spans.retain(|span| span.2 > 0);
        }
        // A single cell over all columns is the name of a section.
        let is_section = cells.len() == 1 && self.columns.len() > 1;
        if cells.is_empty() || is_section {
            return;
        }
        if self.columns.is_empty() || (is_heading && self.lines.is_empty() && cells.len() > 1) {
            self.columns = cells;
            return;
        }
        self.lines.push(Cells {
            line: self.row_line,
            texts: cells,
            undecided: None,
        });
    }

    fn table(self) -> Table {
        Table {
            line: self.line,
            columns: self.columns,
            lines: self.lines,
            is_of_errors: false,
        }
    }
}

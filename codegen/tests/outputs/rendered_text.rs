//! The text that a reader of Markdown sees.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A page as its reader sees it.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// All text, in order, with single spaces.
    pub(crate) text: String,
    /// The headings with their level.
    pub(crate) headings: Vec<(HeadingLevel, String)>,
    /// The rows of all tables, head rows included.
    pub(crate) rows: Vec<Vec<String>>,
    /// The links: words and address.
    pub(crate) links: Vec<(String, String)>,
    /// The fenced blocks: language and text.
    pub(crate) fences: Vec<(String, String)>,
    /// Emphasis, strong text, lists and quotes, in order.
    pub(crate) marks: Vec<&'static str>,
    /// The names of the anchors.
    pub(crate) anchors: Vec<String>,
    /// The classes of the badges, without the word that all of them have.
    pub(crate) badges: Vec<String>,
    /// Raw HTML other than line breaks, code, anchors and badges. There must be none.
    pub(crate) html: Vec<String>,
}

impl Page {
    /// The ids of the page: those of the anchors, and those that GitHub gives to the headings.
    pub(crate) fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for (_, text) in &self.headings {
            let text = text.to_lowercase();
            let kept = text.chars().filter_map(|c| match c {
                ' ' => Some('-'),
                '_' | '-' => Some(c),
                c => c.is_alphanumeric().then_some(c),
            });
            let id: String = kept.collect();
            let numbered = |times: usize| match times {
                0 => id.clone(),
                times => format!("{id}-{times}"),
            };
            let mut possible = (0..self.headings.len()).map(numbered);
            ids.extend(possible.find(|id| !ids.contains(id)));
        }
        ids.extend(self.anchors.iter().cloned());
        ids
    }
}

pub(crate) fn page(markdown: &str) -> Page {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut page = Page::default();
    let mut text = String::new();
    let mut start = 0;
    let mut heading = None;
    let mut links: Vec<(usize, String)> = Vec::new();
    let mut fence = None;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => heading = Some((level, text.len())),
            Event::Start(Tag::Link { dest_url, .. }) => {
                links.push((text.len(), dest_url.to_string()));
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => page.rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => start = text.len(),
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.to_string(),
                    CodeBlockKind::Indented => "indented".to_owned(),
                };
                fence = Some((language, text.len()));
            }
            Event::Start(Tag::Emphasis) => page.marks.push("emphasis"),
            Event::Start(Tag::Strong) => page.marks.push("strong"),
            Event::Start(Tag::Strikethrough) => page.marks.push("strikethrough"),
            Event::Start(Tag::BlockQuote(_)) => page.marks.push("quote"),
            Event::Start(Tag::List(_)) => page.marks.push("list"),
            Event::Rule => page.marks.push("rule"),
            Event::Start(Tag::Image { .. }) => page.html.push("an image".to_owned()),
            Event::End(TagEnd::Heading(_)) => {
                let (level, from) = heading.take().unwrap();
                page.headings.push((level, squeeze(&text[from..])));
                text.push(' ');
            }
            Event::End(TagEnd::Link) => {
                let (from, address) = links.pop().unwrap();
                page.links.push((squeeze(&text[from..]), address));
            }
            Event::End(TagEnd::TableCell) => {
                let cell = squeeze(&text[start..]);
                page.rows.last_mut().unwrap().push(cell);
                text.push(' ');
            }
            Event::End(TagEnd::CodeBlock) => {
                let (language, from) = fence.take().unwrap();
                page.fences.push((language, text[from..].to_owned()));
            }
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::InlineHtml(tag) | Event::Html(tag) => match tag.as_ref() {
                "<br />" => text.push(' '),
                "<code>" | "</code>" | "</a>" | "</span>" => {}
                other => {
                    if let Some(name) = attribute(other, "<a id=\"") {
                        page.anchors.push(name);
                    } else if let Some(class) = attribute(other, "<span class=\"badge ") {
                        page.badges.push(class);
                    } else {
                        page.html.push(other.to_owned());
                    }
                }
            },
            // Blocks and cells are words of their own.
            Event::Start(Tag::Paragraph | Tag::Item)
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow) =>
            {
                text.push(' ');
            }
            _ => {}
        }
    }
    page.text = squeeze(&text);
    page
}

/// The value of the only attribute of a tag that begins like this, where it is one word.
fn attribute(tag: &str, start: &str) -> Option<String> {
    let value = tag.strip_prefix(start)?.strip_suffix("\">")?;
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    value.chars().all(is_word).then(|| value.to_owned())
}

/// The text with single spaces.
pub(crate) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A catalog text as its reader should see it: without the backticks of code spans, since a
/// renderer may show some (unbalanced ones) and hide others.
pub(crate) fn bare(text: &str) -> String {
    squeeze(&text.replace('`', ""))
}

/// The same in a table cell: a dash shows that there is no text.
pub(crate) fn in_cell(text: &str) -> String {
    let text = bare(text);
    if text.is_empty() {
        return "—".to_owned();
    }
    text
}

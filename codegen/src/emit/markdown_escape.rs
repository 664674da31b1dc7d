//! Catalog texts as Markdown that every engine shows as it was typed.
//!
//! Outside code spans, characters that mean something to some engine become numeric character
//! references: the only form that GitHub, mdBook, MkDocs, MDX and rustdoc all read alike.

mod inert;

use std::fmt::Write as _;

use crate::catalog::Link;

/// The contents of a table cell without a text.
pub(super) const NO_TEXT: &str = "—";

/// Where a text is put.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Paragraph,
    Cell,
}

/// A text within a paragraph. Line breaks become `<br />`, so the result is one line.
pub(super) fn inline(text: &str) -> String {
    render(text, Place::Paragraph)
}

/// A text within a table cell. A dash shows that there is no text.
pub(super) fn cell(text: &str) -> String {
    if text.trim().is_empty() {
        return NO_TEXT.to_owned();
    }
    render(text, Place::Cell)
}

/// A literal as a code span within a paragraph.
pub(super) fn code(text: &str) -> String {
    code_span(text, Place::Paragraph)
}

/// A literal as a code span within a table cell.
pub(super) fn code_cell(text: &str) -> String {
    code_span(text, Place::Cell)
}

/// A link with its text. Its checked address contains only ASCII without brackets.
pub(super) fn link(link: &Link) -> String {
    format!("[{}]({})", inline(&link.text), address(&link.url))
}

/// An address between the brackets of a link, where an ampersand could begin the name of a character.
pub(super) fn address(url: &str) -> String {
    encoded(url).replace('&', "&amp;")
}

/// An address in which every character that could end a link, or that no address contains, is encoded.
pub(super) fn encoded(url: &str) -> String {
    let is_usual = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~:/?#=&".contains(&byte);
    if url.bytes().all(is_usual) {
        return url.to_owned();
    }
    let mut out = String::with_capacity(url.len());
    for (at, c) in url.char_indices() {
        let digits = url.as_bytes().get(at + 1..at + 3);
        let is_escape = digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let is_safe = match c {
            '(' | ')' | '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
            '%' => is_escape,
            c => c.is_ascii_graphic(),
        };
        if is_safe {
            out.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Appends a text to a line. Backticks in it do not begin code.
pub(super) fn push_words(text: &str, out: &mut String) {
    plain(text, out);
}

/// A part of a text of the catalog.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    Words(&'a str),
    /// What is between backticks.
    Code(&'a str),
}

/// The parts of a text. Backticks that nothing closes are words.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = Some(text.trim());
    let mut after_words = None;
    std::iter::from_fn(move || {
        if let Some(part) = after_words.take() {
            return Some(part);
        }
        let text = rest.take()?;
        let Some(open) = memchr::memchr(b'`', text.as_bytes()) else {
            return Some(Part::Words(text));
        };
        let ticks = text[open..].len() - text[open..].trim_start_matches('`').len();
        let after = &text[open + ticks..];
        let (part, end) = match closing(after, ticks) {
            Some(close) => (Part::Code(&after[..close]), close + ticks),
            None => (Part::Words(&text[open..open + ticks]), 0),
        };
        after_words = Some(part);
        rest = Some(&after[end..]);
        Some(Part::Words(&text[..open]))
    })
}

fn render(text: &str, place: Place) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for part in parts(text) {
        match part {
            Part::Words(words) => plain(words, &mut out),
            Part::Code(code) => out.push_str(&code_span(code, place)),
        }
    }
    out
}

/// The start of the run of exactly `ticks` backticks that closes a span, if there is one and the
/// span is not empty.
fn closing(text: &str, ticks: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == ticks {
            return (!text[..start].trim().is_empty()).then_some(start);
        }
        at = start + run;
    }
    None
}

fn code_span(text: &str, place: Place) -> String {
    // Most literals are names.
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_name) {
        return ["`", text, "`"].concat();
    }
    let text: String = text
        .trim()
        .chars()
        .map(|c| if is_space(c) { ' ' } else { c })
        .collect();
    if text.is_empty() {
        return "<code>&#32;</code>".to_owned();
    }
    // A span cannot contain a pipe in a cell, backticks, or characters that editors hide.
    let awkward = |c: char| c == '`' || is_hidden(c) || (c == '|' && place == Place::Cell);
    // mdBook expands `{{#include …}}` in code spans too.
    if text.contains(awkward) || text.contains("{{") {
        let mut out = String::from("<code>");
        for c in text.chars() {
            match c {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                c if c.is_alphanumeric() || c == ' ' => out.push(c),
                c => reference(c, &mut out),
            }
        }
        out.push_str("</code>");
        out
    } else {
        format!("`{text}`")
    }
}

fn plain(text: &str, out: &mut String) {
    let last_hashes = text.trim_end_matches('#').len();
    let dollars = memchr::memchr_iter(b'$', text.as_bytes()).nth(1).is_some();
    let mut previous = last_visible(out);
    let mut rest = text;
    loop {
        let at_start = previous.is_none();
        let (copied, after) = rest.split_at(if at_start { 0 } else { inert::length(rest) });
        out.push_str(copied);
        previous = copied.chars().next_back().or(previous);
        let mut chars = after.chars();
        let Some(c) = chars.next() else {
            return;
        };
        rest = chars.as_str();
        let next = chars.next();
        let at = text.len() - after.len();
        if c == '\r' && next == Some('\n') {
            continue;
        }
        match c {
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                out.truncate(out.trim_end_matches(' ').len());
                out.push_str("<br />");
                previous = None;
                continue;
            }
            ' ' | '\t' => {
                if !at_start {
                    out.push(' ');
                }
                // Several spaces show as one in every engine.
                rest = rest.trim_start_matches([' ', '\t']);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '*' | '[' | ']' | '{' | '}' | '|' | '~' | '^' | '`' => reference(c, out),
            '&' if looks_like_entity(after) => out.push_str("&amp;"),
            '_' if !(is_word(previous) && is_word(next)) => reference(c, out),
            '=' | '+' | '-' | '.' if previous == Some(c) => reference(c, out),
            // At the end of a heading it would close the heading.
            '#' if at >= last_hashes => reference(c, out),
            '#' | '-' | '+' | '=' | ':' if at_start => reference(c, out),
            '!' | '?' | '/' if at_start && opens_admonition(after) => reference(c, out),
            ':' if opens_emoji(after) => reference(c, out),
            '0'..='9' if at_start && opens_list(after) => reference(c, out),
            'i' | 'e' if at_start && opens_module(after) => reference(c, out),
            '$' if dollars => reference(c, out),
            c if is_hidden(c) => reference(c, out),
            c => out.push(c),
        }
        if !(at_start && is_space(c)) {
            previous = Some(c);
        }
    }
}

/// The character before the next one, unless a line begins.
fn last_visible(out: &str) -> Option<char> {
    if out.ends_with("<br />") {
        None
    } else {
        out.chars().next_back()
    }
}

fn reference(c: char, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "&#{};", u32::from(c));
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Characters that change the direction of the text around them; compilers refuse them in
/// comments.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether the text begins with an ampersand that Markdown reads as the start of a character reference.
pub(super) fn looks_like_entity(text: &str) -> bool {
    let name = text.strip_prefix('&').unwrap_or(text);
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#')
        && name
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '#')
            .is_some_and(|end| name[end..].starts_with(';'))
}

fn opens_list(text: &str) -> bool {
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    after.starts_with(['.', ')'])
}

/// Whether the text begins with a mark that MkDocs takes for the head of a block.
fn opens_admonition(text: &str) -> bool {
    ["!!!", "???", "///"]
        .iter()
        .any(|mark| text.starts_with(mark))
}

/// Whether the text begins with a name between colons, which GitHub shows as an emoji.
fn opens_emoji(text: &str) -> bool {
    let name = text.strip_prefix(':').unwrap_or(text);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-')));
    end.is_some_and(|end| end > 0 && name[end..].starts_with(':'))
}

fn opens_module(text: &str) -> bool {
    ["import", "export"].iter().any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use super::{address, cell, code_cell, encoded, inline};

    #[test]
    fn plain_texts_stay_readable() {
        assert_eq!(
            inline("GET /v1/models to list available"),
            "GET /v1/models to list available"
        );
        assert_eq!(inline("file_id doesn’t exist"), "file_id doesn’t exist");
        assert_eq!(inline("429"), "429");
        assert_eq!(inline("e.g. Claude + audio"), "e.g. Claude + audio");
    }

    #[test]
    fn markup_is_spelled_out() {
        assert_eq!(inline("a*b"), "a&#42;b");
        assert_eq!(
            inline("<b> | {x} [y]"),
            "&lt;b&gt; &#124; &#123;x&#125; &#91;y&#93;"
        );
        assert_eq!(inline("&amp; & &x"), "&amp;amp; & &x");
        assert_eq!(inline("1. one\n# two"), "&#49;. one<br />&#35; two");
        assert_eq!(inline("a #1 ##"), "a #1 &#35;&#35;");
        assert_eq!(inline("import x"), "&#105;mport x");
        assert_eq!(inline("_a_ b_c"), "&#95;a&#95; b_c");
        assert_eq!(inline("a -- b"), "a -&#45; b");
        assert_eq!(inline("lonely ` tick"), "lonely &#96; tick");
        assert_eq!(inline(":smile: at 12:30:45"), "&#58;smile: at 12&#58;30:45");
        assert_eq!(inline("!!! note\n/v1"), "&#33;!! note<br />/v1");
        assert_eq!(
            inline("`{{#include x}}`"),
            "<code>&#123;&#123;&#35;include x&#125;&#125;</code>"
        );
    }

    #[test]
    fn addresses_are_encoded_once() {
        let url = "https://a.b/(v1) x/<é>/50%/%C3%A9/{slug}?q=[1]&c='2'#d";
        let expected =
            "https://a.b/%28v1%29%20x/%3C%C3%A9%3E/50%25/%C3%A9/%7Bslug%7D?q=[1]&c='2'#d";
        assert_eq!(encoded(url), expected);
        assert_eq!(encoded(expected), expected);
        assert_eq!(
            address("https://a.b/?a=1&b=(2)"),
            "https://a.b/?a=1&amp;b=%282%29"
        );
        assert_eq!(encoded("https://[::1]:80/"), "https://[::1]:80/");
    }

    #[test]
    fn code_spans_stay_code() {
        assert_eq!(inline("use `a|b` now"), "use `a|b` now");
        assert_eq!(cell("use `a|b` now"), "use <code>a&#124;b</code> now");
        assert_eq!(inline("``a`b``"), "<code>a&#96;b</code>");
        assert_eq!(code_cell("x"), "`x`");
    }
}

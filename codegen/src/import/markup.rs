//! HTML in the texts of data, which becomes plain text.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::model::{Extracted, Finding, Place, Row};

/// Tags that change how a text looks, or its lines.
const TAGS: [&str; 24] = [
    "a", "abbr", "b", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "i", "kbd", "li", "ol",
    "p", "pre", "small", "span", "strong", "tt", "u", "ul", "sup",
];

/// Takes HTML out of the texts of all rows, and reports that once.
pub(super) fn take_out(extracted: &mut Extracted) {
    let mut count = 0;
    let mut first = None;
    for row in &mut extracted.rows {
        let Row {
            message,
            meaning,
            fix,
            place,
            ..
        } = row;
        for slot in [message, meaning, fix] {
            if let Some(plain) = slot.as_deref().and_then(plain) {
                // A text may be nothing but a blank, such as `&nbsp;`.
                *slot = Some(plain).filter(|text| !text.is_empty());
                count += 1;
                first.get_or_insert_with(|| place.clone());
            }
        }
    }
    if let Some(first) = first {
        let what = format!(
            "texts contain HTML, {count} in all: their tags are left out, see the first at {first}"
        );
        extracted.undecided.push(Finding::new(&Place::Source, what));
    }
}

/// The text without tags and references to characters; missing if it has none.
fn plain(text: &str) -> Option<String> {
    if !text.contains(['<', '&']) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut href: Option<String> = None;
    let mut is_changed = false;
    for token in Tokenizer::new_with_emitter(text, DefaultEmitter::<usize>::new_with_span()) {
        let Ok(token) = token;
        match token {
            Token::String(shown) => {
                let shown = String::from_utf8_lossy(&shown.value);
                // A tag that is left out leaves one blank, and none at the start of a line.
                let is_apart = is_changed && (out.is_empty() || out.ends_with([' ', '\n']));
                out.push_str(if is_apart {
                    shown.trim_start_matches(' ')
                } else {
                    &shown
                });
            }
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if !TAGS.contains(&name.as_str()) {
                    out.push_str(text.get(tag.span.start..tag.span.end).unwrap_or_default());
                    continue;
                }
                is_changed = true;
                match name.as_str() {
                    "br" | "p" | "div" | "ul" | "ol" => line(&mut out, ""),
                    "li" => line(&mut out, "- "),
                    "code" | "kbd" | "tt" => out.push('`'),
                    "a" => {
                        let own = tag.attributes.get(&b"href"[..]);
                        href = own.map(|own| String::from_utf8_lossy(&own.value).into_owned());
                    }
                    _ => {}
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                match name.as_str() {
                    "code" | "kbd" | "tt" => out.push('`'),
                    "a" => {
                        if let Some(href) = href.take().filter(|href| {
                            href.starts_with("http") && !out.ends_with(href.as_str())
                        }) {
                            out.extend([" (", href.as_str(), ")"]);
                        }
                    }
                    name if TAGS.contains(&name) => {}
                    _ => out.push_str(text.get(tag.span.start..tag.span.end).unwrap_or_default()),
                }
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    let out = out.trim().to_owned();
    let has_references = !is_changed
        && out != text.trim()
        && out.len() < text.len()
        && text.contains('&')
        && text.contains(';');
    (is_changed || has_references).then_some(out)
}

/// Begins a line, unless the text is at the start of one.
fn line(out: &mut String, mark: &str) {
    let end = out.trim_end_matches(' ').len();
    out.truncate(end);
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    out.push_str(mark);
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn tags_are_left_out_and_names_in_angles_are_not() {
        for (text, expected) in [
            ("There is <b>no</b> pet", Some("There is no pet")),
            (
                "Use <code>GET</code><br/>or wait",
                Some("Use `GET`\nor wait"),
            ),
            (
                "See <a href=\"https://a.b/c\">the page</a>",
                Some("See the page (https://a.b/c)"),
            ),
            ("a &lt; b &amp; c", Some("a < b & c")),
            (
                "One <br> two <hr> <b></b> three",
                Some("One\ntwo <hr> three"),
            ),
            ("<ul><li>a</li><li>b</li></ul>", Some("- a\n- b")),
            ("No pet <pet-id>", None),
            ("a < b && c > d", None),
        ] {
            assert_eq!(plain(text).as_deref(), expected, "{text}");
        }
    }
}

//! Names as pages and tables show them, with marks that are no part of them.

use heck::ToUpperCamelCase;

use super::deprecated::{self, deprecate};
use super::model::{Place, Row, row_of};
use super::text::STRUCK;

/// A name without the marks of a page, and whether they deprecate it.
pub(super) fn name(text: &str) -> (String, bool) {
    let visible: String = text.chars().filter_map(visible).collect();
    let (bare, is_marked) = deprecated::marked(&visible);
    let is_deprecated = is_marked || text.contains(STRUCK);
    let mut bare = bare.trim();
    loop {
        let shorter = bare.trim_matches(is_quote).trim_end_matches(is_note).trim();
        let shorter = without_reference(shorter);
        if shorter.len() == bare.len() {
            break;
        }
        bare = shorter;
    }
    let bare = if bare.trim_matches(['-', '–', '—']).is_empty() {
        ""
    } else {
        bare
    };
    (bare.to_owned(), is_deprecated)
}

/// A character as a reader sees it; missing if it is invisible.
fn visible(c: char) -> Option<char> {
    match c {
        '\u{A0}' | '\u{2007}' | '\u{202F}' | '\n' | '\t' => Some(' '),
        '\u{2010}' | '\u{2011}' | '\u{2212}' => Some('-'),
        STRUCK | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => None,
        c => Some(c),
    }
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '`' | '"' | '\'' | '*' | '“' | '”' | '„' | '‘' | '’' | '«' | '»'
    )
}

/// Whether the character is a mark of a footnote, or ends a name before its explanation.
fn is_note(c: char) -> bool {
    matches!(
        c,
        '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '†' | '‡' | '§' | ':' | ',' | ';'
    )
}

/// The text without a reference at its end, such as `[1]`.
fn without_reference(text: &str) -> &str {
    let reference = text
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['));
    match reference {
        Some((bare, number)) if !bare.is_empty() && is_number(number.trim_start_matches('^')) => {
            bare.trim_end()
        }
        _ => text,
    }
}

/// Whether a text is a whole number of digits.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The rows of a cell of codes: it may have several names, and a text behind a name. `cell` may have code in backticks.
pub(super) fn rows(place: &Place, cell: &str) -> Vec<Row> {
    let (mut whole, is_deprecated) = name(cell);
    if whole.is_empty() {
        return Vec::new();
    }
    if is_thousands(&whole) {
        whole = whole.replace(',', "");
    }
    let several = parts(cell);
    if several.len() > 1 {
        let rows = several.into_iter().map(|(name, is_deprecated)| {
            let mut row = row_of(place, &name);
            if is_deprecated {
                deprecate(&mut row);
            }
            let what = "the row has several codes: review whether it describes each";
            row.undecided.push(what.to_owned());
            row
        });
        return rows.collect();
    }
    let mut row = match explained(&whole) {
        Some((bare, text)) => {
            let mut row = row_of(place, &bare);
            if let Some(note) = deprecated::note(&text) {
                deprecated::take(&mut row, &note);
                return vec![row];
            }
            if is_number(&bare) {
                row.constant = Some(text.to_upper_camel_case());
            }
            row.message = Some(text);
            row
        }
        None => row_of(place, &whole),
    };
    if is_deprecated {
        deprecate(&mut row);
    }
    vec![row]
}

/// The names of a cell that has several; else one part or none.
fn parts(cell: &str) -> Vec<(String, bool)> {
    if is_thousands(&name(cell).0) {
        return Vec::new();
    }
    let adjacent = cell.replace("` `", "`\n`").replace("`, `", "`\n`");
    // `a, b & c`, and `a, b, and c`
    let listed = cell.replace(", and ", ", ").replace(", or ", ", ");
    let listed = listed.replace(" & ", ", ").replace(" and ", ", ");
    let listed = listed.replace(" or ", ", ");
    for gap in ["\n", " / ", " | ", ", ", "; ", " or ", ","] {
        let texts = match gap {
            "\n" => &adjacent,
            ", " => &listed,
            _ => cell,
        };
        let parts: Vec<_> = texts.split(gap).map(name).collect();
        if parts.len() > 1 && parts.iter().all(|(name, _)| is_one(name)) {
            return parts;
        }
    }
    Vec::new()
}

/// Whether a text is one number whose thousands a comma separates, such as `1,000`. Codes have no zeros in front.
fn is_thousands(text: &str) -> bool {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let is_first = is_number(first) && first.len() <= 3;
    let rest: Vec<_> = groups.collect();
    is_first
        && rest
            .iter()
            .all(|group| group.len() == 3 && is_number(group))
        && rest.iter().any(|group| group.starts_with('0'))
}

/// The first and the last name of a range, such as `1004–1006`, `4-6`, `100..102` and `E1 to E3`.
pub(super) fn range(cell: &str) -> Option<(String, String)> {
    let gaps = [
        " – ",
        " — ",
        "–",
        "—",
        "...",
        "..",
        "…",
        " to ",
        " through ",
        " - ",
        "-",
    ];
    gaps.into_iter().find_map(|gap| {
        let (first, last) = cell.split_once(gap)?;
        let (first, last) = (name(first).0, name(last).0);
        // Behind a hyphen is often a part of the name.
        let is_plain = gap.trim() != "-" || is_number(&first) && !first.starts_with('-');
        let ((start, low), (end, high)) = (numbered(&first)?, numbered(&last)?);
        let is_alike = start == end || end.is_empty();
        (is_plain && is_alike && low < high).then_some((first, last))
    })
}

/// The parts of a name that ends in a number without zeros in front.
fn numbered(name: &str) -> Option<(&str, u64)> {
    let start = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &name[start.len()..];
    let is_sound = is_one(name) && (number == "0" || !number.starts_with('0') || !start.is_empty());
    is_sound
        .then(|| number.parse().ok())?
        .map(|number| (start, number))
}

/// Whether a text is one name: a word without blanks.
fn is_one(name: &str) -> bool {
    !name.is_empty() && !name.contains(char::is_whitespace)
}

/// A name and the text behind it, as in `503 (Service Unavailable)` and `E1: Bad thing`.
pub(super) fn explained(text: &str) -> Option<(String, String)> {
    let gaps = [" (", ": ", " - ", " – ", " — ", " "];
    let (bare, rest) = gaps.iter().find_map(|gap| {
        let (bare, rest) = text.split_once(gap)?;
        let is_plain = *gap != " " || is_number(bare);
        (is_one(bare) && is_plain).then_some((bare, rest))
    })?;
    let (bare, _) = name(bare);
    let rest = rest.trim().trim_end_matches(')').trim();
    let says = rest.chars().any(char::is_alphabetic) && !bare.is_empty();
    says.then(|| (bare, rest.to_owned()))
}

/// A status in parentheses at the start of a text, or after the word HTTP, and the text behind it.
pub(super) fn status_before(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let bare = text.strip_prefix('(').unwrap_or(text);
    let bare = bare.strip_prefix("HTTP ").unwrap_or(bare);
    let is_marked = bare.len() < text.len();
    let (number, rest) = bare.split_at_checked(3)?;
    let status = super::model::status(&number.into());
    let is_apart = rest.is_empty() || rest.starts_with([')', ':', ' ']);
    (is_marked && is_apart && status.is_some()).then(|| {
        let rest = rest.trim_start_matches([')', ':', ' ', '-', '–', '—']);
        (number.to_owned(), rest.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_a_page_are_no_part_of_a_name() {
        for (shown, expected) in [
            ("`a_b`", "a_b"),
            ("“a_b”", "a_b"),
            ("**a_b**¹", "a_b"),
            ("a\u{200B}_b\u{FEFF} [2]", "a_b"),
            ("`a_b`:", "a_b"),
            ("a\u{2011}b", "a-b"),
            ("\u{2212}1", "-1"),
            ("`-32001`", "-32001"),
            (" — ", ""),
        ] {
            assert_eq!(name(shown).0, expected, "{shown}");
        }
        assert_eq!(name("`a` (deprecated)"), ("a".to_owned(), true));
    }

    #[test]
    fn a_range_is_no_name() {
        for cell in ["1004–1006", "4-6", "100..102", "`E1` – `E3`", "E1 to E3"] {
            assert!(range(cell).is_some(), "{cell}");
        }
        for cell in [
            "-1", "-32001", "a-b", "404-1", "E1-2", "21-001", "v1..v1", "a – b",
        ] {
            assert_eq!(range(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_cell_may_have_several_names_or_a_text() {
        let place = Place::Line(1);
        let names = |cell: &str| {
            let rows = rows(&place, cell).into_iter();
            rows.map(|row| row.code.wire()).collect::<Vec<_>>()
        };
        assert_eq!(names("`a` / `b`"), ["a", "b"]);
        assert_eq!(names("`a` `b`"), ["a", "b"]);
        assert_eq!(names("a, b, c"), ["a", "b", "c"]);
        assert_eq!(names("a or b"), ["a", "b"]);
        assert_eq!(names("503 (Service Unavailable)"), ["503"]);
        assert_eq!(names("-1 (Unknown)"), ["-1"]);
        assert_eq!(names("-1, -2"), ["-1", "-2"]);
        assert_eq!(names("a b"), ["a b"]);
        assert_eq!(names("5001, 5002 & 5003"), ["5001", "5002", "5003"]);
        assert_eq!(
            names("e-one, e-two and e-three"),
            ["e-one", "e-two", "e-three"]
        );
        assert_eq!(names("a, b, and c"), ["a", "b", "c"]);
        assert_eq!(names("1,000"), ["1000"]);
        assert_eq!(names("100,200"), ["100", "200"]);
        assert_eq!(names("--"), [""; 0]);
        let row = &rows(&place, "6001 (deprecated since v2)")[0];
        assert!(row.stated.contains_key("deprecated") && row.message.is_none());
        let row = &rows(&place, "503 (Service Unavailable)")[0];
        assert_eq!(row.constant.as_deref(), Some("ServiceUnavailable"));
        assert_eq!(row.message.as_deref(), Some("Service Unavailable"));
    }
}

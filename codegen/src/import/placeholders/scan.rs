//! Finds placeholders in a message.

use heck::ToSnakeCase;

use super::Placeholders;
use crate::resolve::names::is_argument;

/// A variable part of a message.
pub(super) enum Found {
    Named {
        style: Placeholders,
        name: String,
        kind: &'static str,
        /// Whether it also says how the value looks.
        is_shorter: bool,
    },
    /// The part with this number, counting from 0, or the next one.
    Position {
        style: Placeholders,
        at: Option<usize>,
        kind: &'static str,
        is_shorter: bool,
    },
    /// An escaped sign.
    Text(&'static str),
}

/// The text before the first placeholder of these styles, the placeholder, and the text behind it.
pub(super) fn next<'a>(
    text: &'a str,
    styles: &[Placeholders],
) -> Option<(&'a str, Found, &'a str)> {
    let has = |style| styles.contains(&style);
    let mut from = 0;
    while let Some(at) = text[from..].find(['%', '$', '{', '<']).map(|at| from + at) {
        let rest = &text[at..];
        let is_after_digit = text[..at].ends_with(|c: char| c.is_ascii_digit());
        let found = match rest.as_bytes()[0] {
            b'%' => {
                let percent = || percent(rest).filter(|_| has(Placeholders::Percent));
                let verb = || printf(rest, is_after_digit).filter(|_| has(Placeholders::Printf));
                percent().or_else(verb)
            }
            b'$' => has(Placeholders::Dollar)
                .then(|| in_braces(rest, "${", Placeholders::Dollar))
                .flatten(),
            b'<' => has(Placeholders::Angles).then(|| angles(rest)).flatten(),
            _ => braces(rest, styles),
        };
        if let Some((found, length)) = found {
            return Some((&text[..at], found, &rest[length..]));
        }
        // Doubled braces are text, both of them.
        from = at + if rest.starts_with("{{") { 2 } else { 1 };
    }
    None
}

/// Whether a message has `{name}`.
pub(super) fn has_single_braces(text: &str) -> bool {
    let plain = text.replace("{{", "").replace("}}", "");
    let mut parts = plain.split('{').skip(1);
    parts.any(|part| {
        part.split_once('}')
            .is_some_and(|(name, _)| is_argument(name))
    })
}

/// Whether a message has `{{name}}`.
pub(super) fn has_double_braces(text: &str) -> bool {
    let mut parts = text.split("{{").skip(1);
    parts.any(|part| {
        part.split_once("}}")
            .is_some_and(|(name, _)| argument(name).is_some())
    })
}

/// Whether a message has a verb such as `%T`, which is not known, and stands alone.
pub(super) fn has_unknown_verb(text: &str) -> bool {
    let plain = text.replace("%%", "");
    let mut parts = plain.split('%');
    let mut before = parts.next().unwrap_or_default();
    parts.any(|part| {
        let is_share = before.ends_with(|c: char| c.is_ascii_digit());
        before = part;
        let mut behind = part.chars();
        let is_verb = behind
            .next()
            .is_some_and(|c| c.is_ascii_alphabetic() && kind(c).is_none());
        is_verb && !is_share && !behind.next().is_some_and(char::is_alphanumeric)
    })
}

/// A name as the catalog has it.
fn argument(name: &str) -> Option<String> {
    let name = name.trim();
    if is_argument(name) {
        return Some(name.to_owned());
    }
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '));
    let snake = name.to_snake_case();
    (is_name && is_argument(&snake)).then_some(snake)
}

fn named(style: Placeholders, name: &str, kind: &'static str) -> Option<Found> {
    Some(Found::Named {
        style,
        name: argument(name)?,
        kind,
        is_shorter: false,
    })
}

/// `${name}` and others that begin so.
fn in_braces(rest: &str, start: &str, style: Placeholders) -> Option<(Found, usize)> {
    let inner = rest.strip_prefix(start)?;
    let end = inner.find('}')?;
    let found = named(style, &inner[..end], "string")?;
    Some((found, start.len() + end + 1))
}

/// `%(name)s` and `%{name}`.
fn percent(rest: &str) -> Option<(Found, usize)> {
    if rest.starts_with("%{") {
        return in_braces(rest, "%{", Placeholders::Percent);
    }
    let inner = rest.strip_prefix("%(")?;
    let end = inner.find(')')?;
    let behind = &inner[end + 1..];
    let verb_at = behind.find(|c: char| c.is_ascii_alphabetic())?;
    let kind = kind(behind[verb_at..].chars().next()?)?;
    let format = &behind[..verb_at];
    let is_format = format
        .chars()
        .all(|c| c.is_ascii_digit() || "-+#.".contains(c));
    let name = argument(&inner[..end]).filter(|_| is_format)?;
    let found = Found::Named {
        style: Placeholders::Percent,
        name,
        kind,
        is_shorter: !format.is_empty(),
    };
    Some((found, 2 + end + 1 + verb_at + 1))
}

/// `%[position$][flags][width][.precision][length]verb`, and `%%`. A blank is no flag here: it follows a percentage.
fn printf(rest: &str, is_after_digit: bool) -> Option<(Found, usize)> {
    let inner = &rest[1..];
    if inner.starts_with('%') {
        return Some((Found::Text("%"), 2));
    }
    if is_after_digit {
        return None;
    }
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let (at, format) = match inner[digits..].strip_prefix('$') {
        Some(format) if digits > 0 => (inner[..digits].parse::<usize>().ok(), format),
        _ => (None, inner),
    };
    // Go has positions in brackets.
    let (at, format) = match format
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((number, format)) => (Some(number.parse::<usize>().ok()?), format),
        None => (at, format),
    };
    let length = format
        .bytes()
        .take_while(|b| b"0123456789-+#.*'".contains(b))
        .count();
    let verb = format[length..].trim_start_matches(['l', 'h', 'z', 'j']);
    let c = verb.chars().next()?;
    let kind = kind(c)?;
    let behind = &verb[1..];
    // `100%disk` and `%started` are words, `%ds` and `%dms` have a unit.
    let is_word = behind.starts_with(|c: char| c.is_ascii_alphabetic());
    let word: String = behind
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    if is_word
        && !matches!(
            word.as_str(),
            "s" | "ms" | "us" | "ns" | "m" | "h" | "b" | "B" | "KB" | "MB" | "GB" | "px"
        )
    {
        return None;
    }
    let found = Found::Position {
        style: Placeholders::Printf,
        at: at.map(|at| at.saturating_sub(1)),
        kind,
        is_shorter: length > 0,
    };
    Some((found, rest.len() - behind.len()))
}

/// The kind that a verb tells.
fn kind(verb: char) -> Option<&'static str> {
    Some(match verb {
        'd' | 'i' => "i64",
        'u' => "u64",
        'f' | 'F' | 'e' | 'E' | 'g' | 'G' => "f64",
        't' => "bool",
        's' | 'q' | 'v' | 'x' | 'X' | 'o' | 'c' | 'r' | 'p' | 'w' | '@' => "string",
        _ => return None,
    })
}

/// `<name>`, if it is no tag. One with a capital is an element of a body, such as `<Play>`.
fn angles(rest: &str) -> Option<(Found, usize)> {
    let inner = &rest[1..];
    let end = inner.find('>')?;
    let name = &inner[..end];
    let is_name = name.len() < 40 && name.starts_with(|c: char| c.is_ascii_lowercase());
    let found = named(Placeholders::Angles, name, "string").filter(|_| is_name)?;
    Some((found, end + 2))
}

/// `{0}`, `{}`, `{{name}}`, and those of ICU.
fn braces(rest: &str, styles: &[Placeholders]) -> Option<(Found, usize)> {
    let has = |style| styles.contains(&style);
    if let Some(inner) = rest.strip_prefix("{{") {
        let end = inner.find("}}")?;
        let name = inner[..end].trim().trim_start_matches(['.', '#', '/', '{']);
        let found = named(Placeholders::Mustache, name, "string")
            .filter(|_| has(Placeholders::Mustache))?;
        let length = if inner[end..].starts_with("}}}") {
            3
        } else {
            2
        };
        return Some((found, 2 + end + length));
    }
    let end = closing(rest)?;
    let inner = &rest[1..end];
    let number = inner.split([':', ',']).next().unwrap_or_default();
    let is_number = number.bytes().all(|b| b.is_ascii_digit()) && number.len() < 4;
    if is_number && has(Placeholders::Numbers) && !inner.contains('{') {
        let found = Found::Position {
            style: Placeholders::Numbers,
            at: number.parse().ok(),
            kind: "string",
            is_shorter: number.len() < inner.len(),
        };
        return Some((found, end + 1));
    }
    let (name, format) = inner.split_once(',').filter(|_| has(Placeholders::Icu))?;
    let word = format.trim().split([',', ' ']).next().unwrap_or_default();
    let kind = match word {
        "plural" | "selectordinal" | "choice" => "i64",
        "number" => "f64",
        "date" | "time" | "select" | "duration" | "spellout" => "string",
        _ => return None,
    };
    let name = if name.trim().bytes().all(|b| b.is_ascii_digit()) {
        format!("value{}", name.trim())
    } else {
        argument(name)?
    };
    let found = Found::Named {
        style: Placeholders::Icu,
        name,
        kind,
        is_shorter: true,
    };
    Some((found, end + 1))
}

/// The position of the brace that closes the first one.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        // A text of plurals is short; an open brace may be far from a closed one.
        if at > 4096 {
            return None;
        }
    }
    None
}

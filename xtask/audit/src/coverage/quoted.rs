//! The strings of a program in any language, with what they are compared with.
//!
//! A string that is not closed in its line is skipped: a quotation mark can be a part of a regular expression, or of
//! text. So a mistake costs at most one line.

use std::ops::Range;

use super::language::Syntax;

/// A string of a program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Quoted<'a> {
    /// What is between the quotation marks, as it is written.
    pub(crate) text: &'a str,
    /// Where that is, in bytes.
    pub(crate) range: Range<usize>,
    /// What the program does with it.
    pub(crate) used: Use,
    /// Whether the string is where a code is expected: the value of `code`, or compared with it.
    pub(crate) is_code: bool,
}

/// What a program does with a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// The string is a value, which can be sent.
    Value,
    /// The string is compared with a value, selects a branch, or is the key of a table.
    Compared,
}

/// The strings of a text, in its order.
pub(crate) fn strings(text: &str, syntax: Syntax) -> impl Iterator<Item = Quoted<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
            if let Some(end) = comment(rest, syntax) {
                at += end;
                continue;
            }
            if let Some((inner, end)) = string(rest, syntax) {
                let range = at + inner.start..at + inner.end;
                let (before, after) = (&text[..at], &text[at + end..]);
                at += end;
                return Some(Quoted {
                    text: &text[range.clone()],
                    range,
                    used: used(before, after),
                    is_code: is_code(before),
                });
            }
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    })
}

/// The length of a comment at the beginning of a text.
fn comment(text: &str, syntax: Syntax) -> Option<usize> {
    if let Some((start, end)) = syntax.block_comment
        && let Some(inner) = text.strip_prefix(start)
    {
        let length = inner.find(end).map(|at| start.len() + at + end.len());
        return Some(length.unwrap_or(text.len()));
    }
    let mut starts = syntax.line_comments.iter();
    let begins = starts.any(|start| text.starts_with(start));
    begins.then(|| text.find('\n').unwrap_or(text.len()))
}

/// The range of what is in a string at the beginning of a text, and its whole length.
fn string(text: &str, syntax: Syntax) -> Option<(Range<usize>, usize)> {
    let first = text.chars().next()?;
    if first == ':' && syntax.has_symbols {
        return symbol(text);
    }
    if first == '\'' && !syntax.quotes.contains(&first) {
        return character(text);
    }
    if !syntax.quotes.contains(&first) {
        return None;
    }
    let triple = String::from(first).repeat(3);
    if syntax.has_triple_quotes && text.starts_with(&triple) {
        let end = text[3..].find(&triple)? + 3;
        return Some((3..end, end + 3));
    }
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\n' if first != '`' => return None,
            _ if c == first => return Some((1..at, at + 1)),
            _ => {}
        }
    }
    None
}

/// A value such as `:name`, or the second colon of `::`.
fn symbol(text: &str) -> Option<(Range<usize>, usize)> {
    let name = text.strip_prefix(':')?;
    if name.starts_with(':') {
        return Some((1..1, 2));
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let length = name.find(|c| !is_part(c)).unwrap_or(name.len());
    let begins = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    begins.then_some((1..length + 1, length + 1))
}

/// A character in single quotation marks, such as `'"'`, in a language whose strings have other ones.
fn character(text: &str) -> Option<(Range<usize>, usize)> {
    let mut characters = text.char_indices().skip(1);
    let (_, first) = characters.next()?;
    let (mut end, mut last) = characters.next()?;
    if first == '\\' {
        // Escapes have up to ten characters, such as `\u{10FFFF}`.
        (end, last) = characters.take(10).find(|(_, c)| *c == '\'')?;
    }
    (last == '\'').then_some((1..1, end + 1))
}

/// What a program does with the string between two texts.
pub(crate) fn used(before: &str, after: &str) -> Use {
    const BEFORE: [&str; 12] = [
        "==", "!=", "=~", "~=", "case", "when", "is", "in", "eq", "ne", "equals(", "Equals(",
    ];
    const AFTER: [&str; 5] = ["==", "!=", "=>", "->", ":"];
    let (before, after) = (before.trim_end(), after.trim_start());
    let compared = BEFORE.iter().any(|end| ends_with(before, end))
        || AFTER.iter().any(|start| after.starts_with(start))
        // A type of TypeScript, or the pattern of a branch.
        || before.ends_with('|') && !before.ends_with("||")
        || after.starts_with('|') && !after.starts_with("||")
        || is_in_list(before, after);
    if compared { Use::Compared } else { Use::Value }
}

/// Whether a text ends with a word or an operator.
fn ends_with(text: &str, end: &str) -> bool {
    let is_word = end.starts_with(|c: char| c.is_alphabetic());
    let rest = text.strip_suffix(end);
    rest.is_some_and(|rest| !is_word || !rest.ends_with(is_name))
}

/// Whether a value is looked up in the list with the string: `case "a", "b":`, `in ("a", "b")` or
/// `["a", "b"].includes(code)`.
fn is_in_list(before: &str, after: &str) -> bool {
    const LOOKUPS: [&str; 7] = [
        ".includes(",
        ".contains(",
        ".Contains(",
        ".has(",
        ".indexOf(",
        ".include?",
        ".member?",
    ];
    let is_list = |c: char| is_name(c) || c.is_whitespace() || "\"'`:,-".contains(c);
    let head = before.trim_end_matches(is_list);
    let list = &before[head.len()..];
    let line = list.rsplit('\n').next().unwrap_or_default();
    let mut words = line.split_whitespace();
    if words
        .next()
        .is_some_and(|first| ["case", "when"].contains(&first))
    {
        return true;
    }
    let opened = head.trim_end_matches(['(', '[', '{']);
    if opened.len() < head.len() && ends_with(opened.trim_end(), "in") {
        return true;
    }
    let tail = after.trim_start_matches(is_list);
    let closed = tail.trim_start_matches([')', ']', '}']);
    closed.len() < tail.len() && LOOKUPS.iter().any(|lookup| closed.starts_with(lookup))
}

/// Whether a string after this text is where a code is expected, as after `code: `, `"code", ` and `code === `.
pub(crate) fn is_code(before: &str) -> bool {
    let is_between = |c: char| c.is_whitespace() || "\"'`=!:,()[]?".contains(c);
    let name = before.trim_end_matches(is_between);
    // Something must be between the name and the string.
    let between = &before[name.len()..];
    let Some(rest) = name
        .strip_suffix("code")
        .or_else(|| name.strip_suffix("Code"))
    else {
        return false;
    };
    let is_whole = !rest.ends_with(is_name) || rest.ends_with("error_") || rest.ends_with("error");
    is_whole && between.contains(|c| "=:,([".contains(c))
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::language::{Kind, kind};
    use super::{Use, strings};

    /// The strings of a text in the language of an extension, with their uses, and whether a code is expected.
    fn read<'a>(extension: &str, text: &'a str) -> Vec<(&'a str, Use, bool)> {
        let Some(Kind::Program(syntax)) = kind(Path::new(&format!("file.{extension}"))) else {
            panic!("not a program: {extension}");
        };
        let strings = strings(text, syntax).filter(|found| !found.text.is_empty());
        strings
            .map(|found| (found.text, found.used, found.is_code))
            .collect()
    }

    fn uses(extension: &str, text: &str) -> Vec<Use> {
        let found = read(extension, text).into_iter();
        let found = found.filter(|(text, ..)| *text == "a_b");
        found.map(|(_, used, _)| used).collect()
    }

    #[test]
    fn a_value_is_in_any_quotation_marks() {
        for (extension, text) in [
            ("ts", r#"throw new ApiError("a_b")"#),
            ("ts", "throw new ApiError('a_b')"),
            ("ts", "throw new ApiError(`a_b`)"),
            ("ts", r#"return { code: "a_b" }"#),
            ("ts", "const text = `first\n${x}`; fail('a_b')"),
            ("py", r#"raise ApiError("a_b")"#),
            ("py", r#"raise ApiError("""a_b""")"#),
            ("py", "x = '''it's \n ''' + f('a_b')"),
            ("go", "return apiError(`a_b`)"),
            ("go", r#"c := '"'; return apiError("a_b")"#),
            ("go", r#"c := '\''; return apiError("a_b")"#),
            ("java", r#"throw new ApiException("a_b"); // it's"#),
            ("rb", "raise ApiError.new(:a_b)"),
            ("rb", "raise Api::Error, 'a_b'"),
            ("ex", "{:error, :a_b}"),
            ("php", "throw new ApiException('a_b'); # it's"),
            ("lua", r#"error({ code = "a_b" }) -- it's"#),
            ("js", "const quote = /[\"']/;\nfail(\"a_b\")"),
        ] {
            assert_eq!(uses(extension, text), [Use::Value], "{extension}: {text}");
        }
    }

    #[test]
    fn a_comparison_a_branch_and_a_key_send_nothing() {
        for (extension, text) in [
            ("ts", r#"if (error.code === "a_b") {}"#),
            ("ts", r#"if ("a_b" !== error.code) {}"#),
            ("ts", r#"case "a_b":"#),
            ("ts", r#"case "other", "a_b":"#),
            ("ts", r#"const texts = { "a_b": "The text" }"#),
            ("ts", r#"type Code = "other" | "a_b""#),
            ("ts", r#"if (["other", "a_b"].includes(code)) {}"#),
            ("py", r#"if code in ("other", "a_b"):"#),
            ("py", "if code == 'a_b':"),
            ("rb", "when :a_b then retry"),
            ("rb", "when :other, :a_b"),
            ("java", r#"if (code.equals("a_b")) {}"#),
            ("kt", r#""a_b" -> retry()"#),
            ("php", "'a_b' => 'The text',"),
        ] {
            assert_eq!(
                uses(extension, text),
                [Use::Compared],
                "{extension}: {text}"
            );
        }
    }

    #[test]
    fn a_comment_and_a_part_of_a_string_are_not_strings() {
        for (extension, text) in [
            ("ts", r#"// "a_b""#),
            ("ts", "/* \"a_b\"\n'a_b' */"),
            ("py", "# 'a_b'"),
            ("sh", r#"echo 1 # "a_b""#),
            ("ts", r#""say \"a_b\" now""#),
            ("ts", r#"log("a_b failed")"#),
            ("go", "'a_b'"),
        ] {
            assert_eq!(uses(extension, text), [], "{extension}: {text}");
        }
    }

    #[test]
    fn a_code_is_expected_after_the_name_code() {
        for (text, expected) in [
            (r#"({ code: "x" })"#, true),
            (r#"({ "code": "x" })"#, true),
            (r#"error.code === "x""#, true),
            (r#"assertEquals(body["code"], "x")"#, true),
            (r#"new Error(errorCode = "x")"#, true),
            (r#"({ barcode: "x" })"#, false),
            (r#"({ codec: "x" })"#, false),
            (r#"f("x")"#, false),
        ] {
            let found = read("ts", text).pop().expect("a string");
            assert_eq!((found.0, found.2), ("x", expected), "{text}");
        }
    }
}

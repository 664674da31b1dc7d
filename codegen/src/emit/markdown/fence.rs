//! Blocks of code on a page.

/// A body for a fence. Adjacent braces appear only in strings.
pub(super) fn fenced(body: &str) -> String {
    part_braces(body, "\\u007b")
}

/// A text without adjacent braces, which mdBook would read as a command, even in a fence.
pub(super) fn part_braces(text: &str, escape: &str) -> String {
    if !text.contains("{{") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '{' && chars.peek() == Some(&'{') {
            out.push_str(escape);
        } else {
            out.push(c);
        }
    }
    out
}

//! The lines of block scalars (`|` and `>`), as they are written.

use super::cst::Block;

/// The end of the line that contains `from`, and the start of the next line.
pub(super) fn line(text: &str, from: usize) -> (usize, usize) {
    let rest = &text[from..];
    let Some(end) = rest.find(['\n', '\r']) else {
        return (text.len(), text.len());
    };
    let width = if rest[end..].starts_with("\r\n") {
        2
    } else {
        1
    };
    (from + end, from + end + width)
}

/// The line break at the end of the line that contains `from`, else the first of the text, else `\n`.
pub(super) fn line_break(text: &str, from: usize) -> &str {
    let breaks = [from, 0].map(|from| line(text, from));
    let mut breaks = breaks.into_iter().map(|(end, next)| &text[end..next]);
    breaks.find(|found| !found.is_empty()).unwrap_or("\n")
}

/// Reads the block scalar whose header begins at `start`; returns its end too. `column` is the column of its entry or
/// item.
pub(super) fn read(text: &str, start: usize, column: usize) -> (Block<'_>, usize) {
    let (end, mut position) = line(text, start);
    let mut block = Block {
        style: '|',
        chomping: None,
        lines: Vec::new(),
    };
    let mut indent = None;
    for sign in text[start..end].chars() {
        match sign {
            '|' | '>' => block.style = sign,
            '+' | '-' => block.chomping = Some(sign),
            digit @ '1'..='9' => {
                indent = digit.to_digit(10).map(|width| column + width as usize);
            }
            _ => break,
        }
    }
    let mut kept = (0, position);
    while position < text.len() {
        let (end, next) = line(text, position);
        let written = &text[position..end];
        let depth = written.len() - written.trim_start_matches(' ').len();
        if depth < written.len() {
            let indent = *indent.get_or_insert(depth.max(column + 1));
            if depth < indent {
                break;
            }
        }
        // A line of spaces has content only if it is longer than the indentation.
        let inside = indent
            .and_then(|indent| written.get(indent..))
            .unwrap_or_default();
        block.lines.push(inside);
        position = next;
        if !inside.is_empty() || block.chomping == Some('+') {
            kept = (block.lines.len(), position);
        }
    }
    block.lines.truncate(kept.0);
    (block, kept.1)
}

//! JSON strings, escaped as `serde_json` escapes them.

/// Adds `text` as the inside of a JSON string.
///
/// Runs that need no escape are copied whole.
pub(crate) fn push_escaped(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let mut copied = 0;
    loop {
        let at = copied + clean_prefix(&bytes[copied..]);
        // Only ASCII bytes are escaped, so both ends are character boundaries.
        out.push_str(&text[copied..at]);
        let Some(byte) = bytes.get(at) else {
            return;
        };
        push_escape(*byte, out);
        copied = at + 1;
    }
}

/// How many bytes come before the first that needs an escape: a control character, quote or
/// backslash.
///
/// Eight bytes are looked at in a step; the last step looks at the last eight, of which some were
/// seen before.
pub(crate) fn clean_prefix(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(word) = bytes[at..].first_chunk::<8>() {
        match dirty(u64::from_le_bytes(*word)) {
            0 => at += 8,
            flags => return at + first_flag(flags),
        }
    }
    if let Some(word) = bytes.last_chunk::<8>() {
        return match dirty(u64::from_le_bytes(*word)) {
            0 => bytes.len(),
            flags => bytes.len() - 8 + first_flag(flags),
        };
    }
    let dirty = |byte: &u8| matches!(byte, 0x00..=0x1F | b'"' | b'\\');
    bytes.iter().position(dirty).unwrap_or(bytes.len())
}

/// The high bit of each byte that needs an escape. Above the lowest of them there may be false
/// ones.
const fn dirty(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGHS: u64 = ONES * 0x80;
    // A byte of the difference has its high bit set where the byte is smaller than the subtrahend,
    // unless the byte had it set itself; borrows only ever add false flags above true ones.
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let quote = word ^ (ONES * b'"' as u64);
    let quote = quote.wrapping_sub(ONES) & !quote;
    let backslash = word ^ (ONES * b'\\' as u64);
    let backslash = backslash.wrapping_sub(ONES) & !backslash;
    (control | quote | backslash) & HIGHS
}

/// The position of the byte that the lowest flag stands for.
const fn first_flag(flags: u64) -> usize {
    (flags.trailing_zeros() / 8) as usize
}

/// Adds the escape of a byte: the letter behind the backslash is `u` for characters that have none
/// of their own.
fn push_escape(byte: u8, out: &mut String) {
    let escape = match byte {
        0x08 => "\\b",
        0x0C => "\\f",
        b'\n' => "\\n",
        b'\r' => "\\r",
        b'\t' => "\\t",
        b'"' => "\\\"",
        b'\\' => "\\\\",
        _ => {
            const DIGITS: &[u8; 16] = b"0123456789abcdef";
            out.push_str("\\u00");
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
            return;
        }
    };
    out.push_str(escape);
}

/// Adds a member with a text behind another: a comma, its name, and the text as a JSON string.
pub(crate) fn push_member(name: &str, text: &str, out: &mut String) {
    out.push_str(",\"");
    out.push_str(name);
    out.push_str("\":\"");
    push_escaped(text, out);
    out.push('"');
}

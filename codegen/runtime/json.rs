//! JSON strings, escaped as `serde_json` escapes them.

/// Adds `text` as the inside of a JSON string.
///
/// Eight bytes are looked at in a step; runs that need no escape are copied whole.
pub(crate) fn push_escaped(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let mut copied = 0;
    let mut at = 0;
    while at < bytes.len() {
        let word = bytes[at..].first_chunk::<8>();
        if word.is_some_and(|word| is_clean(u64::from_le_bytes(*word))) {
            at += 8;
            continue;
        }
        if let Some(escape) = escape(bytes[at]) {
            // Only ASCII bytes are escaped, so both ends are character boundaries.
            out.push_str(&text[copied..at]);
            push_escape(bytes[at], escape, out);
            copied = at + 1;
        }
        at += 1;
    }
    out.push_str(&text[copied..]);
}

/// Whether none of eight bytes needs an escape: no control character, quote or backslash.
const fn is_clean(word: u64) -> bool {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGHS: u64 = ONES * 0x80;
    // A byte of the difference has its high bit set where the byte is smaller than the subtrahend,
    // unless the byte had it set itself; borrows only ever add false alarms.
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let quote = word ^ (ONES * b'"' as u64);
    let quote = quote.wrapping_sub(ONES) & !quote;
    let backslash = word ^ (ONES * b'\\' as u64);
    let backslash = backslash.wrapping_sub(ONES) & !backslash;
    (control | quote | backslash) & HIGHS == 0
}

/// The letter behind the backslash, `u` for characters that have none of their own.
const fn escape(byte: u8) -> Option<char> {
    match byte {
        b'"' => Some('"'),
        b'\\' => Some('\\'),
        0x08 => Some('b'),
        0x0C => Some('f'),
        b'\n' => Some('n'),
        b'\r' => Some('r'),
        b'\t' => Some('t'),
        0x00..=0x1F => Some('u'),
        _ => None,
    }
}

fn push_escape(byte: u8, escape: char, out: &mut String) {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    out.push('\\');
    out.push(escape);
    if escape == 'u' {
        out.push_str("00");
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
}

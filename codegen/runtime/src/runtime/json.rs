//! JSON strings, escaped as `serde_json` escapes them.

/// Adds `text` as the content of a JSON string.
#[inline]
pub(crate) fn push_escaped(text: &str, out: &mut String) {
    let clean = clean_prefix(text.as_bytes());
    if clean == text.len() {
        out.push_str(text);
    } else {
        push_with_escapes(text, clean, out);
    }
}

/// Adds a string.
pub(crate) fn push_string(text: &str, out: &mut String) {
    out.push('"');
    push_escaped(text, out);
    out.push('"');
}

/// Adds a string that needs an escape after its first `clean` bytes. Runs without escape are copied
/// at once.
fn push_with_escapes(text: &str, mut clean: usize, out: &mut String) {
    let mut rest = text;
    loop {
        // Only ASCII bytes are escaped, so both ends are character boundaries.
        out.push_str(&rest[..clean]);
        let Some(byte) = rest.as_bytes().get(clean) else {
            return;
        };
        push_escape(*byte, out);
        rest = &rest[clean + 1..];
        clean = clean_prefix(rest.as_bytes());
    }
}

/// The number of bytes before the first that needs an escape: a control character, quote or
/// backslash.
#[inline]
pub(crate) fn clean_prefix(bytes: &[u8]) -> usize {
    match bytes.last_chunk::<8>() {
        Some(last) => clean_prefix_of_many(bytes, *last),
        None => clean_prefix_of_few(bytes),
    }
}

/// Checks sixteen bytes at a time, then eight.
fn clean_prefix_of_many(bytes: &[u8], last: [u8; 8]) -> usize {
    let mut rest = bytes;
    while let Some((block, after)) = rest.split_first_chunk() {
        if !is_clean(block) {
            break;
        }
        rest = after;
    }
    bytes.len() - rest.len() + clean_words(rest, last)
}

/// The same as [`clean_prefix`], faster if the prefix is as short as a name.
#[inline]
pub(crate) fn clean_name(bytes: &[u8]) -> usize {
    match bytes.last_chunk::<8>() {
        Some(last) => clean_words(bytes, *last),
        None => clean_prefix_of_few(bytes),
    }
}

/// Checks eight bytes at a time. The last step checks the last eight, which may begin before these bytes.
#[inline]
fn clean_words(bytes: &[u8], last: [u8; 8]) -> usize {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        match dirty(u64::from_le_bytes(*word)) {
            0 => rest = after,
            flags => return bytes.len() - rest.len() + first_flag(flags),
        }
    }
    match dirty(u64::from_le_bytes(last)) {
        0 => bytes.len(),
        flags => bytes.len() + first_flag(flags) - 8,
    }
}

/// Checks four bytes or more as the first and the last four.
fn clean_prefix_of_few(bytes: &[u8]) -> usize {
    let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) else {
        let needs_escape = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\');
        return bytes.iter().position(needs_escape).unwrap_or(bytes.len());
    };
    let [first, last] = [first, last].map(|four| u64::from(u32::from_le_bytes(*four)));
    match dirty(first | last << 32) {
        0 => bytes.len(),
        flags => match first_flag(flags) {
            place @ 0..4 => place,
            place => bytes.len() + place - 8,
        },
    }
}

/// Whether none of the bytes needs an escape. The loop has no branch, so that it is vectorised.
#[inline]
fn is_clean(block: &[u8; 16]) -> bool {
    let mut control_or_quote = false;
    let mut backslash = false;
    for byte in block {
        // With its second bit turned, the quote comes right after the control characters.
        control_or_quote |= *byte ^ 2 <= 0x20;
        backslash |= *byte == b'\\';
    }
    !(control_or_quote | backslash)
}

/// The high bit of each byte that needs an escape. Bits above the lowest may be false.
#[inline]
const fn dirty(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGHS: u64 = ONES * 0x80;
    // A byte of a difference has its high bit set where the byte is smaller than the subtrahend, unless the byte had
    // it set itself; borrows only ever add false flags above true ones. With its second bit turned, the quote comes
    // right after the control characters.
    let control_or_quote = (word ^ (ONES * 2)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    (control_or_quote | backslash) & !word & HIGHS
}

/// The position of the byte with the lowest flag.
const fn first_flag(flags: u64) -> usize {
    (flags.trailing_zeros() / 8) as usize
}

/// Adds the escape of a byte: a short one if JSON has it, else `\\u00XX`.
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

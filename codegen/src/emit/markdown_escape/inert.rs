//! The beginnings of texts that mean nothing to Markdown, which are copied byte by byte.

/// Whether a byte means nothing within a line: an escaped text copies it unless it begins a line.
static IS_INERT: [bool; 256] = {
    let mut inert = [false; 256];
    let mut byte = 0_u8;
    loop {
        inert[byte as usize] = matches!(
            byte,
            b'0'..=b'9'
            | b'A'..=b'Z'
            | b'a'..=b'z'
            | b','
            | b';'
            | b'\''
            | b'"'
            | b'('
            | b')'
            | b'@'
            | b'%'
            | b'/'
            | b'?'
            | b'!'
        );
        if byte == u8::MAX {
            break inert;
        }
        byte += 1;
    }
};

/// The length of the beginning of a text that is copied as it is, unless it begins a line: inert characters, and single
/// spaces between them.
pub(super) fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_inert = |byte: &u8| IS_INERT[usize::from(*byte)];
    let mut end = 0;
    loop {
        let rest = &bytes[end..];
        end += rest
            .iter()
            .position(|byte| !is_inert(byte))
            .unwrap_or(rest.len());
        match bytes.get(end..end + 2) {
            Some([b' ', next]) if is_inert(next) => end += 2,
            _ => return end,
        }
    }
}

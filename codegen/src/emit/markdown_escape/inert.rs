//! The beginnings of texts that mean nothing to Markdown, which are copied byte by byte.

/// What a byte means within a line: nothing, or nothing unless spaces follow, or something in some place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Inert,
    Space,
    Sign,
}

/// The class of each byte. Inert ones are those that an escaped text copies unless they begin a line.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Sign; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
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
            | b'!' => Class::Inert,
            b' ' => Class::Space,
            _ => Class::Sign,
        };
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

/// The length of the beginning of a text that is copied as it is, unless it begins a line: inert characters, and single
/// spaces between them.
pub(super) fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let class = |at: usize| bytes.get(at).map(|byte| CLASSES[usize::from(*byte)]);
    let mut end = 0;
    loop {
        end += match (class(end), class(end + 1)) {
            (Some(Class::Inert), _) => 1,
            (Some(Class::Space), Some(Class::Inert)) => 2,
            _ => return end,
        };
    }
}

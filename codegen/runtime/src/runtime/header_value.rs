//! Values of headers that contain arguments.
//!
//! The generator uses this file too.

/// The longest text of one argument in a header, in bytes: proxies refuse responses with large headers.
const LONGEST: usize = 256;

/// Adds the text of an argument to the value of a header.
///
/// Visible ASCII characters and spaces stay, except `"` and `\`, which would end or escape a quoted
/// string. Every other character is percent-encoded as UTF-8. What is beyond the longest text is cut off.
pub(crate) fn push_argument(text: &str, out: &mut String) {
    const HEXADECIMAL: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let end = out.len() + LONGEST;
    for character in text.chars() {
        let is_plain = character.is_ascii_graphic() || character == ' ';
        let mut bytes = [0; 4];
        let encoded = character.encode_utf8(&mut bytes);
        if is_plain && !matches!(character, '"' | '\\') {
            if out.len() + 1 > end {
                return;
            }
            out.push(character);
            continue;
        }
        if out.len() + 3 * encoded.len() > end {
            return;
        }
        for byte in encoded.bytes() {
            out.push('%');
            out.push(HEXADECIMAL[usize::from(byte >> 4)]);
            out.push(HEXADECIMAL[usize::from(byte & 15)]);
        }
    }
}

use crate::runtime::json::{clean_name, clean_prefix, push_escaped};

/// Strings of every length up to 40, with a special character at every position.
fn samples() -> impl Iterator<Item = String> {
    let specials = [
        "\"", "\\", "\n", "\u{0}", "\u{8}", "\u{c}", "\r", "\t", "\u{1f}", "\u{7f}", "ä", "💥",
    ];
    let lengths = (0..40).flat_map(|length| (0..=length).map(move |at| (length, at)));
    lengths.flat_map(move |(length, at)| {
        specials.map(|special| "x".repeat(at) + special + &"y".repeat(length - at))
    })
}

#[test]
fn strings_are_escaped_as_serde_json_escapes_them() {
    for text in samples() {
        let mut escaped = String::from("\"");
        push_escaped(&text, &mut escaped);
        escaped.push('"');
        assert_eq!(escaped, serde_json::to_string(&text).unwrap());
    }
}

#[test]
fn the_clean_prefix_ends_at_the_first_byte_that_needs_an_escape() {
    for text in samples() {
        let needs_escape = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
        let expected = text.bytes().position(needs_escape).unwrap_or(text.len());
        assert_eq!(clean_prefix(text.as_bytes()), expected, "{text:?}");
        assert_eq!(clean_name(text.as_bytes()), expected, "{text:?}");
    }
}

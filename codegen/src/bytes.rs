//! A look at all bytes of a text.

use memchr::memmem;

/// Whether a text contains a byte that fits a test.
///
/// All bytes are tested, in place of a search for the first one: the compiler tests sixteen of them at once. The test
/// should compare, and not look up a table.
pub(crate) fn any(text: &str, fits: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |found, byte| found | fits(byte))
}

/// Whether a text has no white space but single spaces, as most texts. The answer is no for all texts beyond ASCII, which
/// could have other white space.
pub(crate) fn has_single_spaces(text: &str) -> bool {
    let may_be_other_space = |byte| matches!(byte, b'\t'..=b'\r' | 0x80..);
    !any(text, may_be_other_space) && memmem::find(text.as_bytes(), b"  ").is_none()
}

//! A look at all bytes of a text.

/// Whether a text contains a byte that fits a test.
///
/// All bytes are tested, in place of a search for the first one: the compiler tests sixteen of them at once. The test
/// should compare, and not look up a table.
pub(crate) fn any(text: &str, fits: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |found, byte| found | fits(byte))
}

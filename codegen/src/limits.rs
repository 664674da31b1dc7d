//! Every bound of the library, once. What exceeds one is reported, never cut off in silence.

/// The deepest nesting of mappings and lists.
pub(crate) const MAX_DEPTH: usize = 16;
/// The longest text of one scalar, in bytes.
pub(crate) const MAX_TEXT_BYTES: usize = 16 * 1024;

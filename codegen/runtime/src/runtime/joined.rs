//! Many texts as one.

/// The texts of many codes. As strings of their own, they would be as many symbols to the compiler, and each would take
/// 40 bytes more.
pub(crate) struct Joined {
    /// The texts, each with a line break after it.
    pub(crate) text: &'static str,
    /// Where each text begins, and where another one would: four bytes each, the lowest first.
    pub(crate) starts: &'static [u8],
}

impl Joined {
    /// The text at a position. It has no panic, so what calls it for several fields pays for those that it uses.
    #[inline]
    pub(crate) const fn at(&self, position: usize) -> &'static str {
        let (start, end) = (self.start(position), self.start(position + 1));
        match self.text.split_at_checked(end.saturating_sub(1)) {
            Some((before_end, _)) => match before_end.split_at_checked(start) {
                Some((_, text)) => text,
                None => "",
            },
            None => "",
        }
    }

    /// The bytes of the text at a position: it costs less to compare them than to cut the text.
    #[allow(dead_code, reason = "namespaces have a table of names")]
    #[inline]
    pub(crate) fn bytes_at(&self, position: usize) -> &'static [u8] {
        &self.text.as_bytes()[self.start(position)..self.start(position + 1) - 1]
    }

    #[inline]
    const fn start(&self, position: usize) -> usize {
        match self.starts.split_at_checked(4 * position) {
            Some((_, rest)) => match rest.first_chunk() {
                Some(bytes) => u32::from_le_bytes(*bytes) as usize,
                None => 0,
            },
            None => 0,
        }
    }
}

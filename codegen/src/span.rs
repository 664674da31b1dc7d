//! The place of a piece of text: a range of bytes in one source.

/// The position of a source in [`Inputs::sources`](crate::Inputs::sources).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A half-open range of bytes in one source.
///
/// Both ends lie on character boundaries of the source's text. Lines and columns are not kept
/// here: they are worked out by [`report`](crate::report), the only place that needs them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source the range belongs to.
    pub source: SourceId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset of the byte after the last one.
    pub end: u32,
}

impl Span {
    /// A span over `start..end` of `source`.
    #[must_use]
    pub const fn new(source: SourceId, start: u32, end: u32) -> Self {
        Self { source, start, end }
    }

    /// A part of the span; `range` counts bytes from its start.
    #[must_use]
    pub(crate) fn part(self, range: std::ops::Range<usize>) -> Self {
        let offset = |bytes: usize| self.start + u32::try_from(bytes).unwrap_or(0);
        Self::new(self.source, offset(range.start), offset(range.end))
    }

    /// The span as a range that can index a string.
    #[must_use]
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

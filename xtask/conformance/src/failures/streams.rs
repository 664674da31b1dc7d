//! The ways in which streams fail.

/// A way in which a stream fails after its first chunk.
pub(super) struct Stream {
    /// The name that the server knows.
    pub(super) case: &'static str,
    /// The head of the column.
    pub(super) title: &'static str,
}

/// All of them, in the order of the table.
pub(super) const STREAMS: [Stream; 6] = {
    const fn stream(case: &'static str, title: &'static str) -> Stream {
        Stream { case, title }
    }
    [
        stream("event", "The event of the crate"),
        stream("unnamed", "Without its `event:` line"),
        stream("unterminated", "Without the empty line"),
        stream("problem", "Problem details"),
        stream("cut", "Connection cut"),
        stream("ended", "Body ended"),
    ]
};

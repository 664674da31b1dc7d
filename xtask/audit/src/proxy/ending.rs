//! The ends of connections, and of what is read of them.

/// What follows in a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Http,
    /// Another protocol.
    Other,
}

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The server has ended it.
    Closed,
    /// The server has broken it.
    Broken,
    /// The client, or the run, has ended it.
    Left,
}

impl End {
    /// Why there is no response.
    pub(super) const fn reason(self) -> &'static str {
        match self {
            Self::Closed => "the server closed the connection",
            Self::Broken => "the server reset the connection",
            Self::Left => "the client ended the connection",
        }
    }
}

//! The length of a body in HTTP/1.1: how many of the bytes that follow a head belong to it.
//!
//! Source: RFC 9112, sections 6 and 7.

/// The longest line of a chunk or trailer.
const MAX_LINE: usize = 16 << 10;

/// What came is not HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotHttp;

/// Reads a body.
#[derive(Debug)]
pub(super) struct Framing {
    state: State,
    /// The begin of a line that is not whole.
    line: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// So many bytes follow.
    Length(u64),
    /// A line with the size of a chunk follows.
    Size,
    /// So many bytes of a chunk follow.
    Chunk(u64),
    /// The end of the line of a chunk follows.
    ChunkEnd,
    /// Lines of trailers follow, up to an empty one.
    Trailers,
    /// Everything until the connection ends.
    Rest,
}

impl Framing {
    const fn new(state: State) -> Self {
        Self {
            state,
            line: Vec::new(),
        }
    }

    /// A body with this length.
    pub(super) const fn length(length: u64) -> Self {
        Self::new(State::Length(length))
    }

    /// A body that ends with the connection.
    pub(super) const fn rest() -> Self {
        Self::new(State::Rest)
    }

    /// The framing that headers state, if they do.
    pub(super) fn stated<'h>(
        headers: impl Iterator<Item = (&'h str, &'h [u8])>,
    ) -> Result<Option<Self>, NotHttp> {
        let mut length = None;
        let mut coding = None;
        for (name, value) in headers {
            if name.eq_ignore_ascii_case("transfer-encoding") {
                coding = Some(value);
            } else if name.eq_ignore_ascii_case("content-length") {
                let text = str::from_utf8(value).map_err(|_| NotHttp)?;
                // Some servers repeat the header, and joining gives a list.
                for part in text.split(',') {
                    let number = part.trim().parse().map_err(|_| NotHttp)?;
                    if length.is_some_and(|length| length != number) {
                        return Err(NotHttp);
                    }
                    length = Some(number);
                }
            }
        }
        if let Some(coding) = coding {
            let last = coding
                .rsplit(|byte| *byte == b',')
                .next()
                .unwrap_or_default();
            let is_chunked = last.trim_ascii().eq_ignore_ascii_case(b"chunked");
            let state = if is_chunked { State::Size } else { State::Rest };
            return Ok(Some(Self::new(state)));
        }
        Ok(length.map(Self::length))
    }

    /// Whether the body is whole.
    pub(super) fn is_done(&self) -> bool {
        self.state == State::Length(0)
    }

    /// Whether the body ends with the connection.
    pub(super) fn is_rest(&self) -> bool {
        self.state == State::Rest
    }

    /// Reads bytes, hands those of the body over, and returns how many belong to the message.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        mut data: impl FnMut(&[u8]),
    ) -> Result<usize, NotHttp> {
        let mut read = 0;
        while read < bytes.len() && !self.is_done() {
            let rest = &bytes[read..];
            read += match self.state {
                State::Rest => {
                    data(rest);
                    rest.len()
                }
                State::Length(left) => {
                    let part = part(rest, left);
                    data(part);
                    self.state = State::Length(left - part.len() as u64);
                    part.len()
                }
                State::Chunk(left) => {
                    let part = part(rest, left);
                    data(part);
                    let left = left - part.len() as u64;
                    self.state = if left == 0 {
                        State::ChunkEnd
                    } else {
                        State::Chunk(left)
                    };
                    part.len()
                }
                State::Size | State::ChunkEnd | State::Trailers => self.line(rest)?,
            };
        }
        Ok(read)
    }

    /// Reads a line, or a part of it.
    fn line(&mut self, bytes: &[u8]) -> Result<usize, NotHttp> {
        let end = memchr::memchr(b'\n', bytes);
        let read = end.map_or(bytes.len(), |end| end + 1);
        if self.line.len() + read > MAX_LINE {
            return Err(NotHttp);
        }
        self.line.extend_from_slice(&bytes[..read]);
        if end.is_none() {
            return Ok(read);
        }
        let line = self.line.trim_ascii();
        self.state = match self.state {
            State::Size => match size(line)? {
                0 => State::Trailers,
                size => State::Chunk(size),
            },
            State::ChunkEnd if line.is_empty() => State::Size,
            State::Trailers if line.is_empty() => State::Length(0),
            State::Trailers => State::Trailers,
            _ => return Err(NotHttp),
        };
        self.line.clear();
        Ok(read)
    }
}

/// As many bytes as are left of a body.
fn part(bytes: &[u8], left: u64) -> &[u8] {
    let length = usize::try_from(left).unwrap_or(usize::MAX);
    bytes.get(..length).unwrap_or(bytes)
}

/// The size of a chunk, before its extensions.
fn size(line: &[u8]) -> Result<u64, NotHttp> {
    let digits = line.split(|byte| *byte == b';').next().unwrap_or_default();
    let digits = str::from_utf8(digits.trim_ascii()).map_err(|_| NotHttp)?;
    // A sign is no digit, and `from_str_radix` takes one.
    if digits.starts_with('+') {
        return Err(NotHttp);
    }
    u64::from_str_radix(digits, 16).map_err(|_| NotHttp)
}

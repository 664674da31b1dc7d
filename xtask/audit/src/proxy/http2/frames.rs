//! The frames that one side of a connection sends.

use loona_hpack::Decoder;

use crate::proxy::framing::NotHttp;
use crate::proxy::observed::Fields;

/// The largest block of headers that is read, encoded and decoded.
const MAX_BLOCK: usize = 256 << 10;
/// The largest table of headers.
const MAX_TABLE: usize = 1 << 20;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const PUSH_PROMISE: u8 = 5;
const CONTINUATION: u8 = 9;

const END_STREAM: u8 = 0x1;
const END_HEADERS: u8 = 0x4;
const PADDED: u8 = 0x8;
const PRIORITY: u8 = 0x20;

/// What one side sends.
pub(super) struct Side {
    /// Bytes of the preface that are still to come.
    preface: usize,
    header: Vec<u8>,
    frame: Option<Frame>,
    decoder: Decoder<'static>,
    /// A block of headers that is not whole.
    block: Vec<u8>,
    /// The flags of the frame that began the block.
    began: Option<(u8, u8)>,
}

/// A frame whose header has come.
struct Frame {
    kind: u8,
    flags: u8,
    stream: u32,
    /// Bytes of the payload that are still to come.
    left: usize,
    /// Whether the length of the padding is still to come.
    is_padded: bool,
    /// Bytes at the end of the payload that are padding.
    padding: usize,
    /// The payload, unless it is data.
    payload: Vec<u8>,
}

/// What a side sent.
pub(super) enum Event {
    /// Headers of a stream, and whether they end it.
    Headers(u32, Fields, bool),
    /// The end of a stream.
    Ended(u32),
    /// A stream that is given up.
    Reset(u32),
}

impl Side {
    pub(super) fn new(preface: usize) -> Self {
        let mut decoder = Decoder::new();
        decoder.set_max_allowed_table_size(MAX_TABLE);
        Self {
            preface,
            header: Vec::with_capacity(9),
            frame: None,
            decoder,
            block: Vec::new(),
            began: None,
        }
    }

    /// Reads bytes up to an event, hands data over, and returns the event, or nothing at the end of the bytes.
    pub(super) fn next(
        &mut self,
        bytes: &mut &[u8],
        mut data: impl FnMut(u32, &[u8]),
    ) -> Result<Option<Event>, NotHttp> {
        let skipped = self.preface.min(bytes.len());
        self.preface -= skipped;
        *bytes = &bytes[skipped..];
        loop {
            let Some(mut frame) = self.frame.take() else {
                if !self.begin(bytes)? {
                    return Ok(None);
                }
                continue;
            };
            frame.read(bytes, &mut data)?;
            if frame.left > 0 {
                self.frame = Some(frame);
                return Ok(None);
            }
            if let Some(event) = self.whole(&frame)? {
                return Ok(Some(event));
            }
        }
    }

    /// Reads the header of a frame. Returns whether it is whole.
    fn begin(&mut self, bytes: &mut &[u8]) -> Result<bool, NotHttp> {
        let read = (9 - self.header.len()).min(bytes.len());
        self.header.extend_from_slice(&bytes[..read]);
        *bytes = &bytes[read..];
        let Some((length, [kind, flags, stream @ ..])) = self.header.split_first_chunk::<3>()
        else {
            return Ok(false);
        };
        let (kind, flags) = (*kind, *flags);
        let Ok(stream) = <[u8; 4]>::try_from(stream) else {
            return Ok(false);
        };
        let left = length
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        self.header.clear();
        let is_padded = flags & PADDED != 0 && matches!(kind, DATA | HEADERS | PUSH_PROMISE);
        if (is_padded && left == 0) || (self.began.is_some() && kind != CONTINUATION) {
            return Err(NotHttp);
        }
        self.frame = Some(Frame {
            kind,
            flags,
            stream: u32::from_be_bytes(stream) & 0x7FFF_FFFF,
            left,
            is_padded,
            padding: 0,
            payload: Vec::new(),
        });
        Ok(true)
    }

    /// Takes a whole frame.
    fn whole(&mut self, frame: &Frame) -> Result<Option<Event>, NotHttp> {
        let (stream, flags) = (frame.stream, frame.flags);
        match frame.kind {
            DATA if flags & END_STREAM != 0 => return Ok(Some(Event::Ended(stream))),
            RST_STREAM => return Ok(Some(Event::Reset(stream))),
            HEADERS | PUSH_PROMISE => {
                let skipped = match frame.kind {
                    HEADERS if flags & PRIORITY != 0 => 5,
                    HEADERS => 0,
                    _ => 4,
                };
                let end = frame
                    .payload
                    .len()
                    .checked_sub(frame.padding)
                    .ok_or(NotHttp)?;
                let block = frame.payload.get(skipped..end).ok_or(NotHttp)?;
                self.block.extend_from_slice(block);
                self.began = Some((frame.kind, flags));
            }
            CONTINUATION if self.began.is_some() => {
                self.block.extend_from_slice(&frame.payload);
                if self.block.len() > MAX_BLOCK {
                    return Err(NotHttp);
                }
            }
            CONTINUATION => return Err(NotHttp),
            _ => return Ok(None),
        }
        let Some((kind, began)) = self.began.filter(|_| flags & END_HEADERS != 0) else {
            return Ok(None);
        };
        self.began = None;
        let fields = self.decode()?;
        let is_last = began & END_STREAM != 0;
        Ok((kind == HEADERS).then_some(Event::Headers(stream, fields, is_last)))
    }

    /// The headers of a whole block. Each block is decoded: it changes the table.
    fn decode(&mut self) -> Result<Fields, NotHttp> {
        let block = std::mem::take(&mut self.block);
        let mut fields = Vec::new();
        // A byte of a block can be a header of a kilobyte.
        let mut left = MAX_BLOCK;
        let decoded = self.decoder.decode_with_cb(&block, |name, value| {
            let size = name.len() + value.len() + 32;
            left = left.saturating_sub(size);
            if left > 0 {
                let name = String::from_utf8_lossy(&name).into_owned();
                fields.push((name, value.into_owned()));
            }
        });
        match decoded {
            Ok(()) if left > 0 => Ok(fields),
            _ => Err(NotHttp),
        }
    }
}

impl Frame {
    /// Reads bytes of the payload.
    fn read(
        &mut self,
        bytes: &mut &[u8],
        data: &mut impl FnMut(u32, &[u8]),
    ) -> Result<(), NotHttp> {
        if self.is_padded
            && let Some((padding, rest)) = bytes.split_first()
        {
            self.padding = usize::from(*padding);
            self.is_padded = false;
            self.left -= 1;
            *bytes = rest;
            if self.padding > self.left {
                return Err(NotHttp);
            }
        }
        let (part, rest) = bytes.split_at(self.left.min(bytes.len()));
        *bytes = rest;
        match self.kind {
            DATA => {
                let length = part.len().min(self.left.saturating_sub(self.padding));
                data(self.stream, &part[..length]);
            }
            HEADERS | PUSH_PROMISE | CONTINUATION if self.left <= MAX_BLOCK => {
                self.payload.extend_from_slice(part);
            }
            HEADERS | PUSH_PROMISE | CONTINUATION => return Err(NotHttp),
            _ => {}
        }
        self.left -= part.len();
        Ok(())
    }
}

//! What is around a recording: compression, and the beginning that is looked at.

use std::io::{self, BufRead, Chain, Cursor, Read};

use crate::recording::error::ErrorKind;

/// The first bytes of a text, and the whole text. An error in the first bytes comes again after them.
pub(crate) fn prefix<R: BufRead>(
    mut input: R,
    bytes: u64,
) -> Result<(Vec<u8>, Whole<R>), ErrorKind> {
    let mut begin = Vec::new();
    let failed = (&mut input).take(bytes).read_to_end(&mut begin).err();
    match failed {
        Some(error) if begin.is_empty() => Err(ErrorKind::Io(error)),
        failed => {
            let input = Failed { failed, input };
            Ok((begin.clone(), Cursor::new(begin).chain(input)))
        }
    }
}

/// A text whose beginning was read.
pub(crate) type Whole<R> = Chain<Cursor<Vec<u8>>, Failed<R>>;

/// A text that may have failed already.
pub(crate) struct Failed<R> {
    failed: Option<io::Error>,
    input: R,
}

impl<R: BufRead> Read for Failed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.input.read(buffer),
        }
    }
}

impl<R: BufRead> BufRead for Failed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.input.fill_buf(),
        }
    }

    fn consume(&mut self, bytes: usize) {
        self.input.consume(bytes);
    }
}

/// The frames of zstd, one after the other.
pub(crate) struct Frames<'a> {
    now: Frame<'a>,
}

type Decoder<'a> =
    ruzstd::decoding::StreamingDecoder<Box<dyn BufRead + 'a>, ruzstd::decoding::FrameDecoder>;

enum Frame<'a> {
    Before(Box<dyn BufRead + 'a>),
    Inside(Box<Decoder<'a>>),
    End,
}

impl<'a> Frames<'a> {
    pub(crate) fn new(input: Box<dyn BufRead + 'a>) -> Self {
        Self {
            now: Frame::Before(input),
        }
    }
}

impl Read for Frames<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            self.now = match std::mem::replace(&mut self.now, Frame::End) {
                Frame::End => return Ok(0),
                Frame::Before(mut input) => {
                    if input.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    Frame::Inside(Box::new(Decoder::new(input).map_err(io::Error::other)?))
                }
                Frame::Inside(mut decoder) => match decoder.read(buffer)? {
                    0 if !buffer.is_empty() => Frame::Before(decoder.into_inner()),
                    read => {
                        self.now = Frame::Inside(decoder);
                        return Ok(read);
                    }
                },
            };
        }
    }
}

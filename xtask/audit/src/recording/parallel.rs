//! Reads JSON lines with a thread for each sink, while this one decompresses.

use std::io::{self, BufRead};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use memchr::{memchr, memrchr};

use crate::recording::error::{At, Fault, Rest};
use crate::recording::feed::Feed;
use crate::recording::limits::{BLOCK, MAX_EXCHANGE};
use crate::recording::lines;
use crate::recording::sink::Sink;
use crate::recording::summary::Recording;

/// Whole lines of a recording.
#[derive(Default)]
struct Block {
    bytes: Vec<u8>,
    /// The number of its first line.
    line: u64,
}

/// Reads the lines of a recording with this number into the sinks.
pub(crate) fn read<S: Sink + Send>(
    input: impl BufRead,
    sinks: &mut [S],
    number: usize,
    recording: &Recording,
) -> Recording {
    let (full, blocks) = sync_channel(2 * sinks.len());
    // Only the workers own the receiver, so that sending fails when none is left.
    let blocks = Arc::new(Mutex::new(blocks));
    let (empty, used) = channel();
    let mut whole = recording.clone();
    thread::scope(|scope| {
        let workers: Vec<_> = sinks
            .iter_mut()
            .map(|sink| {
                let mut feed = Feed::new(sink, number, recording.clone());
                let (blocks, empty) = (Arc::clone(&blocks), empty.clone());
                scope.spawn(move || {
                    work(&blocks, &empty, &mut feed);
                    feed.recording
                })
            })
            .collect();
        drop((blocks, empty));
        let fault = split(input, &full, &used);
        drop(full);
        for worker in workers {
            match worker.join() {
                Ok(part) => whole.merge(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        if let Some(fault) = fault {
            whole.fault(fault);
        }
    });
    whole
}

/// Takes blocks until there are no more.
fn work<S: Sink>(blocks: &Mutex<Receiver<Block>>, empty: &Sender<Vec<u8>>, feed: &mut Feed<'_, S>) {
    loop {
        let next = blocks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(block) = next else { return };
        let mut rest = &*block.bytes;
        let mut number = block.line;
        while !rest.is_empty() {
            let end = memchr(b'\n', rest).unwrap_or(rest.len());
            line(rest.get(..end).unwrap_or_default(), number, feed);
            rest = rest.get(end + 1..).unwrap_or_default();
            number += 1;
        }
        // The reader may be done.
        let _ = empty.send(block.bytes);
    }
}

fn line<S: Sink>(line: &[u8], number: u64, feed: &mut Feed<'_, S>) {
    let text = line.trim_ascii();
    if text.is_empty() {
        return;
    }
    match lines::read(text) {
        Ok((request, outcome)) => feed.numbered(number, request, outcome),
        Err(message) => feed.recording.fault(Fault {
            at: At::Line(number),
            exchange: None,
            message,
            rest: Rest::Read,
        }),
    }
}

/// Cuts the text into blocks of whole lines.
fn split(
    mut input: impl BufRead,
    full: &SyncSender<Block>,
    used: &Receiver<Vec<u8>>,
) -> Option<Fault> {
    let mut block = Block {
        bytes: Vec::with_capacity(BLOCK),
        line: 1,
    };
    // The end of the last whole line of the block.
    let mut last = None;
    loop {
        let fault = |line, message, rest| {
            Some(Fault {
                at: At::Line(line),
                exchange: None,
                message,
                rest,
            })
        };
        let bytes = match input.fill_buf() {
            Ok([]) => {
                // A worker that is gone has panicked, and its panic goes on.
                let _ = full.send(block);
                return None;
            }
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                let at = block.line + count(&block.bytes);
                let _ = full.send(block);
                return fault(at, error.to_string(), Rest::Lost);
            }
        };
        let before = block.bytes.len();
        block.bytes.extend_from_slice(bytes);
        let end = memrchr(b'\n', bytes).map(|end| before + end);
        let read = bytes.len();
        input.consume(read);
        last = end.or(last);
        if block.bytes.len() < BLOCK {
            continue;
        }
        let Some(end) = last.take() else {
            if block.bytes.len() > MAX_EXCHANGE {
                return fault(
                    block.line,
                    format!("larger than {MAX_EXCHANGE} bytes"),
                    Rest::Lost,
                );
            }
            continue;
        };
        let mut next = used.try_recv().unwrap_or_default();
        next.clear();
        next.extend_from_slice(block.bytes.get(end + 1..).unwrap_or_default());
        block.bytes.truncate(end + 1);
        let line = block.line + count(&block.bytes);
        if full.send(block).is_err() {
            return None;
        }
        block = Block { bytes: next, line };
    }
}

/// How many lines end in these bytes.
fn count(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

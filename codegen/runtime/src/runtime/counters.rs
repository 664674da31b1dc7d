//! The counters of errors. Needs the feature `metrics`.
//!
//! A counter is registered when its first error is counted, and kept: counting again looks it up by three positions,
//! and allocates nothing.

use std::fmt;
use std::sync::OnceLock;

use ::metrics::{Counter, Key, Label, Level, Metadata, Recorder, Unit};

use crate::ErrorCode;
use crate::catalog::routes::OPERATIONS;
use crate::runtime::seen::Seen;
use crate::telemetry::{CODE, ERROR_TYPE, ERRORS, OPERATION, STATUS};

/// The codes, then the statuses of errors without code, then those of errors whose code the catalog does not have.
const SERIES: usize = ErrorCode::ALL.len() + 2 * STATUSES;
/// The statuses of errors, 400 to 599.
const STATUSES: usize = 200;
/// The counters that are allocated together: an operation fails with few codes.
const CHUNK: usize = 32;
/// The most recorders whose counters are kept. A program has one, and none before it installs that.
const MOST_RECORDERS: usize = 8;

/// The counters of a server.
#[derive(Default)]
pub(crate) struct Counters {
    of_recorder: OnceLock<Box<OfRecorder>>,
}

/// The counters of one recorder, and of the next.
struct OfRecorder {
    /// The address of the recorder.
    recorder: usize,
    /// By operation; the first are those of requests that are not an operation.
    operations: Box<[OnceLock<Chunks>]>,
    next: OnceLock<Box<Self>>,
}

type Chunks = Box<[OnceLock<Chunk>]>;
type Chunk = Box<[OnceLock<Counter>]>;

impl Counters {
    /// Counts an error of an operation.
    #[inline]
    pub(crate) fn count(&self, seen: Seen, operation: Option<u32>) {
        ::metrics::with_recorder(|recorder| match self.of(recorder) {
            Some(counters) => counters.counter(recorder, seen, operation).increment(1),
            None => register(recorder, seen, operation).increment(1),
        });
    }

    /// The counters of the recorder. A counter of the recorder that a program has before it installs one counts nothing,
    /// so counters of another recorder are never used.
    #[inline]
    fn of(&self, recorder: &dyn Recorder) -> Option<&OfRecorder> {
        let address = core::ptr::from_ref(recorder).cast::<()>().addr();
        let mut place = &self.of_recorder;
        for _ in 0..MOST_RECORDERS {
            let counters = place.get_or_init(|| Box::new(OfRecorder::new(recorder, address)));
            if counters.recorder == address {
                return Some(counters);
            }
            place = &counters.next;
        }
        None
    }
}

impl OfRecorder {
    fn new(recorder: &dyn Recorder, address: usize) -> Self {
        let description = "Errors that clients got";
        recorder.describe_counter(ERRORS.into(), Some(Unit::Count), description.into());
        Self {
            recorder: address,
            operations: unset(OPERATIONS.len() + 1),
            next: OnceLock::new(),
        }
    }

    #[inline]
    fn counter(&self, recorder: &dyn Recorder, seen: Seen, operation: Option<u32>) -> &Counter {
        let row = operation.map_or(0, |position| position as usize + 1);
        let series = position(seen);
        let chunks = self.operations[row].get_or_init(|| unset((2 * SERIES).div_ceil(CHUNK)));
        let chunk = chunks[series / CHUNK].get_or_init(|| unset(CHUNK));
        chunk[series % CHUNK].get_or_init(|| register(recorder, seen, operation))
    }
}

/// The position of the counter of an error among those of its operation.
fn position(seen: Seen) -> usize {
    let of_status = usize::from(seen.status - 400);
    let position = match seen.code {
        Some(code) => code as usize,
        None if seen.is_foreign => ErrorCode::ALL.len() + STATUSES + of_status,
        None => ErrorCode::ALL.len() + of_status,
    };
    position + if seen.is_in_stream { SERIES } else { 0 }
}

fn unset<T>(length: usize) -> Box<[OnceLock<T>]> {
    core::iter::repeat_with(OnceLock::new)
        .take(length)
        .collect()
}

#[cold]
fn register(recorder: &dyn Recorder, seen: Seen, operation: Option<u32>) -> Counter {
    let id = operation.and_then(|position| OPERATIONS.get(position as usize));
    let error_type = match seen.code {
        Some(code) => Label::from_static_parts(ERROR_TYPE, code.as_str()),
        None => Label::new(ERROR_TYPE, seen.status.to_string()),
    };
    let labels = vec![
        Label::from_static_parts(CODE, seen.code_name().unwrap_or_default()),
        Label::from_static_parts(OPERATION, id.copied().unwrap_or_default()),
        error_type,
        Label::new(STATUS, seen.sent().to_string()),
    ];
    let key = Key::from_parts(ERRORS, labels);
    let path = module_path!();
    recorder.register_counter(&key, &Metadata::new(path, Level::INFO, Some(path)))
}

impl fmt::Debug for Counters {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Counters").finish_non_exhaustive()
    }
}

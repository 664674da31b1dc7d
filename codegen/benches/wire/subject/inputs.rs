//! What tasks are done with.

use std::hint::black_box;
use std::time::{Duration, Instant};

use ours::{ApiError, ErrorCode};

/// Does something with one input after the other, again and again.
pub fn repeat<T>(inputs: &[T], count: usize, mut operation: impl FnMut(&T)) -> Duration {
    let start = Instant::now();
    for input in inputs.iter().cycle().take(count) {
        operation(black_box(input));
    }
    start.elapsed()
}

/// At most a thousand codes, from all over the catalog.
pub fn codes() -> Vec<ErrorCode> {
    let step = ErrorCode::ALL.len().div_ceil(1_000);
    ErrorCode::ALL.iter().copied().step_by(step).collect()
}

/// Errors with a message of 84 characters, which the catalog does not know, and a `param`.
pub fn dynamic() -> Vec<ApiError> {
    let error = |(number, code)| {
        let message = format!(
            "The upload {number:03} has 31457280 bytes, but your plan allows no more than 20971520 bytes."
        );
        assert_eq!(message.len(), 84);
        ApiError::new(code).with_message(message).with_param("file")
    };
    codes().into_iter().enumerate().map(error).collect()
}

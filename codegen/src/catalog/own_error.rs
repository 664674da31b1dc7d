//! What operations state of their codes.

use super::{CodeId, RetryRule, Status};

/// What an operation states of one of its codes, with what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnError {
    /// The code.
    pub code: CodeId,
    /// The status that the operation sends: its own, or that of the code.
    pub status: Status,
    /// Whether to try again: by that status, unless the code states a rule.
    pub retry: RetryRule,
    /// What went wrong in this operation, unless it is the meaning of the code.
    pub meaning: Option<String>,
    /// What to do about it in this operation, unless it is the fix of the code.
    pub fix: Option<String>,
    /// Whether the operation states the status.
    pub states_status: bool,
}

impl OwnError {
    /// Whether the operation states something: a request of several operations also lists how others send a code.
    #[must_use]
    pub const fn states_something(&self) -> bool {
        self.states_status || self.meaning.is_some() || self.fix.is_some()
    }
}

/// What a list, which is sorted by code, has of a code.
pub(super) fn of_code(list: &[OwnError], code: CodeId) -> &[OwnError] {
    let start = list.partition_point(|own| own.code < code);
    let end = list.partition_point(|own| own.code <= code);
    &list[start..end]
}

//! The outcome of a run.

/// The outcome of a run that was not stopped by an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Everything is as it should be: the exit code 0.
    Ok,
    /// The catalog, the outputs or what was checked has errors: the exit code 1.
    Failed,
    /// The exit code of a command that the run started for its user.
    Exit(u8),
}

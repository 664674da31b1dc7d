//! The outcome of a run.

/// The outcome of a run that was not stopped by an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Status {
    #[default]
    Ok,
    Failed,
}

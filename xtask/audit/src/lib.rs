//! Whether an API keeps what its catalog of errors says: recorded exchanges and source code, checked against it.

pub mod exchange;
pub mod recording;

//! Unit tests of what the crate does not show.

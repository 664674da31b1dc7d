//! Reads recordings of HTTP exchanges.

pub mod sink;

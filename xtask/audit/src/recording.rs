//! Reads recordings of HTTP exchanges.
//!
//! [`read`] knows each recorder: what it leaves out, what it changes, and how it marks a connection that failed. What is
//! not known of an exchange is not known in [`Exchange`](crate::exchange::Exchange) either.

mod archive;
mod beside;
pub(crate) mod body;
mod cassette;
mod document;
mod error;
mod events;
mod feed;
mod fields;
mod format;
mod har;
mod input;
mod layers;
pub mod limits;
mod lines;
mod parallel;
mod reports;
mod scanner;
mod sink;
mod summary;
mod text;
mod yaml;

pub use error::{At, Error, ErrorKind, Fault, Rest};
pub use format::Format;
pub use input::{Input, Recordings, read, read_text};
pub use sink::Sink;
pub use summary::{Doubt, Doubts, Recording, Skipped};

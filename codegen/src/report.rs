//! Diagnostics for readers: the only place that knows lines, columns and colours.

mod github;
mod human;
mod json;
mod place;

pub use github::github;
pub use human::{Style, human};
pub use json::json;

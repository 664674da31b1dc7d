//! Unit tests of the pure parts. They are not copied into generated crates.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod by_hand;
mod events;
mod fallback;
mod fast_path;
mod faults;
mod json;
mod missing_codes;
mod negotiation;
mod of_operation;
mod reading;
mod relay;
mod request_style;
mod retry;
mod sensitive;
mod shapes;
mod upstream;
mod wire_name;

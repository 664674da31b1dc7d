//! The responses that the crate of the sample catalog sends and reads.

mod received;
mod received_text;
mod retry;
mod serde;
mod written;

fn no_headers() -> [(&'static str, &'static str); 0] {
    []
}

//! Reads deprecated and retired codes, and names none.

use ticket_errors::{ErrorCode, MaybeKnown, ReceivedError};

fn main() {
    let headers: [(&str, &str); 0] = [];
    let received = ReceivedError::from_parts(409, headers, br#"{"error":{"code":"ticket_busy"}}"#);
    match received.code {
        Some(MaybeKnown::Known(ErrorCode::TicketLocked)) => println!("locked"),
        Some(MaybeKnown::Known(code)) if code.is_deprecated() => println!("{code} is deprecated"),
        Some(code) => println!("{code}: {:?}", code.retired()),
        None => {}
    }
}

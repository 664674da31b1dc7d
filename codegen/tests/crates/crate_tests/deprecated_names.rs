//! Uses deprecated codes, for which the compiler prints warnings.

use ticket_errors::operations::ChangeTicketError;
use ticket_errors::{ApiError, ErrorCode, args};

fn main() {
    println!("{}", ErrorCode::TicketBusy);
    println!("{}", ChangeTicketError::TicketStale);
    println!("{}", ApiError::from(args::TicketBusy { id: 7 }));
}

//! Names what is deprecated, of which the compiler warns.

use ticket_errors::operations::ChangeTicketError;
use ticket_errors::{ApiError, ErrorCode, args};

fn main() {
    println!("{}", ErrorCode::TicketBusy);
    println!("{}", ChangeTicketError::TicketStale);
    println!("{}", ApiError::from(args::TicketBusy { id: 7 }));
}

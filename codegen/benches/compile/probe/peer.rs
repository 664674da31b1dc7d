//! Uses what the peer says of a code.

use errors::{Envelope, ErrorCode};
use strum::{EnumMessage, EnumProperty};

fn main() {
    for name in std::env::args().skip(1) {
        match name.parse::<ErrorCode>() {
            Ok(code) => {
                println!("{:?} {code}", code.get_int("status"));
                println!("{:?} {:?}", code.get_message(), code.get_detailed_message());
                let body = serde_json::to_string(&Envelope::from(code));
                println!("{}", body.expect("texts are JSON"));
            }
            Err(error) => println!("{error}"),
        }
    }
}

//! Uses what the generated crate says of a code.

use errors::{ApiError, ErrorCode};

fn main() {
    for name in std::env::args().skip(1) {
        match name.parse::<ErrorCode>() {
            Ok(code) => {
                println!("{} {}", code.status(), code.message());
                println!("{} {}", code.meaning(), code.fix());
                println!("{}", ApiError::new(code).to_json());
            }
            Err(error) => println!("{error}"),
        }
    }
}

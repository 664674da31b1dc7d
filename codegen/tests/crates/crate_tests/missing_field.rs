//! Forgets an argument, which must not compile.

fn main() {
    let error = details_errors::ApiError::from(details_errors::args::SlowDown {});
    println!("{error}");
}

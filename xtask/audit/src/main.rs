//! The program to which `cargo xtask` hands over `live-check` and `coverage`.

use std::process::ExitCode;

fn main() -> ExitCode {
    error_catalog_audit::main()
}

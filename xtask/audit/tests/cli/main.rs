//! The command line as its users meet it: each test runs the real binary in a folder of its own.

mod coverage;
mod files;
mod guide;
mod live_check;
mod page;
mod project;
#[cfg(unix)]
mod proxy;
mod rules;
mod ways;
mod workspace;

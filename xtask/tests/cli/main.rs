//! The command line as its users meet it: each test runs the real binary in a folder of its own.

mod diff;
mod drift;
mod faults;
mod findings;
mod fmt;
mod import;
mod include;
mod lifecycle;
mod merges;
mod new;
mod outputs;
mod overlay;
mod ownership;
mod places;
mod project;
mod questions;
mod region;
mod release;
mod repository;
mod stopped;
mod watch;

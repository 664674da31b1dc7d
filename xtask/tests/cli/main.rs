//! The command line as its users meet it: each test runs the real binary in a folder of its own.

mod adopt;
mod audit;
mod diff;
mod docs;
mod drift;
mod explain_and_list;
mod explain_style;
mod findings;
mod fmt;
mod import;
mod include;
mod interrupted;
mod io_errors;
mod lifecycle;
mod merges;
mod new;
mod outputs;
mod overlay;
mod own_files;
mod ownership;
mod places;
mod project;
mod region;
mod release;
mod repository;
mod watch;

//! The judge: each rule, each style, each recorder's loss, and nothing that should not be in a report.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod coverage;
mod documentation;
mod mutated;
mod namespaces;
mod planted;
mod recorders;
mod reports;
mod requests;
mod secrets;
mod styles;
mod support;

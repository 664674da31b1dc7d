//! What is written for people is true, word for word: commands run, excerpts stand in the files they
//! name, links lead somewhere, code compiles and does what is said of it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../../codegen/tests/support/building.rs"]
mod building;
mod evolution;
mod fences;
mod guide;
mod headings;
mod readme;
mod workspace;

//! The fuzz target for recordings.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(conformance_fuzz::recording::check);

//! The fuzz target for the client reader.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(conformance_fuzz::reading::check);

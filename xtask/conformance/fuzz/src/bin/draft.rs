//! The fuzz target for an import.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(conformance_fuzz::draft::check);

//! The fuzz target for a catalog.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(conformance_fuzz::catalog::check);

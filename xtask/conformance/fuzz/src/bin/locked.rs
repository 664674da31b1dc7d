//! The fuzz target for a catalog with a lock.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(conformance_fuzz::locked::check);

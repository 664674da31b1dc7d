//! Damaged catalogs: each gets an answer, soon and in little memory.
//!
//! It is the only test of its file, so that the memory it counts is its own.

extern crate error_catalog_codegen as codegen;

#[path = "diagnostics/changes.rs"]
mod changes;
#[path = "support/exhaustive.rs"]
mod exhaustive;
#[path = "diagnostics/no_panic.rs"]
mod no_panic;

use std::path::Path;
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use changes::change;
use no_panic::gets_an_answer;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// How many catalogs are damaged: by default, and in an exhaustive run.
const CATALOGS: [usize; 2] = [1_250, 10_000];
/// How long one may take, in a build for debugging.
const PATIENCE: Duration = Duration::from_secs(1);
/// How much memory one may take: so much for each byte of it, and so much at any size.
const BYTES_FOR_EACH: usize = 100;
const BYTES_IN_ALL: usize = 1024 * 1024;

/// The catalogs of the fixtures, good and bad, and the sample.
fn catalogs() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("../catalog/catalog.yaml")];
    for folder in ["tests/fixtures/bad", "tests/fixtures/good"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            files.push(if path.is_dir() {
                path.join("catalog.yaml")
            } else {
                path
            });
        }
    }
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml")
    });
    files.sort();
    let read = |path: &std::path::PathBuf| std::fs::read(path).expect("a catalog");
    let named = files
        .iter()
        .map(|path| (path.display().to_string(), read(path)));
    named.collect()
}

#[test]
fn damaged_catalogs_get_an_answer() {
    // The same damage in every run.
    let mut runner = TestRunner::deterministic();
    let damage = proptest::collection::vec(change(), 1..6);
    let catalogs = catalogs();
    let count = exhaustive::select(CATALOGS[0], CATALOGS[1]);
    for (name, catalog) in catalogs.iter().cycle().take(count) {
        let changes = damage
            .new_tree(&mut runner)
            .expect("some changes")
            .current();
        let mut bytes = catalog.clone();
        for change in &changes {
            change.apply(&mut bytes);
        }
        let allowed = BYTES_IN_ALL + BYTES_FOR_EACH * bytes.len();
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        let start = Instant::now();
        gets_an_answer(bytes);
        let (taken, peak) = (start.elapsed(), MEMORY.peak_usage() - before);
        assert!(taken < PATIENCE, "{taken:?} for {name} after {changes:?}");
        assert!(peak < allowed, "{peak} bytes for {name} after {changes:?}");
    }
}

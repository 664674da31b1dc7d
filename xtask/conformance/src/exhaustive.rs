//! The tests of the library that try only some cases by default.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::status::Status;
use crate::terminal::step;
use crate::{catalogs, toolchain};

/// The variable that `codegen/tests/support/exhaustive.rs` reads.
const VARIABLE: &str = "EXHAUSTIVE";

/// The test binaries that read it.
const TESTS: [&str; 8] = [
    "compat",
    "crates",
    "damaged",
    "diagnostics",
    "edit",
    "import",
    "outputs",
    "schema",
];

/// Runs these tests with every case and every feature. Their output goes to the terminal.
pub(crate) fn run() -> anyhow::Result<Status> {
    let root = catalogs::find_root()?;
    step("testing the library with every case", || test(&root))
}

fn test(root: &Path) -> anyhow::Result<Status> {
    let mut command = Command::new(toolchain::cargo());
    command
        .args([
            "test",
            "--package",
            "error-catalog-codegen",
            "--no-fail-fast",
        ])
        .args(TESTS.iter().flat_map(|test| ["--test", test]))
        .current_dir(root)
        .env(VARIABLE, "1")
        .stdout(Stdio::inherit())
        .stderr(Stdio::inherit());
    Ok(if command.status()?.success() {
        Status::Ok
    } else {
        Status::Failed
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_binary_that_reads_the_variable_is_run() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codegen/tests");
        let includes = |path: &Path| {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            text.contains("support/exhaustive.rs\"]")
        };
        let mut found: Vec<String> = std::fs::read_dir(folder)
            .expect("the tests")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| includes(path) || includes(&path.join("main.rs")))
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .collect();
        found.sort();
        assert_eq!(found, TESTS);
    }
}

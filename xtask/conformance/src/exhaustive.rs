//! The tests of the library and of the audit that try only some cases by default.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::status::Status;
use crate::terminal::step;
use crate::{catalogs, toolchain};

/// The variable that `codegen/tests/support/exhaustive.rs` reads.
const VARIABLE: &str = "EXHAUSTIVE";

/// The test binaries of the library that read it.
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
/// Those of the audit.
const AUDIT_TESTS: [&str; 2] = ["judge", "recordings"];

/// Runs these tests with every case and every feature. Their output goes to the terminal.
pub(crate) fn run() -> anyhow::Result<Status> {
    let root = catalogs::find_root()?;
    let library = step("testing the library with every case", || {
        test(&root, "error-catalog-codegen", &TESTS)
    })?;
    let audit = step("judging a million exchanges with random changes", || {
        test(&root, "error-catalog-audit", &AUDIT_TESTS)
    })?;
    Ok(if [library, audit].contains(&Status::Failed) {
        Status::Failed
    } else {
        Status::Ok
    })
}

fn test(root: &Path, package: &str, tests: &[&str]) -> anyhow::Result<Status> {
    let mut command = Command::new(toolchain::cargo());
    command
        .args(["test", "--package", package, "--no-fail-fast"])
        .args(tests.iter().flat_map(|test| ["--test", test]))
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

    /// The test binaries of a package with a file that contains the text.
    fn tests_with(package: &str, text: &str) -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(package);
        let has_text = |path: &Path| {
            let file = std::fs::read_to_string(path).unwrap_or_default();
            file.contains(text)
        };
        let files = |path: &Path| {
            let entries = std::fs::read_dir(path).into_iter().flatten();
            let files = entries.map(|entry| entry.expect("an entry").path());
            files.chain([path.to_owned()]).collect::<Vec<_>>()
        };
        let mut found: Vec<String> = std::fs::read_dir(folder)
            .expect("the tests")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| files(path).iter().any(|file| has_text(file)))
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .collect();
        found.sort();
        found
    }

    #[test]
    fn every_test_binary_that_reads_the_variable_is_run() {
        let include = "support/exhaustive.rs\"]";
        assert_eq!(tests_with("../../codegen/tests", include), TESTS);
        let variable = "\"EXHAUSTIVE\"";
        assert_eq!(tests_with("../audit/tests", variable), AUDIT_TESTS);
    }
}

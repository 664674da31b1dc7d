//! A project of its own, and what a run in it did.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A catalog with two codes.
pub(crate) const SMALL: &str = "\
version: 1
api: { title: Small API, docs_url: https://docs.example.com, crate: small-errors }
types:
  request_error: { status: 400, meaning: The request is wrong }
codes:
  bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }
  file_too_large: { type: request_error, meaning: The file is too large, fix: Send a smaller one }
";

/// A folder that vanishes with the test.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    /// A project with a catalog.
    pub(crate) fn new(catalog: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let project = Self { folder };
        project.write("catalog/catalog.yaml", catalog);
        project
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, contents).expect("a new file");
    }

    /// A run in the root of the project.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        self.run_in("", arguments)
    }

    /// A run in a folder of the project.
    pub(crate) fn run_in(&self, folder: &str, arguments: &str) -> Run {
        let mut command = audit();
        command.args(arguments.split_whitespace());
        Run::from(
            command
                .current_dir(self.path(folder))
                .output()
                .expect("a run"),
        )
    }
}

/// The binary, with nothing in its environment that asks for colours.
pub(crate) fn audit() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_error-catalog-audit"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
        command.env_remove(name);
    }
    command
}

/// What a run printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
        }
    }
}

impl Run {
    #[track_caller]
    pub(crate) fn exits_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert!(!self.stderr.contains("panicked"), "{self:#?}");
        self
    }

    #[track_caller]
    pub(crate) fn prints(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no `{text}` in {self:#?}");
        self
    }

    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no `{text}` in {self:#?}");
        self
    }
}

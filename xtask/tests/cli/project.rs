//! A project of its own, and what a run in it did.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;

pub(crate) const CATALOG: &str = "catalog/catalog.yaml";
pub(crate) const SCHEMA: &str = "catalog/catalog.schema.json";
pub(crate) const FILE_LIST: &str = "generated/.files";
/// A page that the sample catalog gives.
pub(crate) const PAGE: &str = "docs/errors/unsupported_file_type.md";

/// A catalog that is as small as can be.
pub(crate) const SMALL: &str = "\
version: 1
api: { title: Small API, docs_url: https://docs.example.com, crate: small-errors }
types:
  request_error: { status: 400, meaning: The request is wrong }
codes:
  bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }
";

/// A folder that vanishes with the test.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    /// A folder without anything.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { folder }
    }

    /// A project that has its catalog and nothing else.
    pub(crate) fn with_catalog(text: &str) -> Self {
        let project = Self::empty();
        project.write(CATALOG, text);
        project
    }

    /// The sample catalog of this repository, without outputs.
    pub(crate) fn sample() -> Self {
        Self::with_catalog(&sample_catalog())
    }

    /// The sample catalog with all its outputs.
    pub(crate) fn generated() -> Self {
        let project = Self::sample();
        project.run("gen").exits_with(0);
        project
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        fs::symlink_metadata(self.path(path)).is_ok()
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a text file")
    }

    pub(crate) fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(path);
        let folder = path.parent().expect("a folder");
        fs::create_dir_all(folder).expect("a new folder");
        fs::write(path, contents).expect("a new file");
    }

    /// Replaces the only place where `from` stands in the catalog.
    pub(crate) fn edit_catalog(&self, from: &str, to: &str) {
        let text = self.read(CATALOG);
        assert_eq!(text.matches(from).count(), 1, "{from}");
        self.write(CATALOG, text.replace(from, to));
    }

    /// Takes a code that stands on its own out of the catalog, and out of the lists of operations.
    pub(crate) fn remove_code(&self, code: &str) {
        let text = self.read(CATALOG);
        let start = text.find(&format!("\n  {code}:")).expect("the code") + 1;
        let next = text[start + 3..]
            .match_indices("\n  ")
            .find(|(at, _)| text[start + 3 + at + 3..].starts_with(char::is_alphanumeric))
            .map_or(text.len(), |(at, _)| start + 3 + at + 1);
        let left = format!("{}{}", &text[..start], &text[next..]);
        self.write(CATALOG, left.replace(&format!("      - {code}\n"), ""));
    }

    /// All files with their contents and the time of the last change, by path.
    pub(crate) fn snapshot(&self) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        let mut files = BTreeMap::new();
        collect(self.folder.path(), "", &mut files);
        files
    }

    /// All files with their contents, by path.
    pub(crate) fn contents(&self) -> BTreeMap<String, Vec<u8>> {
        let files = self.snapshot().into_iter();
        files.map(|(path, (bytes, _))| (path, bytes)).collect()
    }

    /// A run in the root of the project.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        self.run_in("", arguments)
    }

    /// A run in a folder of the project.
    pub(crate) fn run_in(&self, folder: &str, arguments: &str) -> Run {
        let mut command = xtask(arguments);
        Run::of(command.current_dir(self.path(folder)))
    }
}

/// The binary with some arguments, and nothing in its environment that asks for colours.
pub(crate) fn xtask(arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-error-catalog"));
    command.args(arguments.split_whitespace());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn sample_catalog() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/catalog.yaml");
    fs::read_to_string(file).expect("the sample catalog")
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, (Vec<u8>, SystemTime)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().expect("a kind").is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else {
            let changed = entry.metadata().and_then(|metadata| metadata.modified());
            let bytes = fs::read(entry.path()).unwrap_or_default();
            files.insert(path, (bytes, changed.expect("a time")));
        }
    }
}

/// What a run printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().expect("a run");
        Self::from(output)
    }

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

    /// Something on stderr: a diagnostic, a warning or the reason of a failure.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no `{text}` in {self:#?}");
        self
    }

    #[track_caller]
    pub(crate) fn prints_nothing(self) -> Self {
        assert_eq!(self.stdout, "");
        self
    }

    #[track_caller]
    pub(crate) fn says_nothing(self) -> Self {
        assert_eq!(self.stderr, "");
        self
    }
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

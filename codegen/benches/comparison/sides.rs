//! Both programs, built side by side: that of an earlier commit, and that of the working tree.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::consumer::{Package, cargo, usage};

use super::Obstacle;

/// The commit that the working tree is compared with.
pub(crate) const COMMIT: &str = "13f4828";
const HASH: &str = "13f4828d899c03e64fb832c8397a950e73f4e570";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    Now,
}

impl Side {
    pub(crate) const ALL: [Self; 2] = [Self::Before, Self::Now];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Now => "now",
        }
    }
}

/// The two programs.
pub(crate) struct Sides {
    before: PathBuf,
    now: PathBuf,
}

impl Sides {
    /// Builds both. The earlier one is built once, below `target`.
    pub(crate) fn build() -> Result<Self, Obstacle> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let root = fs::canonicalize(root).expect("the repository is where the bench was built");
        let folder = root.join("target/costs").join(COMMIT);
        check_out(&root, &folder)?;
        let build = |folder: &Path, package: &str, program: &str| {
            let target = folder.join("target");
            let arguments = ["build", "--release", "--locked", "--quiet", "--package"];
            let arguments: Vec<&str> = arguments.into_iter().chain([package]).collect();
            cargo(folder, &target, &arguments, &[]);
            let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
            target.join("release").join(name)
        };
        eprintln!("building the program of {COMMIT}, which takes minutes the first time");
        let before = build(&folder, "xtask", "xtask");
        eprintln!("building the program of the working tree");
        let now = build(&root, "error-catalog", "cargo-error-catalog");
        Ok(Self { before, now })
    }

    pub(crate) fn program(&self, side: Side) -> &Path {
        match side {
            Side::Before => &self.before,
            Side::Now => &self.now,
        }
    }

    /// The crate that a side generates from a catalog. The catalog gives the crate its name.
    pub(crate) fn package(&self, side: Side, name: String, catalog: &str) -> Package {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("catalog.yaml"), catalog).expect("a file");
        usage::of(&generate(self.program(side), folder.path()));
        let generated = folder.path().join("out/generated");
        let mut files = Vec::new();
        let manifest = generated.join("Cargo.toml");
        let mut paths = vec![manifest, generated.join("src")];
        while let Some(path) = paths.pop() {
            if path.is_dir() {
                let entries = fs::read_dir(&path).expect("a folder of the crate");
                paths.extend(entries.map(|entry| entry.expect("a file of the crate").path()));
                continue;
            }
            let contents = fs::read_to_string(&path).expect("a file of the crate");
            let path = path
                .strip_prefix(&generated)
                .expect("a path below the crate");
            files.push((path.to_string_lossy().into_owned(), contents));
        }
        Package { name, files }
    }
}

/// The command `gen` in a folder with a catalog. The outputs are in `out`.
pub(crate) fn generate(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(GENERATE).current_dir(folder);
    command
}

pub(crate) const GENERATE: [&str; 5] = ["gen", "--catalog", "catalog.yaml", "--out", "out"];

/// Writes the files of the commit into a folder. The index is one of its own, so the repository keeps its index and its
/// list of worktrees.
fn check_out(root: &Path, folder: &Path) -> Result<(), Obstacle> {
    let complete = folder.with_extension("complete");
    if complete.exists() {
        return Ok(());
    }
    let index = folder.with_extension("index");
    let git = |arguments: &[&str]| -> io::Result<bool> {
        let mut git = Command::new("git");
        git.args(arguments).current_dir(root);
        Ok(git.env("GIT_INDEX_FILE", &index).output()?.status.success())
    };
    if !git(&["cat-file", "-e", &format!("{HASH}^{{commit}}")]).map_err(Obstacle::Git)? {
        return Err(Obstacle::Commit);
    }
    fs::create_dir_all(folder).map_err(Obstacle::Folder)?;
    let prefix = format!("--prefix={}/", folder.display());
    for arguments in [
        &["read-tree", HASH][..],
        &["checkout-index", "--all", "--force", &prefix],
    ] {
        if !git(arguments).map_err(Obstacle::Git)? {
            return Err(Obstacle::CheckOut);
        }
    }
    fs::write(complete, HASH).map_err(Obstacle::Folder)
}

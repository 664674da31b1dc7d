//! The files whose paths a catalog states, outside of the folders of the generator.

use super::{Artifact, OWNED};
use crate::limits::MAX_PATH_BYTES;

/// A line of the list of files about such a file: its path and the hash of its contents.
#[must_use]
pub fn line(artifact: &Artifact) -> String {
    let hash = Artifact::hash(artifact.contents.as_bytes());
    format!("{} {hash:016x}", artifact.path)
}

/// The path and the hash of such a line; nothing for any other line, and for a path that [`fault`] rejects.
///
/// ```
/// use error_catalog_codegen::artifact::{Artifact, own};
///
/// let file = Artifact::new("web/errors.ts", "export {};\n");
/// let line = own::line(&file);
/// assert_eq!(own::read_line(&line), Some(("web/errors.ts", Artifact::hash(b"export {};\n"))));
/// assert_eq!(own::read_line("generated/Cargo.toml"), None);
/// assert_eq!(own::read_line("../errors.ts 0000000000000000"), None);
/// ```
#[must_use]
pub fn read_line(line: &str) -> Option<(&str, u64)> {
    let (path, hash) = line.split_once(' ')?;
    let is_hash = hash.len() == 16 && fault(path).is_none();
    let hash = u64::from_str_radix(hash, 16).ok().filter(|_| is_hash)?;
    Some((path, hash))
}

/// Why a path cannot be that of such a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathFault {
    /// It is empty, too long, or contains characters that not every system and tool accepts in a path.
    Invalid,
    /// It begins at the root of a file system.
    Absolute,
    /// It leads out of the project, or through the same folder twice.
    Dots,
    /// It is in a folder of the generator or of version control.
    Taken(&'static str),
    /// The tool writes a part of this file, or all of it.
    Written,
}

impl PathFault {
    /// What is wrong with the path, as the end of a sentence about it, and what to do.
    #[must_use]
    pub fn texts(self) -> (String, &'static str) {
        let (problem, help) = match self {
            Self::Invalid => (
                "is not a valid path",
                "write ASCII letters, digits, `-`, `_` and `.`, and `/` between folders",
            ),
            Self::Absolute => (
                "is not a relative path",
                "write a path from the root of the project, such as `web/src/errors.ts`",
            ),
            Self::Dots => (
                "contains a segment of dots",
                "write a path from the root of the project, without `.` and `..`",
            ),
            Self::Taken(folder) => {
                let problem = format!("is in the folder `{folder}`");
                return (problem, "choose a folder that belongs to your project");
            }
            Self::Written => (
                "is written by the tool itself",
                "choose a file that belongs to your project",
            ),
        };
        (problem.to_owned(), help)
    }
}

/// Folders that no such file is in: those of the generator, of the catalog, and of version control.
const TAKEN: [&str; 4] = [OWNED[0], OWNED[1], "catalog", ".git"];
/// Hand-written files with regions.
pub(crate) const WITH_REGIONS: [&str; 4] = [
    "docs/SUMMARY.md",
    "docs/catalog-format.md",
    "docs/envelopes.md",
    "docs/evolution.md",
];

/// The first fault of a path from the root of the project, if it has one.
///
/// ```
/// use error_catalog_codegen::artifact::own::{PathFault, fault};
///
/// assert_eq!(fault("web/src/errors.ts"), None);
/// assert_eq!(fault("web/../../errors.ts"), Some(PathFault::Dots));
/// assert_eq!(fault("generated/errors.ts"), Some(PathFault::Taken("generated")));
/// ```
#[must_use]
pub fn fault(path: &str) -> Option<PathFault> {
    if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') {
        return Some(PathFault::Absolute);
    }
    // What Windows does not accept in the name of a file, and what a list of files reads as its end.
    let is_valid = |c: char| c.is_ascii_graphic() && !"\\:*?\"<>|{}".contains(c);
    if path.is_empty() || path.len() > MAX_PATH_BYTES || !path.chars().all(is_valid) {
        return Some(PathFault::Invalid);
    }
    for segment in path.split('/') {
        match segment.trim_end_matches('.') {
            "" if segment.is_empty() => return Some(PathFault::Invalid),
            "" => return Some(PathFault::Dots),
            // Windows drops a final dot.
            name if name != segment => return Some(PathFault::Invalid),
            name if name.eq_ignore_ascii_case(".git") => return Some(PathFault::Taken(".git")),
            _ => {}
        }
    }
    // Some file systems do not distinguish capital letters.
    let lower = path.to_ascii_lowercase();
    let is_below = |folder: &&&str| {
        let rest = lower.strip_prefix(**folder);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if let Some(folder) = TAKEN.iter().find(is_below) {
        return Some(PathFault::Taken(folder));
    }
    let mut written = WITH_REGIONS.iter();
    let is_written = written.any(|file| file.eq_ignore_ascii_case(path));
    is_written.then_some(PathFault::Written)
}

#[cfg(test)]
mod tests {
    use super::{PathFault, fault};

    #[test]
    fn a_path_stays_in_the_project_and_out_of_what_is_not_its_own() {
        use PathFault::{Absolute, Dots, Invalid, Taken, Written};
        for (path, expected) in [
            ("errors.ts", None),
            ("web/app/[id]/(group)/@slot/errors.ts", None),
            (".github/errors.md", None),
            ("docs/errors.md", None),
            ("generated.ts", None),
            ("", Some(Invalid)),
            ("/etc/passwd", Some(Absolute)),
            ("C:/errors.ts", Some(Absolute)),
            ("..", Some(Dots)),
            ("../errors.ts", Some(Dots)),
            ("web/../../errors.ts", Some(Dots)),
            ("./errors.ts", Some(Dots)),
            ("web/.../errors.ts", Some(Dots)),
            ("web//errors.ts", Some(Invalid)),
            ("web/", Some(Invalid)),
            ("web/errors.ts.", Some(Invalid)),
            ("web\\errors.ts", Some(Invalid)),
            ("web/errors ts", Some(Invalid)),
            ("web/err\u{f6}rs.ts", Some(Invalid)),
            ("web/errors.ts\n", Some(Invalid)),
            ("generated", Some(Taken("generated"))),
            ("Generated/errors.ts", Some(Taken("generated"))),
            ("docs/errors/more.md", Some(Taken("docs/errors"))),
            ("catalog/catalog.schema.json", Some(Taken("catalog"))),
            (".git/hooks/pre-commit", Some(Taken(".git"))),
            ("web/.GIT/config", Some(Taken(".git"))),
            ("docs/summary.md", Some(Written)),
        ] {
            assert_eq!(fault(path), expected, "{path}");
        }
    }
}

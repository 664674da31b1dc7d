//! What a run would write: files as values.

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Artifact {
    /// The path below the output folder, with `/` between its parts.
    pub path: String,
    /// The whole content. Lines end in a line feed.
    pub contents: String,
}

impl Artifact {
    /// A file at `path` with these contents.
    #[must_use]
    pub fn new(path: impl Into<String>, contents: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            contents: contents.into(),
        }
    }
}

/// A part of the outputs that is summed up in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The Rust crate.
    Crate,
    /// The OpenAPI document.
    OpenApi,
    /// The Markdown documentation.
    Docs,
    /// The schema for editors.
    Schema,
    /// The resolved catalog for programs.
    Export,
}

impl Group {
    /// All groups, in the order of a summary.
    pub const ALL: [Self; 5] = [
        Self::Crate,
        Self::OpenApi,
        Self::Docs,
        Self::Schema,
        Self::Export,
    ];

    /// The group as a summary calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crate => "crate",
            Self::OpenApi => "openapi",
            Self::Docs => "docs",
            Self::Schema => "schema",
            Self::Export => "export",
        }
    }

    /// The group a path belongs to, also one that no plan holds any more.
    #[must_use]
    pub fn of(path: &str) -> Self {
        if path.starts_with("docs/") {
            Self::Docs
        } else if path.starts_with("catalog/") {
            Self::Schema
        } else if path.starts_with("generated/openapi") {
            Self::OpenApi
        } else if path.starts_with("generated/errors.") {
            Self::Export
        } else {
            Self::Crate
        }
    }
}

/// Everything a catalog is printed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The files, sorted by path; no path stands twice.
    pub artifacts: Vec<Artifact>,
    /// The folders whose files all belong to the generator, sorted.
    pub owned: &'static [&'static str],
}

/// The folders that belong to the generator.
pub const OWNED: &[&str] = &["docs/errors", "generated"];
/// The list of all files that a run wrote, itself one of them.
pub const FILE_LIST: &str = "generated/.files";

impl Plan {
    /// Sorts the files and adds the list of their paths.
    #[must_use]
    pub fn new(mut artifacts: Vec<Artifact>) -> Self {
        let mut paths: Vec<&str> = artifacts
            .iter()
            .map(|artifact| artifact.path.as_str())
            .collect();
        paths.push(FILE_LIST);
        paths.sort_unstable();
        let mut list = paths.join("\n");
        list.push('\n');
        artifacts.push(Artifact::new(FILE_LIST, list));
        artifacts.sort_unstable();
        Self {
            artifacts,
            owned: OWNED,
        }
    }
}

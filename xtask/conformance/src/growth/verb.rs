//! The measured verbs of `cargo xtask`.

use std::path::Path;

use anyhow::Context as _;
use fs_err as fs;
use serde_json::Value;

use super::texts::{AFTER, BEFORE, CATALOG, LIST, OLD_LIST};

/// The folder with the catalog before it was edited.
pub(super) const OLD: &str = "old";
/// The folder of the outputs.
const OUT: &str = "out";

/// A verb. A job runs them in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Check,
    /// The changes since the catalog was edited.
    Diff,
    New,
    /// The last, because it breaks long lines.
    Fmt,
    /// With all outputs, into an empty folder.
    Release,
    /// After an edit, over the outputs of the release.
    Gen,
    /// `diff --accept`, of a changed status.
    Accept,
    Import,
    /// `import --update`, with a list that changed every code.
    Update,
}

impl Verb {
    pub(super) const ALL: [Self; 9] = [
        Self::Check,
        Self::Diff,
        Self::New,
        Self::Fmt,
        Self::Release,
        Self::Gen,
        Self::Accept,
        Self::Import,
        Self::Update,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Check => "check",
            Self::Diff => "diff",
            Self::New => "new",
            Self::Release => "release",
            Self::Gen => "gen",
            Self::Accept => "accept",
            Self::Import => "import",
            Self::Update => "update",
        }
    }

    /// Whether it writes outputs, or needs the lock of a release.
    pub(super) const fn writes_outputs(self) -> bool {
        matches!(self, Self::Release | Self::Gen | Self::Accept)
    }

    /// Edits the catalog as the verb needs it.
    pub(super) fn prepare(self, work: &Path) -> anyhow::Result<()> {
        match self {
            Self::Diff | Self::Gen => edit(work, |text| {
                text.replace("Look at", "First look at")
                    .replace(BEFORE, AFTER)
            }),
            Self::Accept => edit(work, |text| {
                let replaced = text.replacen("status: 404", "status: 400", 1);
                replaced.replacen("\"status\": 404", "\"status\": 400", 1)
            }),
            Self::Fmt | Self::Check | Self::New | Self::Release | Self::Import | Self::Update => {
                Ok(())
            }
        }
    }

    /// The arguments of the command. `output` runs another one, and returns its stdout.
    pub(super) fn arguments(
        self,
        output: impl FnOnce(&[&str]) -> anyhow::Result<String>,
    ) -> anyhow::Result<Vec<String>> {
        let against = format!("{OLD}/{CATALOG}");
        let fingerprint;
        let own: &[&str] = match self {
            Self::Fmt => &["fmt"],
            Self::Check => &["check", "--out", OUT],
            Self::Diff => &["diff", "--against", &against],
            Self::New => &["new", "brand_new", "--type", "request_error"],
            Self::Release => &["release", "1.0.0", "--out", OUT],
            Self::Gen => &["gen", "--out", OUT],
            Self::Accept => {
                let arguments = ["diff", "--format", "json", "--catalog", CATALOG];
                fingerprint = breaking(&output(&arguments)?)?;
                &[
                    "diff",
                    "--accept",
                    &fingerprint,
                    "--reason",
                    "It was never sent",
                ]
            }
            Self::Update => &["import", LIST, "--update", "--base", OLD_LIST],
            Self::Import => return Ok(["import", LIST, "--out", OUT].map(str::to_owned).to_vec()),
        };
        let catalog = ["--catalog", CATALOG];
        Ok(own
            .iter()
            .chain(&catalog)
            .map(|&part| part.to_owned())
            .collect())
    }
}

/// Edits the text of all files of the catalog.
fn edit(work: &Path, change: impl Fn(&str) -> String) -> anyhow::Result<()> {
    for entry in fs::read_dir(work)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let text = fs::read_to_string(&path)?;
            fs::write(&path, change(&text))?;
        }
    }
    Ok(())
}

/// The fingerprint of the first breaking change.
fn breaking(changes: &str) -> anyhow::Result<String> {
    let changes: Value = serde_json::from_str(changes)?;
    let mut all = changes["changes"].as_array().into_iter().flatten();
    let found = all.find(|change| change["level"] == "breaking");
    let fingerprint = found.and_then(|change| change["fingerprint"].as_str());
    Ok(fingerprint
        .context("there is no breaking change")?
        .to_owned())
}

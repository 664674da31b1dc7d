//! The arguments of the verbs about what was released.

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask release 1.1.0 --dry-run    shows what would be written
  cargo xtask release 1.1.0
  cargo xtask release 0.1.0 --catalog my/catalog.yaml --out out/my

Writes catalog.lock beside the catalog, the version and `since` into the catalog, all outputs, and the version of
the crate in Cargo.lock: all of them, or none. Refuses a version that is too small for what has changed since
the last release. docs/evolution.md tells the whole of it.")]
pub(crate) struct ReleaseOptions {
    /// The version, such as 1.2.0
    pub(crate) version: String,
    /// Write nothing: show what would be
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask diff                                 what has changed since the last release
  cargo xtask diff --against origin/main           since a revision of git
  cargo xtask diff --against old/catalog.yaml      since another catalog, or a lock
  cargo xtask diff --against origin/main --format github --fail-on risky
  cargo xtask diff --format markdown >> CHANGELOG.md
  cargo xtask diff --accept 4f0c2a9b1d3e5f67 --reason \"Nobody has ever been sent it\"

Shows what changes for those who rely on the errors, and the version that it calls for. Exit code 1: a catalog cannot be
read, or --fail-on strikes. docs/evolution.md says what counts as breaking.")]
pub(crate) struct DiffOptions {
    /// What to compare with: a catalog, a lock, or else a revision of git [default: the lock of the catalog]
    #[arg(long, value_name = "REV|FILE")]
    pub(crate) against: Option<String>,
    /// How to print the changes
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// Exit with 1 if there is a change of this level or a heavier one that is not accepted
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_on: Option<FailOn>,
    /// Write into the catalog that the change with this fingerprint is meant, although it breaks what was released
    #[arg(
        long,
        value_name = "FINGERPRINT",
        requires = "reason",
        conflicts_with_all = ["against", "format", "fail_on"]
    )]
    pub(crate) accept: Option<String>,
    /// Why the change is accepted, for the changelog
    #[arg(long, value_name = "TEXT", requires = "accept")]
    pub(crate) reason: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    Text,
    /// A JSON document
    Json,
    /// A section of a changelog, with what is public
    Markdown,
    /// GitHub workflow commands
    Github,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FailOn {
    /// Whoever relied on what it changes is wrong now
    Breaking,
    /// Some who relied on it may be wrong now
    Risky,
}

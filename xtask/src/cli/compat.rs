//! The arguments of `release` and `diff`.

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask release 1.1.0 --dry-run    print what would be written
  cargo xtask release 1.1.0
  cargo xtask release 0.1.0 --catalog my/catalog.yaml --out out/my

Writes catalog.lock next to the catalog, the version and `since` in the catalog, all outputs, and the version of
the crate in Cargo.lock: all of them, or none. Fails if the version is too low for the changes since the last
release, or if a text begins with TODO. See docs/evolution.md.")]
pub(crate) struct ReleaseOptions {
    /// The version, such as 1.2.0
    pub(crate) version: String,
    /// Write nothing: print what would be written
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Release texts that are not written yet
    #[arg(long)]
    pub(crate) allow_todo: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask diff                                 changes since the last release
  cargo xtask diff --against origin/main           since a git revision
  cargo xtask diff --against old/catalog.yaml      since another catalog, or a lock
  cargo xtask diff --against origin/main --format github --fail-on risky
  cargo xtask diff --format markdown >> CHANGELOG.md
  cargo xtask diff --accept 4f0c2a9b1d3e5f67 --reason \"It was never sent\"

Shows each change with its level, and the version that the next release needs at least. Exit code 1: a catalog
has errors, or there is a change of the level of --fail-on. docs/evolution.md lists which changes are breaking.")]
pub(crate) struct DiffOptions {
    /// The old version: a catalog, a lock or a git revision [default: the lock of the catalog]
    #[arg(long, value_name = "REV|FILE")]
    pub(crate) against: Option<String>,
    /// The format of the changes
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// Exit with 1 if a change of this level or above is not accepted
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_on: Option<FailOn>,
    /// Accept the breaking change with this fingerprint, and record that in the catalog
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
    /// A section of a changelog, with the public changes
    Markdown,
    /// GitHub workflow commands
    Github,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FailOn {
    /// The change breaks clients
    Breaking,
    /// The change may break some clients
    Risky,
}

//! The arguments of the verbs about what was released.

use clap::Args;

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

//! The arguments of the verbs that change the catalog.

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask fmt
  cargo xtask fmt --check                for CI
  cargo xtask fmt --catalog my/catalog.yaml

The canonical form is described in docs/catalog-format.md. Comments and blank lines are kept.")]
pub(crate) struct FmtOptions {
    /// Write nothing: print what would change as a diff, and exit with 1 if anything would
    #[arg(long)]
    pub(crate) check: bool,
}

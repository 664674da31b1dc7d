//! The arguments of the verbs that change the catalog.

use std::path::PathBuf;

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

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask new file_is_locked --type invalid_request_error
  cargo xtask new file_is_locked --type invalid_request_error --status 423
  cargo xtask new file_is_locked --type invalid_request_error --after file_not_found
  cargo xtask new 404 --type invalid_request_error --rust NotFound

Without --after the code goes behind the last one of its type. Its meaning and fix begin with TODO, which
`cargo xtask check` reports until they are written.")]
pub(crate) struct NewOptions {
    /// The name of the code on the wire
    #[arg(value_name = "CODE")]
    pub(crate) name: String,
    /// The type of the code
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) error_type: String,
    /// The status of the code [default: the first of the type]
    #[arg(long, value_name = "STATUS", value_parser = clap::value_parser!(u16).range(400..=599))]
    pub(crate) status: Option<u16>,
    /// The name of the variant in Rust [default: CODE in upper camel case]
    #[arg(long, value_name = "NAME")]
    pub(crate) rust: Option<String>,
    /// Put it behind this code
    #[arg(long, value_name = "CODE")]
    pub(crate) after: Option<String>,
    /// Put it into this file of the catalog [default: where the codes of its type are]
    #[arg(long, value_name = "FILE", conflicts_with = "after")]
    pub(crate) file: Option<PathBuf>,
}

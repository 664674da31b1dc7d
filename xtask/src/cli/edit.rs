//! The arguments of `fmt` and `new`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask fmt
  cargo xtask fmt --check                for CI
  cargo xtask fmt --catalog my/catalog.yaml

Comments and blank lines are kept. docs/catalog-format.md describes the canonical form.")]
pub(crate) struct FmtOptions {
    /// Write nothing: print the changes as a diff, and exit with 1 if there are any
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask new file_is_locked --type invalid_request_error
  cargo xtask new file_is_locked --type invalid_request_error --status 423
  cargo xtask new file_is_locked --type invalid_request_error --after file_not_found
  cargo xtask new 404 --type invalid_request_error --rust NotFound

Without --after, the code is added after the last one of its type. Its meaning and fix begin with TODO, which
`cargo xtask check` reports until you write them.")]
pub(crate) struct NewOptions {
    /// The wire name of the code
    #[arg(value_name = "CODE", allow_negative_numbers = true)]
    pub(crate) name: String,
    /// The type of the code
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) error_type: String,
    /// The status of the code [default: the first status of the type]
    #[arg(long, value_name = "STATUS", value_parser = clap::value_parser!(u16).range(400..=599))]
    pub(crate) status: Option<u16>,
    /// The Rust name of the code [default: CODE in upper camel case]
    #[arg(long, value_name = "NAME")]
    pub(crate) rust: Option<String>,
    /// Add it after this code
    #[arg(long, value_name = "CODE", allow_negative_numbers = true)]
    pub(crate) after: Option<String>,
    /// Add it to this file of the catalog [default: the file with the codes of its type]
    #[arg(long, value_name = "FILE", conflicts_with = "after")]
    pub(crate) file: Option<PathBuf>,
}

//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Checks servers and source code against an error catalog.
#[derive(Debug, Parser)]
#[command(
    name = "error-catalog-audit",
    version,
    propagate_version = false,
    after_help = "Examples:
  cargo xtask coverage                   which codes are emitted, and which are tested
  cargo xtask coverage --catalog my/catalog.yaml server

Exit codes: 0 ok, 1 what was checked has errors, 2 usage or I/O error."
)]
pub(crate) struct Cli {
    /// The catalog to read [default: catalog/catalog.yaml in this folder or the nearest folder above]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) catalog: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Show where the source code emits each code, and which tests name it
    Coverage(CoverageOptions),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask coverage
  cargo xtask coverage server clients/web
  cargo xtask coverage --exclude 'crates/fakes/**'
  cargo xtask coverage --format markdown >> $GITHUB_STEP_SUMMARY

Files that git ignores are not read, and neither are the outputs of the catalog.")]
pub(crate) struct CoverageOptions {
    /// The folders and files to read [default: the root of the project]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Files not to read, in the notation of .gitignore; repeatable
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table for people, to stdout
    Text,
    /// A JSON object, to stdout
    Json,
    /// A table for a pull request, to stdout
    Markdown,
}

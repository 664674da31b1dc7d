//! The arguments.

mod compat;
mod edit;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use compat::{DiffFormat, DiffOptions, FailOn, ReleaseOptions};
pub(crate) use edit::{FmtOptions, NewOptions};

/// Generates a Rust crate, an OpenAPI document and Markdown docs from an error catalog.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    version,
    propagate_version = false,
    after_help = "Examples:
  cargo xtask gen                        write all outputs of catalog/catalog.yaml
  cargo xtask gen --check                prove that they are current, for CI
  cargo xtask explain file_too_large     everything about a code
  cargo xtask gen --catalog my/catalog.yaml --out out/my

Exit codes: 0 fine; 1 the catalog or the outputs are at fault; 2 wrong usage or a fault of the machine."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) paths: Paths,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// Where things are.
#[derive(Debug, Args)]
pub(crate) struct Paths {
    /// The catalog to read [default: catalog/catalog.yaml of the project around this folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) catalog: Option<PathBuf>,
    /// The folder to write to [default: the project]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Write all outputs, or prove with --check that they are current
    Gen(GenOptions),
    /// Write the outputs anew each time that the catalog is saved
    Watch(WatchOptions),
    /// Report what is wrong with the catalog, and write nothing
    Check(CheckOptions),
    /// Tell all about a code, a type, or a rule of this tool
    Explain(ExplainOptions),
    /// List the errors of the catalog
    List(ListOptions),
    /// Put a new code into the catalog
    New(NewOptions),
    /// Bring the catalog to its canonical form, or prove with --check that it is in it
    Fmt(FmtOptions),
    /// Freeze the catalog as a version that was published
    Release(ReleaseOptions),
    /// Show what changes for those who rely on what was released
    Diff(DiffOptions),
    /// Build the guide and the error reference as a book
    Docs(DocsOptions),
    /// Draft a catalog from a list of errors that exists already
    Import(ImportOptions),
    /// Bring the errors into an OpenAPI document that is there already
    Openapi(OpenapiOptions),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask gen
  cargo xtask gen --check
  cargo xtask gen --catalog my/catalog.yaml --out out/my")]
pub(crate) struct GenOptions {
    /// Write nothing: print what would change, and exit with 1 if anything would
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask watch
  cargo xtask watch --catalog my/catalog.yaml --out out/my

Shows what is wrong with the catalog, and how long each run took. While there are errors, the
outputs stay as the last good catalog made them. Ctrl-C ends it.")]
pub(crate) struct WatchOptions {}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask check
  cargo xtask check --format json | jq .rule
  cargo xtask check --format github      annotations of a pull request
  cargo xtask check --format sarif > findings.sarif")]
pub(crate) struct CheckOptions {
    /// How to print the findings
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(crate) format: CheckFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people, to stderr
    Text,
    /// One JSON object a line, to stdout
    Json,
    /// GitHub workflow commands, to stdout
    Github,
    /// SARIF 2.1.0, which services that scan code read, to stdout
    Sarif,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask explain rate_limit_exceeded
  cargo xtask explain server_error
  cargo xtask explain ErrorCode::RateLimitExceeded
  cargo xtask explain missing-fix")]
pub(crate) struct ExplainOptions {
    /// A code or type of the catalog, also by its name in Rust or that of its page, a retired code, or a rule
    /// of this tool
    pub(crate) name: String,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask list
  cargo xtask list --status 429
  cargo xtask list --type auth_error --format json
  cargo xtask list --retryable
  cargo xtask list --deprecated
  cargo xtask list --retired --format json")]
pub(crate) struct ListOptions {
    /// Only errors with this status, or of this family: 404, 5xx
    #[arg(long, value_name = "STATUS", value_parser = parse_status)]
    pub(crate) status: Option<StatusFilter>,
    /// Only errors of this type
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) error_type: Option<String>,
    /// Only errors that are worth another try
    #[arg(long)]
    pub(crate) retryable: bool,
    /// Only codes that are deprecated
    #[arg(long)]
    pub(crate) deprecated: bool,
    /// Instead, the codes that are sent no more
    #[arg(long, conflicts_with_all = ["status", "error_type", "retryable", "deprecated"])]
    pub(crate) retired: bool,
    /// How to print the list
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask docs
  cargo xtask docs --open

Needs mdBook 0.5: `cargo install --locked mdbook@0.5.4` gets it. The book is in target/book.")]
pub(crate) struct DocsOptions {
    /// Show the book in a browser when it is built
    #[arg(long)]
    pub(crate) open: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask import errors.jsonl --out out/my     writes out/my/catalog.yaml
  cargo xtask import openapi.yaml --out out/my
  cargo xtask import errors.md --type api_error > catalog.yaml

What the source does not say is marked `TODO` in the draft and listed. Exit code 1: not all of the
source could be taken. docs/bring-your-list.md has it all.")]
pub(crate) struct ImportOptions {
    // These two have the names of options of all verbs, and other words in the help of this one.
    /// The folder to write `catalog.yaml` to [default: the draft is printed]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Belongs to verbs that read a catalog
    #[arg(long, value_name = "FILE", hide = true)]
    pub(crate) catalog: Option<PathBuf>,
    /// The list: JSON lines, an OpenAPI document in YAML or JSON, or a page of Markdown or plain text
    pub(crate) file: PathBuf,
    /// What kind of list it is [default: by the ending of its name, and by what is in it]
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) from: Option<ImportSource>,
    /// The type of the codes for which the list has none [default: one for 4xx and one for 5xx]
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) error_type: Option<String>,
    /// The name of the crate [default: from the name of the file]
    #[arg(long = "crate", value_name = "NAME")]
    pub(crate) crate_name: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportSource {
    /// A JSON object a line
    Jsonl,
    /// An OpenAPI document
    Openapi,
    /// A page with tables, in Markdown or plain text
    Markdown,
}

#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct OpenapiOptions {
    #[command(subcommand)]
    pub(crate) verb: OpenapiVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum OpenapiVerb {
    /// Print an OpenAPI Overlay that adds the errors to a document of your own
    Overlay(OverlayOptions),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask openapi overlay --to api.yaml > errors.overlay.yaml
  npx openapi-format api.yaml --overlayFile errors.overlay.yaml --no-sort --output api.full.yaml

The overlay adds the components of the errors, and to each operation of the catalog, found by its
operationId, a response for each status that it can fail with. An operation of the catalog that the
document does not have is an error; what it has and the catalog does not is listed.")]
pub(crate) struct OverlayOptions {
    /// The OpenAPI document to which the overlay will be applied, in YAML or JSON; it is only read
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
    /// For contract tests: each status admits its errors and no others
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Table,
    /// A JSON array
    Json,
}

/// A status, or all of a class.
#[derive(Clone, Copy, Debug)]
pub(crate) enum StatusFilter {
    One(u16),
    Class(u8),
}

fn parse_status(text: &str) -> Result<StatusFilter, String> {
    match text.to_ascii_lowercase().as_str() {
        "4xx" => Ok(StatusFilter::Class(4)),
        "5xx" => Ok(StatusFilter::Class(5)),
        number => match number.parse() {
            Ok(status @ 400..=599) => Ok(StatusFilter::One(status)),
            _ => Err("write a status from 400 to 599, 4xx or 5xx".to_owned()),
        },
    }
}

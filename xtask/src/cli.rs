//! The command line.

mod compat;
mod edit;
#[cfg(feature = "import")]
mod import;
#[cfg(feature = "init")]
mod init;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use codegen::BuiltInTemplate;

pub(crate) use compat::{DiffFormat, DiffOptions, FailOn, ReleaseOptions};
pub(crate) use edit::{FmtOptions, NewOptions};
#[cfg(feature = "import")]
pub(crate) use import::{ImportOptions, ImportSource, Signs};
#[cfg(feature = "init")]
pub(crate) use init::{Ci, InitOptions, ToolOptions};

/// Generates a Rust crate, an OpenAPI document and Markdown docs from an error catalog.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    version,
    propagate_version = false,
    after_help = "Examples:
  cargo xtask gen                        write all outputs of catalog/catalog.yaml
  cargo xtask gen --check                check that they are current, for CI
  cargo xtask explain file_too_large     everything about a code
  cargo xtask gen --catalog my/catalog.yaml --out out/my

Exit codes: 0 ok, 1 the catalog or the outputs failed the check, 2 usage or I/O error."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) paths: Paths,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// A verb of this program. An xtask that contains the verbs has only those that it is built with.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Verb(Verb),
    /// Set up a catalog, its outputs and an xtask in a repository
    #[cfg(not(feature = "init"))]
    Init(HandedOver),
    /// Create a catalog from an existing list of errors
    #[cfg(not(feature = "import"))]
    Import(HandedOver),
}

/// The catalog and the folder of its outputs.
#[derive(Debug, Args)]
pub(crate) struct Paths {
    /// The catalog to read [default: catalog/catalog.yaml in this folder or the nearest folder above]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) catalog: Option<PathBuf>,
    /// The folder to write to [default: the root of the project]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Set up a catalog, its outputs and an xtask in a repository
    #[cfg(feature = "init")]
    Init(InitOptions),
    /// Write all outputs, or check with --check that they are current
    Gen(GenOptions),
    /// Write the outputs whenever the catalog is saved
    #[command(after_help = "Examples:
  cargo xtask watch
  cargo xtask watch --catalog my/catalog.yaml --out out/my

Prints the diagnostics and the duration of each run. While the catalog has errors, the outputs of the last
valid catalog stay. Ctrl-C stops it.")]
    Watch,
    /// Check the catalog, and write nothing
    Check(CheckOptions),
    /// Explain a code, a type, a status, an operation, a set, a group, an argument, a style or a rule
    Explain(ExplainOptions),
    /// List the codes and types of the catalog
    List(ListOptions),
    /// Add a code to the catalog
    New(NewOptions),
    /// Format the catalog, or check with --check that it is formatted
    Fmt(FmtOptions),
    /// Release a version of the catalog
    Release(ReleaseOptions),
    /// Show the changes since the last release, and which of them are breaking
    Diff(DiffOptions),
    /// Build the errors as a book of their own, and the guide
    Docs(DocsOptions),
    /// Check recorded exchanges, or those of a test suite, against the catalog
    LiveCheck(HandedOver),
    /// Show where the source code emits each code, and which tests name it
    Coverage(HandedOver),
    /// Print a template that comes with the tool, to change a copy of it
    Template(TemplateOptions),
    /// Create a catalog from an existing list of errors
    #[cfg(feature = "import")]
    Import(ImportOptions),
    /// Add the errors to an existing OpenAPI document
    #[command(subcommand, arg_required_else_help = true)]
    Openapi(OpenapiVerb),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask gen
  cargo xtask gen --check
  cargo xtask gen --catalog my/catalog.yaml --out out/my")]
pub(crate) struct GenOptions {
    /// Write nothing: print what would change, and exit with 1 if anything would change
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask check
  cargo xtask check --format json | jq .rule
  cargo xtask check --format github      annotations of a pull request
  cargo xtask check --format sarif > findings.sarif")]
pub(crate) struct CheckOptions {
    /// The format of the findings
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
    /// SARIF 2.1.0, for code scanning services, to stdout
    Sarif,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask explain rate_limit_exceeded
  cargo xtask explain server_error
  cargo xtask explain ErrorCode::RateLimitExceeded
  cargo xtask explain 409                  the errors with a status; also 4xx and 5xx
  cargo xtask explain upload_file          the errors of an operation
  cargo xtask explain @key                 the codes of a set
  cargo xtask explain anthropic            the body of a style, and its names of types and codes
  cargo xtask explain missing-fix

Exit codes: 0 the name is explained; 1 the catalog has errors; 2 the name is unknown.")]
pub(crate) struct ExplainOptions {
    /// A code, retired code, type, status, family (4xx), operation, set, group, argument, style or rule; a code also by
    /// its name in Rust or the name of its page, a type, operation or style by its name in Rust, an operation by its
    /// request
    #[arg(allow_negative_numbers = true)]
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
    /// Only errors with this status or of this family, such as 404 or 5xx
    #[arg(long, value_name = "STATUS", value_parser = parse_status)]
    pub(crate) status: Option<StatusFilter>,
    /// Only errors of this type
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) error_type: Option<String>,
    /// Only retryable errors
    #[arg(long)]
    pub(crate) retryable: bool,
    /// Only deprecated codes
    #[arg(long)]
    pub(crate) deprecated: bool,
    /// Only retired codes, which are no longer sent
    #[arg(long, conflicts_with_all = ["status", "error_type", "retryable", "deprecated"])]
    pub(crate) retired: bool,
    /// The format of the list
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask docs
  cargo xtask docs --open

Needs mdBook 0.5: install it with `cargo install --locked mdbook@0.5.4`. The errors are in target/errors/book, with the
file errors.html. If docs/ has a book.toml, it is built too.")]
pub(crate) struct DocsOptions {
    /// Open the books in a browser
    #[arg(long)]
    pub(crate) open: bool,
}

/// The arguments of a verb of another program, which has its help too.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(crate) struct HandedOver {
    /// See `--help` after the verb
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) arguments: Vec<OsString>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask template typescript
  cargo xtask template python > catalog/templates/errors.py.j2

A catalog uses a template by its name, without a copy: `outputs: [{ template: typescript, to: web/src/errors.ts }]`.
It names a copy by its path from the folder of the catalog, such as `templates/errors.py.j2`. See docs/outputs.md.")]
pub(crate) struct TemplateOptions {
    /// The name of the template
    #[arg(value_parser = PossibleValuesParser::new(template_names()))]
    pub(crate) name: String,
}

/// The names of the templates, with what they make.
fn template_names() -> [PossibleValue; 2] {
    BuiltInTemplate::ALL
        .map(|template| PossibleValue::new(template.name).help(template.description))
}

#[derive(Debug, Subcommand)]
pub(crate) enum OpenapiVerb {
    /// Print an OpenAPI Overlay that adds the errors to your document
    Overlay(OverlayOptions),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask openapi overlay --to api.yaml > errors.overlay.yaml
  npx openapi-format api.yaml --overlayFile errors.overlay.yaml --no-sort --output api.full.yaml

The overlay adds the components, and adds a response for each possible status to each operation, which is
found by its operationId. An operation of the catalog that is missing in the document is an error. Operations
that are missing in the catalog are listed.")]
pub(crate) struct OverlayOptions {
    /// The target OpenAPI document, in YAML or JSON; it is not changed
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
    /// For contract tests: each status allows its errors only
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
            _ => Err("expected a status from 400 to 599, 4xx or 5xx".to_owned()),
        },
    }
}

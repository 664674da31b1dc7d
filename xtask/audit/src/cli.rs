//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::proxy::{Listen, Upstream};

/// Checks servers and source code against an error catalog.
#[derive(Debug, Parser)]
#[command(
    name = "error-catalog-audit",
    version,
    propagate_version = false,
    after_help = "Examples:
  cargo xtask live-check traffic.har     whether the server keeps what the catalog says
  cargo xtask live-check --to http://127.0.0.1:4000 -- npm test
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
    /// Check recorded exchanges, or those of a test suite, against the catalog
    LiveCheck(Box<LiveCheckOptions>),
    /// Show where the source code emits each code, and which tests name it
    Coverage(CoverageOptions),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask coverage
  cargo xtask coverage server clients/web
  cargo xtask coverage --exclude 'crates/fakes/**'
  cargo xtask coverage --fail-on warn
  cargo xtask coverage --format markdown >> $GITHUB_STEP_SUMMARY

Files that git ignores are not read, and neither are the outputs of the catalog. Exit code 1: there are findings of the
level `error`, or of the level that `--fail-on` names. See docs/coverage.md.")]
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
    /// The level from which findings fail the run
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub(crate) fail_on: FailOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table for people, to stdout; the findings to stderr
    Text,
    /// A JSON object, to stdout
    Json,
    /// A table and the findings for a pull request, to stdout
    Markdown,
    /// The findings as GitHub workflow commands, to stdout
    Github,
    /// The findings in SARIF 2.1.0, for code scanning services, to stdout
    Sarif,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask live-check traffic.har
  cargo xtask live-check --at http://127.0.0.1:4000 target/recordings
  zcat access.jsonl.gz | cargo xtask live-check -
  cargo xtask live-check --operation get_file --min-coverage 80 traffic.har
  cargo xtask live-check --coverage coverage.json --format markdown traffic.har >> $GITHUB_STEP_SUMMARY
  cargo xtask live-check --to http://127.0.0.1:4000 -- npm test
  cargo xtask live-check --to http://127.0.0.1:4000 -- sh -c 'pytest --base-url \"$LIVE_CHECK_URL\"'
  cargo xtask live-check --to http://127.0.0.1:4000 --listen 4001

With `--to`, a proxy passes all bytes on as they are. The command finds its address in LIVE_CHECK_URL. Without a command,
the proxy runs until Ctrl-C. The report follows.

Exit codes: 0 no finding of the level `error`, and coverage as required; 1 otherwise; 2 usage or I/O error. A command
that fails gives its own exit code. See docs/live-check.md.")]
pub(crate) struct LiveCheckOptions {
    /// Files and folders with recordings; `-` is the standard input
    #[arg(value_name = "RECORDING", conflicts_with = "to")]
    pub(crate) recordings: Vec<String>,
    /// Judge the traffic of a proxy in front of this server
    #[arg(long, value_name = "URL", conflicts_with = "at")]
    pub(crate) to: Option<Upstream>,
    /// The port or address of the proxy [default: a free port]
    #[arg(
        long,
        value_name = "ADDRESS",
        requires = "to",
        conflicts_with = "recordings"
    )]
    pub(crate) listen: Option<Listen>,
    /// Judge only requests to addresses that begin so; repeatable
    #[arg(long, value_name = "URL")]
    pub(crate) at: Vec<String>,
    /// What ends a stream without error: data such as `[DONE]`, or `event:NAME`; repeatable
    #[arg(long, value_name = "END")]
    pub(crate) stream_end: Vec<String>,
    /// Count coverage of this operation only; repeatable
    #[arg(long, value_name = "ID")]
    pub(crate) operation: Vec<String>,
    /// Count coverage of this group only; repeatable
    #[arg(long, value_name = "NAME")]
    pub(crate) group: Vec<String>,
    /// Count coverage of this type only; repeatable
    #[arg(long = "type", value_name = "NAME")]
    pub(crate) error_type: Vec<String>,
    /// Add what was seen to this file, and report what all runs in it saw
    #[arg(long, value_name = "FILE")]
    pub(crate) coverage: Option<PathBuf>,
    /// Also report what the runs in this file saw, without writing it; repeatable
    #[arg(long, value_name = "FILE")]
    pub(crate) merge: Vec<PathBuf>,
    /// Fail if fewer percent of the codes were seen, or of `types=`, `statuses=` or `pairs=`; repeatable
    #[arg(long, value_name = "PERCENT")]
    pub(crate) min_coverage: Vec<String>,
    /// The level from which findings fail the run
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub(crate) fail_on: FailOn,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
    /// The command to run with `LIVE_CHECK_URL`, the address of the proxy
    #[arg(last = true, value_name = "COMMAND", requires = "to")]
    pub(crate) command: Vec<OsString>,
}

/// The level from which findings fail a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warn,
    /// No findings
    Never,
}

/// The format of a report about exchanges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// What is wrong and what was never seen, for people
    Text,
    /// A JSON document with every group of findings
    Json,
    /// Tables for a pull request
    Markdown,
    /// Workflow commands of GitHub
    Github,
    /// A SARIF 2.1.0 log
    Sarif,
    /// A test case for each rule, for CI systems
    Junit,
}

//! The arguments of `init`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ImportSource;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo error-catalog init --title \"Pet Store\"
  cargo error-catalog init --from openapi.yaml --ci github
  cargo error-catalog init my-api --title \"Pet Store\" --dry-run

Without --title and --crate-name, init asks for them if it runs on a terminal. It writes all of its files or none, and
a second run changes nothing. docs/your-repository.md describes each file.")]
pub(crate) struct InitOptions {
    // These two override the global options.
    /// Not supported here
    #[arg(long, value_name = "DIR", hide = true)]
    pub(crate) out: Option<PathBuf>,
    /// Not supported here
    #[arg(long, value_name = "FILE", hide = true)]
    pub(crate) catalog: Option<PathBuf>,
    /// The root of a workspace, a single crate, or an empty folder
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,
    /// The title of the API, such as `Pet Store`
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// The name of the generated crate [default: from the title]
    #[arg(long, value_name = "NAME")]
    pub(crate) crate_name: Option<String>,
    /// Import this list of errors: JSON lines, an OpenAPI document, or a page with tables
    #[arg(long, value_name = "FILE", conflicts_with = "title")]
    pub(crate) from: Option<PathBuf>,
    /// The kind of the list [default: from the extension of the file, and from its contents]
    #[arg(long, value_enum, value_name = "KIND", requires = "from")]
    pub(crate) kind: Option<ImportSource>,
    /// Add a CI job that checks the catalog and the outputs
    #[arg(long, value_enum, value_name = "SERVICE")]
    pub(crate) ci: Option<Ci>,
    /// Leave out the crate `xtask` and its alias: for an xtask of your own, and for `cargo error-catalog`
    #[arg(long)]
    pub(crate) no_xtask: bool,
    #[command(flatten)]
    pub(crate) tool: ToolOptions,
    /// Write nothing: print what would change
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) guard: GuardOptions,
}

/// Where cargo gets the tool from [default: this version from crates.io].
#[derive(Debug, Args)]
pub(crate) struct ToolOptions {
    /// Let xtask depend on the tool in this folder, such as `../error-catalog/xtask`, instead of a version
    #[arg(long, value_name = "DIR", conflicts_with_all = ["git", "no_xtask"])]
    pub(crate) path: Option<PathBuf>,
    /// Let xtask depend on the tool in this git repository, instead of a version
    #[arg(long, value_name = "URL", conflicts_with = "no_xtask")]
    pub(crate) git: Option<String>,
    /// The commit of the git repository
    #[arg(long, requires = "git")]
    pub(crate) rev: Option<String>,
}

/// What `init` does without.
#[derive(Debug, Args)]
pub(crate) struct GuardOptions {
    /// Also run if git has uncommitted changes
    #[arg(long)]
    pub(crate) allow_dirty: bool,
    /// Also edit files that are not under version control
    #[arg(long)]
    pub(crate) allow_no_vcs: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Ci {
    /// A workflow in `.github/workflows/`
    Github,
    /// A job in `.gitlab-ci.yml`
    Gitlab,
}

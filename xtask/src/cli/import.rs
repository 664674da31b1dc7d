//! The options of `import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use codegen::import::{Format, Placeholders};

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask import errors.jsonl --out out/my     writes out/my/catalog.yaml
  cargo xtask import openapi.yaml --out out/my
  cargo xtask import errors.md --type api_error > catalog.yaml
  cargo xtask import src/error.rs --partial --out out/my
  cargo xtask import errors.jsonl --update         the list has a new version
  cargo xtask import new.jsonl --update --base old.jsonl --dry-run

Values that the source does not contain are marked with `TODO` in the draft, and listed. Exit code 1: a part
of the source could not be imported, and --partial is not given, or the list and a person changed the same
value. See docs/bring-your-list.md.")]
pub(crate) struct ImportOptions {
    // These two override the global options, to change their help.
    /// The folder to write `catalog.yaml` to [default: the draft is printed]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// With --update: the catalog [default: catalog/catalog.yaml in this folder or the nearest folder above]
    #[arg(long, value_name = "FILE")]
    pub(crate) catalog: Option<PathBuf>,
    /// The list: data, a table, a page, an OpenAPI document, or source code with enums
    pub(crate) file: PathBuf,
    /// The format of the list [default: from its contents]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) from: Option<ImportSource>,
    /// The type of codes without a type in the list [default: one type for 4xx and one for 5xx]
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) error_type: Option<String>,
    /// The name of the generated crate [default: from the name of the file]
    #[arg(long = "crate", value_name = "NAME")]
    pub(crate) crate_name: Option<String>,
    /// How messages mark their variable parts [default: from the list]
    #[arg(long, value_enum, value_name = "SIGNS")]
    pub(crate) placeholders: Option<Signs>,
    /// The field whose values are the namespaces of codes, or `none` [default: from the list]
    #[arg(long, value_name = "FIELD")]
    pub(crate) namespace: Option<String>,
    /// Exit with 0 although a part of the list could not be imported; each part is still reported
    #[arg(long)]
    pub(crate) partial: bool,
    /// Change in the catalog what the list changed since its last import; what people changed stays
    #[arg(long, conflicts_with_all = ["out", "crate_name"])]
    pub(crate) update: bool,
    /// With --update: the former version of the list, if its import is not recorded
    #[arg(long, value_name = "LIST", requires = "update")]
    pub(crate) base: Option<PathBuf>,
    /// With --update: write nothing, print what would change
    #[arg(long, requires = "update")]
    pub(crate) dry_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportSource {
    /// A JSON object a line
    Jsonl,
    /// A JSON document with a list, or a mapping of errors by their names
    Json,
    /// A YAML document, as for JSON
    Yaml,
    /// A TOML document, as for JSON
    Toml,
    /// A table whose columns a comma, a semicolon, a tab or a bar separates
    #[value(alias = "tsv")]
    Csv,
    /// An OpenAPI document
    Openapi,
    /// A page with tables, headings or lists, in Markdown or plain text
    Markdown,
    /// A page of HTML
    Html,
    /// Enums of Protocol Buffers
    Proto,
    /// Enums of Rust
    Rust,
}

impl ImportSource {
    /// The format in the library.
    pub(crate) const fn format(self) -> Format {
        match self {
            Self::Jsonl => Format::JsonLines,
            Self::Json => Format::Json,
            Self::Yaml => Format::Yaml,
            Self::Toml => Format::Toml,
            Self::Csv => Format::Csv,
            Self::Openapi => Format::OpenApi,
            Self::Markdown => Format::Markdown,
            Self::Html => Format::Html,
            Self::Proto => Format::Proto,
            Self::Rust => Format::Rust,
        }
    }

    /// The option for a format.
    pub(crate) fn name(format: Format) -> String {
        let all = Self::value_variants().iter();
        let own = all.filter_map(|source| {
            let value = source.to_possible_value()?;
            (source.format() == format).then(|| value.get_name().to_owned())
        });
        own.take(1).collect()
    }
}

/// How messages mark their variable parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Signs {
    /// `{name}`, as in the catalog
    Braces,
    /// `%s`, `%5.2f`, `%1$s`
    Printf,
    /// `%(name)s` and `%{name}`
    Percent,
    /// `${name}`
    Dollar,
    /// `{0}` and `{}`
    Numbers,
    /// `{{name}}`
    Mustache,
    /// `<name>`
    Angles,
    /// `{name, plural, …}` and `{name, number}`
    Icu,
    /// All signs are text
    None,
}

impl Signs {
    /// The signs in the library.
    pub(crate) const fn placeholders(self) -> Placeholders {
        match self {
            Self::Braces => Placeholders::Braces,
            Self::Printf => Placeholders::Printf,
            Self::Percent => Placeholders::Percent,
            Self::Dollar => Placeholders::Dollar,
            Self::Numbers => Placeholders::Numbers,
            Self::Mustache => Placeholders::Mustache,
            Self::Angles => Placeholders::Angles,
            Self::Icu => Placeholders::Icu,
            Self::None => Placeholders::None,
        }
    }
}

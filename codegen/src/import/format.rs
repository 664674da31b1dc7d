//! The formats of lists, and how their contents tell them.

use super::{csv, data, fields, rust, tree};

/// A format of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object a line.
    JsonLines,
    /// A JSON document: a list, or a mapping of errors by their names, in groups or not.
    Json,
    /// A YAML document, as for JSON.
    Yaml,
    /// A TOML document, as for JSON.
    Toml,
    /// A table whose columns a comma, a semicolon, a tab or a bar separates.
    Csv,
    /// An OpenAPI document in YAML or JSON, in version 2, 3.0 or 3.1.
    OpenApi,
    /// A page of Markdown or plain text.
    Markdown,
    /// A page of HTML.
    Html,
    /// Enums of Protocol Buffers.
    Proto,
    /// Enums of Rust.
    Rust,
}

impl Format {
    /// The format of a list, from its contents.
    ///
    /// ```
    /// use error_catalog_codegen::import::Format;
    ///
    /// assert_eq!(Format::of("{\"code\": \"a\"}\n{\"code\": \"b\"}\n"), Format::JsonLines);
    /// assert_eq!(Format::of("code,status\na,404\n"), Format::Csv);
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.trim_start_matches('\u{FEFF}').trim_start();
        let first = text.lines().next().unwrap_or_default().trim();
        if text.starts_with(['{', '[']) {
            return of_json(text, first);
        }
        if is_page_with_settings(text) {
            return Self::Markdown;
        }
        let has = |start: &str| text.lines().any(|line| line.starts_with(start));
        let is_part = has("components:") && has("  responses:") && text.contains("$ref");
        if has("openapi:") || has("swagger:") || has("\"openapi\":") || is_part {
            return Self::OpenApi;
        }
        let lower = text.get(..2000).unwrap_or(text).to_ascii_lowercase();
        let is_markup =
            lower.starts_with('<') && !lower.starts_with("<a ") && !lower.starts_with("<!--");
        if is_markup || lower.contains("<!doctype html") || lower.contains("<html") {
            return Self::Html;
        }
        let code = || text.lines().map(str::trim_start);
        if code().any(|line| {
            line.starts_with("syntax = \"proto")
                || line.starts_with("syntax=\"proto")
                || line.starts_with("edition = \"")
        }) {
            return Self::Proto;
        }
        if code().any(|line| {
            line.starts_with("enum ")
                || line.starts_with("pub enum ")
                || line.starts_with("pub(crate) enum ")
        }) {
            return if rust::parse(text).is_ok() {
                Self::Rust
            } else {
                Self::Proto
            };
        }
        if is_assigned(text) && toml_edit::Document::parse(text).is_ok() {
            return Self::Toml;
        }
        if !first.starts_with('|')
            && csv::heading(text).is_some_and(|found| found.line == 0 || found.gap != '|')
        {
            return Self::Csv;
        }
        if is_yaml(text) {
            Self::Yaml
        } else if csv::separator(text).is_some() {
            Self::Csv
        } else {
            Self::Markdown
        }
    }

    /// What the format is called, for a message.
    ///
    /// ```
    /// use error_catalog_codegen::import::Format;
    ///
    /// assert_eq!(Format::Csv.noun(), "a table of CSV");
    /// ```
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::JsonLines => "JSON lines",
            Self::Json => "a JSON document",
            Self::Yaml => "a YAML document",
            Self::Toml => "a TOML document",
            Self::Csv => "a table of CSV",
            Self::OpenApi => "an OpenAPI document",
            Self::Markdown => "a page of Markdown or plain text",
            Self::Html => "a page of HTML",
            Self::Proto => "a file of Protocol Buffers",
            Self::Rust => "a file of Rust",
        }
    }

    /// What an import looks for in the format, for a message.
    ///
    /// ```
    /// use error_catalog_codegen::import::Format;
    ///
    /// assert!(Format::Proto.looked_for().contains("enum"));
    /// ```
    #[must_use]
    pub const fn looked_for(self) -> &'static str {
        match self {
            Self::JsonLines => "objects with a field `code`",
            Self::Json | Self::Yaml | Self::Toml => {
                "a list of entries with a field such as `code` or `name`, or a mapping of names to entries with a status or a text"
            }
            Self::Csv => {
                "a heading with a column such as `code`, and one such as `status` or `message`"
            }
            Self::OpenApi => "error responses whose bodies name a code, and enums of codes",
            Self::Markdown | Self::Html => {
                "tables with a column such as `Code` and one such as `Status` or `Meaning`, and headings or list items that begin with a code"
            }
            Self::Proto => {
                "enums: those with a word such as Error, Fault, Code, Reason or Status in their names, else all"
            }
            Self::Rust => {
                "enums with messages of thiserror, or with a word such as Error, Fault, Code, Kind or Reason in their names"
            }
        }
    }
}

fn of_json(text: &str, first: &str) -> Format {
    let is_object = |line: &str| {
        line.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
    };
    let has_more = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .nth(1)
        .is_some();
    if is_object(first)
        && (has_more || first.contains("\"code\""))
        && !first.contains("\"openapi\"")
        && !first.contains("\"swagger\"")
    {
        return Format::JsonLines;
    }
    if text.starts_with('{') {
        let mut lines = text.lines().map(str::trim_start);
        let is_api = lines.any(|line| {
            let line = line.trim_start_matches('{').trim_start();
            line.starts_with("\"openapi\"") || line.starts_with("\"swagger\"")
        });
        if is_api {
            return Format::OpenApi;
        }
        let last = text.trim_end().lines().next_back().unwrap_or_default();
        return if has_more && is_object(last.trim()) {
            Format::JsonLines
        } else {
            Format::Json
        };
    }
    let is_toml = is_assigned(text) && toml_edit::Document::parse(text).is_ok();
    if is_toml {
        Format::Toml
    } else if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() || !first.contains("](") {
        Format::Json
    } else {
        Format::Markdown
    }
}

/// Whether a text begins with the settings of a page, and has headings behind them.
fn is_page_with_settings(text: &str) -> bool {
    let mut lines = text.lines();
    let is_gap = |line: &str| line.trim_end() == "---";
    let is_open = lines.next().is_some_and(is_gap);
    let is_setting = |line: &str| {
        line.trim().is_empty() || line.contains(':') || line.starts_with([' ', '-', '#'])
    };
    let is_closed = is_open
        && lines
            .by_ref()
            .take_while(|line| !is_gap(line))
            .all(is_setting);
    is_closed
        && lines.any(|line| line.trim_start_matches('#').starts_with(' ') && line.starts_with('#'))
}

/// Whether a text has lines such as `a = 1`.
fn is_assigned(text: &str) -> bool {
    text.lines().any(|line| {
        let key = line.split_once('=').map(|(key, _)| key.trim());
        key.is_some_and(|key| !key.is_empty() && !key.contains([' ', '<', '(']))
    })
}

/// Whether a text is YAML with errors, and not a page.
fn is_yaml(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let has_key = lines.any(|line| {
        let line = line.trim_start_matches("- ");
        let key = line.split_once(':').map(|(key, _)| key);
        key.is_some_and(|key| {
            !key.is_empty() && !fields::words(key).contains("http") && key.len() < 60
        })
    });
    if !has_key
        || text
            .lines()
            .any(|line| line.starts_with('|') || line.starts_with("```"))
    {
        return false;
    }
    // A page has sentences between lines that look like keys.
    let of_page = |line: &&str| {
        let line = line.trim().trim_start_matches("- ");
        let is_data = line.is_empty()
            || line.starts_with(['#', '}', ']', '"'])
            || line.ends_with(['[', '{', ',']);
        let key = line.split_once(':').map(|(key, _)| key);
        // Emphasis begins with a sign that no key begins with.
        !is_data && key.is_none_or(|key| key.contains(' ') || key.starts_with('*'))
    };
    if text.lines().filter(of_page).count() * 4 < text.lines().count() {
        return true;
    }
    let read = tree::yaml(text);
    read.root.is_some() && !data::take(read).rows.is_empty()
}

//! `explain`: everything about a name: of a code, a type, a status, an operation, a set, a group, an argument, a style
//! or a rule.

mod changes;
mod deprecation;
mod lists;
mod styles;

use std::fmt::Write as _;

use anyhow::bail;
use codegen::Rule;
use codegen::catalog::{
    Argument, Audience, Catalog, CodeId, ErrorType, Names, StatusGroup, TypeId,
};
use codegen::emit::{example_body, retry_advice};
use codegen::record;
use codegen::rule::{Level, RuleKind};
use serde_json::Value;

use crate::cli::{ExplainOptions, Paths};
use crate::status::Status;
use crate::{project, terminal};

pub(crate) fn run(paths: &Paths, options: &ExplainOptions) -> anyhow::Result<Status> {
    let name = options.name.as_str();
    let mut out = String::new();
    if let Some(rule) = Rule::from_id(name) {
        explain_rule(rule, &mut out)?;
    }
    changes::explain(name, &mut out)?;
    // A rule can be explained without a valid catalog: it may be the rule that the catalog violates.
    let outcome = match project::compile(paths) {
        Ok((inputs, outcome)) if out.is_empty() => {
            terminal::diagnostics(&inputs, &outcome.diagnostics)?;
            Some(outcome)
        }
        Ok((_, outcome)) => Some(outcome),
        Err(_) if !out.is_empty() => None,
        Err(error) => return Err(error),
    };
    let Some(catalog) = outcome.and_then(|outcome| outcome.value) else {
        if out.is_empty() {
            return Ok(Status::Failed);
        }
        terminal::print(out)?;
        return Ok(Status::Ok);
    };
    explain_name(&catalog, name, &mut out)?;
    if out.is_empty()
        && let Some(code) = code_of_page(&catalog, name)
    {
        writeln!(out, "`{name}` names the page of `{code}`.")?;
        explain_name(&catalog, code, &mut out)?;
    }
    if out.is_empty() {
        match codegen::closest(bare(name), known(&catalog)) {
            Some(meant) => bail!("unknown name `{name}`: did you mean `{meant}`?"),
            None => bail!("unknown name `{name}`: `cargo xtask list` shows the codes"),
        }
    }
    terminal::print(out)?;
    Ok(Status::Ok)
}

/// Explains everything in the catalog with this name.
fn explain_name(catalog: &Catalog, name: &str, out: &mut String) -> std::fmt::Result {
    let codes = || catalog.codes.iter().map(|code| &code.names);
    let types = || catalog.types.iter().map(|entry| &entry.names);
    let ids: Vec<CodeId> = CodeId::all(catalog.codes.len()).collect();
    let found = position(name, "ErrorCode::", codes);
    if let Some(at) = found {
        explain_code(catalog, ids[at], out)?;
    }
    // Codes of several namespaces can send one name.
    let sent = catalog.codes.iter().enumerate();
    let sent = sent.filter(|(at, code)| Some(*at) != found && code.names.sent() == name);
    for (at, _) in sent {
        explain_code(catalog, ids[at], out)?;
    }
    if let Some(at) = position(name, "ErrorType::", types) {
        explain_type(catalog, &catalog.types[at], out)?;
    }
    for code in catalog.retired.iter().filter(|code| code.wire == name) {
        deprecation::retired(catalog, code, out)?;
    }
    lists::explain(catalog, name, out)?;
    styles::explain(catalog, name, out)
}

/// The code of the page with this slug or alias.
fn code_of_page<'a>(catalog: &'a Catalog, page: &str) -> Option<&'a str> {
    let codes = catalog.codes.iter();
    let codes = codes.map(|code| (&code.names.wire, &code.names.slug, &code.aliases));
    let retired = catalog.retired.iter();
    let retired = retired.map(|code| (&code.wire, &code.slug, &code.aliases));
    codes
        .chain(retired)
        .find(|(_, slug, aliases)| *slug == page || aliases.iter().any(|alias| alias == page))
        .map(|(wire, ..)| wire.as_str())
}

/// A variant without the name of its enum.
fn bare(name: &str) -> &str {
    name.rsplit("::").next().unwrap_or(name)
}

/// All names that can be explained.
fn known(catalog: &Catalog) -> impl Iterator<Item = &str> {
    let codes = catalog.codes.iter().map(|code| &code.names);
    let names = codes.chain(catalog.types.iter().map(|entry| &entry.names));
    let wire = names.clone().map(|names| names.wire.as_str());
    let retired = catalog.retired.iter().map(|code| code.wire.as_str());
    let rules = Rule::ALL.iter().map(|rule| rule.id());
    let sent = catalog.codes.iter().map(|code| code.names.sent());
    let variants = names.map(|names| names.variant.as_str());
    let aliases = catalog.codes.iter().map(|code| &code.aliases);
    let aliases = aliases.chain(catalog.retired.iter().map(|code| &code.aliases));
    let aliases = aliases.flatten().map(String::as_str);
    wire.chain(retired)
        .chain(rules)
        .chain(variants)
        .chain(aliases)
        .chain(lists::names(catalog))
        .chain(styles::names(catalog))
        .chain(sent)
}

/// The position of a name: a wire name, or else a variant, with or without its enum.
fn position<'a, I: Iterator<Item = &'a Names>>(
    name: &str,
    of_enum: &str,
    names: impl Fn() -> I,
) -> Option<usize> {
    let variant = name.strip_prefix(of_enum).unwrap_or(name);
    names()
        .position(|names| names.wire == name)
        .or_else(|| names().position(|names| names.variant == variant))
}

/// Members of a code's record that have lines of their own or are not shown.
const SHOWN: [&str; 25] = [
    "name",
    "rust",
    "rust_aliases",
    "slug",
    "type",
    "status",
    "meaning",
    "fix",
    "message",
    "args",
    "description",
    "audience",
    "headers",
    "ids",
    "group",
    "retry",
    "retry_advice",
    "since",
    "deprecated",
    "aliases",
    "history",
    "docs",
    "see",
    "operations",
    "example",
];

fn explain_code(catalog: &Catalog, id: CodeId, out: &mut String) -> std::fmt::Result {
    let code = &catalog[id];
    if !out.is_empty() {
        out.push('\n');
    }
    let own = code.status.own();
    let reason = own
        .and_then(codegen::catalog::Status::reason)
        .unwrap_or_default();
    writeln!(out, "code     {}", code.names.wire)?;
    deprecation::deprecation(catalog, code, out)?;
    writeln!(out, "type     {}", catalog[code.error_type].names.wire)?;
    writeln!(out, "status   {} {reason}", code.status)?;
    for (label, text) in [
        ("meaning ", &code.meaning),
        ("fix     ", &code.fix),
        ("message ", &code.example_message),
    ] {
        if !text.is_empty() {
            writeln!(out, "{label} {text}")?;
        }
    }
    for (key, value) in record::code(catalog, code) {
        if !SHOWN.contains(&key.as_str()) {
            member(&key, &value, out)?;
        }
    }
    if code.audience == Audience::Internal {
        writeln!(out, "audience internal")?;
    }
    if !code.group.is_empty() {
        let titles: Vec<&str> = code.group.iter().map(|it| it.title.as_str()).collect();
        writeln!(out, "group    {}", titles.join(", "))?;
    }
    for header in &code.headers {
        let value = code.header_text(header);
        writeln!(out, "header   {}: {value}", header.name)?;
    }
    if !code.ids.is_empty() {
        let ids = code.ids.iter();
        let ids: Vec<String> = ids.map(|(system, id)| format!("{system} {id}")).collect();
        writeln!(out, "ids      {}", ids.join(", "))?;
    }
    writeln!(out, "retry    {}", retry_advice(catalog, code.retry))?;
    let variant = &code.names.variant;
    writeln!(out, "rust     ErrorCode::{variant}")?;
    let former = code.names.former_variants.join(", ");
    if !former.is_empty() {
        writeln!(out, "formerly {former}")?;
    }
    if !code.arguments.is_empty() {
        let arguments: Vec<String> = code.arguments.iter().map(argument).collect();
        writeln!(out, "args     args::{variant}: {}", arguments.join(", "))?;
    }
    let operations = code.operations.iter();
    let operations: Vec<String> = operations
        .map(|position| lists::sent_by(&catalog.operations[*position], id))
        .collect();
    if !operations.is_empty() {
        writeln!(out, "from     {}", operations.join(", "))?;
    }
    if let Some(since) = &code.since {
        writeln!(out, "since    {since}")?;
    }
    deprecation::history(&code.history, out)?;
    deprecation::aliases(&code.aliases, out)?;
    writeln!(out, "docs     {}", code.doc_url)?;
    if let Some(description) = &code.description {
        writeln!(out, "\n{}", description.source.trim_end())?;
    }
    let body = example_body(catalog, &catalog.example_of_code(code));
    writeln!(out, "\n{body}")
}

/// A member of a record: a line, or one for each item of a list.
fn member(key: &str, value: &Value, out: &mut String) -> std::fmt::Result {
    let items = match value {
        Value::Null => &[],
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    for (position, item) in items.iter().enumerate() {
        let label = if position == 0 { key } else { "" };
        match item.as_str() {
            Some(text) => writeln!(out, "{label:<8} {text}")?,
            None => writeln!(out, "{label:<8} {item}")?,
        }
    }
    Ok(())
}

/// An argument with its kind, and whether it is sensitive.
fn argument(argument: &Argument) -> String {
    format!("{} ({})", argument.name, kind(argument))
}

/// The kind of an argument, and whether it is sensitive.
fn kind(argument: &Argument) -> String {
    let sensitive = if argument.sensitive {
        ", sensitive"
    } else {
        ""
    };
    format!("{}{sensitive}", argument.kind().as_str())
}

fn explain_type(catalog: &Catalog, entry: &ErrorType, out: &mut String) -> std::fmt::Result {
    if !out.is_empty() {
        out.push('\n');
    }
    writeln!(out, "type     {}", entry.names.wire)?;
    writeln!(out, "status   {}", entry.statuses)?;
    if !entry.meaning.is_empty() {
        writeln!(out, "meaning  {}", entry.meaning)?;
    }
    for (style, name) in &entry.names.in_shapes {
        writeln!(out, "name     {name} in the style {style}")?;
    }
    let advice: Vec<String> = catalog
        .statuses
        .iter()
        .filter_map(|group| retry_of_type(catalog, entry, group))
        .collect();
    if !advice.is_empty() {
        writeln!(out, "retry    {}", advice.join(", "))?;
    }
    for error in &catalog.framework {
        let is_own = catalog[error.error_type].names.wire == entry.names.wire;
        if is_own && error.code.is_none() {
            let message = error.message.as_ref().unwrap_or(&entry.message);
            writeln!(out, "server   {}: {message}", error.shown())?;
        }
    }
    writeln!(out, "rust     ErrorType::{}", entry.names.variant)?;
    if entry.codes.is_empty() {
        let body = example_body(
            catalog,
            &catalog.example_of_type(entry, entry.statuses.default()),
        );
        writeln!(out, "codes    none: `code` is null on the wire\n\n{body}")?;
    } else {
        let codes: Vec<&str> = entry
            .codes
            .iter()
            .map(|id| catalog[*id].names.wire.as_str())
            .collect();
        writeln!(out, "codes    {}", codes.join(", "))?;
    }
    Ok(())
}

/// Whether to retry errors of the type with this status; `None` if there are no such errors.
fn retry_of_type(catalog: &Catalog, entry: &ErrorType, group: &StatusGroup) -> Option<String> {
    let is_entry = |id: &TypeId| catalog[*id].names.wire == entry.names.wire;
    let codes = group.codes.iter().map(|id| &catalog[*id]);
    let of_codes = codes
        .filter(|code| is_entry(&code.error_type))
        .map(|code| code.retry.is_retryable());
    let of_type = group
        .codeless
        .iter()
        .filter(|codeless| is_entry(&codeless.error_type));
    let all: Vec<bool> = of_codes.chain(of_type.map(|_| group.retryable)).collect();
    let advice = match (all.contains(&true), all.contains(&false)) {
        (false, false) => return None,
        (true, false) => "retryable",
        (false, true) => "not retryable",
        (true, true) => "depends on the code",
    };
    Some(format!("{} {advice}", group.status))
}

fn explain_rule(rule: Rule, out: &mut String) -> std::fmt::Result {
    let level = match rule.kind() {
        RuleKind::Fixed => "error, always",
        RuleKind::Promise => "error or warning, by the change; an acceptance lets it through",
        RuleKind::Lint(level) | RuleKind::Traffic(level) | RuleKind::Source(level) => match level {
            Level::Error => "error, unless the lint section states another level",
            Level::Warn => "warning, unless the lint section states another level",
            Level::Off => "off, unless the lint section states another level",
        },
    };
    writeln!(out, "rule     {}\nlevel    {level}", rule.id())?;
    if let RuleKind::Source(_) = rule.kind() {
        writeln!(out, "checked  by `cargo xtask coverage`, on source code")?;
    }
    if let RuleKind::Traffic(_) = rule.kind() {
        writeln!(
            out,
            "checked  by `cargo xtask live-check`, on recorded exchanges"
        )?;
    }
    writeln!(out)?;
    for line in rule.explanation().lines() {
        writeln!(out, "{}", line.trim())?;
    }
    writeln!(out, "\nSee docs/rules.md for an example.")
}

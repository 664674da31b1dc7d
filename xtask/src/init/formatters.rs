//! Settings of formatters, linters and editors that the repository uses.

use anyhow::Context as _;
use serde_yaml::Value;

use super::files::{Files, line_break, with_lines};
use super::lines::append;

/// What only the tool formats: `cargo xtask fmt` the catalog, `cargo xtask gen` the rest.
const OWN: [&str; 3] = ["/catalog/", "/docs/errors/", "/generated/"];
/// Files whose presence shows that prettier is in use, or oxfmt, which reads the same list.
const PRETTIER: [&str; 16] = [
    ".prettierignore",
    ".prettierrc",
    ".prettierrc.cjs",
    ".prettierrc.js",
    ".prettierrc.json",
    ".prettierrc.json5",
    ".prettierrc.mjs",
    ".prettierrc.toml",
    ".prettierrc.ts",
    ".prettierrc.yaml",
    ".prettierrc.yml",
    "prettier.config.cjs",
    "prettier.config.js",
    "prettier.config.mjs",
    ".oxfmtrc.json",
    ".oxfmtrc.jsonc",
];
const YAMLLINT: [&str; 3] = [".yamllint", ".yamllint.yaml", ".yamllint.yml"];
const SETTINGS: &str = ".vscode/settings.json";

pub(super) fn edit(files: &mut Files) -> anyhow::Result<()> {
    let in_package = files.read("package.json")?.unwrap_or_default();
    if in_package.contains("\"prettier\"") || PRETTIER.iter().any(|path| files.exists(path)) {
        append(files, ".prettierignore", &OWN)?;
    }
    for path in YAMLLINT {
        if files.exists(path) {
            yamllint(files, path)?;
        }
    }
    if files.exists(".vscode") {
        editor(files)?;
    }
    Ok(())
}

/// Lets yamllint ignore the files of the tool: its defaults refuse flow mappings in canonical form.
fn yamllint(files: &mut Files, path: &str) -> anyhow::Result<()> {
    let text = files.read(path)?.unwrap_or_default();
    let parsed = |text: &str| -> anyhow::Result<Value> {
        serde_yaml::from_str(text)
            .with_context(|| format!("{path} is not valid YAML: correct it first"))
    };
    let before = parsed(&text)?;
    let ignored = match before.get("ignore") {
        Some(Value::String(patterns)) => patterns.clone(),
        Some(Value::Sequence(patterns)) => {
            let patterns = patterns.iter().filter_map(Value::as_str);
            patterns.collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    };
    let is_missing = |own: &&&str| !ignored.lines().any(|line| line.trim() == **own);
    let missing: Vec<&str> = OWN.iter().filter(is_missing).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!("{path}: add {} to `ignore`", missing.join(", "));
    if before.get("ignore-from-file").is_some() {
        files.note(by_hand);
        return Ok(());
    }
    let after = match before.get("ignore") {
        None => {
            let lines = missing.iter().map(|own| format!("  {own}"));
            let lines: Vec<String> = lines.collect();
            let lines = std::iter::once("ignore: |").chain(lines.iter().map(String::as_str));
            with_lines(&text, lines)
        }
        Some(_) => with_ignored(&text, &missing),
    };
    // An edit that means something else is left to a person.
    let mut expected = before.clone();
    let ignored = match before.get("ignore") {
        Some(Value::Sequence(patterns)) => {
            let own = missing.iter().map(|own| Value::from(*own));
            patterns.iter().cloned().chain(own).collect()
        }
        Some(Value::String(patterns)) => {
            Value::from(with_lines(patterns.trim_end(), missing.iter().copied()))
        }
        _ => Value::from(with_lines("", missing.iter().copied())),
    };
    match &mut expected {
        Value::Mapping(mapping) => drop(mapping.insert("ignore".into(), ignored)),
        other => *other = Value::Mapping([("ignore".into(), ignored)].into_iter().collect()),
    }
    if serde_yaml::from_str::<Value>(&after).is_ok_and(|after| after == expected) {
        files.write(path, after)
    } else {
        files.note(by_hand);
        Ok(())
    }
}

/// The text with further lines at the end of its block `ignore`, in the layout of the last one.
fn with_ignored(text: &str, patterns: &[&str]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let Some(start) = lines.iter().position(|line| line.starts_with("ignore:")) else {
        return text.to_owned();
    };
    let is_inside = |line: &String| line.starts_with([' ', '-']) || line.trim().is_empty();
    let block = lines[start + 1..].iter().take_while(|line| is_inside(line));
    let block: Vec<&String> = block.collect();
    let Some(last) = block.iter().rposition(|line| !line.trim().is_empty()) else {
        return text.to_owned();
    };
    let last_line = block[last].as_str();
    let indent = last_line.len() - last_line.trim_start_matches([' ', '-']).len();
    let indent = last_line[..indent].to_owned();
    let at = start + 2 + last;
    let added = patterns.iter().map(|own| format!("{indent}{own}"));
    lines.splice(at..at, added);
    let line_break = line_break(text);
    lines.join(line_break) + line_break
}

/// Tells the YAML extension of VS Code the schema of the catalog and of its parts.
fn editor(files: &mut Files) -> anyhow::Result<()> {
    const ENTRY: &str = concat!(
        "  \"yaml.schemas\": {\n",
        "    \"./catalog/catalog.schema.json\": \"/catalog/catalog.yaml\"\n",
        "  }",
    );
    let Some(text) = files.read(SETTINGS)? else {
        return files.write(SETTINGS, format!("{{\n{ENTRY}\n}}\n"));
    };
    if text.contains("catalog/catalog.schema.json") {
        return Ok(());
    }
    let settings: Option<serde_json::Map<_, _>> = serde_json::from_str(&text).ok();
    match settings {
        Some(settings) if !settings.contains_key("yaml.schemas") => {
            let (head, rest) = text.split_once('{').unwrap_or_default();
            let comma = if settings.is_empty() { "" } else { "," };
            let entry = ENTRY.replace('\n', line_break(&text));
            let line_break = line_break(&text);
            let gap = if settings.is_empty() { line_break } else { "" };
            files.write(
                SETTINGS,
                format!("{head}{{{line_break}{entry}{comma}{gap}{rest}"),
            )
        }
        // Comments, or schemas of other files.
        _ => {
            files.note(format!(
                "{SETTINGS}: add \"./catalog/catalog.schema.json\": \"/catalog/catalog.yaml\" to \"yaml.schemas\""
            ));
            Ok(())
        }
    }
}

//! Files that are lists of lines: for git.

use super::files::{Files, with_lines};

const ATTRIBUTES: [&str; 5] = [
    "/generated/** text eol=lf linguist-generated=true",
    "/docs/errors/** text eol=lf linguist-generated=true",
    "/catalog/*.schema.json text eol=lf linguist-generated=true",
    "/catalog/catalog.lock text eol=lf",
    "/catalog/catalog.import text eol=lf linguist-generated=true",
];

/// Marks the outputs as generated, with the line breaks of the generator, and lets git ignore what cargo builds.
pub(super) fn edit(files: &mut Files) -> anyhow::Result<()> {
    append(files, ".gitattributes", &ATTRIBUTES)?;
    let ignored = files.read(".gitignore")?.unwrap_or_default();
    let is_target =
        |line: &str| line.trim().trim_matches('/') == "target" || line.trim() == "**/target";
    if !ignored.lines().any(is_target) {
        append(files, ".gitignore", &["/target/"])?;
    }
    Ok(())
}

/// Adds the lines that a file does not have.
pub(super) fn append(files: &mut Files, path: &str, lines: &[&str]) -> anyhow::Result<()> {
    let text = files.read(path)?.unwrap_or_default();
    let is_missing = |line: &&&str| !text.lines().any(|stated| stated.trim() == **line);
    let missing: Vec<&str> = lines.iter().filter(is_missing).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    files.write(path, with_lines(&text, missing.into_iter()))
}

//! The manifest of the workspace, with its members.

use std::path::Path;

use anyhow::{Context, bail};
use fs_err as fs;
use toml_edit::{Array, DocumentMut, Item, RawString, Table, Value};

use super::files::{Files, MANIFEST};
use crate::cli::InitOptions;

/// The manifest of a new workspace.
const NEW: &str = "[workspace]\nresolver = \"3\"\nmembers = []\n";

/// Adds the members to the manifest. A single crate becomes the root of a workspace.
pub(super) fn edit(files: &mut Files, options: &InitOptions) -> anyhow::Result<()> {
    let text = files.read(MANIFEST)?;
    let mut document = parse(text.as_deref().unwrap_or(NEW), MANIFEST)?;
    if document.get("workspace").is_none() {
        refuse_member(files.root(), document.get("package"))?;
        let mut table = Table::new();
        table.insert("members", Array::new().into());
        document.insert("workspace", Item::Table(table));
    } else if text.is_none() {
        refuse_member(files.root(), None)?;
    }
    let workspace = document.get_mut("workspace");
    let workspace = workspace.and_then(Item::as_table_like_mut);
    let workspace = workspace.context("`workspace` in Cargo.toml is not a table: make it one")?;
    let members = workspace.entry("members").or_insert(Array::new().into());
    let members = members.as_array_mut();
    let members = members.context("`members` in Cargo.toml is not a list: make it one")?;
    let own: &[&str] = if options.no_xtask {
        &["generated"]
    } else {
        &["generated", "xtask"]
    };
    for member in own {
        if !contains(members, member) {
            push(members, member);
        }
    }
    files.write(MANIFEST, document.to_string())
}

pub(super) fn parse(text: &str, path: &str) -> anyhow::Result<DocumentMut> {
    let document: Result<DocumentMut, _> = text.parse();
    document.with_context(|| format!("{path} is not valid TOML: correct it first"))
}

/// Refuses a package that belongs to a workspace, and a folder inside of one.
fn refuse_member(root: &Path, package: Option<&Item>) -> anyhow::Result<()> {
    let stated = package.and_then(|package| package.get("workspace"));
    if let Some(stated) = stated.and_then(Item::as_str) {
        let stated = root.join(stated);
        bail!(
            "{} is a member of the workspace in {}: run init there",
            root.display(),
            stated.display()
        );
    }
    let absolute = std::path::absolute(root)?;
    for folder in absolute.ancestors().skip(1) {
        let Ok(text) = fs::read_to_string(folder.join(MANIFEST)) else {
            continue;
        };
        let document: Result<DocumentMut, _> = text.parse();
        let document = document.ok();
        let workspace = document
            .as_ref()
            .and_then(|document| document.get("workspace"));
        if workspace.is_some_and(|workspace| !excludes(workspace, folder, &absolute)) {
            bail!(
                "{} is inside of the workspace in {}: run init there",
                root.display(),
                folder.display()
            );
        }
    }
    Ok(())
}

/// Whether a workspace excludes a folder.
fn excludes(workspace: &Item, root: &Path, folder: &Path) -> bool {
    let excluded = workspace.get("exclude").and_then(Item::as_array);
    let mut excluded = excluded.into_iter().flatten().filter_map(Value::as_str);
    excluded.any(|excluded| folder.starts_with(root.join(excluded)))
}

/// Whether the list names a member, or has a pattern for it.
fn contains(members: &Array, member: &str) -> bool {
    members.iter().filter_map(Value::as_str).any(|stated| {
        let stated = stated.trim_start_matches("./").trim_end_matches('/');
        glob::Pattern::new(stated).is_ok_and(|pattern| pattern.matches(member))
    })
}

/// Adds a member in the layout of the list: on a line of its own if the others are.
fn push(members: &mut Array, member: &str) {
    let mut value = Value::from(member);
    let last = members.len().checked_sub(1);
    let lines = last.and_then(|last| {
        let prefix = members.get(last)?.decor().prefix()?.as_str()?.to_owned();
        Some(prefix).filter(|prefix| prefix.contains('\n'))
    });
    match (last, lines) {
        (None, _) => {}
        (Some(_), None) => value.decor_mut().set_prefix(" "),
        (Some(last), Some(lines)) => {
            let indent = lines.rsplit('\n').next().unwrap_or_default().to_owned();
            let line_break = if lines.contains('\r') { "\r\n" } else { "\n" };
            // A comment behind the last member stays there.
            let text =
                |raw: Option<&RawString>| raw.and_then(RawString::as_str).unwrap_or("").to_owned();
            let behind = if members.trailing_comma() {
                let behind = text(Some(members.trailing()));
                members.set_trailing(line_break);
                behind
            } else {
                let decor = members.get_mut(last).map(Value::decor_mut);
                decor.map_or_else(String::new, |decor| {
                    let behind = text(decor.suffix());
                    decor.set_suffix("");
                    behind
                })
            };
            let comments = behind.trim_end();
            value
                .decor_mut()
                .set_prefix(format!("{comments}{line_break}{indent}"));
            members.set_trailing_comma(true);
            members.set_trailing(line_break);
        }
    }
    members.push_formatted(value);
}

#[cfg(test)]
mod tests {
    use super::{contains, parse, push};

    fn added(text: &str) -> String {
        let mut document = parse(text, "Cargo.toml").expect("TOML");
        let members = document["workspace"]["members"].as_array_mut();
        let members = members.expect("a list");
        for member in ["generated", "xtask"] {
            if !contains(members, member) {
                push(members, member);
            }
        }
        document.to_string()
    }

    #[test]
    fn members_are_added_in_the_layout_of_the_list() {
        let cases = [
            ("[]", "[\"generated\", \"xtask\"]"),
            ("[\"api\"]", "[\"api\", \"generated\", \"xtask\"]"),
            (
                "[\n    \"api\", # the server\n    # and\n    \"cli\", # behind\n]",
                "[\n    \"api\", # the server\n    # and\n    \"cli\", # behind\n    \"generated\",\n    \"xtask\",\n]",
            ),
            (
                "[\n  \"api\",\n  \"cli\" # last\n]",
                "[\n  \"api\",\n  \"cli\", # last\n  \"generated\",\n  \"xtask\",\n]",
            ),
            ("[\"./*\"]", "[\"./*\"]"),
            (
                "[\"crates/*\", \"xtask/\"]",
                "[\"crates/*\", \"xtask/\", \"generated\"]",
            ),
        ];
        for (before, after) in cases {
            let text = |members: &str| format!("# Mine\n[workspace]\nmembers = {members} # all\n");
            assert_eq!(added(&text(before)), text(after));
        }
    }
}

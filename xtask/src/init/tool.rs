//! The crate `xtask` of the workspace, and its alias.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fs_err as fs;
use toml_edit::{Item, Table, value};

use super::files::Files;
use super::manifest;
use crate::cli::{InitOptions, ToolOptions};

const PACKAGE: &str = "error-catalog";
const CONFIG: &str = ".cargo/config.toml";
const OLD_CONFIG: &str = ".cargo/config";
const XTASK: &str = "xtask/Cargo.toml";
const ALIAS: &str = "run --quiet --profile xtask --package xtask --";
// With the settings of `dev`, the first build would cost half as much again.
const PROFILE: &str = "\
inherits = \"dev\"
debug = false
debug-assertions = false
incremental = false
overflow-checks = false
";

/// The command in the texts of this module.
pub(super) const ALIASED: &str = "cargo xtask";
const LEAN: &str = "default-features = false";

/// Adds the crate and the alias.
pub(super) fn edit(files: &mut Files, options: &InitOptions) -> anyhow::Result<()> {
    if options.no_xtask {
        return Ok(());
    }
    if files.exists(OLD_CONFIG) {
        bail!(
            "cargo reads {OLD_CONFIG} instead of {CONFIG}: rename the file to {CONFIG}, which cargo prefers"
        );
    }
    let config = files.read(CONFIG)?;
    let mut document = manifest::parse(config.as_deref().unwrap_or_default(), CONFIG)?;
    let alias = document
        .get("alias")
        .and_then(|alias| alias.get("xtask"))
        .is_some();
    let has_xtask = files.exists("xtask");
    if (alias || has_xtask) && !depends(files)? {
        return taken(options);
    }
    if !alias {
        let aliases = document.entry("alias").or_insert(Table::new().into());
        let aliases = aliases.as_table_like_mut();
        let aliases =
            aliases.context("`alias` in .cargo/config.toml is not a table: make it one")?;
        aliases.insert("xtask", value(ALIAS));
        let profiles = document.entry("profile").or_insert(implicit());
        let profiles = profiles.as_table_like_mut();
        let profiles =
            profiles.context("`profile` in .cargo/config.toml is not a table: make it one")?;
        if !profiles.contains_key("xtask") {
            let profile = manifest::parse(PROFILE, "the profile")?;
            profiles.insert("xtask", Item::Table(profile.as_table().clone()));
        }
        files.write(CONFIG, document.to_string())?;
    }
    if !has_xtask {
        let dependency = dependency(&options.tool, files.root())?;
        files.write(XTASK, package(&dependency))?;
        files.write("xtask/src/main.rs", MAIN.to_owned())?;
    }
    Ok(())
}

/// What starts the tool in this repository: its alias, or the subcommand of cargo.
pub(super) fn command(files: &Files) -> anyhow::Result<&'static str> {
    let config = files.read(CONFIG)?.unwrap_or_default();
    let config = manifest::parse(&config, CONFIG)?;
    let alias = config.get("alias").and_then(|alias| alias.get("xtask"));
    Ok(alias.map_or("cargo error-catalog", |_| ALIASED))
}

/// A table without a line of its own.
fn implicit() -> Item {
    let mut table = Table::new();
    table.set_implicit(true);
    Item::Table(table)
}

/// Whether the crate `xtask` depends on the tool.
fn depends(files: &Files) -> anyhow::Result<bool> {
    let manifest = files.read(XTASK)?.unwrap_or_default();
    let manifest = manifest::parse(&manifest, XTASK)?;
    let dependencies = manifest.get("dependencies").and_then(Item::as_table_like);
    Ok(dependencies.is_some_and(|all| {
        all.iter().any(|(name, item)| {
            let package = item.get("package").and_then(Item::as_str);
            package.unwrap_or(name) == PACKAGE
        })
    }))
}

/// Says how an xtask that exists gets the verbs.
fn taken(options: &InitOptions) -> anyhow::Result<()> {
    let again = if options.ci.is_some() {
        " and the same --ci"
    } else {
        ""
    };
    bail!(
        "this repository has an xtask, or the alias `xtask`, already.\n\
         Add `{PACKAGE} = \"={}\"` to the dependencies of your xtask, and the verbs of the tool to its own:\n\n    \
         #[command(flatten)]\n    Errors(error_catalog::Verb), // and for this variant: `verb.run()`\n\n\
         Then run init again with --no-xtask{again}",
        env!("CARGO_PKG_VERSION")
    )
}

/// The dependency on the tool, without the verb `init`: exactly this version, a folder or a commit.
fn dependency(options: &ToolOptions, root: &Path) -> anyhow::Result<String> {
    if let Some(path) = &options.path {
        let path = fs::canonicalize(path)?;
        let is_tool = fs::read_to_string(path.join("Cargo.toml"))
            .is_ok_and(|text| text.contains(&format!("name = \"{PACKAGE}\"")));
        anyhow::ensure!(
            is_tool,
            "{} does not contain the package {PACKAGE}: name its folder, such as `--path ../{PACKAGE}/xtask`",
            path.display()
        );
        // A path that was typed as absolute is meant for one machine; any other one is for everybody who clones.
        let given = options.path.as_deref();
        let is_inside = fs::canonicalize(root).is_ok_and(|root| path.starts_with(root));
        let path = if given.is_some_and(Path::is_absolute) && !is_inside {
            path
        } else {
            from_xtask(root, &path)?
        };
        return Ok(format!(
            "{{ path = {}, {LEAN} }}",
            text(&path.display().to_string())
        ));
    }
    if let Some(url) = &options.git {
        let rev = options.rev.as_deref();
        let rev = rev.map_or_else(String::new, |rev| format!(", rev = {}", text(rev)));
        return Ok(format!("{{ git = {}{rev}, {LEAN} }}", text(url)));
    }
    let version = text(&format!("={}", env!("CARGO_PKG_VERSION")));
    Ok(format!("{{ version = {version}, {LEAN} }}"))
}

/// A path as the manifest in the folder `xtask` of a repository can name it.
fn from_xtask(root: &Path, path: &Path) -> anyhow::Result<PathBuf> {
    // The folder of the repository may not exist yet, and links may lead to it.
    let root = std::path::absolute(root)?;
    let exists = root.ancestors().find(|folder| folder.exists());
    let exists = exists.unwrap_or(&root);
    let root = fs::canonicalize(exists)?.join(root.strip_prefix(exists)?);
    let common = root.ancestors().find(|folder| path.starts_with(folder));
    let Some(common) = common else {
        return Ok(path.to_owned());
    };
    let up = root.strip_prefix(common)?.components().count() + 1;
    let up = std::iter::repeat_n("..", up).collect::<PathBuf>();
    Ok(up.join(path.strip_prefix(common)?))
}

/// A string in TOML.
fn text(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

fn package(dependency: &str) -> String {
    format!(
        "[package]\n\
         name = \"xtask\"\n\
         version = \"0.0.0\"\n\
         edition = \"2024\"\n\
         publish = false\n\
         \n\
         [dependencies]\n\
         # Generates the errors from catalog/catalog.yaml. After an update, run `cargo xtask gen`.\n\
         {PACKAGE} = {dependency}\n"
    )
}

const MAIN: &str = "\
//! The tasks of this repository: `cargo xtask help`.

fn main() -> std::process::ExitCode {
    error_catalog::main()
}
";

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::from_xtask;

    #[test]
    fn a_folder_beside_the_repository_is_named_from_the_xtask() {
        let base = tempfile::tempdir().expect("a folder");
        let base = std::fs::canonicalize(base.path()).expect("its path");
        let tool = base.join("tools/xtask");
        std::fs::create_dir_all(base.join("apis")).expect("a folder");
        for repository in ["apis", "apis/new/deep"] {
            let up = "../".repeat(repository.split('/').count() + 1);
            let path = from_xtask(&base.join(repository), &tool).expect("a path");
            assert_eq!(path, Path::new(&format!("{up}tools/xtask")), "{repository}");
        }
        let inside = from_xtask(&base, &base.join("vendor/xtask")).expect("a path");
        assert_eq!(inside, Path::new("../vendor/xtask"));
    }
}

//! Formatters and linters that a repository may use, with the settings of `docs/your-repository.md` and of `init`.
//!
//! With the settings of the page, each leaves canonical catalogs as they are. With those of `init`, each leaves a whole
//! repository as it is.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use codegen::edit::{self, NewCode, Place};
use codegen::{Inputs, Source, release};
use fs_err as fs;
use jiff::civil::date;

use crate::catalogs::{self, FIXTURES};
use crate::check::Check;
use crate::environment::Environment;
use crate::model::Language;
use crate::{toolchain, yaml};

const PAGE: &str = "docs/your-repository.md";
/// The longest time that a tool may take.
const TIMEOUT: Duration = Duration::from_secs(120);
/// The longest time that building and running `init` may take.
const INIT_TIMEOUT: Duration = Duration::from_secs(900);

/// A tool, how it formats or checks a folder, and its settings on the page: the line before them, and their file.
struct Tool {
    name: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
    settings: Option<(&'static str, &'static str)>,
}

const TOOLS: [Tool; 5] = [
    Tool {
        name: "prettier, 80 columns",
        program: "prettier",
        arguments: &["--write", "."],
        settings: Some((".prettierrc", "`.prettierrc`, for")),
    },
    Tool {
        name: "prettier, 120 columns",
        program: "prettier",
        arguments: &["--write", ".", "--print-width", "120"],
        settings: None,
    },
    Tool {
        name: "oxfmt",
        program: "oxfmt",
        arguments: &["."],
        settings: Some((".oxfmtrc.json", "`.oxfmtrc.json`:")),
    },
    Tool {
        name: "yamllint",
        program: "yamllint",
        arguments: &["--strict", "."],
        settings: Some((".yamllint", "### Formatters that agree")),
    },
    Tool {
        name: "yamlfix",
        program: "yamlfix",
        arguments: YAMLFIX,
        settings: None,
    },
];

/// The command of the page.
const YAMLFIX: &[&str] = &[".", "--exclude", "catalog/*", "--exclude", "generated/*"];

/// The installed tools.
struct Tools {
    node: Environment,
    python: Environment,
}

impl Tools {
    fn command(&self, program: &str) -> Command {
        let environment = match program {
            "prettier" | "oxfmt" => &self.node,
            _ => &self.python,
        };
        Command::new(environment.programs().join(program))
    }
}

pub(crate) fn check(root: &Path, folder: &Path) -> anyhow::Result<Vec<Check>> {
    let install = |language| Environment::install_drivers("formatters", language, root, folder);
    let tools = Tools {
        node: install(Language::Node)?,
        python: install(Language::Python)?,
    };
    // Outside of the project, whose own settings the tools would find.
    let work = tempfile::tempdir()?;
    let page = fs::read_to_string(root.join(PAGE))?;
    let texts = texts(root)?;
    let mut checks = Vec::new();
    for (position, tool) in TOOLS.iter().enumerate() {
        let place = work.path().join(position.to_string());
        fs::create_dir_all(place.join("catalog"))?;
        for (name, text) in &texts {
            fs::write(place.join("catalog").join(name), text)?;
        }
        if let Some((file, before)) = tool.settings {
            fs::write(place.join(file), block(&page, before)?)?;
        }
        let kind = format!("{} with the settings of the page", tool.name);
        checks.extend(run(tool, &tools, &place, folder, &kind)?);
    }
    anyhow::ensure!(
        page.contains("yamlfix . --exclude \"catalog/*\" --exclude \"generated/*\""),
        "{PAGE} has another command for yamlfix"
    );
    let repository = work.path().join("repository");
    init(&repository, root, folder)?;
    for tool in &TOOLS {
        let kind = format!("{} in a repository of `init`", tool.name);
        checks.extend(run(tool, &tools, &repository, folder, &kind)?);
    }
    Ok(checks)
}

/// Canonical catalogs by the names of their files.
fn texts(root: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    for (name, text) in yaml::canonical_texts()? {
        let name = name.replace("-lock.yaml", ".lock");
        texts.insert(format!("odd-{name}"), text);
    }
    let sample = catalogs::sample(root)?;
    let new = NewCode {
        name: "a_new_code",
        error_type: "invalid_request_error",
        status: None,
        rust: Some("New"),
        place: Place::Type,
    };
    let inserted = edit::insert(&sample, &new).map_err(|reason| anyhow!("not new: {reason:?}"))?;
    texts.insert("new.yaml".to_owned(), inserted.text);
    texts.insert(
        "sample.yaml".to_owned(),
        sample.sources()[0].text().to_owned(),
    );
    for entry in fs::read_dir(root.join(FIXTURES))? {
        let path = entry?.path().join("catalog.yaml");
        let source = Source::new("catalog.yaml", fs::read(&path)?);
        let mut inputs = Inputs::new(source);
        // A catalog with further files is not complete here.
        if inputs.wanted().is_some() {
            continue;
        }
        let name = path.parent().and_then(Path::file_name).unwrap_or_default();
        let name = name.to_string_lossy();
        let formatted = edit::format(&inputs).map_err(|refusal| anyhow!("{name}: {refusal:?}"))?;
        texts.insert(format!("{name}.yaml"), formatted.concat());
        let day = date(2026, 1, 2);
        let released = release::release(&inputs.on(day), "9.0.0", day, release::Todo::Allowed);
        let texts_of = released.map(|released| released.texts).unwrap_or_default();
        for (_, text) in texts_of {
            texts.insert(format!("{name}-released.yaml"), text);
        }
    }
    Ok(texts)
}

/// The first block of code after a text of the page.
fn block<'a>(page: &'a str, before: &str) -> anyhow::Result<&'a str> {
    let (_, rest) = page
        .split_once(before)
        .with_context(|| format!("{PAGE} lacks {before}"))?;
    let rest = if before.starts_with('#') {
        // The settings for the catalog come after those of the formatters.
        let found = rest.split_once("`.yamllint`:");
        found.map_or(rest, |(_, rest)| rest)
    } else {
        rest
    };
    let block = rest
        .split_once("```")
        .and_then(|(_, rest)| rest.split_once('\n'));
    let block = block.and_then(|(_, rest)| rest.split_once("```"));
    Ok(block
        .with_context(|| format!("{PAGE} has no code after {before}"))?
        .0)
}

/// Runs a tool in a folder: a check for each file that it may change, and one for the tool itself.
fn run(
    tool: &Tool,
    tools: &Tools,
    place: &Path,
    folder: &Path,
    kind: &str,
) -> anyhow::Result<Vec<Check>> {
    let before = files(place)?;
    let mut command = tools.command(tool.program);
    command.args(tool.arguments).current_dir(place);
    let ended = toolchain::run(command, TIMEOUT, folder, "formatters")?;
    let said = format!("{}{}", ended.out, ended.err);
    // yamlfix may fail if all files are excluded.
    let is_idle = tool.program == "yamlfix" && said.contains("No YAML files found");
    let fault = (!ended.success && !is_idle).then(|| said.trim().replace('\n', "; "));
    let mut checks = vec![Check::new(kind, tool.program, fault)];
    let after = files(place)?;
    for (path, text) in &before {
        let fault = match after.get(path) {
            Some(after) if after == text => None,
            Some(after) => Some(first_difference(text, after)),
            None => Some("it was removed".to_owned()),
        };
        checks.push(Check::new(kind, path.as_str(), fault));
    }
    // The next tool finds what this one found.
    for (path, text) in before {
        fs::write(place.join(path), text)?;
    }
    Ok(checks)
}

fn first_difference(before: &str, after: &str) -> String {
    let mut lines = before.lines().zip(after.lines());
    match lines.find(|(before, after)| before != after) {
        Some((before, after)) => format!("it makes {after:?} of {before:?}"),
        None => "it changes the end".to_owned(),
    }
}

/// The texts of a folder and the folders in it, by their paths, besides those of git.
fn files(place: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![place.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let relative = path
                .strip_prefix(place)?
                .to_string_lossy()
                .replace('\\', "/");
            files.insert(relative, fs::read_to_string(&path)?);
        }
    }
    Ok(files)
}

/// A repository with settings of each tool, set up by `init`.
fn init(repository: &Path, root: &Path, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(repository.join(".vscode"))?;
    fs::write(repository.join(".prettierrc"), "{}\n")?;
    fs::write(
        repository.join(".yamllint"),
        "---\nextends: default\nrules:\n  document-start: disable\n  truthy: disable\n",
    )?;
    let mut command = Command::new(toolchain::cargo());
    command.args(["xtask", "init"]);
    command
        .arg(repository)
        .args(["--title", "Pet Store", "--ci", "github", "--allow-no-vcs"])
        .arg("--path");
    command.arg(root.join("xtask")).current_dir(root);
    toolchain::output(command, INIT_TIMEOUT, folder, "formatters-init").map(drop)
}

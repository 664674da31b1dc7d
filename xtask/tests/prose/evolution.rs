//! The page on evolution: its round of releases is made, word for word, in a repository of its own.

use std::path::Path;
use std::process::{Command, Output};

use crate::fences::{Fence, fences, links, read};
use crate::workspace::root;

const PAGE: &str = "docs/evolution.md";
const CATALOG: &str = "catalog/catalog.yaml";
const ROUND: &str = "## From one release to the next\n";

/// A command of the page, in the repository. Git sees no settings but those of the test.
fn run(folder: &Path, line: &str) -> Output {
    let words = words(line);
    let (program, arguments) = match &words[..] {
        [cargo, xtask, arguments @ ..] if cargo == "cargo" && xtask == "xtask" => {
            (env!("CARGO_BIN_EXE_cargo-error-catalog"), arguments)
        }
        [git, arguments @ ..] if git == "git" => ("git", arguments),
        _ => panic!("no command of the page: {line}"),
    };
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", folder.join("no-settings"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([
            ("GIT_AUTHOR_NAME", "A"),
            ("GIT_AUTHOR_EMAIL", "a@example.com"),
        ])
        .envs([
            ("GIT_COMMITTER_NAME", "A"),
            ("GIT_COMMITTER_EMAIL", "a@example.com"),
        ])
        .output()
        .expect("the program is there")
}

/// The words of a command. Some are in double quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (position, part) in line.split('"').enumerate() {
        if position % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn said(output: &Output) -> String {
    let bytes = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8(bytes).unwrap()
}

/// The catalog with the sections of an example in the place of its own.
fn with_sections(catalog: &str, example: &str) -> String {
    let mut text = String::new();
    let mut is_replaced = false;
    let stated: Vec<&str> = example
        .lines()
        .filter(|line| !line.starts_with([' ', '#']))
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key)
        .collect();
    for line in catalog.lines() {
        if !line.starts_with([' ', '#']) {
            let key = line.split_once(':').map(|(key, _)| key);
            is_replaced = key.is_some_and(|key| stated.contains(&key));
        }
        if !is_replaced {
            text += line;
            text.push('\n');
        }
    }
    text + example
}

fn round() -> Vec<Fence> {
    let page = read(PAGE);
    let (_, rest) = page.split_once(ROUND).expect("the round");
    let (round, _) = rest.split_once("\n## ").expect("the next heading");
    fences(round)
}

#[test]
fn the_releases_of_the_page_work_as_written() {
    let clone = tempfile::tempdir().unwrap();
    let folder = clone.path();
    std::fs::create_dir(folder.join("catalog")).unwrap();
    assert!(run(folder, "git init --quiet").status.success());
    let mut last = String::new();
    let mut commands = 0;
    for fence in round() {
        let text = fence.lines.join("\n") + "\n";
        match fence.language.as_str() {
            "yaml" if fence.file.as_deref() == Some(CATALOG) => {
                std::fs::write(folder.join(CATALOG), text).unwrap();
            }
            "yaml" => {
                let catalog = std::fs::read_to_string(folder.join(CATALOG)).unwrap();
                let next = with_sections(&catalog, &text);
                std::fs::write(folder.join(CATALOG), next).unwrap();
            }
            "sh" | "sh,fails" => {
                last.clear();
                for line in &fence.lines {
                    let output = run(folder, line);
                    let fails = fence.language == "sh,fails";
                    assert_eq!(output.status.success(), !fails, "{line}: {}", said(&output));
                    last += &said(&output);
                    commands += 1;
                }
            }
            "text" => {
                for line in &fence.lines {
                    assert!(last.contains(line.trim_end()), "{line}\nis not in\n{last}");
                }
            }
            other => panic!("a block of the round in {other:?}"),
        }
    }
    assert!(commands > 10);
    assert!(run(folder, "cargo xtask gen --check").status.success());
    assert!(run(folder, "cargo xtask fmt --check").status.success());

    let read = |path: &str| std::fs::read_to_string(folder.join(path)).unwrap();
    let log = read("docs/errors/CHANGELOG.md");
    let releases: Vec<&str> = log.lines().filter(|line| line.starts_with("## ")).collect();
    let versions: Vec<&str> = releases
        .iter()
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    assert_eq!(versions, ["2.0.0", "1.1.0", "1.0.0"]);
    assert!(read("docs/errors/ticket_busy.md").contains("ticket_locked"));
    assert!(read("generated/Cargo.toml").contains("version = \"2.0.0\""));
    assert!(read("generated/openapi.yaml").contains("version: \"2.0.0\""));
    let catalog = read(CATALOG);
    assert!(catalog.contains("version: 2.0.0"), "{catalog}");
    assert!(
        catalog.contains("ticket_busy: { since: 2.0.0, reason:"),
        "{catalog}"
    );
}

#[test]
fn the_links_of_the_page_lead_somewhere() {
    for link in links(&read(PAGE)) {
        let file = link.split('#').next().unwrap();
        assert!(
            file.is_empty() || root().join("docs").join(file).exists(),
            "{link}"
        );
    }
}

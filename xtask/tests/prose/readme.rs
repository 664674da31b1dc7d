//! The README is true, word for word: its commands run, its excerpts stand in the files it names,
//! its code compiles.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use codegen::artifact::Region;

use crate::building::{cargo, write_lock};
use crate::fences::{Fence, fences, links, read};
use crate::workspace::{clone, root, xtask};

fn readme() -> String {
    read("README.md")
}

/// Runs git in a repository of its own, whatever the settings of the user and of a git around it.
fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let output = command
        .args(["-c", "user.name=test", "-c", "user.email=test@example.com"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git runs: the README takes a file back with it");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {stderr}");
}

/// All outputs with their contents, by path.
fn outputs(root: &Path) -> BTreeMap<String, String> {
    let list = std::fs::read_to_string(root.join("generated/.files")).unwrap();
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let files = list.lines().map(|path| (path.to_owned(), read(path)));
    files.collect()
}

#[test]
fn every_command_works() {
    let clone = clone();
    assert!(run_commands(&readme(), clone.path()) >= 8);
    let gate = std::fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(gate.contains(&format!("\nstep {TEST_COMMAND}\n")));
}

/// The page for those who have a list, followed: its lists are written where it says, its commands run, and
/// what it shows of a draft stands in one.
#[test]
fn bringing_a_list_works() {
    let clone = clone();
    let page = read("docs/bring-your-list.md");
    let mut lists = 0;
    for fence in fences(&page) {
        if let Some(file) = &fence.file {
            std::fs::write(clone.path().join(file), fence.lines.join("\n") + "\n").unwrap();
            lists += 1;
        }
    }
    assert_eq!(lists, 12);
    assert_eq!(run_commands(&page, clone.path()), 17);
    let draft = std::fs::read_to_string(clone.path().join("out/pets/catalog.yaml")).unwrap();
    let excerpt = fences(&page).into_iter();
    let mut excerpt = excerpt.filter(|fence| fence.language == "yaml" && fence.file.is_none());
    let excerpt = excerpt.next().unwrap().lines.join("\n");
    assert!(draft.contains(&excerpt), "{draft}");
}

/// The first screen, and the page about a repository of one's own: the command works, and its settings are those that the table names.
#[test]
fn one_command_sets_up_a_repository() {
    let page = read("docs/your-repository.md");
    for text in [&page, &readme()] {
        assert!(text.contains(&format!("```sh\n{INSTALL_COMMAND}\n")));
        assert!(text.contains(&format!("```sh\n{INIT_COMMAND}\n")));
    }
    assert!(read("xtask/Cargo.toml").contains("[[bin]]\nname = \"cargo-error-catalog\"\n"));
    let folder = tempfile::tempdir().unwrap();
    for file in [".prettierrc", ".yamllint"] {
        std::fs::write(folder.path().join(file), "").unwrap();
    }
    std::fs::create_dir(folder.path().join(".vscode")).unwrap();
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", "All"]);
    let tool = root().join("xtask");
    let tool = tool.to_str().unwrap();
    let arguments = ["--title", "Pet Store", "--ci", "github", "--path", tool];
    xtask(folder.path(), &[&["init"], &arguments[..]].concat());
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let named = rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2));
    let mut found = 0;
    for path in named.filter(|path| !path.contains('*') && *path != ".gitlab-ci.yml") {
        assert!(folder.path().join(path).exists(), "{path}");
        found += 1;
    }
    assert_eq!(found, 12);
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    assert!(page.contains(&format!("```text\n{}```", read(".prettierignore"))));
    assert!(page.contains(&format!("```yaml\n{}```", read(".yamllint"))));
    assert!(read("generated/Cargo.toml").contains("name = \"pet-store-errors\""));
}

/// The page for newcomers, followed: its catalog is written where it says, and its commands run.
#[test]
fn getting_started_works() {
    let clone = clone();
    let page = read("docs/getting-started.md");
    let mut catalogs = 0;
    let yaml = fences(&page).into_iter();
    for fence in yaml.filter(|fence| fence.language == "yaml") {
        let file = fence.file.expect("the name of the file");
        let path = clone.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, fence.lines.join("\n") + "\n").unwrap();
        catalogs += 1;
    }
    assert_eq!(catalogs, 1);
    let (before, publish) = page.split_once("\n## Publish it\n").unwrap();
    let commands = run_commands(before, clone.path());
    let catalog = clone.path().join("my/catalog.yaml");
    let draft = std::fs::read_to_string(&catalog).unwrap();
    assert_eq!(draft.matches("TODO: ").count(), 2);
    std::fs::write(&catalog, draft.replace("TODO: ", "Then ")).unwrap();
    assert_eq!(commands + run_commands(publish, clone.path()), 10);
    let marks = fences(&page).into_iter();
    let mut marks = marks.filter(|fence| fence.language == "markdown");
    let marks = marks.next().unwrap().lines;
    assert_eq!(marks, [Region::START, Region::END]);
    let blocks = fences(&page).into_iter();
    let mut code = blocks.filter(|fence| fence.language == "rust");
    let code = code.next().unwrap().lines.join("\n");
    let package = clone.path().join("out/my/generated");
    let test = format!(
        "{code}\n\n#[test]\nfn it_works() {{\n    assert!(rename(\"Ada\").is_ok());\n    \
         assert_eq!(rename(\"Rex\").unwrap_err().status(), 409);\n}}\n"
    );
    std::fs::write(package.join("tests/page.rs"), test).unwrap();
    cargo(&package, &["test", "--test", "page"]);
}

const TEST_COMMAND: &str = "cargo test --workspace";

const INSTALL_COMMAND: &str = "cargo install --path xtask";

/// With a clone of this repository beside the one that it sets up.
const INIT_COMMAND: &str =
    "cargo error-catalog init --title \"Pet Store\" --ci github --path ../error-catalog/xtask";

/// Runs the commands of a page in a clone, and gives back how many there are.
fn run_commands(page: &str, clone: &Path) -> usize {
    let mut run = 0;
    for fence in fences(page).iter().filter(|fence| fence.language == "sh") {
        for line in &fence.lines {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["cargo", "xtask", arguments @ ..]
                | ["target/debug/cargo-error-catalog", arguments @ ..] => {
                    xtask(clone, arguments);
                }
                ["cargo", "check", "--manifest-path", manifest] => {
                    write_lock(clone.join(manifest).parent().unwrap());
                    cargo(clone, &["check", "--manifest-path", manifest]);
                }
                // Run by `deleted_outputs_come_back_with_git`.
                ["git", "checkout", "--", _] => {}
                // Run by `one_command_sets_up_a_repository`.
                _ if [INSTALL_COMMAND, INIT_COMMAND].contains(&line.as_str()) => {}
                _ => assert_eq!(line, TEST_COMMAND, "this command is run by no test"),
            }
            run += 1;
        }
    }
    run
}

#[test]
fn deleted_outputs_come_back_with_git() {
    let clone = clone();
    let folder = clone.path();
    // Whether the outputs of this repository are current is for other tests to say.
    xtask(folder, &["gen"]);
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "All"]);
    let before = outputs(folder);
    std::fs::remove_dir_all(folder.join("generated")).unwrap();
    std::fs::remove_dir_all(folder.join("docs/errors")).unwrap();

    let is_route = |fence: &Fence| {
        let mut lines = fence.lines.iter();
        fence.language == "sh" && lines.any(|line| line.starts_with("git "))
    };
    let routes: Vec<Fence> = fences(&readme()).into_iter().filter(is_route).collect();
    assert_eq!(routes.len(), 1);
    for line in &routes[0].lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["git", arguments @ ..] => {
                git(folder, arguments);
                assert!(folder.join("generated/Cargo.toml").is_file(), "{line}");
            }
            ["cargo", "xtask", arguments @ ..] => xtask(folder, arguments),
            _ => panic!("{line} is no step back"),
        }
    }
    assert_eq!(outputs(folder), before);
}

/// What the README says of the second command.
#[test]
fn the_outputs_of_this_repository_are_current() {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-error-catalog"))
        .args(["gen", "--check"])
        .current_dir(root())
        .output()
        .unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{stdout}");
}

#[test]
fn excerpts_are_in_the_files_they_name() {
    let mut found = 0;
    for fence in fences(&readme()) {
        let Some(file) = fence.file else {
            continue;
        };
        let text = std::fs::read_to_string(root().join(&file)).unwrap();
        let excerpt = fence.lines.join("\n");
        assert!(text.contains(&excerpt), "{file} has no\n{excerpt}");
        found += 1;
    }
    assert_eq!(found, 4, "the catalog and its three outputs");
}

#[test]
fn links_lead_to_files() {
    let links = links(&readme());
    for address in &links {
        assert!(root().join(address).exists(), "{address}");
    }
    assert!(links.len() > 8);
}

/// The pages of the guide are in the table of contents, and their links lead to files and headings.
#[test]
fn the_guide_has_no_page_that_cannot_be_found_and_no_link_that_leads_nowhere() {
    let summary = links(&read("docs/SUMMARY.md"));
    let docs = root().join("docs");
    let mut pages = 0;
    for entry in std::fs::read_dir(&docs).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_page = Path::new(&name)
            .extension()
            .is_some_and(|kind| kind == "md");
        if !is_page || name == "SUMMARY.md" {
            continue;
        }
        assert!(summary.contains(&name), "{name}");
        for address in links(&read(&format!("docs/{name}"))) {
            let (file, anchor) = address.split_once('#').unwrap_or((&address, ""));
            let file = if file.is_empty() { &name } else { file };
            assert!(docs.join(file).exists(), "{name}: {address}");
            if !anchor.is_empty() {
                let target = std::fs::read_to_string(docs.join(file)).unwrap();
                let headings = target.lines().filter(|line| line.starts_with('#'));
                let mut ids = headings.map(|line| {
                    let text = line.trim_start_matches('#').trim().to_lowercase();
                    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
                    text.chars()
                        .filter(kept)
                        .collect::<String>()
                        .replace(' ', "-")
                });
                assert!(ids.any(|id| id == anchor), "{name}: {address}");
            }
        }
        pages += 1;
    }
    assert!(pages > 5);
    for address in summary {
        assert!(docs.join(&address).exists(), "SUMMARY.md: {address}");
    }
}

#[test]
fn code_compiles_and_runs() {
    let clone = clone();
    let package = clone.path().join("generated");
    let mut tests = String::new();
    for (position, fence) in fences(&readme()).iter().enumerate() {
        if fence.language == "rust,check" {
            let body = fence.lines.join("\n");
            write!(tests, "#[test]\nfn fence_{position}() {{\n{body}\n}}\n\n").unwrap();
        }
    }
    assert_eq!(tests.matches("#[test]").count(), 2);
    std::fs::create_dir_all(package.join("tests")).unwrap();
    std::fs::write(package.join("tests/readme.rs"), tests).unwrap();
    write_lock(&package);
    cargo(&package, &["test", "--test", "readme"]);
}

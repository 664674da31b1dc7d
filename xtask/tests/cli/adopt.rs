//! `init` in repositories of all kinds, and the first build after it.

use std::path::Path;
use std::process::Command;

use crate::project::{CATALOG, Project, Run, SMALL};
use crate::repository::{commit, git};

/// What a run of `init` depends on: the tool of this repository.
fn init(project: &Project, arguments: &str) -> Run {
    project.run(&format!(
        "init --path {} {arguments}",
        env!("CARGO_MANIFEST_DIR")
    ))
}

/// Makes a repository whose files are committed.
fn commit_all(project: &Project) {
    git(project, &["init", "--quiet"]);
    commit(project);
}

/// Builds offline, with the versions of this repository.
fn cargo(project: &Project, arguments: &[&str]) -> Run {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, project.path("Cargo.lock")).expect("a lock");
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(arguments)
        .current_dir(project.path(""))
        .env("CARGO_NET_OFFLINE", "true")
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("adopt"),
        )
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env_remove("RUSTFLAGS");
    Run::of(&mut cargo)
}

const SERVER: &str =
    "[package]\nname = \"server\"\nversion = \"0.1.0\"\nedition = \"2021\" # ours\n";
const MAIN: &str = "fn main() {}\n";

/// A single crate that is committed.
fn single_crate() -> Project {
    let project = Project::empty();
    project.write("Cargo.toml", SERVER);
    project.write("src/main.rs", MAIN);
    project.write(".gitignore", "target\n*.log");
    commit_all(&project);
    project
}

#[test]
fn an_empty_folder_becomes_a_workspace_that_builds() {
    let project = Project::empty();
    let run = init(&project, "--title Pets --ci github").exits_with(0);
    assert!(run.stdout.contains("created  Cargo.toml\n"), "{run:#?}");
    assert_eq!(run.stderr, "");
    for path in [
        ".cargo/config.toml",
        ".gitattributes",
        ".github/workflows/errors.yml",
        ".gitignore",
        "docs/errors/README.md",
        "generated/src/lib.rs",
        "xtask/src/main.rs",
    ] {
        assert!(project.exists(path), "{path}");
    }
    assert!(project.read(CATALOG).contains("  title: Pets\n"));
    assert!(
        project
            .read("generated/Cargo.toml")
            .contains("name = \"pets-errors\"\n")
    );
    cargo(&project, &["check", "--workspace"]).exits_with(0);
    for verb in ["gen --check", "fmt --check", "check"] {
        let arguments: Vec<&str> = ["xtask"].into_iter().chain(verb.split(' ')).collect();
        cargo(&project, &arguments).exits_with(0);
    }
}

#[test]
fn a_second_run_changes_nothing() {
    let project = single_crate();
    init(&project, "--title Pets --ci gitlab").exits_with(0);
    let before = project.snapshot();
    let run = init(&project, "--ci gitlab").exits_with(0);
    assert_eq!(run.stdout, "everything is in place: nothing to do\n");
    assert_eq!(project.snapshot(), before);
}

#[test]
fn a_single_crate_becomes_the_root_of_a_workspace() {
    let project = single_crate();
    init(&project, "--title Pets").exits_with(0);
    assert_eq!(
        project.read("Cargo.toml"),
        format!("{SERVER}\n[workspace]\nmembers = [\"generated\", \"xtask\"]\n")
    );
    assert_eq!(project.read(".gitignore"), "target\n*.log");
    let manifest = project.read("Cargo.toml");
    let dependency = "\n[dependencies]\npets-errors = { path = \"generated\" }\n";
    project.write("Cargo.toml", manifest + dependency);
    project.write(
        "src/main.rs",
        "use pets_errors::{ApiError, ErrorCode};\n\nfn main() {\n    \
         assert_eq!(ApiError::new(ErrorCode::NoSuchResource).status(), 404);\n}\n",
    );
    cargo(&project, &["run", "--quiet", "--package", "server"]).exits_with(0);
}

#[test]
fn a_workspace_keeps_its_format_and_comments() {
    let project = Project::empty();
    let before = "# All crates\n[workspace]\nresolver = '2'\nmembers = [\n    'api', # the server\n]\n\n[profile.dev]\ndebug = 0\n";
    project.write("Cargo.toml", before);
    project.write("api/Cargo.toml", SERVER);
    project.write("api/src/main.rs", MAIN);
    project.write(".cargo/config.toml", "[alias]\nt = 'test' # quick\n");
    project.write(".prettierrc", "{}\n");
    project.write(".yamllint", "extends: default # ours\n");
    project.write(".gitlab-ci.yml", "stages: [build, deploy]\n");
    commit_all(&project);
    init(&project, "--title Pets --ci gitlab").exits_with(0);
    let after = before.replace(
        "# the server\n",
        "# the server\n    \"generated\",\n    \"xtask\",\n",
    );
    assert_eq!(project.read("Cargo.toml"), after);
    assert_eq!(
        project.read(".cargo/config.toml"),
        "[alias]\nt = 'test' # quick\nxtask = \"run --quiet --profile xtask --package xtask --\"\n\n\
         [profile.xtask]\ninherits = \"dev\"\ndebug = false\ndebug-assertions = false\nincremental = false\n\
         overflow-checks = false\n"
    );
    let own = ["/catalog/", "/docs/errors/", "/generated/"];
    assert_eq!(project.read(".prettierignore"), own.join("\n") + "\n");
    assert_eq!(
        project.read(".yamllint"),
        format!(
            "extends: default # ours\nignore: |\n  {}\n",
            own.join("\n  ")
        )
    );
    let pipeline = project.read(".gitlab-ci.yml");
    assert!(
        pipeline.starts_with("stages: [build, deploy]\n\nerrors:\n"),
        "{pipeline}"
    );
    assert!(pipeline.contains("  stage: build\n"), "{pipeline}");
    cargo(&project, &["check", "--workspace"]).exits_with(0);
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let project = single_crate();
    let before = project.snapshot();
    let run = init(&project, "--title Pets --dry-run").exits_with(0);
    assert!(
        run.stdout
            .contains("+members = [\"generated\", \"xtask\"]\n"),
        "{run:#?}"
    );
    assert!(
        run.stdout
            .contains("--- /dev/null\n+++ catalog/catalog.yaml\n"),
        "{run:#?}"
    );
    assert!(run.stdout.ends_with("nothing was written\n"), "{run:#?}");
    assert_eq!(project.snapshot(), before);
}

#[test]
fn a_list_is_imported_on_the_way() {
    let project = Project::empty();
    project.write(
        "errors.jsonl",
        "{\"code\":\"no_such_pet\",\"type\":\"not_found\",\"http_status\":404,\"message\":\"No pet\"}\n",
    );
    let list = project.path("errors.jsonl");
    let arguments = format!(
        "--from {} --crate-name pet-errors --no-xtask",
        list.display()
    );
    project.run(&format!("init {arguments}")).exits_with(0);
    assert!(project.read(CATALOG).contains("no_such_pet:"));
    assert!(
        project
            .read("generated/Cargo.toml")
            .contains("name = \"pet-errors\"")
    );
    assert!(!project.exists("xtask") && !project.exists(".cargo"));
    let run = project.run(&format!("init {arguments}")).exits_with(2);
    assert!(
        run.stderr.contains("is not imported: remove --from"),
        "{run:#?}"
    );
}

#[test]
fn a_catalog_that_exists_stays() {
    let project = Project::with_catalog(SMALL);
    init(&project, "").exits_with(0);
    assert_eq!(project.read(CATALOG), SMALL);
    assert!(
        project
            .read("generated/Cargo.toml")
            .contains("small-errors")
    );
}

#[test]
fn a_refusal_says_what_to_do_and_writes_nothing() {
    let refused = |project: &Project, arguments: &str, help: &str| {
        let before = project.snapshot();
        let run = init(project, arguments).exits_with(2);
        assert!(run.stderr.contains(help), "{run:#?}");
        assert_eq!(project.snapshot(), before);
    };
    let project = Project::empty();
    refused(
        &project,
        "",
        "the title of the API is missing: pass --title",
    );
    project.write("Cargo.toml", SERVER);
    refused(
        &project,
        "--title Pets",
        "run `git init` and commit, or pass --allow-no-vcs",
    );
    project.write("src/main.rs", MAIN);
    commit_all(&project);
    project.write("notes.txt", "new");
    refused(
        &project,
        "--title Pets",
        "git has uncommitted changes (notes.txt): commit or stash",
    );
    project.write(
        ".cargo/config.toml",
        "[alias]\nxtask = \"run -p tasks --\"\n",
    );
    refused(&project, "--title Pets", "Errors(error_catalog::Verb)");
    project.write("Cargo.toml", "[workspace\n");
    refused(&project, "--title Pets", "Cargo.toml is not valid TOML");
    let project = Project::empty();
    project.write("Cargo.toml", "[workspace]\nmembers = [\"api\"]\n");
    project.write("api/Cargo.toml", SERVER);
    refused(
        &project,
        "api --title Pets",
        "is inside of the workspace in",
    );
}

#[test]
fn a_fault_undoes_everything() {
    let project = Project::empty();
    // A file where a folder must be.
    project.write("xtask-is-no-folder", "");
    project.write("docs", "a file");
    let before = project.snapshot();
    init(&project, "--title Pets").exits_with(2);
    assert_eq!(project.snapshot(), before);
}

/// The outputs and the catalog are written before the workflow, which comes after a link that leads nowhere.
#[cfg(unix)]
#[test]
fn a_fault_in_the_middle_undoes_what_was_written() {
    let project = single_crate();
    std::os::unix::fs::symlink("nowhere", project.path(".github")).expect("a link");
    let arguments = "--title Pets --ci github --allow-dirty";
    let dry_run = init(&project, &format!("{arguments} --dry-run")).exits_with(0);
    assert!(dry_run.stdout.contains("crate    "), "{dry_run:#?}");
    let before = paths(&project);
    let run = init(&project, arguments).exits_with(2);
    assert!(run.stderr.contains(".github/workflows"), "{run:#?}");
    assert_eq!(run.stdout, "");
    assert_eq!(paths(&project), before);
    assert_eq!(project.read("Cargo.toml"), SERVER);
    std::fs::remove_file(project.path(".github")).expect("the link");
    init(&project, arguments).exits_with(0);
}

/// Everything in the folder, empty folders and links included, but git's own files.
fn paths(project: &Project) -> Vec<std::path::PathBuf> {
    let mut folders = vec![project.path("")];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let kind = entry.file_type().expect("a kind");
            if kind.is_dir() && entry.file_name() != ".git" {
                folders.push(entry.path());
            }
            paths.push(entry.path());
        }
    }
    paths.sort();
    paths
}

#[test]
fn yamllint_keeps_the_layout_of_its_list() {
    let cases = [
        (
            "ignore:\n  - a\n  - /generated/\nrules: {}\n",
            "ignore:\n  - a\n  - /generated/\n  - /catalog/\n  - /docs/errors/\nrules: {}\n",
        ),
        (
            "ignore: |\n    a\n    b\n\nrules: {}\n",
            "ignore: |\n    a\n    b\n    /catalog/\n    /docs/errors/\n    /generated/\n\nrules: {}\n",
        ),
        ("ignore: [a]\n", "ignore: [a]\n"),
    ];
    for (before, after) in cases {
        let project = Project::empty();
        project.write(".yamllint.yaml", before);
        let run = init(&project, "--title Pets --allow-no-vcs").exits_with(0);
        assert_eq!(project.read(".yamllint.yaml"), after);
        assert_eq!(
            run.stderr.contains("add /catalog/"),
            before == after,
            "{run:#?}"
        );
    }
}

#[test]
fn an_editor_is_told_the_schema() {
    let cases = [
        (
            None,
            "{\n  \"yaml.schemas\": {\n    \"./catalog/catalog.schema.json\": \"/catalog/catalog.yaml\"\n  }\n}\n",
        ),
        (
            Some("{\n  \"a\": 1\n}\n"),
            "{\n  \"yaml.schemas\": {\n    \"./catalog/catalog.schema.json\": \"/catalog/catalog.yaml\"\n  },\n  \"a\": 1\n}\n",
        ),
        (Some("{ // mine\n}\n"), "{ // mine\n}\n"),
    ];
    for (before, after) in cases {
        let project = Project::empty();
        project.write(".vscode/launch.json", "{}\n");
        if let Some(before) = before {
            project.write(".vscode/settings.json", before);
        }
        init(&project, "--title Pets --allow-no-vcs").exits_with(0);
        assert_eq!(project.read(".vscode/settings.json"), after);
    }
}

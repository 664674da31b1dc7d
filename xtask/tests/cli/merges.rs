//! Branches that meet: what git merges by itself, and what one run mends.

use super::project::{CATALOG, Project};
use super::repository::{commit, git, try_git};

const WIDE: &str = "\
version: 1
api: { title: Small API, docs_url: https://docs.example.com, crate: small-errors }
types:
  name_error: { status: 400, meaning: The name is wrong }
  size_error: { status: 413, meaning: The size is wrong }
codes:
  bad_name: { type: name_error, meaning: The name is taken, fix: Choose another }
  odd_name: { type: name_error, meaning: The name is odd, fix: Choose an even one }
  # Sizes.
  too_large: { type: size_error, meaning: It is too large, fix: Make it smaller }
  too_small: { type: size_error, meaning: It is too small, fix: Make it larger }
";

/// Two branches that each add a code. The second is merged into the first.
fn merged(first: (&str, &str), second: (&str, &str)) -> (Project, bool) {
    let project = Project::with_catalog(WIDE);
    git(&project, &["init", "--quiet"]);
    project.run("release 1.0.0").exits_with(0);
    commit(&project);
    for (branch, (behind, line)) in [("one", first), ("two", second)] {
        git(&project, &["checkout", "--quiet", "-b", branch, "main"]);
        project.edit_catalog(behind, &format!("{behind}{line}"));
        project.run("gen").exits_with(0);
        commit(&project);
    }
    git(&project, &["checkout", "--quiet", "one"]);
    let merge = try_git(&project, &["merge", "--quiet", "--no-edit", "two"]);
    (project, merge.code == Some(0))
}

const LONG_NAME: &str =
    "  long_name: { type: name_error, meaning: The name is too long, fix: Shorten it }\n";
const TOO_HEAVY: &str =
    "  too_heavy: { type: size_error, meaning: It is too heavy, fix: Take something out }\n";

#[test]
fn branches_that_add_codes_at_two_places_need_one_run_of_gen() {
    let (project, _) = merged(("codes:\n", LONG_NAME), ("  # Sizes.\n", TOO_HEAVY));
    let catalog = project.read(CATALOG);
    assert!(catalog.contains("long_name") && catalog.contains("too_heavy"));
    assert!(!catalog.contains("<<<<<<<"), "the catalog was merged");
    assert!(!project.read("catalog/catalog.lock").contains("<<<<<<<"));
    let conflicts = project.contents().into_values();
    let conflicts = conflicts.filter(|bytes| bytes.starts_with(b"<<<<<<<") || has_marks(bytes));
    assert!(conflicts.count() > 0, "the sources were not merged");
    project.run("gen").exits_with(0).says_nothing();
    project.run("gen --check").exits_with(0);
    project.run("diff").exits_with(0).prints("2 safe: minor");
    assert!(
        !project
            .contents()
            .into_values()
            .any(|bytes| has_marks(&bytes))
    );
    commit(&project);
    project.run("release 1.1.0").exits_with(0);
    assert!(project.read("catalog/catalog.lock").contains("1.1.0: \""));
}

#[test]
fn a_catalog_that_git_could_not_merge_is_recognised() {
    let (project, is_merged) = merged(("  # Sizes.\n", LONG_NAME), ("  # Sizes.\n", TOO_HEAVY));
    assert!(!is_merged);
    for verb in [
        "check",
        "gen",
        "fmt",
        "release 1.1.0",
        "new other --type name_error",
    ] {
        project
            .run(verb)
            .exits_with(1)
            .says("error[conflict-marker]: unresolved merge conflict")
            .says("--> catalog/catalog.yaml:");
    }
    let text = project.read(CATALOG);
    let resolved: String = text
        .lines()
        .filter(|line| {
            !["<<<<<<<", "=======", ">>>>>>>"]
                .iter()
                .any(|mark| line.starts_with(mark))
        })
        .collect::<Vec<_>>()
        .join("\n");
    project.write(CATALOG, resolved + "\n");
    project.run("fmt").exits_with(0);
    project.run("gen").exits_with(0).says_nothing();
    project.run("gen --check").exits_with(0);
}

/// Both branches released: one release is taken, and the other is made again.
#[test]
fn two_releases_of_one_version_do_not_merge_silently() {
    let project = Project::with_catalog(WIDE);
    git(&project, &["init", "--quiet"]);
    project.run("release 1.0.0").exits_with(0);
    commit(&project);
    for (branch, behind, line) in [
        ("one", "codes:\n", LONG_NAME),
        ("two", "  # Sizes.\n", TOO_HEAVY),
    ] {
        git(&project, &["checkout", "--quiet", "-b", branch, "main"]);
        project.edit_catalog(behind, &format!("{behind}{line}"));
        project
            .run(if branch == "one" {
                "release 1.1.0"
            } else {
                "release 1.2.0"
            })
            .exits_with(0);
        commit(&project);
    }
    git(&project, &["checkout", "--quiet", "one"]);
    let merge = try_git(&project, &["merge", "--quiet", "--no-edit", "two"]);
    assert_ne!(merge.code, Some(0));
    project
        .run("check")
        .exits_with(1)
        .says("error[conflict-marker]");

    // As in the guide: ours goes first, and theirs is released again.
    git(&project, &["checkout", "--ours", "catalog/catalog.lock"]);
    let text = project.read(CATALOG);
    let lines = text
        .lines()
        .filter(|line| !line.starts_with(['<', '=', '>']));
    let mut seen = false;
    let resolved: String = lines
        .filter(|line| !(line.contains("api:") && std::mem::replace(&mut seen, true)))
        .map(|line| line.replace(", since: 1.2.0", ""))
        .collect::<Vec<_>>()
        .join("\n");
    project.write(CATALOG, resolved + "\n");
    project.run("gen").exits_with(0);
    project
        .run("diff")
        .exits_with(0)
        .prints("`too_heavy`: added");
    project.run("release 1.2.0").exits_with(0);
    project.run("gen --check").exits_with(0);
}

fn has_marks(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.lines()
        .any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "))
}

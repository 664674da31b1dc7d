//! Files that the catalog makes from templates, on the disk.

use crate::project::{CATALOG, FILE_LIST, Project, SMALL};

const FILE: &str = "web/src/errors.txt";
const TEMPLATE: &str = "catalog/templates/errors.txt.j2";

/// The small catalog with one file from a template, and one for each code.
fn with_templates() -> Project {
    let project = Project::with_catalog(&format!(
        "{SMALL}outputs:
  - {{ template: templates/errors.txt.j2, to: {FILE} }}
  - {{ template: templates/code.txt.j2, to: \"web/codes/{{code}}.txt\", per: code }}
"
    ));
    project.write(
        TEMPLATE,
        "{% for code in codes %}\n{{ code.name }}\n{% endfor %}\n",
    );
    project.write("catalog/templates/code.txt.j2", "{{ code.meaning }}\n");
    project
}

fn generated() -> Project {
    let project = with_templates();
    project
        .run("gen")
        .exits_with(0)
        .prints("outputs  2 written, 0 unchanged, 0 removed\n");
    project
}

#[test]
fn a_file_from_a_template_is_an_output_like_all_others() {
    let project = generated();
    assert_eq!(project.read(FILE), "bad_name\n");
    assert_eq!(
        project.read("web/codes/bad_name.txt"),
        "The name is taken\n"
    );
    project.run("gen --check").exits_with(0);
    let before = project.snapshot();
    project.run("gen").exits_with(0).says_nothing();
    assert_eq!(project.snapshot(), before, "a second run writes nothing");

    project.write(FILE, "edited\n");
    project
        .run("gen --check")
        .exits_with(1)
        .prints(&format!("stale    {FILE}\n"))
        .prints("-edited");
    std::fs::remove_file(project.path("web/codes/bad_name.txt")).expect("removed");
    project
        .run("gen --check")
        .exits_with(1)
        .prints("missing  web/codes/bad_name.txt\n");
    project.run("gen").exits_with(0);
    let contents = |files: &std::collections::BTreeMap<String, _>| {
        let names: Vec<String> = files.keys().cloned().collect();
        names
    };
    assert_eq!(contents(&project.snapshot()), contents(&before));
    assert_eq!(project.read(FILE), "bad_name\n");

    project.write(TEMPLATE, "{{ api.title }}\n");
    project
        .run("gen --check")
        .exits_with(1)
        .prints("+Small API");
}

#[test]
fn a_file_that_is_no_output_any_longer_is_removed_with_its_folders() {
    let project = generated();
    project.edit_catalog("bad_name:", "worse_name:");
    project
        .run("gen --check")
        .exits_with(1)
        .prints("surplus  web/codes/bad_name.txt\n")
        .prints("missing  web/codes/worse_name.txt\n");
    project.run("gen").exits_with(0);
    assert!(!project.exists("web/codes/bad_name.txt"));
    assert!(project.exists("web/codes/worse_name.txt"));

    project.write(CATALOG, SMALL);
    project
        .run("gen")
        .exits_with(0)
        .prints("outputs  0 written, 0 unchanged, 2 removed\n")
        .says_nothing();
    assert!(!project.exists("web/codes"));
    assert!(!project.exists(FILE));
    project.run("gen --check").exits_with(0);
}

#[test]
fn an_edited_file_that_is_no_output_any_longer_stays() {
    let project = generated();
    project.write(FILE, "mine now\n");
    project.write(CATALOG, SMALL);
    project.run("gen --check").exits_with(1).prints(&format!(
        "edited   {FILE} (no longer an output: it stays)\n"
    ));
    project.run("gen").exits_with(0).says(&format!(
        "warning: {FILE} is no longer an output, and stays"
    ));
    assert_eq!(project.read(FILE), "mine now\n");
    assert!(!project.exists("web/codes/bad_name.txt"));
    project.run("gen").exits_with(0).says_nothing();
    project.run("gen --check").exits_with(0);
}

#[test]
fn a_file_of_someone_else_at_the_path_stops_the_run() {
    let project = with_templates();
    project.write(FILE, "mine\n");
    let before = project.snapshot();
    project
        .run("gen")
        .exits_with(1)
        .prints("nothing was written\n")
        .says(&format!("error: {FILE} is an output, but the file"));
    project
        .run("release 1.0.0")
        .exits_with(1)
        .says(&format!("error: {FILE} is an output, but the file"));
    assert_eq!(project.snapshot(), before);
}

/// The list of files is edited by hand, or merged wrongly.
#[test]
fn no_line_of_the_list_removes_a_file_with_other_contents_or_in_another_place() {
    let project = generated();
    project.write("web/mine.txt", "mine\n");
    let outside = project.path("..").join("outside-of-the-project.txt");
    std::fs::write(&outside, "mine\n").expect("a file");
    let hash = project.read(FILE_LIST);
    let hash = hash.lines().find_map(|line| line.strip_prefix(FILE));
    let hash = hash.expect("the hash of the file").to_owned();
    let list = project.read(FILE_LIST);
    let lines = [
        format!("web/mine.txt{hash}"),
        "web/mine.txt".to_owned(),
        format!("../outside-of-the-project.txt{hash}"),
        format!("{CATALOG}{hash}"),
        "<<<<<<< HEAD".to_owned(),
    ];
    project.write(FILE_LIST, format!("{list}{}\n", lines.join("\n")));
    project.run("gen").exits_with(0).says("web/mine.txt");
    assert_eq!(project.read("web/mine.txt"), "mine\n");
    assert!(outside.exists());
    assert!(project.exists(CATALOG));
    std::fs::remove_file(outside).expect("removed");
    assert_eq!(project.read(FILE_LIST), list);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_read_through_a_link() {
    use std::os::unix::fs::symlink;

    let project = with_templates();
    std::fs::create_dir_all(project.path("elsewhere")).expect("a folder");
    symlink(project.path("elsewhere"), project.path("web")).expect("a link");
    project
        .run("gen")
        .exits_with(2)
        .says("outputs are not written through links or files");
    assert!(!project.exists("elsewhere/src"));

    let project = with_templates();
    project.write("secret.txt.j2", "secret\n");
    std::fs::remove_file(project.path(TEMPLATE)).expect("removed");
    symlink(project.path("secret.txt.j2"), project.path(TEMPLATE)).expect("a link");
    project
        .run("gen")
        .exits_with(1)
        .says("error[bad-output]")
        .says("from outside the folder of the catalog");
}

#[test]
fn a_mistake_in_a_template_stops_the_run_at_its_place() {
    let project = generated();
    let before = project.contents();
    project.write(TEMPLATE, "one\n{{ code.name }}\n");
    for command in ["check", "gen", "gen --check", "release 1.0.0"] {
        project
            .run(command)
            .exits_with(1)
            .says("error[bad-template]")
            .says(&format!("{TEMPLATE}:2:4"));
    }
    project
        .run("check --format json")
        .exits_with(1)
        .prints("\"line\":2");
    let mut after = project.contents();
    after.insert(TEMPLATE.to_owned(), before[TEMPLATE].clone());
    assert_eq!(after, before, "nothing was written");
}

#[test]
fn a_release_writes_the_files_from_templates() {
    let project = generated();
    project.write(TEMPLATE, "{{ api.version }}\n");
    project.run("release 1.0.0").exits_with(0);
    assert_eq!(project.read(FILE), "1.0.0\n");
    project.run("gen --check").exits_with(0);
    project.write(
        CATALOG,
        project.read(CATALOG).replace("web/codes/", "web/all/"),
    );
    project.edit_catalog("fix: Choose another", "fix: Take another");
    project.run("release 1.0.1").exits_with(0);
    assert!(!project.exists("web/codes/bad_name.txt"));
    assert!(project.exists("web/all/bad_name.txt"));
    project.run("gen --check").exits_with(0);
}

#[test]
fn files_from_templates_go_below_the_folder_of_the_outputs() {
    let project = with_templates();
    project
        .run("gen --catalog catalog/catalog.yaml --out out/my")
        .exits_with(0);
    assert!(project.exists("out/my/web/src/errors.txt"));
    assert!(!project.exists(FILE));
}

#[test]
fn a_template_of_the_tool_is_used_by_its_name_or_as_a_copy() {
    let project = Project::with_catalog(&format!(
        "{SMALL}outputs:
  - {{ template: python, to: errors.py }}
  - {{ template: templates/errors.py.j2, to: copy.py }}
"
    ));
    let copy = project.run("template python").exits_with(0).says_nothing();
    project.write("catalog/templates/errors.py.j2", &copy.stdout);
    project.run("gen").exits_with(0).says_nothing();
    assert_eq!(project.read("errors.py"), project.read("copy.py"));
    assert!(
        project
            .read("errors.py")
            .contains("BAD_NAME = \"bad_name\"")
    );
    project
        .run("template cobol")
        .exits_with(2)
        .says("[possible values: python, typescript]");
    project
        .run("template python --out out/my")
        .exits_with(2)
        .says("a template is the same for every catalog");
}

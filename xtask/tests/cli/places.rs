//! Where a run reads and writes.

use crate::project::{CATALOG, PAGE, Project, SMALL};

#[test]
fn a_run_in_a_subfolder_finds_its_project() {
    let project = Project::sample();
    project.write("some/deep/folder/file", "");
    project.run_in("some/deep/folder", "gen").exits_with(0);
    assert!(project.exists(PAGE));
    assert!(!project.exists("some/deep/folder/generated"));
    project.run_in("catalog", "gen --check").exits_with(0);

    project.edit_catalog("fix: Rotate\n", "fixx: Rotate\n");
    let run = project.run_in("some/deep", "check").exits_with(1);
    run.says("../../catalog/catalog.yaml:");
}

#[test]
fn the_nearest_project_is_meant() {
    let project = Project::sample();
    project.write(&format!("inner/{CATALOG}"), SMALL);
    let run = project.run_in("inner", "list").exits_with(0);
    assert!(!run.stdout.contains("mime_mismatch"));
}

#[test]
fn the_catalog_of_the_project_may_be_named_in_any_way() {
    let project = Project::sample();
    for catalog in [CATALOG, "./catalog/../catalog/catalog.yaml"] {
        project
            .run(&format!("gen --catalog {catalog}"))
            .exits_with(0);
    }
    let absolute = project.path(CATALOG);
    let run = project.run_in(
        "docs",
        &format!("gen --check --catalog {}", absolute.display()),
    );
    run.exits_with(0);
}

#[test]
fn another_catalog_never_replaces_the_outputs_of_the_project() {
    let project = Project::generated();
    project.write("my/catalog.yaml", SMALL);
    let before = project.snapshot();
    for arguments in ["gen", "gen --check"] {
        let run = project.run(&format!("{arguments} --catalog my/catalog.yaml"));
        let run = run
            .exits_with(2)
            .says("--catalog is not the catalog of the project");
        run.says("name a folder for its outputs with --out, such as `--out out/NAME`");
    }
    assert_eq!(project.snapshot(), before);
}

#[test]
fn outputs_go_into_no_folder_that_belongs_to_outputs() {
    let project = Project::generated();
    project.write("my/catalog.yaml", SMALL);
    let before = project.snapshot();
    for out in [
        "generated",
        "docs/errors",
        "docs/errors/deep/below",
        "generated/../generated/x",
    ] {
        let run = project.run(&format!("gen --catalog my/catalog.yaml --out {out}"));
        run.exits_with(2)
            .prints_nothing()
            .says("contains outputs of the project");
    }
    assert_eq!(project.snapshot(), before);
    let run = project.run("gen --catalog my/catalog.yaml --out docs/other");
    run.exits_with(0);
}

#[test]
fn another_catalog_goes_to_the_folder_that_out_names() {
    let project = Project::generated();
    project.write("my/catalog.yaml", SMALL);
    let before = project.snapshot();
    let options = "--catalog my/catalog.yaml --out out/small";
    project.run(&format!("gen {options}")).exits_with(0);

    let (new, old): (Vec<_>, Vec<_>) = project
        .snapshot()
        .into_iter()
        .partition(|(path, _)| path.starts_with("out/small/"));
    assert!(old.into_iter().eq(before), "nothing else is touched");
    let new: Vec<_> = new.iter().map(|(path, _)| path.as_str()).collect();
    for path in [
        "out/small/generated/Cargo.toml",
        "out/small/generated/openapi.yaml",
        "out/small/docs/errors/bad_name.md",
        "out/small/catalog/catalog.schema.json",
    ] {
        assert!(new.contains(&path), "{path}");
    }

    project.run(&format!("gen --check {options}")).exits_with(0);
    project.write("out/small/docs/errors/bad_name.md", "");
    let run = project.run(&format!("gen --check {options}")).exits_with(1);
    run.prints(&format!("run `cargo xtask gen {options}` and commit"));
}

#[test]
fn the_catalog_of_the_project_may_go_elsewhere_too() {
    let project = Project::sample();
    project.run("gen --out elsewhere").exits_with(0);
    assert!(project.exists(&format!("elsewhere/{PAGE}")));
    assert!(!project.exists("generated"));
}

#[test]
fn out_never_replaces_the_outputs_of_another_project() {
    let project = Project::generated();
    project.write("my/catalog.yaml", SMALL);
    project.write(&format!("other/{CATALOG}"), SMALL);
    let before = project.snapshot();
    for options in [
        "--catalog my/catalog.yaml --out .",
        "--catalog my/catalog.yaml --out my/..",
        "--catalog my/catalog.yaml --out other",
        "--out other",
    ] {
        for verb in ["gen", "gen --check"] {
            let run = project.run(&format!("{verb} {options}")).exits_with(2);
            run.prints_nothing()
                .says("contains the outputs of another catalog")
                .says("name another folder with --out, such as `--out out/NAME`");
        }
    }
    assert_eq!(project.snapshot(), before);

    let options = format!("--catalog my/../{CATALOG} --out .");
    project.run(&format!("gen --check {options}")).exits_with(0);
    let options = format!("--catalog other/{CATALOG} --out other");
    project.run(&format!("gen {options}")).exits_with(0);
    assert!(project.exists("other/generated/Cargo.toml"));
}

#[test]
fn options_may_precede_the_verb() {
    let folder = Project::empty();
    folder.write("small.yaml", SMALL);
    let run = folder.run("--catalog small.yaml list").exits_with(0);
    run.prints("bad_name");
}

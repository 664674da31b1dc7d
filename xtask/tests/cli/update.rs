//! `import --update`: what is written, what is said, and what is refused.

use crate::project::{CATALOG, Project, Run};

const LAST_IMPORT: &str = "catalog/catalog.import";
const LIST: &str = "pets.csv";
const OLD: &str = "\
code,type,status,message,meaning,fix
no_pet,pet_error,404,There is no pet,No pet has the id,List the pets
name_taken,pet_error,409,The name is taken,Another pet has the name,Choose another name
too_late,pet_error,409,Too late,The pet has a home,Look for another pet
asleep,pet_error,503,The pet is asleep,The pet cannot come,Wait
";

/// A project with the catalog of the list, released, and without a TODO.
fn released() -> Project {
    let project = imported();
    let text = project.read(CATALOG);
    let text = text.replace("\"TODO: say what the type means\"", "A pet is in the way");
    let start = text.find("\nlint:").map_or(text.len(), |at| at + 1);
    project.write(CATALOG, text[..start].trim_end().to_owned() + "\n");
    project.run("release 1.0.0").exits_with(0);
    project
}

/// A project with the draft of the list.
fn imported() -> Project {
    let project = Project::empty();
    project.write(LIST, OLD);
    let import = format!("import {LIST} --out catalog");
    project.run(&import).exits_with(0);
    project
}

fn update(project: &Project, options: &str) -> Run {
    project.run(&format!("import {LIST} --update {options}"))
}

/// The list with changes.
fn list(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(OLD.to_owned(), |list, (from, to)| {
        assert_eq!(list.matches(from).count(), 1, "{from}");
        list.replace(from, to)
    })
}

const THREE: [(&str, &str); 3] = [
    ("No pet has the id", "No pet has this id"),
    ("Choose another name", "Send another name"),
    ("The pet has a home", "The pet found a home"),
];

#[test]
fn a_release_after_an_update_is_about_the_changed_rows_alone() {
    let project = released();
    project.edit_catalog("  no_pet:\n", "  # The most frequent one.\n  no_pet:\n");
    let before = project.read(CATALOG);
    project.write(LIST, list(&THREE));
    let run = update(&project, "").exits_with(0);
    let run =
        run.prints("changed no_pet: meaning\nchanged name_taken: fix\nchanged too_late: meaning\n");
    run.says("4 rows read: 4 taken, 0 merged, 0 refused\nupdated: 3 codes changed, 0 added, 0 vanished (0 deprecated); 1 value kept by hand, 0 conflicts\n");
    let expected = THREE
        .iter()
        .fold(before, |text, (from, to)| text.replace(from, to));
    assert_eq!(project.read(CATALOG), expected);
    let diff = project.run("diff").exits_with(0);
    for (code, count) in [
        ("no_pet", 1),
        ("name_taken", 1),
        ("too_late", 1),
        ("asleep", 0),
    ] {
        assert_eq!(
            diff.stdout.matches(&format!("`{code}`")).count(),
            count,
            "{}",
            diff.stdout
        );
    }
    project
        .run("release 1.0.1")
        .exits_with(0)
        .prints("released 1.0.1: 0 breaking, 0 risky, 3 safe changes");
    assert_eq!(project.read(CATALOG).matches("since: 1.0.0").count(), 4);
    project.run("gen --check").exits_with(0);
}

#[test]
fn the_same_list_changes_nothing() {
    let project = released();
    project.edit_catalog("fix: List the pets", "fix: List all pets  # of the owner");
    let before = project.snapshot();
    let run = update(&project, "").exits_with(0).prints_nothing();
    run.says("updated: 0 codes changed, 0 added, 0 vanished (0 deprecated); 2 values kept by hand, 0 conflicts\n");
    assert_eq!(project.snapshot(), before);
    // A second update changes nothing either.
    project.write(LIST, list(&THREE));
    update(&project, "").exits_with(0);
    let after = project.snapshot();
    update(&project, "").exits_with(0).prints_nothing();
    assert_eq!(project.snapshot(), after);
}

#[test]
fn a_dry_run_shows_the_changes_and_writes_nothing() {
    let project = released();
    project.write(
        LIST,
        list(&THREE[..1])
            + "stolen,pet_error,409,It was stolen,The pet was stolen,Call the police\n",
    );
    let before = project.snapshot();
    let run = update(&project, "--dry-run").exits_with(0);
    let run = run.prints("-    meaning: No pet has the id\n+    meaning: No pet has this id\n");
    let run = run
        .prints("+  stolen:\n")
        .prints("changed no_pet: meaning\nadded stolen\nnothing was written\n");
    run.says("would update: 1 code changed, 1 added, ");
    assert_eq!(project.snapshot(), before);
}

#[test]
fn a_code_that_left_the_list_is_deprecated_if_it_was_released() {
    let project = released();
    let gone = "too_late,pet_error,409,Too late,The pet has a home,Look for another pet\n";
    let list = list(&[(
        gone,
        "stolen,pet_error,409,It was stolen,The pet was stolen,Look around\n",
    )]);
    project.write(LIST, &list);
    let run = update(&project, "").exits_with(0);
    let run = run.says("warning: pets.csv: `too_late` is not in the list anymore: it is deprecated now, say in `note`");
    run.says("updated: 0 codes changed, 1 added, 1 vanished (1 deprecated); ");
    let catalog = project.read(CATALOG);
    assert!(
        catalog.contains("deprecated: { note: \"TODO: say what to do instead\" }"),
        "{catalog}"
    );
    project.run("check").exits_with(0);
    // One that was not.
    project.write(
        LIST,
        list.replace(
            "stolen,pet_error,409,It was stolen,The pet was stolen,Look around\n",
            "",
        ),
    );
    let before = project.read(CATALOG);
    let run = update(&project, "").exits_with(0);
    run.says("`stolen` is not in the list anymore, and was never released: remove it, or keep it as your own");
    assert_eq!(project.read(CATALOG), before);
}

#[test]
fn a_conflict_is_reported_with_its_place_and_the_three_values() {
    let project = released();
    project.edit_catalog("No pet has the id", "We know no such pet");
    project.write(LIST, list(&THREE));
    let run = update(&project, "").exits_with(1);
    let run = run.says("error: catalog/catalog.yaml:");
    let run = run.says(": conflict about `meaning` of `no_pet`: the last import had \"No pet has the id\", the list has \"No pet has this id\", and the catalog has \"We know no such pet\", which stays\n");
    run.prints("changed name_taken: fix\nchanged too_late: meaning\n")
        .says(", 1 conflict\n");
    assert!(project.read(CATALOG).contains("We know no such pet"));
    // It is reported once.
    update(&project, "").exits_with(0).prints_nothing();
}

#[test]
fn a_row_that_cannot_be_imported_stops_the_update_unless_that_is_allowed() {
    let project = released();
    project.write(LIST, list(&THREE) + "bad name,pet_error,404,m,M,F\n");
    let before = project.snapshot();
    let run = update(&project, "")
        .exits_with(1)
        .prints("nothing was written\n");
    run.says("error: pets.csv:6: `bad name` cannot be a wire name\n");
    assert_eq!(project.snapshot(), before);
    update(&project, "--partial")
        .exits_with(0)
        .prints("changed no_pet: meaning\n");
}

#[test]
fn without_the_last_import_the_former_list_is_the_base() {
    let project = released();
    let last = project.read(LAST_IMPORT);
    std::fs::remove_file(project.path(LAST_IMPORT)).expect("the last import");
    project.write("old.csv", OLD);
    project.write(LIST, list(&THREE));
    let run = update(&project, "").exits_with(2);
    run.says("the last import of a list is not recorded in catalog/catalog.import: name the version of the list that the catalog was made of, such as `--base old/pets.csv`");
    let run = update(&project, "--base old.csv").exits_with(0);
    run.prints("changed no_pet: meaning\n");
    assert_eq!(
        project.read(LAST_IMPORT),
        THREE
            .iter()
            .fold(last, |text, (from, to)| text.replace(from, to))
    );
}

#[test]
fn a_damaged_last_import_is_reported_with_the_way_out() {
    let project = released();
    let whole = project.read(LAST_IMPORT);
    for (text, reason) in [
        (whole.replace("import: 1", "import: 7"), "it has the form 7"),
        (
            whole.replace("codes:", "codes: ["),
            "catalog.import is damaged: ",
        ),
        (
            format!("<<<<<<< ours\n{whole}=======\n>>>>>>> theirs\n"),
            "unresolved merge conflict",
        ),
        (String::new(), "the file is empty"),
    ] {
        project.write(LAST_IMPORT, text);
        let run = update(&project, "").exits_with(2);
        run.says(reason).says(
            "restore it from version control, or name the list of the last import with --base",
        );
    }
    update(&project, &format!("--base {LIST}"))
        .exits_with(0)
        .prints_nothing();
    assert_eq!(project.read(LAST_IMPORT), whole);
}

#[test]
fn the_options_of_the_last_import_are_used_again() {
    let project = Project::empty();
    project.write("pets.txt", "Code\tMeaning\nno_pet\tThere is none\n");
    project
        .run("import pets.txt --type pet_error --from markdown --placeholders none --out catalog")
        .exits_with(0);
    assert!(
        project
            .read(LAST_IMPORT)
            .contains("options:\n  from: markdown\n  type: pet_error\n  placeholders: none\n")
    );
    project.write(
        "pets.txt",
        "Code\tMeaning\nno_pet\tThere is none\ncold\tIt is {cold}\n",
    );
    let run = project.run("import pets.txt --update").exits_with(0);
    run.prints("added cold\n");
    assert!(
        project
            .read(CATALOG)
            .contains("  cold:\n    type: pet_error\n")
    );
}

#[test]
fn options_that_do_not_fit_and_other_lists_are_refused() {
    let project = released();
    update(&project, "--out out")
        .exits_with(2)
        .says("cannot be used with");
    project
        .run(&format!("import {LIST} --base {LIST}"))
        .exits_with(2)
        .says("--update");
    project
        .run(&format!("import {LIST} --catalog {CATALOG}"))
        .exits_with(2)
        .says("import reads a list, not a catalog: remove --catalog, or update that catalog with --update");
    project.write(LIST, "code,status,meaning\nother,404,Other\n");
    update(&project, "").exits_with(2).says("pets.csv has no code of the last import, which was of pets.csv: import it into a catalog of its own");
    project.write(LIST, "");
    update(&project, "")
        .exits_with(1)
        .says("no errors found in pets.csv");
    project.write(LIST, OLD);
    project.edit_catalog(
        "type: pet_error\n    status: 503",
        "type: pet\n    status: 503",
    );
    update(&project, "")
        .exits_with(1)
        .says("unknown type `pet`")
        .prints("nothing was written\n");
}

#[test]
fn init_with_a_list_records_the_import() {
    let project = Project::empty();
    project.write(LIST, OLD);
    let list = project.path(LIST);
    project
        .run(&format!(
            "init --from {} --crate-name pet-errors --no-xtask",
            list.display()
        ))
        .exits_with(0);
    project.write(LIST, self::list(&THREE));
    update(&project, "")
        .exits_with(0)
        .prints("changed no_pet: meaning\n");
    assert!(project.read(CATALOG).contains("crate: pet-errors\n"));
}

/// A field that was chosen for a list is that of its later versions, and namespaces do not come later.
#[test]
fn namespaces_are_those_of_the_last_import() {
    const HEAD: &str = "printer,code,status,message,meaning,fix\n";
    const INKJET: &str = "inkjet,12,409,No ink,The ink is used up,Replace the ink\n";
    const LASER: &str = "laser,12,409,No toner,The toner is used up,Replace the toner\n";
    const DRUM: &str = "laser,13,409,Worn,The drum is worn,Replace the drum\n";
    let project = Project::empty();
    project.write(LIST, [HEAD, INKJET, LASER, DRUM].concat());
    let run = project.run(&format!("import {LIST} --out catalog"));
    run.exits_with(0)
        .says("rows that share a code differ in `printer`: its values are namespaces");
    assert!(
        project
            .read(LAST_IMPORT)
            .contains("options:\n  namespace: printer\n")
    );
    let plotter = DRUM.replace("laser", "plotter");
    project.write(LIST, [HEAD, INKJET, DRUM, &plotter].concat());
    let run = update(&project, "").exits_with(0);
    run.prints("added plotter.13\n")
        .says("`laser.12` is not in the list anymore");
    assert!(
        project
            .read(CATALOG)
            .contains("  plotter:\n    prefix: plotter.\n")
    );

    let project = Project::empty();
    project.write(LIST, [HEAD, INKJET, DRUM].concat());
    let run = project.run(&format!("import {LIST} --out catalog"));
    run.exits_with(0);
    project.write(LIST, [HEAD, INKJET, LASER, DRUM].concat());
    let run = update(&project, "").exits_with(1);
    run.says("duplicate code `12`");
    let run = project.run(&format!("import {LIST} --namespace service --out out"));
    run.exits_with(2)
        .says("--namespace: no row has a field `service` that can divide the list: name one of `printer`, or `none`");
}

//! `watch`: what a save does, and what disturbs it not.

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use crate::project::{CATALOG, PAGE, Project, SCHEMA, SMALL, xtask};

/// A run that goes on, with the lines that it prints on both streams.
struct Watch {
    child: Child,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
}

/// How long a line may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long it must be quiet to be quiet: longer than a run and its delay take.
const QUIET: Duration = Duration::from_millis(700);

impl Watch {
    /// Starts to watch, and waits until the first run is done, which changes nothing.
    #[track_caller]
    fn start(project: &Project, arguments: &str) -> Self {
        let watch = Self::spawn(project, arguments);
        watch.prints("0 written, ");
        watch
    }

    fn spawn(project: &Project, arguments: &str) -> Self {
        let mut command = xtask(arguments);
        command.current_dir(project.path(""));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("a run");
        let stdout = lines(child.stdout.take().expect("a pipe"));
        let stderr = lines(child.stderr.take().expect("a pipe"));
        Self {
            child,
            stdout,
            stderr,
        }
    }

    /// The next line on stdout begins so, and says how long the run took.
    #[track_caller]
    fn prints(&self, start: &str) {
        let line = self.stdout.recv_timeout(PATIENCE).expect("a line");
        assert!(line.starts_with(start), "`{line}`, not `{start}`");
        let taken = line.strip_suffix(" ms; waiting for the next save");
        let taken = taken.and_then(|line| line.rsplit_once(", in ")?.1.parse::<u32>().ok());
        assert!(taken.is_some(), "{line}");
    }

    /// A line on stderr begins so.
    #[track_caller]
    fn says(&self, start: &str) {
        while let Ok(line) = self.stderr.recv_timeout(PATIENCE) {
            assert!(!line.contains('\u{1b}'), "{line:?}: a pipe is no screen");
            if line.starts_with(start) {
                return;
            }
        }
        panic!("no line begins with `{start}`");
    }

    /// Nothing is printed for a while.
    #[track_caller]
    fn is_quiet(&self) {
        let line = self.stdout.recv_timeout(QUIET);
        assert!(line.is_err(), "{line:?}");
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It has ended already where a test stopped it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            let Ok(line) = line else { return };
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

#[test]
fn a_save_writes_what_changed_and_errors_keep_the_last_good_outputs() {
    let project = Project::generated();
    let before = project.snapshot();
    let watch = Watch::start(&project, "watch");
    assert_eq!(project.snapshot(), before);

    let good = project.read(CATALOG);
    project.write(CATALOG, good.replace("fix: Rotate", "fixx: Rotate"));
    watch.prints("1 error: nothing was written");
    watch.says("error[unknown-key]");
    let half = good.find("follow OpenAI").expect("the middle of a text");
    project.write(CATALOG, &good[..half]);
    watch.prints("1 error: nothing was written");
    watch.says("error[yaml-syntax]");
    project.write(CATALOG, &good);
    watch.prints("0 written, ");
    let mut after = project.snapshot();
    after.insert(CATALOG.to_owned(), before[CATALOG].clone());
    assert_eq!(after, before);

    let changed = good.replace("fix: Upload smaller", "fix: Send a smaller one");
    project.write(CATALOG, changed);
    watch.prints("");
    let page = project.read("docs/errors/file_too_large.md");
    assert!(page.contains("Send a smaller one"));
    assert_eq!(
        project.snapshot()[PAGE],
        before[PAGE],
        "this page says the same"
    );
    watch.is_quiet();
    project.run("gen --check").exits_with(0);
}

#[test]
fn a_save_of_a_template_writes_its_files() {
    let project = Project::with_catalog(&format!(
        "{SMALL}outputs:\n  - {{ template: templates/a.txt.j2, to: web/a.txt }}\n"
    ));
    project.write("catalog/templates/a.txt.j2", "{{ api.title }}\n");
    project.run("gen").exits_with(0);
    let watch = Watch::start(&project, "watch");
    project.write("catalog/templates/a.txt.j2", "{{ api.tilte }}\n");
    watch.prints("1 error: nothing was written");
    watch.says("error[bad-template]");
    project.write("catalog/templates/a.txt.j2", "{{ api.crate }}\n");
    // The file, and the list with its hash.
    watch.prints("2 written, ");
    assert_eq!(project.read("web/a.txt"), "small-errors\n");
    // Another template of the folder may be included.
    project.write("catalog/templates/b.txt.j2", "b\n");
    watch.prints("0 written, ");
    watch.is_quiet();
}

#[test]
fn what_a_run_writes_beside_the_catalog_makes_no_further_run() {
    let project = Project::generated();
    let watch = Watch::start(&project, "watch");
    let schema = project.read(SCHEMA);
    project.edit_catalog(
        "meaning: Exceeds plan or provider limit",
        "meaning: It is too large",
    );
    watch.prints("");
    assert_ne!(project.read(SCHEMA), schema);
    watch.is_quiet();
    project.write("catalog/notes.txt", "Nothing of the catalog.");
    watch.is_quiet();
}

#[test]
fn a_file_that_an_editor_puts_in_the_place_of_the_catalog_is_seen() {
    let project = Project::generated();
    let watch = Watch::start(&project, "watch");
    for fix in ["Turn it", "Turn it again"] {
        let text = project.read(CATALOG);
        let line = text.lines().find(|line| line.contains("fix: Turn"));
        let from = line.unwrap_or("    fix: Rotate");
        let new = text.replace(from, &format!("    fix: {fix}"));
        project.write("catalog/.catalog.yaml.swp", new);
        let swap = project.path("catalog/.catalog.yaml.swp");
        fs::rename(swap, project.path(CATALOG)).expect("a rename");
        watch.prints("");
        let page = project.read("docs/errors/expired_api_key.md");
        assert!(page.contains(fix), "{page}");
    }
}

#[test]
fn a_catalog_and_a_folder_that_vanish_are_waited_for() {
    let project = Project::generated();
    let before = project.contents();
    let watch = Watch::start(&project, "watch");
    for path in [CATALOG, "catalog"] {
        let away = project.path("away");
        fs::rename(project.path(path), &away).expect("a rename");
        watch.says("error: there is no file catalog/catalog.yaml");
        watch.is_quiet();
        fs::rename(away, project.path(path)).expect("a rename");
        watch.prints("0 written, ");
    }
    assert_eq!(project.contents(), before);
    project.edit_catalog("fix: Rotate", "fix: Turn");
    watch.prints("");
    project.run("gen --check").exits_with(0);
}

#[test]
fn an_obstacle_is_reported_until_it_is_gone() {
    let project = Project::generated();
    let watch = Watch::start(&project, "watch");
    project.write("generated/.files", "");
    project.write("docs/errors/llms.txt", "mine");
    project.edit_catalog("fix: Rotate", "fix: Turn");
    watch.prints("nothing was written");
    watch.says("error: docs/errors/llms.txt is an output, but the file");
    fs::remove_file(project.path("docs/errors/llms.txt")).expect("removed");
    let text = project.read(CATALOG);
    project.write(CATALOG, text);
    watch.prints("");
    project.run("gen --check").exits_with(0);
}

#[test]
fn every_file_of_a_catalog_is_watched_and_new_ones_are_found() {
    let project = Project::with_catalog(
        &SMALL.replace("version: 1\n", "version: 1\ninclude: [\"codes/*.yaml\"]\n"),
    );
    let file = |code: &str, fix: &str| {
        format!("codes:\n  {code}: {{ type: request_error, meaning: M, fix: {fix} }}\n")
    };
    project.write("catalog/codes/one.yaml", file("one", "Look"));
    project.run("gen").exits_with(0);
    let watch = Watch::start(&project, "watch");
    project.write("catalog/codes/one.yaml", file("one", "Look again"));
    watch.prints("");
    assert!(project.read("docs/errors/one.md").contains("Look again"));
    project.write("catalog/codes/two.yaml", file("two", "Look"));
    watch.prints("");
    assert!(project.exists("docs/errors/two.md"));
    fs::remove_file(project.path("catalog/codes/one.yaml")).expect("removed");
    watch.prints("");
    assert!(!project.exists("docs/errors/one.md"));
    watch.is_quiet();
    project.run("gen --check").exits_with(0);
}

#[test]
fn another_catalog_is_watched_for_another_folder() {
    let project = Project::empty();
    project.write("errors.yaml", SMALL);
    let paths = "--catalog errors.yaml --out out/small";
    project.run(&format!("gen {paths}")).exits_with(0);
    let watch = Watch::start(&project, &format!("watch {paths}"));
    project.write(
        "errors.yaml",
        SMALL.replace("Choose another", "Take another"),
    );
    watch.prints("");
    let page = project.read("out/small/docs/errors/bad_name.md");
    assert!(page.contains("Take another"));
    watch.is_quiet();
}

#[test]
fn without_a_catalog_there_is_nothing_to_watch() {
    let run = Project::empty().run("watch").exits_with(2);
    run.prints_nothing()
        .says("no catalog/catalog.yaml in this folder or above");
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_as_it_ends_others_and_leaves_whole_files() {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::Command;

    let project = Project::generated();
    let before = project.contents();
    let mut watch = Watch::start(&project, "watch");
    let id = watch.child.id().to_string();
    // What runs the tests may ignore the signal of Ctrl-C, and those it starts do too.
    let sent = Command::new("kill").args(["-TERM", &id]).status();
    assert!(sent.expect("kill").success());
    let status = watch.child.wait().expect("an end");
    assert_eq!(status.signal(), Some(15), "nothing stands in its way");
    assert_eq!(project.contents(), before);
}

#[test]
fn the_first_file_that_fits_a_pattern_is_found_also_in_a_new_folder() {
    let project = Project::with_catalog(&SMALL.replace(
        "version: 1\n",
        "version: 1\ninclude: [types.yaml, \"codes/**/*.yaml\"]\n",
    ));
    project.run("gen").exits_with(1);
    let watch = Watch::spawn(&project, "watch");
    watch.prints("2 errors: nothing was written");
    project.write("catalog/types.yaml", "version: 1\n");
    watch.prints("1 error: nothing was written");
    for code in ["one", "two"] {
        let file = format!("codes:\n  {code}: {{ type: request_error, meaning: M, fix: Look }}\n");
        project.write(&format!("catalog/codes/{code}/more/{code}.yaml"), file);
        watch.prints("");
        assert!(project.exists(&format!("docs/errors/{code}.md")));
    }
    watch.is_quiet();
}

#[test]
fn a_second_fault_of_the_machine_is_shown_after_a_first() {
    let project = Project::generated();
    let watch = Watch::start(&project, "watch");
    fs::rename(project.path(CATALOG), project.path("away")).expect("a rename");
    watch.says("error: there is no file catalog/catalog.yaml");
    fs::create_dir(project.path(CATALOG)).expect("a folder");
    watch.says("error: catalog/catalog.yaml is a folder");
    watch.is_quiet();
}

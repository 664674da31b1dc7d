//! Projects in repositories of git.

use std::process::Command;

use super::project::{Project, Run};

/// A call of git that nothing on the machine has a say in.
pub(crate) fn git(project: &Project, arguments: &[&str]) {
    let run = try_git(project, arguments);
    assert_eq!(run.code, Some(0), "{run:#?}");
}

/// The same, where it may fail.
pub(crate) fn try_git(project: &Project, arguments: &[&str]) -> Run {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=Test", "-c", "user.email=test@localhost"]);
    command
        .args(["-c", "init.defaultBranch=main"])
        .args(arguments);
    command.current_dir(project.path(""));
    alone(&mut command, project);
    Run::of(&mut command)
}

pub(crate) fn alone(command: &mut Command, project: &Project) {
    command.env("GIT_CONFIG_GLOBAL", "/dev/null");
    command.env("GIT_CONFIG_SYSTEM", "/dev/null");
    command.env("HOME", project.path(""));
    // A hook of git that runs the tests sets them.
    for name in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_COMMON_DIR",
        "GIT_OBJECT_DIRECTORY",
    ] {
        command.env_remove(name);
    }
}

pub(crate) fn commit(project: &Project) {
    git(project, &["add", "--all"]);
    git(project, &["commit", "--quiet", "--message", "a change"]);
}

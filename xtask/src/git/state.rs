//! What git knows about a folder.

use std::path::Path;

use super::command::Git;

/// Whether git could show and undo a change.
#[derive(Debug)]
pub(crate) enum State {
    /// No repository contains it.
    None,
    /// Everything in it is committed.
    Clean,
    /// These files are not.
    Dirty(Vec<String>),
}

/// The state of a folder, which may not exist.
pub(crate) fn state(folder: &Path) -> anyhow::Result<State> {
    let Some(folder) = folder.ancestors().find(|folder| folder.is_dir()) else {
        return Ok(State::None);
    };
    let git = Git::new(folder);
    // Git fails if there is no repository, and there is none for us if git is not installed.
    if git.line(&["rev-parse", "--show-toplevel"]).is_err() {
        return Ok(State::None);
    }
    let arguments = ["status", "--porcelain", "--untracked-files=normal"];
    let listed = git.bytes(&arguments, 64 * 1024)?;
    let listed = String::from_utf8_lossy(&listed);
    // Two letters for the state, and a space.
    let paths = listed.lines().filter_map(|line| line.get(3..));
    let paths: Vec<String> = paths.map(str::to_owned).collect();
    Ok(if paths.is_empty() {
        State::Clean
    } else {
        State::Dirty(paths)
    })
}

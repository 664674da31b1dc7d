//! Finds the files that a catalog includes, and no file outside of its folder.

mod disk;
mod walk;

use codegen::{Answer, Found, Inputs, MAX_SOURCE_BYTES};

pub(crate) use disk::Disk;
use walk::Walk;

/// A folder with all that is in it, where the files of a catalog are looked for. Paths lead from it, with `/` between
/// their parts.
pub(crate) trait Tree {
    /// What a folder holds, as far as its names are UTF-8. One that cannot be read holds nothing.
    fn entries(&mut self, folder: &str) -> anyhow::Result<impl Iterator<Item = Entry>>;

    /// Whether something of this name is there.
    fn is_there(&mut self, path: &str) -> anyhow::Result<bool>;

    /// Reads a file.
    fn read(&mut self, path: &str) -> anyhow::Result<Read>;
}

/// What a folder holds under a name.
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) kind: EntryKind,
}

/// What a pattern makes of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// A folder, which may hold what fits.
    Folder,
    /// A file, or what leads to one.
    File,
    /// Anything else, which fits no pattern.
    Other,
}

/// What came of reading a file.
pub(crate) enum Read {
    File(Found),
    Absent,
    NoFile,
    Outside,
}

/// Reads all files that a catalog includes.
pub(crate) fn answer(inputs: &mut Inputs, tree: &mut impl Tree) -> anyhow::Result<()> {
    let mut walk = Walk::default();
    while let Some(pattern) = inputs.wanted() {
        inputs.answer(find(tree, &mut walk, &pattern)?);
    }
    Ok(())
}

/// Reads the files that a path or pattern names.
fn find(tree: &mut impl Tree, walk: &mut Walk, pattern: &str) -> anyhow::Result<Answer> {
    // A name may hold the signs of a pattern.
    if !codegen::is_pattern(pattern) || tree.is_there(pattern)? {
        return Ok(match tree.read(pattern)? {
            Read::File(found) => Answer::Files(vec![found]),
            Read::Absent => Answer::NotFound,
            Read::NoFile => Answer::NoFile,
            Read::Outside => Answer::Outside,
        });
    }
    let Some(files) = walk.matches(tree, pattern)? else {
        return Ok(Answer::NotFound);
    };
    let mut found = Vec::with_capacity(files.len());
    let mut bytes = 0;
    for file in files {
        match tree.read(&file)? {
            Read::File(file) => {
                bytes += file.source.text().len();
                found.push(file);
            }
            // It vanished since its folder was listed.
            Read::Absent | Read::NoFile => {}
            Read::Outside => return Ok(Answer::Outside),
        }
        // What is beyond the limit is enough to say so.
        if bytes > MAX_SOURCE_BYTES {
            break;
        }
    }
    Ok(Answer::Files(found))
}

//! Reads a catalog and the files that it includes, all in its folder.

mod disk;
mod glob;

use codegen::{Answer, Found, Inputs, MAX_SOURCE_BYTES};

pub(crate) use disk::{Disk, source};
use glob::Search;

/// The folder of a catalog. Paths are relative to it, with `/` between their parts.
pub(crate) trait Tree {
    /// The entries of a folder with UTF-8 names. An unreadable folder has no entries.
    fn entries(&mut self, folder: &str) -> anyhow::Result<impl Iterator<Item = Entry>>;

    /// Whether the path exists.
    fn exists(&mut self, path: &str) -> anyhow::Result<bool>;

    /// Reads a file.
    fn read(&mut self, path: &str) -> anyhow::Result<Read>;
}

/// An entry of a folder.
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) kind: EntryKind,
}

/// The kind of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// A folder, which may contain matches.
    Folder,
    /// A file, or a link to a file.
    File,
    /// Anything else, which matches no pattern.
    Other,
}

/// The result of reading a file.
pub(crate) enum Read {
    File(Found),
    Absent,
    NoFile,
    Outside,
}

/// Reads all files that a catalog includes.
pub(crate) fn load(inputs: &mut Inputs, tree: &mut impl Tree) -> anyhow::Result<()> {
    let mut search = Search::default();
    while let Some(pattern) = inputs.wanted() {
        inputs.answer(find(tree, &mut search, &pattern)?);
    }
    Ok(())
}

/// Reads the files that match a path or pattern.
fn find(tree: &mut impl Tree, search: &mut Search, pattern: &str) -> anyhow::Result<Answer> {
    // A name may contain the characters of a pattern.
    if !codegen::is_pattern(pattern) || tree.exists(pattern)? {
        return Ok(match tree.read(pattern)? {
            Read::File(found) => Answer::Files(vec![found]),
            Read::Absent => Answer::NotFound,
            Read::NoFile => Answer::NoFile,
            Read::Outside => Answer::Outside,
        });
    }
    let Some(files) = search.matches(tree, pattern)? else {
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
            // It was removed after its folder was listed.
            Read::Absent | Read::NoFile => {}
            Read::Outside => return Ok(Answer::Outside),
        }
        // The limit is exceeded, which is reported later.
        if bytes > MAX_SOURCE_BYTES {
            break;
        }
    }
    Ok(Answer::Files(found))
}

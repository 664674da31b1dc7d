//! The folder of a catalog in a git commit.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use codegen::{Found, MAX_SOURCE_BYTES, Source};

use super::command::Git;
use crate::loader::{self, EntryKind, Read};

/// The longest listing of a folder, in bytes.
const LONGEST_LIST: u64 = 64 * 1024 * 1024;

/// A folder of a commit. Contents are read by object name, so that git never interprets a path.
pub(super) struct Tree<'a> {
    git: Git<'a>,
    /// The prefix of shown paths.
    place: String,
    /// The tree of the folder.
    root: String,
    /// The listed trees with their entries.
    listed: BTreeMap<String, BTreeMap<String, Listed>>,
}

/// An entry of a tree.
#[derive(Clone)]
struct Listed {
    kind: Kind,
    object: String,
    /// In bytes, of a file.
    size: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    Link,
    /// A submodule.
    Module,
}

impl<'a> Tree<'a> {
    /// The folder `prefix` of a commit, if it exists. `place` is the prefix of shown paths.
    pub(super) fn new(
        git: Git<'a>,
        commit: &str,
        prefix: &str,
        place: String,
    ) -> anyhow::Result<Option<Self>> {
        let mut tree = Self {
            git,
            place,
            root: format!("{commit}^{{tree}}"),
            listed: BTreeMap::new(),
        };
        let Some(found) = tree.find(prefix.trim_end_matches('/'))? else {
            return Ok(None);
        };
        tree.root = found.object;
        Ok((found.kind == Kind::Folder).then_some(tree))
    }

    /// The entry at a path.
    fn find(&mut self, path: &str) -> anyhow::Result<Option<Listed>> {
        let mut at = Listed {
            kind: Kind::Folder,
            object: self.root.clone(),
            size: None,
        };
        for name in path.split('/').filter(|name| !name.is_empty()) {
            match at.kind {
                Kind::Folder => {}
                Kind::Link => return Err(self.link(path)),
                Kind::File | Kind::Module => return Ok(None),
            }
            match self.list(&at.object)?.get(name) {
                Some(found) => at = found.clone(),
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }

    /// The entries of a tree.
    fn list(&mut self, tree: &str) -> anyhow::Result<&BTreeMap<String, Listed>> {
        if !self.listed.contains_key(tree) {
            let arguments = ["ls-tree", "-z", "-l", "--full-tree", tree];
            let bytes = self.git.bytes(&arguments, LONGEST_LIST)?;
            if bytes.len() as u64 == LONGEST_LIST {
                bail!("a folder of {} has too many files", self.place);
            }
            let lines = bytes.split(|byte| *byte == 0);
            let lines = lines.filter_map(|line| std::str::from_utf8(line).ok());
            let listed = lines.filter(|line| !line.is_empty()).map(entry);
            let listed = listed.collect::<Option<BTreeMap<_, _>>>();
            let listed = listed.context("git lists a folder in an unknown format")?;
            self.listed.insert(tree.to_owned(), listed);
        }
        Ok(&self.listed[tree])
    }

    /// A link may lead out of the revision, to the files on the disk.
    fn link(&self, path: &str) -> anyhow::Error {
        anyhow::anyhow!(
            "{}{path} is a link or reached through a link, and links in a revision are not followed: check out the revision with `git worktree add`, and name its catalog with --against",
            self.place
        )
    }
}

impl loader::Tree for Tree<'_> {
    fn entries(&mut self, folder: &str) -> anyhow::Result<impl Iterator<Item = loader::Entry>> {
        let found = self.find(folder)?;
        let listed = match found.filter(|found| found.kind == Kind::Folder) {
            Some(found) => self.list(&found.object)?.clone(),
            None => BTreeMap::new(),
        };
        Ok(listed.into_iter().map(|(name, entry)| loader::Entry {
            name,
            kind: match entry.kind {
                Kind::Folder => EntryKind::Folder,
                Kind::File | Kind::Link => EntryKind::File,
                Kind::Module => EntryKind::Other,
            },
        }))
    }

    fn exists(&mut self, path: &str) -> anyhow::Result<bool> {
        Ok(self.find(path)?.is_some())
    }

    fn read(&mut self, path: &str) -> anyhow::Result<Read> {
        let Some(found) = self.find(path)? else {
            return Ok(Read::Absent);
        };
        match found.kind {
            Kind::Folder | Kind::Module => return Ok(Read::NoFile),
            Kind::Link => return Err(self.link(path)),
            Kind::File => {}
        }
        let limit = MAX_SOURCE_BYTES as u64 + 1;
        let arguments = ["cat-file", "blob", &found.object];
        let bytes = match found.size {
            // A larger file is only reported, so its contents do not matter.
            Some(size) if size > MAX_SOURCE_BYTES => vec![0; MAX_SOURCE_BYTES + 1],
            _ => self.git.bytes(&arguments, limit)?,
        };
        let source = Source::new(format!("{}{path}", self.place), bytes);
        let path = path.to_owned();
        Ok(Read::File(Found { path, source }))
    }
}

/// A line of `git ls-tree -l`: mode, kind, object and size, a tab, and the name.
fn entry(line: &str) -> Option<(String, Listed)> {
    let (facts, name) = line.split_once('\t')?;
    let mut facts = facts.split_ascii_whitespace();
    let (mode, _, object) = (facts.next()?, facts.next()?, facts.next()?);
    let kind = match mode {
        "040000" => Kind::Folder,
        "120000" => Kind::Link,
        "160000" => Kind::Module,
        _ => Kind::File,
    };
    let listed = Listed {
        kind,
        object: object.to_owned(),
        size: facts.next()?.parse().ok(),
    };
    Some((name.to_owned(), listed))
}

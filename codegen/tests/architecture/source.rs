//! The files of a crate, which items each of them defines, and to which items its paths lead.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Item, UseTree};

/// A path: its parts from left to right.
type Parts = Vec<String>;

pub(crate) struct File {
    /// The path below the folder of sources, without its ending and with `::` between its parts; `lib` or `main`
    /// for the root.
    pub(crate) module: String,
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// The names of its items.
    items: BTreeSet<String>,
    /// What its imports call the paths that they name.
    names: BTreeMap<String, Parts>,
    /// The modules of which it imports everything.
    globs: Vec<Parts>,
    /// All other paths of its code.
    paths: Vec<Parts>,
}

/// A folder of sources, below the package of the library.
pub(crate) fn files(folder: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    found.sort_by(|left, right| left.module.cmp(&right.module));
    assert!(!found.is_empty());
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
            continue;
        }
        let module = path.strip_prefix(root).unwrap().with_extension("");
        let parts: Parts = module
            .iter()
            .map(|part| part.to_str().unwrap().to_owned())
            .collect();
        // Unit tests may do what tests do.
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        if !is_rust || parts.last().is_some_and(|name| name == "tests") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let text = match text.split_once("#[cfg(test)]\nmod tests {") {
            Some((code, _)) => code.to_owned(),
            None => text,
        };
        found.push(read(parts.join("::"), path, text));
    }
}

fn read(module: String, path: PathBuf, text: String) -> File {
    let mut file = File {
        module,
        path,
        items: BTreeSet::new(),
        names: BTreeMap::new(),
        globs: Vec::new(),
        paths: Vec::new(),
        text,
    };
    let parsed =
        syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.module));
    file.visit(parsed.items);
    let tokens: TokenStream = file.text.parse().unwrap();
    paths(tokens, &mut file.paths);
    file
}

impl File {
    pub(crate) fn defines(&self, item: &str) -> bool {
        self.items.contains(item)
    }

    fn visit(&mut self, items: Vec<Item>) {
        for item in items {
            let name = match item {
                Item::Use(item) => {
                    self.import(&item.tree, &mut Vec::new());
                    continue;
                }
                Item::Mod(item) => {
                    self.visit(item.content.map(|(_, items)| items).unwrap_or_default());
                    continue;
                }
                Item::Macro(item) => item.ident,
                Item::Const(item) => Some(item.ident),
                Item::Enum(item) => Some(item.ident),
                Item::Fn(item) => Some(item.sig.ident),
                Item::Static(item) => Some(item.ident),
                Item::Struct(item) => Some(item.ident),
                Item::Trait(item) => Some(item.ident),
                Item::Type(item) => Some(item.ident),
                Item::Union(item) => Some(item.ident),
                _ => None,
            };
            self.items.extend(name.map(|name| name.to_string()));
        }
    }

    fn import(&mut self, tree: &UseTree, before: &mut Parts) {
        let mut name = |ident: &syn::Ident, path: &syn::Ident| {
            let mut path = [before.as_slice(), &[path.to_string()]].concat();
            if path.last().is_some_and(|last| last == "self") {
                path.pop();
            }
            let name = if ident == "self" {
                path.last().unwrap().clone()
            } else {
                ident.to_string()
            };
            self.names.insert(name, path);
        };
        match tree {
            UseTree::Path(tree) => {
                before.push(tree.ident.to_string());
                self.import(&tree.tree, before);
                before.pop();
            }
            UseTree::Name(tree) => name(&tree.ident, &tree.ident),
            UseTree::Rename(tree) => name(&tree.rename, &tree.ident),
            UseTree::Glob(_) => self.globs.push(before.clone()),
            UseTree::Group(tree) => {
                for tree in &tree.items {
                    self.import(tree, before);
                }
            }
        }
    }
}

/// The paths of a stream of tokens that have two parts or more, those in macros too. What is quoted names paths of
/// the generated crate.
fn paths(tokens: TokenStream, found: &mut Vec<Parts>) {
    let mut path: Parts = Vec::new();
    let mut colons = 0;
    let mut in_import = false;
    let mut last = String::new();
    for token in tokens {
        match &token {
            TokenTree::Ident(ident) if colons == 2 && !path.is_empty() => {
                path.push(ident.to_string());
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                colons += 1;
                continue;
            }
            _ => {
                if path.len() > 1 && !in_import {
                    found.push(std::mem::take(&mut path));
                }
                path.clear();
                match &token {
                    TokenTree::Ident(ident) if colons < 2 => path.push(ident.to_string()),
                    TokenTree::Group(group) => {
                        let is_quoted = last == "!quote" && group.delimiter() == Delimiter::Brace;
                        if !is_quoted && !in_import {
                            paths(group.stream(), found);
                        }
                    }
                    _ => {}
                }
            }
        }
        colons = 0;
        let text = token.to_string();
        in_import = (in_import || text == "use") && text != ";";
        last = match (text.as_str(), last.as_str()) {
            ("!", "quote") => "!quote".to_owned(),
            _ => text,
        };
    }
    if path.len() > 1 && !in_import {
        found.push(path);
    }
}

/// The crate that a list of files is.
pub(crate) struct Crate<'a> {
    files: BTreeMap<&'a str, &'a File>,
    root: &'static str,
}

impl<'a> Crate<'a> {
    pub(crate) fn new(files: &'a [File]) -> Self {
        let files: BTreeMap<&str, &File> = files
            .iter()
            .map(|file| (file.module.as_str(), file))
            .collect();
        let root = if files.contains_key("lib") {
            "lib"
        } else {
            "main"
        };
        Self { files, root }
    }

    /// The other files that define what a file names. A file that passes an item on does not define it.
    pub(crate) fn uses(&self, file: &'a File) -> BTreeSet<&'a str> {
        let imports = file.names.values().chain(&file.globs);
        let used = imports
            .chain(&file.paths)
            .filter_map(|path| self.definer(file, path, 0));
        used.filter(|module| *module != file.module).collect()
    }

    /// The file that defines what a path of a file leads to, if it is in this crate.
    fn definer(&self, file: &'a File, path: &[String], depth: usize) -> Option<&'a str> {
        let (head, rest) = path.split_first()?;
        let own: &str = if file.module == self.root {
            ""
        } else {
            &file.module
        };
        match head.as_str() {
            _ if depth > 8 => None,
            "crate" => self.find("", rest, depth),
            "self" => self.find(own, rest, depth),
            "super" => {
                let above = own.rsplit_once("::").map_or("", |(above, _)| above);
                let ups = rest.iter().take_while(|part| *part == "super").count();
                let above = (0..ups).fold(above, |above, _| {
                    above.rsplit_once("::").map_or("", |(above, _)| above)
                });
                self.find(above, &rest[ups..], depth)
            }
            name => match file.names.get(name) {
                Some(import) if import.first() != Some(head) => {
                    self.definer(file, &[import, rest].concat(), depth + 1)
                }
                Some(_) => None,
                None => {
                    let child = join(own, name);
                    let is_module = self.files.contains_key(child.as_str());
                    is_module.then(|| self.find(&child, rest, depth))?
                }
            },
        }
    }

    /// The file that defines what a path leads to from a module.
    fn find(&self, module: &str, path: &[String], depth: usize) -> Option<&'a str> {
        let key = if module.is_empty() { self.root } else { module };
        let Some((head, rest)) = path.split_first() else {
            // A module as such is no item.
            return None;
        };
        let child = join(module, head);
        let prefix = format!("{child}::");
        if self.files.contains_key(child.as_str())
            || self.files.keys().any(|name| name.starts_with(&prefix))
        {
            return self.find(&child, rest, depth);
        }
        let file = self.files.get(key)?;
        if file.items.contains(head) {
            return Some(&file.module);
        }
        if let Some(import) = file.names.get(head) {
            return self.definer(file, &[import, rest].concat(), depth + 1);
        }
        let mut globs = file.globs.iter();
        let through = globs.find_map(|glob| self.definer(file, &[glob, path].concat(), depth + 1));
        // What a macro defines is in no list of items.
        through.or(Some(&file.module))
    }
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else {
        format!("{module}::{name}")
    }
}

//! The files of a crate: the items that each of them defines, and the files that define what its paths lead to.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::{Item, UseTree};

pub(crate) struct File {
    /// The path of the module from the root of the crate, which is empty.
    pub(crate) module: String,
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// Parsed when it is needed: most tests read only the text.
    code: OnceCell<Code>,
}

#[derive(Default)]
struct Code {
    items: BTreeSet<String>,
    /// The imported paths by their local names.
    imports: BTreeMap<String, String>,
    globs: Vec<String>,
    /// All other paths.
    paths: Vec<String>,
}

/// The files of a folder below the package of the library.
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
        // Unit tests may do what tests do.
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        if !is_rust || path.file_stem().is_some_and(|name| name == "tests") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let module = path.strip_prefix(root).unwrap().with_extension("");
        let module = module.to_str().unwrap().replace(['/', '\\'], "::");
        let is_root = ["lib", "main"].contains(&module.as_str());
        found.push(File {
            module: if is_root { String::new() } else { module },
            path,
            text: text.to_owned(),
            code: OnceCell::new(),
        });
    }
}

impl File {
    fn code(&self) -> &Code {
        self.code.get_or_init(|| Code::read(&self.text))
    }

    pub(crate) fn defines(&self, item: &str) -> bool {
        self.code().items.contains(item)
    }
}

impl Code {
    fn read(text: &str) -> Self {
        let mut code = String::new();
        write_code(text.parse().unwrap(), &mut code);
        let paths = code.split(|c: char| !c.is_alphanumeric() && !"_:".contains(c));
        let paths = paths.map(|path| path.trim_end_matches(':'));
        let paths = paths.filter(|path| path.contains("::"));
        let mut code = Self {
            paths: paths.map(str::to_owned).collect(),
            ..Self::default()
        };
        code.visit(syn::parse_file(text).unwrap().items);
        code
    }

    fn visit(&mut self, items: Vec<Item>) {
        for item in items {
            let name = match item {
                Item::Use(item) => {
                    self.import(&item.tree, "");
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

    fn import(&mut self, tree: &UseTree, before: &str) {
        let mut named = |name: &Ident, item: &Ident| {
            let path = match item.to_string().as_str() {
                "self" => before.to_owned(),
                item => join(before, item),
            };
            let own = path.rsplit("::").next().unwrap().to_owned();
            let name = name.to_string();
            self.imports
                .insert(if name == "self" { own } else { name }, path);
        };
        match tree {
            UseTree::Path(tree) => self.import(&tree.tree, &join(before, &tree.ident.to_string())),
            UseTree::Name(tree) => named(&tree.ident, &tree.ident),
            UseTree::Rename(tree) => named(&tree.rename, &tree.ident),
            UseTree::Glob(_) => self.globs.push(before.to_owned()),
            UseTree::Group(tree) => tree.items.iter().for_each(|tree| self.import(tree, before)),
        }
    }
}

/// Writes code without literals, imports, and what it quotes: those are paths of the generated crate.
fn write_code(tokens: TokenStream, code: &mut String) {
    let mut is_import = false;
    for token in tokens {
        let text = token.to_string();
        is_import = (is_import || text == "use") && text != ";";
        match token {
            _ if is_import => {}
            TokenTree::Group(group) => {
                let is_quoted = code.ends_with(" quote!") && group.delimiter() == Delimiter::Brace;
                code.push('(');
                if !is_quoted {
                    write_code(group.stream(), code);
                }
                code.push(')');
            }
            TokenTree::Literal(_) => code.push_str(" \"\""),
            TokenTree::Ident(_) if code.ends_with("::") => code.push_str(&text),
            TokenTree::Ident(_) => code.extend([" ", &text]),
            TokenTree::Punct(_) => code.push_str(&text),
        }
    }
}

/// The files of a crate by module.
pub(crate) struct Crate<'a>(BTreeMap<&'a str, &'a File>);

impl<'a> Crate<'a> {
    pub(crate) fn new(files: &'a [File]) -> Self {
        let files = files.iter().map(|file| (file.module.as_str(), file));
        Self(files.collect())
    }

    /// The other files that define what a file names. A file that passes an item on does not define it.
    pub(crate) fn uses(&self, file: &'a File) -> BTreeSet<&'a str> {
        let code = file.code();
        let imports = code.imports.values().chain(&code.globs);
        let used = imports.chain(&code.paths);
        used.filter_map(|path| self.definer(file, path, 0))
            .filter(|module| *module != file.module)
            .collect()
    }

    /// The file that defines what a path in a file leads to, if it is in this crate.
    fn definer(&self, file: &'a File, path: &str, depth: usize) -> Option<&'a str> {
        let (head, rest) = path.split_once("::").unwrap_or((path, ""));
        match head {
            // An import of another crate leads to itself.
            _ if depth > 8 => None,
            "crate" => self.find("", rest, depth),
            "self" if rest.starts_with("super") => self.definer(file, rest, depth),
            "self" => self.find(&file.module, rest, depth),
            "super" => {
                let above = file.module.rsplit_once("::").map_or("", |(above, _)| above);
                match self.0.get(above) {
                    Some(file) => self.definer(file, &join("self", rest), depth),
                    None => self.find(above, rest, depth),
                }
            }
            _ => match file.code().imports.get(head) {
                Some(import) => self.definer(file, &join(import, rest), depth + 1),
                None => self.find(
                    self.0.get_key_value(&*join(&file.module, head))?.0,
                    rest,
                    depth,
                ),
            },
        }
    }

    fn has(&self, module: &str) -> bool {
        let below = format!("{module}::");
        let mut after = self.0.range(below.as_str()..);
        self.0.contains_key(module)
            || after
                .next()
                .is_some_and(|(name, _)| name.starts_with(&below))
    }

    /// The file that defines what a path leads to from a module.
    fn find(&self, module: &str, path: &str, depth: usize) -> Option<&'a str> {
        let (head, rest) = path.split_once("::").unwrap_or((path, ""));
        let child = join(module, head);
        if head.is_empty() {
            // A module as such is not an item.
            return None;
        }
        // A folder of modules may have no file of its own.
        if self.has(&child) {
            return self.find(&child, rest, depth);
        }
        let file = self.0.get(module)?;
        let code = file.code();
        if code.items.contains(head) {
            Some(&file.module)
        } else if let Some(import) = code.imports.get(head) {
            self.definer(file, &join(import, rest), depth + 1)
        } else {
            let mut globs = code.globs.iter();
            let found = globs.find_map(|glob| self.definer(file, &join(glob, path), depth + 1));
            // The list of items lacks what a macro defines.
            found.or(Some(&file.module))
        }
    }
}

fn join(module: &str, name: &str) -> String {
    match (module, name) {
        ("", path) | (path, "") => path.to_owned(),
        _ => format!("{module}::{name}"),
    }
}

/// The comment of a line that is a comment, or that ends with one.
pub(crate) fn comment(line: &str) -> Option<&str> {
    let at = line.find("// ").or_else(|| line.find("//! "))?;
    let is_code = line[..at].contains('"');
    (!is_code).then(|| &line[at..])
}

//! What items declare: imports, modules, constants and macros.

use std::path::PathBuf;

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Item, ItemMacro, ItemMod, UseTree};

use super::attributes::paths;
use super::collect::{Collector, Wanted, name_of, type_path};
use super::scope::{Binding, Context, MacroDefinition, Named, Path};

/// The attributes of an item.
pub(super) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

impl Collector<'_> {
    /// Declares the names of an item in the scope of the place.
    pub(super) fn declare(&mut self, item: &Item) {
        let scope = self.place.scope;
        let other = match item {
            Item::Use(item) => {
                let path = Path {
                    is_absolute: item.leading_colon.is_some(),
                    segments: Vec::new(),
                };
                return self.import(&path, &item.tree);
            }
            Item::ExternCrate(item) => {
                let target = Path {
                    is_absolute: item.ident != "self",
                    segments: vec![match name_of(&item.ident) {
                        own if own == "self" => "crate".to_owned(),
                        name => name,
                    }],
                };
                let name = item.rename.as_ref().map_or(&item.ident, |(_, name)| name);
                let binding = Binding::Path(target);
                return self.sources.declare(scope, &name_of(name), binding);
            }
            Item::Const(item) => return self.declare_constant(&item.ident),
            Item::Static(item) => return self.declare_constant(&item.ident),
            Item::Type(item) => {
                let target = type_path(&item.ty).map_or(Binding::Other, Binding::Path);
                return self.sources.declare(scope, &name_of(&item.ident), target);
            }
            Item::Enum(item) => &item.ident,
            Item::Struct(item) => &item.ident,
            Item::Trait(item) => &item.ident,
            Item::TraitAlias(item) => &item.ident,
            Item::Union(item) => &item.ident,
            _ => return,
        };
        self.sources.declare(scope, &name_of(other), Binding::Other);
    }

    fn declare_constant(&mut self, ident: &proc_macro2::Ident) {
        let id = self.sources.add_const();
        let name = name_of(ident);
        // Without a name, the value of the constant is never used.
        if name != "_" {
            let scope = self.place.scope;
            self.sources.declare(scope, &name, Binding::Const(id));
        }
        if let Some(constants) = self.constants.last_mut() {
            constants.push_back(id);
        }
    }

    fn import(&mut self, prefix: &Path, tree: &UseTree) {
        let scope = self.place.scope;
        let mut bind = |target: Path, name: &proc_macro2::Ident, span: proc_macro2::Span| {
            let site = self.site(span, span);
            self.add(Named::Path(target.clone()), Context::Import, site);
            if name != "_" {
                self.sources
                    .declare(scope, &name_of(name), Binding::Path(target));
            }
        };
        match tree {
            UseTree::Path(path) => self.import(&prefix.join(&name_of(&path.ident)), &path.tree),
            UseTree::Name(name) if name.ident == "self" => {
                // `use a::b::{self}` imports `b`.
                if let Some(last) = prefix.segments.last() {
                    let last = last.clone();
                    self.sources
                        .declare(scope, &last, Binding::Path(prefix.clone()));
                }
            }
            UseTree::Name(name) => {
                bind(
                    prefix.join(&name_of(&name.ident)),
                    &name.ident,
                    name.ident.span(),
                );
            }
            UseTree::Rename(rename) if rename.ident == "self" => {
                bind(prefix.clone(), &rename.rename, rename.ident.span());
            }
            UseTree::Rename(rename) => {
                let target = prefix.join(&name_of(&rename.ident));
                bind(target, &rename.rename, rename.ident.span());
            }
            UseTree::Glob(_) => self.sources.scopes[scope.0].globs.push(prefix.clone()),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(prefix, tree);
                }
            }
        }
    }

    /// Reads a module, or notes that its file is to be read.
    pub(super) fn module(&mut self, module: &ItemMod) {
        let name = name_of(&module.ident);
        let scope = self.sources.add_module(&name, self.place.scope);
        let folder = self.place.folder.join(&name);
        if let Some((_, items)) = &module.content {
            self.within(
                |place| {
                    place.scope = scope;
                    place.folder = folder;
                    place.is_inline = true;
                },
                |this| this.items(items.iter()),
            );
            return;
        }
        let stated = paths(&module.attrs);
        // The path of an attribute is relative to the file, or in an inline module to the folder of its files.
        let near = if self.place.is_inline {
            &self.place.folder
        } else {
            &self.beside
        };
        let (files, folder) = if stated.is_empty() {
            let own = self.place.folder.join(format!("{name}.rs"));
            (vec![own, folder.join("mod.rs")], Some(folder))
        } else {
            let files = stated.iter().map(|path| near.join(path));
            (files.collect::<Vec<PathBuf>>(), None)
        };
        self.wanted.push(Wanted {
            files,
            folder,
            scope,
            test: self.place.test.clone(),
        });
    }

    /// Reads a `macro_rules!`.
    pub(super) fn definition(&mut self, item: &ItemMacro) {
        let Some(name) = item.ident.as_ref().map(name_of) else {
            return;
        };
        for container in containers(item.mac.tokens.clone()) {
            self.sources.macros.push(MacroDefinition {
                name: name.clone(),
                scope: self.place.scope,
                container,
            });
        }
        // Of a rule `(matcher) => { transcriber }`, only the transcriber becomes code.
        let mut was_arrow = false;
        for token in item.mac.tokens.clone() {
            match token {
                TokenTree::Group(group) if was_arrow => {
                    self.scan(group.stream());
                    was_arrow = false;
                }
                TokenTree::Punct(punct) if punct.as_char() == '>' => was_arrow = true,
                _ => {}
            }
        }
    }
}

/// The paths before `::$name` in tokens.
fn containers(tokens: TokenStream) -> Vec<Path> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    let mut path: Option<Path> = None;
    let mut at = 0;
    let is = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == c);
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                found.extend(containers(group.stream()));
                path = None;
            }
            TokenTree::Ident(ident) => {
                let name = match name_of(ident) {
                    own if own == "crate" => "crate".to_owned(),
                    name => name,
                };
                path = Some(path.map_or_else(
                    || Path::relative(vec![name.clone()]),
                    |path| path.join(&name),
                ));
                if is(at + 1, ':') && is(at + 2, ':') {
                    if is(at + 3, '$') {
                        found.extend(path.take());
                    }
                    at += 2;
                } else {
                    path = None;
                }
            }
            _ => path = None,
        }
        at += 1;
    }
    found
}

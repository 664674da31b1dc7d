//! Rust sources: which codes they name, whatever the names are called there.

mod attributes;
mod collect;
mod items;
mod load;
mod macros;
mod resolve;
mod scope;
mod visit;
mod workspace;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use fs_err as fs;

use super::found::{Found, Stray, StrayName, shown};
use super::language::is_test;
use super::mention::{Place, Role};
use super::names::Known;
use super::walk::Files;
use load::{Loaded, load, load_alone};
use resolve::{Resolver, Target};
use scope::{ConstId, Context, InTest, Named, Naming, Site};
use workspace::Packages;

/// The stack of the reader: expressions can nest deeply.
const STACK: usize = 256 << 20;

/// Reads the Rust files of a project. `starts` are the paths that the user named.
pub(crate) fn read(
    known: &Known<'_>,
    files: &Files,
    starts: &[PathBuf],
    found: &mut Found,
) -> anyhow::Result<()> {
    if !files.keys().any(|file| is_rust(file)) {
        return Ok(());
    }
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().stack_size(STACK);
        let reader = reader.spawn_scoped(scope, || read_here(known, files, starts, found))?;
        reader
            .join()
            .ok()
            .context("the reader of Rust files stopped")?
    })
}

fn is_rust(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "rs")
}

fn read_here(
    known: &Known<'_>,
    files: &Files,
    starts: &[PathBuf],
    found: &mut Found,
) -> anyhow::Result<()> {
    let above = starts.iter().filter_map(|start| {
        let start = fs::canonicalize(start).ok()?;
        let folders = start.ancestors().map(|folder| folder.join("Cargo.toml"));
        folders.into_iter().find(|manifest| manifest.is_file())
    });
    let above: Vec<PathBuf> = above.collect();
    let below = files.keys().filter(|file| file.ends_with("Cargo.toml"));
    let manifests = above.iter().chain(below).map(PathBuf::as_path);
    let packages = Packages::read(manifests, &mut found.skipped)?;
    let mut loaded = load(known, &packages);
    let reached: BTreeSet<PathBuf> = loaded.files.iter().cloned().collect();
    for (file, name) in files {
        if !is_rust(file) || reached.contains(file) {
            continue;
        }
        if is_test(name) {
            load_alone(known, &mut loaded, file, &packages);
        } else if fs::read_to_string(file).is_ok_and(|text| text.contains("ErrorCode")) {
            let name = shown(name);
            let note = format!("{name} is in no target of a package: its codes do not count");
            found.skipped.push(note);
        }
    }
    for (file, reason) in &loaded.damaged {
        if let Some(name) = files.get(file) {
            let note = format!("{}:{reason}: it cannot be read as Rust", shown(name));
            found.skipped.push(note);
        }
    }
    Counter::new(known, files, &loaded, found).count();
    Ok(())
}

/// Counts the codes that names lead to.
struct Counter<'a> {
    resolver: Resolver<'a>,
    loaded: &'a Loaded,
    /// The paths of the files that count.
    names: Vec<Option<&'a PathBuf>>,
    found: &'a mut Found,
}

impl<'a> Counter<'a> {
    fn new(
        known: &'a Known<'a>,
        files: &'a Files,
        loaded: &'a Loaded,
        found: &'a mut Found,
    ) -> Self {
        let names = loaded.files.iter().map(|file| files.get(file));
        Self {
            resolver: Resolver::new(known, &loaded.sources),
            loaded,
            names: names.collect(),
            found,
        }
    }

    fn count(mut self) {
        let loaded = self.loaded;
        for naming in &loaded.sources.namings {
            let mut seen = BTreeSet::new();
            for code in self.codes(naming, &mut seen) {
                self.mention(code, naming.context, &naming.site);
            }
            self.stray(naming);
        }
        for naming in loaded.sources.constants.iter().flatten() {
            self.stray(naming);
        }
    }

    /// The codes that a name leads to: those of its value, if it is a constant.
    fn codes(&self, naming: &Naming, seen: &mut BTreeSet<ConstId>) -> Vec<usize> {
        let known = self.resolver.known;
        match &naming.named {
            Named::Path(path) => match self.resolver.resolve(naming.scope, path) {
                Target::Code(code) => vec![code],
                Target::Constant(constant) if seen.insert(constant) => {
                    let parts = self.loaded.sources.constants[constant.0].iter();
                    parts.flat_map(|part| self.codes(part, seen)).collect()
                }
                _ => Vec::new(),
            },
            Named::Text { text, .. } => known.wire(text).to_vec(),
            Named::Converted { .. } => Vec::new(),
            Named::MacroArgument { name, argument } => {
                let code = known.variant(argument);
                code.filter(|_| self.makes_codes(name))
                    .into_iter()
                    .collect()
            }
        }
    }

    /// Whether a macro of the project makes codes of names.
    fn makes_codes(&self, name: &str) -> bool {
        let macros = self.loaded.sources.macros.iter();
        let mut macros = macros.filter(|definition| definition.name == name);
        macros.any(|definition| {
            let target = self
                .resolver
                .resolve(definition.scope, &definition.container);
            matches!(
                target,
                Target::Codes | Target::Arguments | Target::Operation
            )
        })
    }

    fn mention(&mut self, code: usize, context: Context, site: &Site) {
        let (role, test) = match (&site.test, context) {
            (InTest::Aside, _) | (_, Context::Import) => return,
            (InTest::Yes(test), _) => (Role::Tests, test.clone()),
            (InTest::No, Context::Value) => (Role::Emits, None),
            (InTest::No, Context::Compared) => (Role::Handles, None),
        };
        if let Some(file) = self.names[site.file] {
            let place = Place {
                file: shown(file),
                line: site.line,
                test,
            };
            self.found.codes[code].add(role, place);
        }
    }

    /// Notes a name that looks like a code and is not one.
    fn stray(&mut self, naming: &Naming) {
        let known = self.resolver.known;
        let is_test = naming.site.test != InTest::No;
        let name = match &naming.named {
            Named::Path(path) => match self.resolver.resolve(naming.scope, path) {
                Target::NoCode(name) => StrayName::Rust(name),
                _ => return,
            },
            // A test can try what happens to an unknown name.
            Named::Converted { container, text } if !is_test && known.wire(text).is_empty() => {
                match self.resolver.resolve(naming.scope, container) {
                    Target::Codes => StrayName::Wire(text.clone()),
                    _ => return,
                }
            }
            Named::Text {
                text,
                is_code: true,
            } if known.wire(text).is_empty() && known.meant_by_wire(text).is_some() => {
                StrayName::Wire(text.clone())
            }
            _ => return,
        };
        if let Some(shown) = self.names[naming.site.file] {
            self.found.strays.push(Stray {
                path: self.loaded.files[naming.site.file].clone(),
                shown: shown.clone(),
                range: naming.site.range.clone(),
                name,
            });
        }
    }
}

//! Reads the crates of a project, from the root file of each target over all of its modules.

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use fs_err as fs;
use syn::visit::Visit as _;

use super::collect::{Collector, Place, Wanted};
use super::scope::{Context, InTest, ScopeId, Sources};
use super::workspace::{Package, Packages, Purpose, Target};
use crate::coverage::found::LARGEST;
use crate::coverage::names::Known;

/// Brackets that nest deeper are not written by people.
const DEEPEST: usize = 200;

/// What was read of the crates of a project.
#[derive(Default)]
pub(crate) struct Loaded {
    pub(crate) sources: Sources,
    /// The files, by their positions in sites.
    pub(crate) files: Vec<PathBuf>,
    /// The files that cannot be read as Rust, with the reason.
    pub(crate) damaged: Vec<(PathBuf, String)>,
}

/// Reads all crates of the packages, except the generated one.
pub(crate) fn load(known: &Known<'_>, packages: &Packages) -> Loaded {
    let mut loaded = Loaded::default();
    for package in &packages.0 {
        let position = loaded.sources.externs.len();
        loaded.sources.externs.push(packages.externs(package));
        if package.name == known.catalog.api.crate_name {
            continue;
        }
        for target in &package.targets {
            let root = loaded.sources.add_root(position);
            if target.purpose() == Purpose::Library {
                loaded.sources.libraries.insert(package.name.clone(), root);
            }
            loaded.target(known, target, root);
        }
    }
    loaded
}

/// Reads a file that is in no target, as a test of its package: a file of a test that is compiled by a test.
pub(crate) fn load_alone(known: &Known<'_>, loaded: &mut Loaded, file: &Path, packages: &Packages) {
    let around = |package: &&Package| file.starts_with(package.folder());
    let package = packages.0.iter().filter(around);
    let package = package.max_by_key(|package| package.folder().as_os_str().len());
    let position = loaded.sources.externs.len();
    let externs = package.map(|package| packages.externs(package));
    loaded.sources.externs.push(externs.unwrap_or_default());
    let root = loaded.sources.add_root(position);
    loaded.files_from(known, file, root, InTest::Yes(None));
}

impl Loaded {
    fn target(&mut self, known: &Known<'_>, target: &Target, root: ScopeId) {
        let test = match target.purpose() {
            Purpose::Library | Purpose::Program => InTest::No,
            Purpose::Test => InTest::Yes(None),
            Purpose::Other => InTest::Aside,
        };
        self.files_from(known, &target.src_path, root, test);
    }

    /// Reads a root file and the files of its modules.
    fn files_from(&mut self, known: &Known<'_>, root: &Path, scope: ScopeId, test: InTest) {
        let folder = root.parent().map(Path::to_owned);
        let mut wanted = vec![Wanted {
            files: vec![root.to_owned()],
            folder,
            scope,
            test,
        }];
        // A file can be a module in several places, but not in itself.
        let mut seen = BTreeSet::new();
        while let Some(next) = wanted.pop() {
            let found = next
                .files
                .iter()
                .filter_map(|file| fs::canonicalize(file).ok());
            for file in found.collect::<BTreeSet<_>>() {
                if seen.insert((file.clone(), next.scope)) && seen.len() < MOST_FILES {
                    self.file(known, &file, &next, &mut wanted);
                }
            }
        }
    }

    fn file(&mut self, known: &Known<'_>, path: &Path, from: &Wanted, wanted: &mut Vec<Wanted>) {
        let text = match text(path) {
            Ok(text) => text,
            Err(reason) => return self.damaged.push((path.to_owned(), reason)),
        };
        let file = self.files.len();
        self.files.push(path.to_owned());
        let beside = path.parent().unwrap_or(Path::new("")).to_owned();
        let folder = from
            .folder
            .clone()
            .unwrap_or_else(|| own_folder(path, &beside));
        let place = Place {
            scope: from.scope,
            context: Context::Value,
            test: from.test.clone(),
            constant: None,
            own_type: None,
            folder,
            is_inline: false,
        };
        let mut collector = Collector {
            known,
            sources: &mut self.sources,
            wanted,
            text: &text,
            file,
            beside,
            place,
            constants: vec![VecDeque::new()],
        };
        match syn::parse_file(&text) {
            Ok(tree) => collector.visit_file(&tree),
            Err(error) => {
                let start = error.span().start();
                let (line, column) = (start.line, start.column + 1);
                let reason = format!("{line}:{column}: {error}");
                // Its names can still be found, but not what imports mean.
                if let Ok(tokens) = text.parse() {
                    collector.scan(tokens);
                }
                self.damaged.push((path.to_owned(), reason));
            }
        }
        // The tree and its spans are no longer needed.
        proc_macro2::extra::invalidate_current_thread_spans();
    }
}

/// No project has as many files; a module that is its own child would.
const MOST_FILES: usize = 200_000;

/// The folder of the modules of a file whose path an attribute states.
fn own_folder(path: &Path, beside: &Path) -> PathBuf {
    match path.file_stem() {
        Some(stem) if stem != "mod" => beside.join(stem),
        _ => beside.to_owned(),
    }
}

/// The text of a file, with the same offsets as in the file.
fn text(path: &Path) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > LARGEST {
        return Err("larger than 8 MiB".to_owned());
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let mut text = String::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())?;
    if text.starts_with('\u{FEFF}') {
        text.replace_range(..'\u{FEFF}'.len_utf8(), "   ");
    }
    if text.starts_with("#!") && !text[2..].trim_start().starts_with('[') {
        let end = text.find('\n').unwrap_or(text.len());
        text.replace_range(..end, &" ".repeat(end));
    }
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if deepest > DEEPEST {
        return Err(format!("brackets nest deeper than {DEEPEST} levels"));
    }
    Ok(text)
}

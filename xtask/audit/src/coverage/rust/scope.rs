//! What Rust sources declare and name, without their syntax trees.
//!
//! Scopes, constants and macros of all crates are in one list each, and refer to each other by their positions.

use std::collections::BTreeMap;
use std::ops::Range;

/// The position of a scope: a module, or a block with items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ScopeId(pub(crate) usize);

/// The position of a constant or static.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ConstId(pub(crate) usize);

/// A path as it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Path {
    /// Whether it begins with `::`.
    pub(crate) is_absolute: bool,
    pub(crate) segments: Vec<String>,
}

impl Path {
    pub(crate) fn relative(segments: Vec<String>) -> Self {
        Self {
            is_absolute: false,
            segments,
        }
    }

    /// The path and one more segment.
    pub(crate) fn join(&self, segment: &str) -> Self {
        let mut path = self.clone();
        path.segments.push(segment.to_owned());
        path
    }
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub(crate) enum Binding {
    Module(ScopeId),
    /// An import, or an alias of a type.
    Path(Path),
    Const(ConstId),
    /// Something else, which hides imports of globs and crates.
    Other,
}

/// A module or a block, with its names.
#[derive(Debug)]
pub(crate) struct Scope {
    /// The scope around a block; a module has none, because it does not see the names around it.
    pub(crate) around: Option<ScopeId>,
    /// The module around a module.
    pub(crate) parent: Option<ScopeId>,
    /// The module that `crate` names.
    pub(crate) root: ScopeId,
    /// The module itself, or that of a block.
    pub(crate) module: ScopeId,
    /// By `cfg`, a name can have several declarations.
    pub(crate) names: BTreeMap<String, Vec<Binding>>,
    pub(crate) globs: Vec<Path>,
    /// The name of the package.
    pub(crate) package: usize,
}

/// What the code around a name does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// Makes a value of it.
    Value,
    /// Compares it, or matches it.
    Compared,
    /// Names it in an import, which is not a use.
    Import,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Site {
    pub(crate) file: usize,
    pub(crate) line: usize,
    pub(crate) range: Range<usize>,
    /// Whether it is in a test, and in which function.
    pub(crate) test: InTest,
}

/// Whether code is a part of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InTest {
    No,
    Yes(Option<String>),
    /// Neither a server nor a test, such as an example.
    Aside,
}

/// What a source names.
#[derive(Clone, Debug)]
pub(crate) enum Named {
    /// What a path leads to.
    Path(Path),
    /// A string. `is_code` is whether a code is expected there.
    Text { text: String, is_code: bool },
    /// A string that `container` makes a code, as in `ErrorCode::from_wire("name")`.
    Converted { container: Path, text: String },
    /// An argument of a macro of the project, which may be the name of a code.
    MacroArgument { name: String, argument: String },
}

/// A name in a source.
#[derive(Clone, Debug)]
pub(crate) struct Naming {
    pub(crate) named: Named,
    pub(crate) scope: ScopeId,
    pub(crate) context: Context,
    pub(crate) site: Site,
}

/// A macro of the project that makes codes of names, as in `ErrorCode::$name`.
#[derive(Debug)]
pub(crate) struct MacroDefinition {
    pub(crate) name: String,
    pub(crate) scope: ScopeId,
    pub(crate) container: Path,
}

/// All that was read.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    pub(crate) scopes: Vec<Scope>,
    /// What constants are made of. A use of a constant names these.
    pub(crate) constants: Vec<Vec<Naming>>,
    pub(crate) macros: Vec<MacroDefinition>,
    pub(crate) namings: Vec<Naming>,
    /// The root of the library of each package.
    pub(crate) libraries: BTreeMap<String, ScopeId>,
    /// The names of other crates, by the position of a package.
    pub(crate) externs: Vec<BTreeMap<String, String>>,
}

impl Sources {
    /// Adds the root module of a crate.
    pub(crate) fn add_root(&mut self, package: usize) -> ScopeId {
        let id = ScopeId(self.scopes.len());
        self.scopes.push(Scope {
            around: None,
            parent: None,
            root: id,
            module: id,
            names: BTreeMap::new(),
            globs: Vec::new(),
            package,
        });
        id
    }

    /// Adds a module in another.
    pub(crate) fn add_module(&mut self, name: &str, scope: ScopeId) -> ScopeId {
        let id = ScopeId(self.scopes.len());
        let Scope {
            root,
            module,
            package,
            ..
        } = self.scopes[scope.0];
        self.scopes.push(Scope {
            around: None,
            parent: Some(module),
            root,
            module: id,
            names: BTreeMap::new(),
            globs: Vec::new(),
            package,
        });
        self.declare(scope, name, Binding::Module(id));
        id
    }

    /// Adds a block in a scope.
    pub(crate) fn add_block(&mut self, scope: ScopeId) -> ScopeId {
        let id = ScopeId(self.scopes.len());
        let Scope {
            root,
            module,
            parent,
            package,
            ..
        } = self.scopes[scope.0];
        self.scopes.push(Scope {
            around: Some(scope),
            parent,
            root,
            module,
            names: BTreeMap::new(),
            globs: Vec::new(),
            package,
        });
        id
    }

    pub(crate) fn declare(&mut self, scope: ScopeId, name: &str, binding: Binding) {
        let names = &mut self.scopes[scope.0].names;
        names.entry(name.to_owned()).or_default().push(binding);
    }

    pub(crate) fn add_const(&mut self) -> ConstId {
        self.constants.push(Vec::new());
        ConstId(self.constants.len() - 1)
    }
}

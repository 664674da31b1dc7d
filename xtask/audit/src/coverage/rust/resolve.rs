//! What names of Rust sources lead to: codes of the catalog, over imports, aliases, globs and re-exports.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::scope::{Binding, ConstId, Path, ScopeId, Sources};
use crate::coverage::names::Known;

/// Imports lead to each other at most so often, and do not in circles.
const DEEPEST: usize = 32;

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A module or the root of a crate.
    Scope(ScopeId),
    /// The generated crate.
    Generated,
    /// `ErrorCode`.
    Codes,
    /// The module with the arguments of codes.
    Arguments,
    /// The module with the errors of operations.
    Operations,
    /// The errors of an operation.
    Operation,
    /// A code.
    Code(usize),
    /// The name of a code that does not exist.
    NoCode(String),
    /// A constant of the project.
    Constant(ConstId),
    /// Something else.
    Other,
    /// Nothing that was read: it can come from another crate.
    Unknown,
}

/// Finds what paths lead to.
pub(crate) struct Resolver<'a> {
    pub(crate) known: &'a Known<'a>,
    sources: &'a Sources,
    /// What names of scopes lead to.
    found: RefCell<BTreeMap<(ScopeId, String), Target>>,
    /// The names that are being looked up: globs of two modules can import each other.
    open: RefCell<BTreeSet<(ScopeId, String)>>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(known: &'a Known<'a>, sources: &'a Sources) -> Self {
        Self {
            known,
            sources,
            found: RefCell::default(),
            open: RefCell::default(),
        }
    }

    /// What a path leads to from a scope.
    pub(crate) fn resolve(&self, scope: ScopeId, path: &Path) -> Target {
        self.path(scope, path, 0)
    }

    fn path(&self, scope: ScopeId, path: &Path, depth: usize) -> Target {
        if depth > DEEPEST {
            return Target::Unknown;
        }
        let mut segments = path.segments.iter();
        let Some(first) = segments.next() else {
            return Target::Unknown;
        };
        let here = &self.sources.scopes[scope.0];
        let mut target = match first.as_str() {
            _ if path.is_absolute => self.other_crate(scope, first),
            "crate" => Target::Scope(here.root),
            "self" => Target::Scope(here.module),
            "super" => self.above(here.module),
            name => self.lexical(scope, name, depth),
        };
        for segment in segments {
            target = match (target, segment.as_str()) {
                (Target::Scope(scope), "super") => self.above(scope),
                (target, name) => self.member(target, name, depth),
            };
        }
        match target {
            // A glob of a crate that was not read can import the enum.
            Target::Unknown => self.guess(scope, path),
            target => target,
        }
    }

    fn above(&self, scope: ScopeId) -> Target {
        let parent = self.sources.scopes[scope.0].parent;
        parent.map_or(Target::Unknown, Target::Scope)
    }

    /// A name as the code in a scope sees it.
    fn lexical(&self, scope: ScopeId, name: &str, depth: usize) -> Target {
        let mut next = Some(scope);
        while let Some(scope) = next {
            match self.declared(scope, name, depth) {
                Target::Unknown => next = self.sources.scopes[scope.0].around,
                target => return target,
            }
        }
        self.other_crate(scope, name)
    }

    /// A name that a scope declares or imports.
    fn declared(&self, scope: ScopeId, name: &str, depth: usize) -> Target {
        let key = (scope, name.to_owned());
        if let Some(found) = self.found.borrow().get(&key) {
            return found.clone();
        }
        if !self.open.borrow_mut().insert(key.clone()) {
            return Target::Unknown;
        }
        let target = self.look_up(scope, name, depth);
        let mut open = self.open.borrow_mut();
        open.remove(&key);
        // In a circle, a name can be unknown only because it is still being looked up.
        if target != Target::Unknown || open.is_empty() {
            self.found.borrow_mut().insert(key, target.clone());
        }
        target
    }

    fn look_up(&self, scope: ScopeId, name: &str, depth: usize) -> Target {
        let here = &self.sources.scopes[scope.0];
        let bindings = here.names.get(name).into_iter().flatten();
        let mut found = Target::Unknown;
        for binding in bindings {
            let target = match binding {
                Binding::Module(module) => Target::Scope(*module),
                Binding::Const(constant) => Target::Constant(*constant),
                Binding::Other => Target::Other,
                // `use name::…` in the same scope does not mean the import itself.
                Binding::Path(path) if path.segments.first().is_some_and(|first| first == name) => {
                    let mut path = path.clone();
                    path.is_absolute = true;
                    self.path(scope, &path, depth + 1)
                }
                Binding::Path(path) => self.path(scope, path, depth + 1),
            };
            match target {
                // By `cfg`, one of several declarations can be ours.
                Target::Unknown | Target::Other => found = Target::Other,
                target => return target,
            }
        }
        if found != Target::Unknown || depth > DEEPEST {
            return found;
        }
        for glob in &here.globs {
            // A glob does not import what it is found by.
            if glob.segments.first().is_some_and(|first| first == name) && !glob.is_absolute {
                continue;
            }
            let from = self.path(scope, glob, depth + 1);
            if from == Target::Scope(scope) {
                continue;
            }
            match self.member(from, name, depth + 1) {
                // Only what is there is imported.
                Target::Unknown | Target::NoCode(_) | Target::Other => {}
                target => return target,
            }
        }
        Target::Unknown
    }

    fn member(&self, target: Target, name: &str, depth: usize) -> Target {
        let is_type = name.starts_with(char::is_uppercase)
            && (name.len() == 1 || name.chars().any(char::is_lowercase));
        let code = |code: Option<usize>| match code {
            Some(code) => Target::Code(code),
            None if is_type => Target::NoCode(name.to_owned()),
            None => Target::Other,
        };
        match target {
            Target::Scope(scope) => self.declared(scope, name, depth + 1),
            Target::Generated => match name {
                "ErrorCode" => Target::Codes,
                "args" => Target::Arguments,
                "operations" => Target::Operations,
                _ => Target::Other,
            },
            Target::Arguments if self.known.shares_arguments() => {
                let code = self.known.variant(name);
                code.map_or(Target::Other, Target::Code)
            }
            Target::Codes | Target::Operation | Target::Arguments => code(self.known.variant(name)),
            Target::Operations if self.known.is_operation(name) => Target::Operation,
            // What a struct of arguments has, such as `CODE`, is about its code.
            Target::Code(code) => Target::Code(code),
            Target::NoCode(name) => Target::NoCode(name),
            Target::Unknown => Target::Unknown,
            Target::Operations | Target::Constant(_) | Target::Other => Target::Other,
        }
    }

    /// The crate with a name, as the code of a scope calls it.
    fn other_crate(&self, scope: ScopeId, name: &str) -> Target {
        let api = &self.known.catalog.api;
        let externs = &self.sources.externs[self.sources.scopes[scope.0].package];
        match externs.get(name) {
            Some(package) if *package == api.crate_name => Target::Generated,
            Some(package) => {
                let library = self.sources.libraries.get(package);
                library.map_or(Target::Other, |root| Target::Scope(*root))
            }
            None if name == api.lib_name => Target::Generated,
            None if ["alloc", "core", "std"].contains(&name) => Target::Other,
            None => Target::Unknown,
        }
    }

    /// `ErrorCode::Name` where an import of everything from a crate that was not read can bring the enum.
    fn guess(&self, scope: ScopeId, path: &Path) -> Target {
        let [.., container, name] = &path.segments[..] else {
            return Target::Unknown;
        };
        let module = self.sources.scopes[scope.0].module;
        let globs = &self.sources.scopes[module.0].globs;
        let is_foreign = |glob: &Path| {
            let first = glob
                .segments
                .first()
                .map(String::as_str)
                .unwrap_or_default();
            !["crate", "self", "super", "std", "core", "alloc"].contains(&first)
        };
        let code = self.known.variant(name);
        match code {
            Some(code) if container == "ErrorCode" && globs.iter().any(is_foreign) => {
                Target::Code(code)
            }
            _ => Target::Unknown,
        }
    }
}

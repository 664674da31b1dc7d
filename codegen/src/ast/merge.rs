//! Merges the files of a catalog into one AST.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::spanned::{Entries, Spanned};
use super::{
    CatalogAst, CodeAst, GroupAst, LintAst, List, Mappings, OperationAst, RetiredAst, SetAst,
    TypeAst,
};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// A part of a catalog, in a file of its own that the catalog includes.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Part"))]
pub(crate) struct PartAst {
    /// The version of the catalog language. This tool reads version 1.
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    #[expect(dead_code, reason = "checked before the file is decoded")]
    pub(crate) version: Option<Spanned<u64>>,
    /// Further files of the catalog, by their paths from this one or by patterns: `*` is any part of a name.
    #[expect(dead_code, reason = "read before the file is decoded")]
    pub(crate) include: Option<List<String>>,
    /// The error types by wire name, in the order of the documentation.
    pub(crate) types: Option<Mappings<TypeAst>>,
    /// The error codes by wire name, in the order of the documentation.
    pub(crate) codes: Option<Mappings<CodeAst>>,
    /// Retired codes, by the name they had on the wire.
    pub(crate) retired: Option<Mappings<RetiredAst>>,
    /// The groups of codes. A group within another is written `outer/inner`.
    pub(crate) groups: Option<Spanned<Entries<GroupAst>>>,
    /// Sets of codes that operations share, by name: each is a list of codes.
    pub(crate) sets: Option<Spanned<Entries<SetAst>>>,
    /// The operations of the API, by operation id, each with the codes that it can fail with.
    pub(crate) operations: Option<Mappings<OperationAst>>,
    /// Levels of the lint rules, allowed findings, and rules of your own.
    pub(crate) lint: Option<Spanned<LintAst>>,
}

/// Adds the parts to the catalog, in the order of the files. A name that is defined twice is reported, and
/// its first entry is used.
pub(crate) fn merge(
    root: CatalogAst,
    parts: impl IntoIterator<Item = PartAst>,
) -> (CatalogAst, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut types = Section::new(Some(root.types), "type");
    let mut codes = Section::new(Some(root.codes), "code");
    let mut retired = Section::new(root.retired, "retired code");
    let mut sets = Section::new(root.sets, "set");
    let mut operations = Section::new(root.operations, "operation");
    let mut groups = Section::new(root.groups, "group");
    let mut lint = root.lint;
    for part in parts {
        let PartAst {
            version: _,
            include: _,
            types: of_types,
            codes: of_codes,
            retired: of_retired,
            sets: of_sets,
            operations: of_operations,
            groups: of_groups,
            lint: of_lint,
        } = part;
        types.add(of_types, &mut found);
        codes.add(of_codes, &mut found);
        retired.add(of_retired, &mut found);
        sets.add(of_sets, &mut found);
        operations.add(of_operations, &mut found);
        groups.add(of_groups, &mut found);
        add_lint(&mut lint, of_lint, &mut found);
    }
    let whole = CatalogAst {
        types: types.required(),
        codes: codes.required(),
        retired: retired.merged,
        sets: sets.merged,
        operations: operations.merged,
        groups: groups.merged,
        lint,
        ..root
    };
    (whole, found)
}

/// A section of the catalog that grows file by file.
struct Section<T> {
    merged: Option<Spanned<Entries<T>>>,
    /// The first place of each name; filled when a second file has entries.
    first: UnordMap<String, Span>,
    /// How many entries are in the index.
    indexed: usize,
    /// The kind of an entry, for diagnostics.
    what: &'static str,
}

impl<T> Section<T> {
    fn new(root: Option<Spanned<Entries<T>>>, what: &'static str) -> Self {
        Self {
            merged: root.filter(|section| section.present),
            first: UnordMap::default(),
            indexed: 0,
            what,
        }
    }

    fn add(&mut self, part: Option<Spanned<Entries<T>>>, found: &mut Vec<Diagnostic>) {
        let Some(part) = part else {
            return;
        };
        let Some(merged) = &mut self.merged else {
            self.merged = Some(part);
            return;
        };
        // A section that was reported may have had any names.
        let (Some(entries), Some(more)) = (&mut merged.value, part.value) else {
            return;
        };
        for (name, entry) in &entries.0[self.indexed..] {
            self.first.insert(name.clone(), entry.key);
        }
        self.indexed = entries.0.len();
        for (name, entry) in more.0 {
            match self.first.get(&name) {
                None => {
                    self.first.insert(name.clone(), entry.key);
                    entries.0.push((name, entry));
                    self.indexed += 1;
                }
                Some(first) => found.push(twice(self.what, &name, entry.key, *first)),
            }
        }
    }

    /// The section, present or not.
    fn required(self) -> Spanned<Entries<T>> {
        self.merged.unwrap_or(Spanned {
            value: None,
            key: Span::default(),
            span: Span::default(),
            present: false,
        })
    }
}

fn twice(what: &str, name: &str, at: Span, first: Span) -> Diagnostic {
    let message = format!("the {what} {} is defined in two files", quoted(name));
    Diagnostic::new(Rule::DuplicateKey, at, message)
        .label("again here")
        .related(first, "first here")
        .help("remove or rename one of the two")
}

/// Adds the lint section of a part. Levels, allowances and custom rules of all files apply.
fn add_lint(
    merged: &mut Option<Spanned<LintAst>>,
    part: Option<Spanned<LintAst>>,
    found: &mut Vec<Diagnostic>,
) {
    let Some(ast) = part.as_ref().and_then(|part| part.value.clone()) else {
        return;
    };
    let Some(own) = merged.as_mut().and_then(|lint| lint.value.as_mut()) else {
        *merged = part;
        return;
    };
    let LintAst {
        levels,
        allow,
        verbs,
        max_message,
        accept,
        house,
    } = ast;
    let mut of_levels = Section::new(own.levels.take(), "level of");
    of_levels.add(levels, found);
    own.levels = of_levels.merged;
    append(&mut own.allow, allow);
    append(&mut own.verbs, verbs);
    append(&mut own.accept, accept);
    append(&mut own.house, house);
    match (&own.max_message, max_message) {
        (Some(first), Some(again)) => {
            found.push(twice("key", "max_message", again.key, first.key));
        }
        (None, Some(only)) => own.max_message = Some(only),
        (_, None) => {}
    }
}

/// Adds a list to another.
fn append<T>(merged: &mut Option<List<T>>, more: Option<List<T>>) {
    match (merged.as_mut().and_then(|list| list.value.as_mut()), more) {
        (Some(list), Some(more)) => list.extend(more.value.into_iter().flatten()),
        (None, Some(more)) => *merged = Some(more),
        (_, None) => {}
    }
}

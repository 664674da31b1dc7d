//! Wire names of codes whose group has a prefix.

use super::spanned::{Entries, Spanned};
use super::{CatalogAst, CodeAst, GroupAst, Mapping};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_PREFIX_BYTES;
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The prefixes of groups.
pub(crate) struct Prefixes<'a>(UnordMap<&'a str, Prefix<'a>>);

#[derive(Clone, Copy)]
struct Prefix<'a> {
    text: &'a str,
    is_namespace: bool,
}

impl<'a> Prefixes<'a> {
    /// The valid prefixes in the section `groups`. An invalid one is reported with its group.
    pub(crate) fn new(section: Option<&'a Spanned<Entries<GroupAst>>>) -> Self {
        let groups = section.and_then(|groups| groups.value.as_ref());
        let prefixes = groups.map_or(&[][..], |groups| &groups.0).iter();
        let prefixes = prefixes.filter_map(|(name, group)| {
            let group = group.value.as_ref()?;
            let text = group.prefix.as_ref()?.value.as_ref()?;
            let is_namespace = group.namespace.as_ref().and_then(|field| field.value);
            let prefix = Prefix {
                text,
                is_namespace: is_namespace.unwrap_or_default(),
            };
            is_prefix(text).then_some((name.as_str(), prefix))
        });
        Self(prefixes.collect())
    }

    /// The prefix of the group that a code states, or of the nearest outer group that has one.
    fn of(&self, code: &Mapping<CodeAst>) -> Option<Prefix<'a>> {
        let group = code.value.as_ref()?.group.as_ref()?.value.as_ref()?;
        let joined = group.joined();
        let mut path = joined.as_str();
        loop {
            if let Some(prefix) = self.0.get(path) {
                return Some(*prefix);
            }
            (path, _) = path.rsplit_once('/')?;
        }
    }

    /// How many bytes of the wire name of a code are its namespace.
    pub(crate) fn unsent(&self, wire: &str, code: &Mapping<CodeAst>) -> usize {
        let prefix = self.of(code).filter(|prefix| prefix.is_namespace);
        let prefix = prefix.filter(|prefix| wire.starts_with(prefix.text));
        prefix.map_or(0, |prefix| prefix.text.len())
    }
}

/// Adds the prefix of its group to the name of each code. All later stages see the whole name.
pub(crate) fn apply(ast: &mut CatalogAst) -> Vec<Diagnostic> {
    let prefixes = Prefixes::new(ast.groups.as_ref());
    let mut found = Vec::new();
    let Some(codes) = &mut ast.codes.value else {
        return found;
    };
    let mut changed = false;
    for (name, code) in &mut codes.0 {
        let prefix = prefixes.of(code).map(|prefix| prefix.text);
        if let Some(prefix) = prefix.filter(|prefix| !name.starts_with(prefix)) {
            name.insert_str(0, prefix);
            changed = true;
        }
    }
    if changed {
        let mut first: UnordMap<String, Span> = UnordMap::default();
        codes.0.retain(|(name, code)| {
            let Some(first) = first.insert(name.clone(), code.key) else {
                return true;
            };
            let message = format!("two codes have the wire name {}", quoted(name));
            let twice = Diagnostic::new(Rule::DuplicateKey, code.key, message);
            let twice = twice.related(first, "first here");
            found.push(twice.help("remove or rename one of the two"));
            false
        });
    }
    found
}

/// Whether a string can be the prefix of a wire name.
pub(crate) fn is_prefix(text: &str) -> bool {
    let word = |c: char| !c.is_whitespace() && !c.is_control();
    text.len() <= MAX_PREFIX_BYTES && text.chars().all(word)
}

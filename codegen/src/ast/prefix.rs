//! Wire names of codes whose group has a prefix.

use super::CatalogAst;
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_PREFIX_BYTES;
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// Adds the prefix of its group to the name of each code. All later stages see the whole name.
pub(crate) fn apply(ast: &mut CatalogAst) -> Vec<Diagnostic> {
    let groups = ast.groups.as_ref().and_then(|groups| groups.value.as_ref());
    let prefixes: UnordMap<&str, &str> = groups
        .map_or(&[][..], |groups| &groups.0)
        .iter()
        .filter_map(|(name, group)| {
            let prefix = group.value.as_ref()?.prefix.as_ref()?.value.as_ref()?;
            // An invalid prefix is reported with its group.
            is_prefix(prefix).then_some((name.as_str(), prefix.as_str()))
        })
        .collect();
    let mut found = Vec::new();
    let Some(codes) = &mut ast.codes.value else {
        return found;
    };
    let mut changed = false;
    for (name, code) in &mut codes.0 {
        let group = code.value.as_ref().and_then(|code| code.group.as_ref());
        let group = group.and_then(|group| group.value.as_ref());
        let prefix = group.and_then(|group| nearest(&group.joined(), &prefixes));
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

/// The prefix of a group, or of the nearest outer group that has one.
fn nearest<'a>(path: &str, prefixes: &UnordMap<&str, &'a str>) -> Option<&'a str> {
    let mut path = path;
    loop {
        if let Some(prefix) = prefixes.get(path) {
            return Some(prefix);
        }
        (path, _) = path.rsplit_once('/')?;
    }
}

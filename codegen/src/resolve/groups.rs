//! Groups of codes: their titles and their prefixes.

use super::keys::key_fault;
use super::{Findings, optional};
use crate::ast::prefix::is_prefix;
use crate::ast::{CodeAst, Entries, GroupAst, GroupPath, Mapping, Spanned};
use crate::catalog::{Group, namespace_of};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::{MAX_GROUP_DEPTH, MAX_PREFIX_BYTES};
use crate::rule::Rule;
use crate::span::Span;
use crate::suggest::closest;
use crate::unord_map::UnordMap;

/// The groups that the catalog declares.
pub(crate) struct Groups<'a> {
    /// Whether the section exists. If so, it must contain the groups of all codes.
    declared: bool,
    names: Vec<&'a str>,
    titles: UnordMap<&'a str, &'a str>,
}

impl<'a> Groups<'a> {
    /// Checks the section `groups`.
    pub(crate) fn new(
        section: Option<&'a Spanned<Entries<GroupAst>>>,
        findings: &mut Findings<'_>,
    ) -> Self {
        let entries = optional(section).map_or(&[][..], |entries| &entries.0);
        let mut titles = UnordMap::default();
        let mut headings: UnordMap<(&str, &str), Span> = UnordMap::default();
        for (name, entry) in entries {
            findings.diagnostics.extend(key_fault(name, entry.key));
            let Some(group) = entry.value.as_ref() else {
                continue;
            };
            let outer = name.rsplit_once('/').map_or("", |(outer, _)| outer);
            let title = optional(group.title.as_ref()).map_or(last(name), String::as_str);
            titles.insert(name.as_str(), title);
            let at = group.title.as_ref().map_or(entry.key, |title| title.span);
            if let Some(first) = headings.insert((outer, title), at) {
                let message = format!("two groups have the heading {}", quoted(title));
                findings.push(
                    Diagnostic::new(Rule::NameCollision, at, message)
                        .related(first, "first here")
                        .help("give one of them another title, or merge the groups"),
                );
            }
            if let (Some(field), Some(prefix)) = (&group.prefix, optional(group.prefix.as_ref()))
                && !is_prefix(prefix)
            {
                let message = format!("{} cannot be the prefix of a wire name", quoted(prefix));
                findings.push(
                    Diagnostic::new(Rule::ImpossibleName, field.span, message).help(format!(
                        "a prefix has up to {MAX_PREFIX_BYTES} bytes and no spaces, such as `files.`"
                    )),
                );
            }
            findings.diagnostics.extend(namespace_fault(group));
        }
        Self {
            declared: section.is_some(),
            names: entries.iter().map(|(name, _)| name.as_str()).collect(),
            titles,
        }
    }

    /// The groups of a code, the outermost first.
    pub(crate) fn of(&self, path: Option<&Spanned<GroupPath>>) -> Vec<Group> {
        let names = optional(path).map_or_else(Vec::new, GroupPath::names);
        let mut joined = String::new();
        let groups = names.into_iter().map(|name| {
            if !joined.is_empty() {
                joined.push('/');
            }
            joined.push_str(name);
            let title = self.titles.get(&joined.as_str()).copied();
            Group {
                name: name.to_owned(),
                title: title.unwrap_or(name).to_owned(),
            }
        });
        groups.collect()
    }

    /// Reports an unknown group, if the catalog declares groups.
    pub(crate) fn check(&self, field: Option<&Spanned<GroupPath>>, findings: &mut Findings<'_>) {
        let Some((field, path)) = field.zip(optional(field)) else {
            return;
        };
        let name = path.joined();
        let names = path.names();
        if self.declared && names.iter().any(|name| name.contains('/')) {
            findings.push(
                Diagnostic::new(
                    Rule::WrongKind,
                    field.span,
                    "the name of a group contains a slash",
                )
                .help("write a group within another as a list, such as `[files, quota]`"),
            );
            return;
        }
        if names.len() > MAX_GROUP_DEPTH {
            let message = format!("groups nest at most {MAX_GROUP_DEPTH} levels deep");
            findings.push(
                Diagnostic::new(Rule::TooDeep, field.span, message)
                    .help("name fewer groups around the code"),
            );
            return;
        }
        if !self.declared || self.titles.get(&name.as_str()).is_some() {
            return;
        }
        let message = format!("unknown group {}", quoted(&name));
        let diagnostic = Diagnostic::new(Rule::UnknownGroup, field.span, message);
        let meant = closest(&name, self.names.iter().copied());
        findings.push(match (path, meant) {
            (GroupPath::Nested(_), Some(meant)) => {
                diagnostic.help(format!("did you mean {}?", quoted(meant)))
            }
            (_, meant) => diagnostic.did_you_mean(
                field.span,
                meant,
                "declare it under `groups`, or name a declared group",
            ),
        });
    }
}

/// The error of a namespace without a prefix that can name it.
fn namespace_fault(group: &GroupAst) -> Option<Diagnostic> {
    let field = group.namespace.as_ref()?;
    if field.value != Some(true) {
        return None;
    }
    let Some(prefix) = &group.prefix else {
        return Some(
            Diagnostic::new(
                Rule::MissingField,
                field.key,
                "`namespace` without a `prefix`",
            )
            .help("add the `prefix:` of the names, which is not sent, such as `printer.`"),
        );
    };
    let text = prefix.value.as_ref().filter(|text| is_prefix(text))?;
    if !namespace_of(text).is_empty() {
        return None;
    }
    let message = format!("{} cannot be a namespace", quoted(text));
    Some(
        Diagnostic::new(Rule::ImpossibleName, prefix.span, message)
            .help("write a prefix with a letter or a digit, such as `printer.`"),
    )
}

/// The names of all groups, including nested ones, each once: declared groups first.
pub(crate) fn names(
    section: Option<&Spanned<Entries<GroupAst>>>,
    codes: &[(String, Mapping<CodeAst>)],
) -> Vec<String> {
    let declared = optional(section).map_or(&[][..], |entries| &entries.0);
    let declared = declared.iter().flat_map(|(path, _)| path.split('/'));
    let stated = codes
        .iter()
        .filter_map(|(_, code)| optional(code.value.as_ref()?.group.as_ref()))
        .flat_map(GroupPath::names);
    let mut known: UnordMap<&str, ()> = UnordMap::default();
    let names = declared.chain(stated);
    let new = names.filter(|name| known.insert(*name, ()).is_none());
    new.map(str::to_owned).collect()
}

fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

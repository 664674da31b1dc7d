//! Groups of codes: their titles and their prefixes.

use super::{Findings, optional};
use crate::diagnostic::{Diagnostic, quoted};
use crate::draft::prefix::MAX_PREFIX;
use crate::draft::{CodeDraft, Entries, GroupDraft, GroupPath, Spanned};
use crate::index::Index;
use crate::rule::Rule;
use crate::suggest::closest;

/// The groups that the catalog declares.
pub(crate) struct Groups<'a> {
    /// Whether there is a section of them: then each group that a code names stands there.
    declared: bool,
    names: Vec<&'a str>,
    titles: Index<&'a str, &'a str>,
}

impl<'a> Groups<'a> {
    /// Checks the section `groups`.
    pub(crate) fn new(
        section: Option<&'a Spanned<Entries<GroupDraft>>>,
        findings: &mut Findings<'_>,
    ) -> Self {
        let entries = optional(section).map_or(&[][..], |entries| &entries.0);
        let mut titles = Index::default();
        for (name, entry) in entries {
            let Some(group) = entry.value.as_ref() else {
                continue;
            };
            titles.insert(
                name.as_str(),
                optional(group.title.as_ref()).map_or(last(name), String::as_str),
            );
            if let (Some(field), Some(prefix)) = (&group.prefix, optional(group.prefix.as_ref())) {
                let word = |c: char| !c.is_whitespace() && !c.is_control();
                if prefix.len() > MAX_PREFIX || !prefix.chars().all(word) {
                    let message = format!("{} cannot begin a name on the wire", quoted(prefix));
                    findings.push(
                        Diagnostic::new(Rule::ImpossibleName, field.span, message).help(format!(
                            "a prefix is a word of up to {MAX_PREFIX} bytes without spaces, such as `files.`"
                        )),
                    );
                }
            }
        }
        Self {
            declared: section.is_some(),
            names: entries.iter().map(|(name, _)| name.as_str()).collect(),
            titles,
        }
    }

    /// The titles of the groups of a code, the outermost one first.
    pub(crate) fn titles(&self, path: Option<&Spanned<GroupPath>>) -> Vec<String> {
        let names = optional(path).map_or_else(Vec::new, GroupPath::names);
        let mut joined = String::new();
        let titles = names.into_iter().map(|name| {
            if !joined.is_empty() {
                joined.push('/');
            }
            joined.push_str(name);
            let title = self.titles.get(&joined.as_str()).copied();
            title.unwrap_or(name).to_owned()
        });
        titles.collect()
    }

    /// Reports a group that the catalog does not declare, where it declares some.
    pub(crate) fn check(&self, field: Option<&Spanned<GroupPath>>, findings: &mut Findings<'_>) {
        let Some((field, path)) = field.zip(optional(field)) else {
            return;
        };
        let name = path.joined();
        if !self.declared || self.titles.get(&name.as_str()).is_some() {
            return;
        }
        let message = format!("{} is no group of this catalog", quoted(&name));
        let diagnostic = Diagnostic::new(Rule::UnknownGroup, field.span, message);
        let meant = closest(&name, self.names.iter().copied());
        findings.push(match (path, meant) {
            (GroupPath::Nested(_), Some(meant)) => {
                diagnostic.help(format!("did you mean {}?", quoted(meant)))
            }
            (_, meant) => diagnostic.did_you_mean(
                field.span,
                meant,
                "declare it under `groups`, or name one that is",
            ),
        });
    }
}

/// The names of all groups, those within others included, each once: first those that are declared.
pub(crate) fn names(
    section: Option<&Spanned<Entries<GroupDraft>>>,
    codes: &[(String, Spanned<CodeDraft>)],
) -> Vec<String> {
    let declared = optional(section).map_or(&[][..], |entries| &entries.0);
    let declared = declared.iter().flat_map(|(path, _)| path.split('/'));
    let stated = codes
        .iter()
        .filter_map(|(_, code)| optional(code.value.as_ref()?.group.as_ref()))
        .flat_map(GroupPath::names);
    let mut known: Index<&str, ()> = Index::default();
    let names = declared.chain(stated);
    let new = names.filter(|name| known.insert(*name, ()).is_none());
    new.map(str::to_owned).collect()
}

fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

//! Mappings of errors by their names, beside groups and other values.

use serde_json::Map;

use super::super::fields::Field;
use super::super::list;
use super::super::model::{Extracted, Finding, status};
use super::super::record::{CodeIn, Record};
use super::super::tree::Node;
use super::Walk;
use super::kind::{self, Entry, Kind};

impl<'a> Walk<'a> {
    /// Takes the errors of a mapping by their names, and the groups beside them; whether it has errors.
    pub(super) fn keyed(self, entries: &[&'a Entry], extracted: &mut Extracted) -> bool {
        let kinds: Vec<_> = entries.iter().map(|(_, node)| kind::of(node)).collect();
        let all = || entries.iter().zip(&kinds);
        let is_error = |kind: &Kind<'_>| matches!(kind, Kind::Error | Kind::Parent(_));
        let errors = all().filter(|(_, kind)| is_error(kind)).count();
        // A type alone, and the like, is found in much that is no error.
        let is_sure = all().any(|((_, node), kind)| {
            is_error(kind) && (kind::has_text(node) || kind::has(node, kind::is_sent))
        });
        if errors == 0 || !(is_sure || errors * 2 > entries.len()) {
            return false;
        }
        let mut groups = all()
            .filter(|(_, kind)| matches!(kind, Kind::Group))
            .peekable();
        let has_groups = groups.peek().is_some();
        let has_list = groups.any(|((key, _), _)| kind::says_errors(key));
        let is_taken = |key: &str, node: &Node, kind: &Kind<'_>| match kind {
            Kind::Error if has_list => kind::is_whole(node),
            Kind::Error if has_groups => {
                kind::has_text(node) || kind::has(node, |field| *field == Field::Code)
            }
            Kind::Error | Kind::Parent(_) => !kind::is_about(key) || kind::has(node, kind::is_sent),
            Kind::Group => false,
            Kind::Other => node.entries().is_some() && !has_groups,
        };
        if !all().any(|((key, node), kind)| is_error(kind) && is_taken(key, node, kind)) {
            return false;
        }
        let (own, others): (Vec<_>, Vec<_>) = all()
            .filter(|(_, kind)| !matches!(kind, Kind::Group))
            .partition(|((key, node), kind)| is_taken(key, node, kind));
        let bare = |all: Vec<(&&'a Entry, &Kind<'a>)>| {
            all.into_iter().map(|(entry, _)| *entry).collect::<Vec<_>>()
        };
        let others = bare(others);
        self.by_key(&others, &bare(own), extracted);
        for ((key, node), kind) in all() {
            match kind {
                Kind::Parent(below) => self.below(below, extracted),
                Kind::Group => self.into(key).node(node, extracted),
                Kind::Error | Kind::Other => {}
            }
        }
        true
    }

    /// Takes the errors with these names, and of other values those that are messages or statuses.
    pub(super) fn by_key(
        self,
        others: &[&'a Entry],
        errors: &[&'a Entry],
        extracted: &mut Extracted,
    ) {
        let mut list = self.records(
            errors.iter().map(|(key, node)| (Some(key.as_str()), node)),
            extracted,
        );
        let names = list.names();
        let code = list.code(&names).unwrap_or(CodeIn::Key);
        for (key, node) in others {
            if kind::is_about(key) || (Field::of(key).is_known() && !errors.is_empty()) {
                continue;
            }
            let is_alike = |(other, _): &&Entry| kind::writing(other) == kind::writing(key);
            let value = node.scalar().filter(|value| kind::says(value));
            match value.filter(|_| errors.is_empty() || errors.iter().any(is_alike)) {
                Some(value) => {
                    let name = if status(value).is_some() {
                        "status"
                    } else {
                        "message"
                    };
                    let fields = Map::from_iter([(name.to_owned(), value.clone())]);
                    list.records.push(self.record(node, Some(key), fields));
                }
                None => {
                    let what = format!("`{key}` is not described as the other errors are");
                    extracted.lost.push(Finding::new(&node.place(), what));
                }
            }
        }
        let names = list.names();
        // A field that many errors do not have is not the name of each.
        let code = match code {
            CodeIn::Field(at) => {
                let name = names.get(at).cloned().unwrap_or_default();
                let has_it = |record: &&Record| record.fields.contains_key(&name);
                let count = list.records.iter().filter(has_it).count();
                if count * 10 >= list.records.len() * 9 {
                    CodeIn::Field(at)
                } else {
                    CodeIn::Key
                }
            }
            CodeIn::Key => CodeIn::Key,
        };
        list::take_by(&list, &names, &code, extracted);
    }
}

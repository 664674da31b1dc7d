//! Finds the spans of entries and fields in a catalog.

use std::borrow::Cow;

use super::change::{Change, Place};
use super::lock::Lock;
use super::policy::{Shape, rows};
use crate::ast::{
    CatalogAst, CodeName, Entries, Keyed, Keys, OperationErrorAst, Spanned, StatusAst,
};
use crate::limits::MAX_LOCATED_KEYS;
use crate::record::Kind;
use crate::resolve::optional;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The places of a catalog, or of a lock.
pub(crate) struct Places<'a> {
    entries: UnordMap<(Kind, Cow<'a, str>), Entry<'a>>,
    /// What operations state of codes, by the name of the operation and the path.
    stated: UnordMap<(String, String), Span>,
    /// The span for a missing section.
    root: Option<Span>,
}

struct Entry<'a> {
    key: Span,
    /// The keys of an entry of a catalog, unless it was reported.
    keys: Option<&'a Keys>,
}

fn entry<T>(section: &Spanned<Keyed<T>>) -> Entry<'_> {
    Entry {
        key: section.key,
        keys: section.value.as_ref().map(|entry| &entry.keys),
    }
}

impl<'a> Places<'a> {
    pub(crate) fn of_catalog(ast: &'a CatalogAst) -> Self {
        let framework = optional(ast.framework.as_ref()).map_or(&[][..], Vec::as_slice);
        let framework = framework.iter().filter_map(|error| {
            let name = match error.value.as_ref()?.status.value.as_ref()? {
                StatusAst::Number(status) => status.to_string(),
                StatusAst::Family(class) => format!("{class}xx"),
                StatusAst::None | StatusAst::Other(_) => return None,
            };
            Some(((Kind::Framework, name.into()), entry(error)))
        });
        let sections = [
            (Kind::Api, Some(entry(&ast.api))),
            (Kind::Envelope, ast.envelope.as_ref().map(entry)),
            (Kind::ErrorIds, ast.error_ids.as_ref().map(entry)),
            (Kind::Retry, ast.retry.as_ref().map(entry)),
            (Kind::OpenApi, ast.openapi.as_ref().map(entry)),
        ];
        let sections = sections
            .into_iter()
            .filter_map(|(kind, section)| Some(((kind, "".into()), section?)));
        let entries = sections
            .chain(framework)
            .chain(named(Kind::Operation, ast.operations.as_ref()))
            .chain(named(Kind::Type, Some(&ast.types)))
            .chain(named(Kind::Code, Some(&ast.codes)))
            .chain(named(Kind::Retired, ast.retired.as_ref()));
        Self {
            entries: entries.collect(),
            stated: stated(ast),
            root: Some(ast.version.key),
        }
    }

    pub(crate) fn of_lock(lock: &'a Lock) -> Self {
        let all = lock.removed.iter().chain(&lock.entries);
        let entries = all.map(|locked| {
            let (kind, name) = locked.entry.key();
            let key = locked.key;
            ((kind, name.into()), Entry { key, keys: None })
        });
        Self {
            entries: entries.collect(),
            stated: UnordMap::default(),
            root: None,
        }
    }

    /// The place of the field, else of the entry; `None` if the entry does not exist.
    pub(crate) fn find(&self, kind: Kind, name: &str, field: &str) -> Option<Span> {
        let Some(entry) = self.entries.get(&(kind, Cow::Borrowed(name))) else {
            return self.root.filter(|_| kind.is_single());
        };
        if kind == Kind::Operation
            && let Some(span) = self.stated.get(&(name.to_owned(), field.to_owned()))
        {
            return Some(*span);
        }
        // What a code sends follows from its group.
        let field = match (kind, field) {
            (Kind::Code, "sent") => "group",
            _ => field,
        };
        let first = field.split('.').next().unwrap_or_default();
        let row = rows(kind).iter().find(|row| row.name == first);
        let is_text = row.is_some_and(|row| row.shape == Shape::Text);
        let own = entry.keys.and_then(|keys| follow(keys, field, is_text));
        own.or(Some(entry.key))
    }
}

/// The places of what operations state of codes.
fn stated(ast: &CatalogAst) -> UnordMap<(String, String), Span> {
    let operations = optional(ast.operations.as_ref()).map_or(&[][..], |entries| &entries.0);
    let mut places = UnordMap::default();
    for (name, operation) in operations {
        let errors = operation.value.as_ref().map(|operation| &operation.errors);
        for error in optional(errors).into_iter().flatten() {
            let Some(OperationErrorAst::Own(own)) = &error.value else {
                continue;
            };
            let Some(CodeName(code)) = &own.code.value else {
                continue;
            };
            let fields = [
                ("status", own.status.as_ref().map(|field| field.span)),
                ("meaning", own.meaning.as_ref().map(|field| field.span)),
                ("fix", own.fix.as_ref().map(|field| field.span)),
            ];
            for (field, span) in fields {
                if let Some(span) = span {
                    places.insert((name.clone(), format!("errors.{field}.{code}")), span);
                }
            }
        }
    }
    places
}

fn named<T>(
    kind: Kind,
    section: Option<&Spanned<Entries<Keyed<T>>>>,
) -> impl Iterator<Item = ((Kind, Cow<'_, str>), Entry<'_>)> {
    let entries = optional(section).map_or(&[][..], |entries| &entries.0);
    let entries = entries.iter();
    entries.map(move |(name, value)| ((kind, name.as_str().into()), entry(value)))
}

/// The place of the value at a path. Mappings and lists of texts are long, so their place is that of the key.
fn follow(keys: &Keys, path: &str, is_text: bool) -> Option<Span> {
    // A custom key may contain dots.
    let (name, rest) = match path.strip_prefix("x-*.") {
        Some(name) => (name, ""),
        None => path.split_once('.').unwrap_or((path, "")),
    };
    let keys = || keys.stated().iter().take(MAX_LOCATED_KEYS);
    let own = keys().find(|(key, _)| key == name);
    // A suffix is the end of a message.
    let own = own.or_else(|| keys().find(|(key, _)| name == "message" && key == "message_suffix"));
    // The catalog contains the names of headers in lower case.
    let own = own.or_else(|| keys().find(|(key, _)| key.eq_ignore_ascii_case(name)));
    let (_, found) = own?;
    Some(match &found.value {
        Some(Keys::List) if is_text => found.key,
        Some(inner @ Keys::Mapping(_)) => follow(inner, rest, is_text).unwrap_or(found.key),
        _ => found.span,
    })
}

/// Sets the place of each change.
pub(crate) fn place(changes: &mut [Change], old: &Places<'_>, new: &Places<'_>) {
    for change in changes {
        let find = |places: &Places<'_>| {
            let own = places.find(change.kind, &change.name, &change.field);
            own.or_else(|| match change.kind {
                // A tombstone contains the pages of its code.
                Kind::Code => places.find(Kind::Retired, &change.name, &change.field),
                Kind::Retired => places.find(Kind::Code, &change.name, ""),
                _ => None,
            })
        };
        change.place = match find(new) {
            Some(span) => Place::New(span),
            None => Place::Old(find(old).unwrap_or_default()),
        };
    }
}

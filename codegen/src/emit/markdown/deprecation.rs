//! Deprecated and retired codes, moved pages, and the changes of releases.

use std::collections::BTreeSet;

use askama::Template;

use super::super::markdown_escape::{self, NO_TEXT};
use super::filters;
use crate::catalog::{Catalog, ChangeLevel, Code, CodeId, Event, Retired};

/// A row for a code.
pub(super) struct CodeView<'a> {
    /// The names of its page that no heading has: the slug, then the aliases.
    pub(super) anchors: Vec<&'a str>,
    pub(super) link: String,
}

impl<'a> CodeView<'a> {
    /// `ids` are those of the headings of the page.
    pub(super) fn new(code: &'a Code, ids: &BTreeSet<String>) -> Self {
        Self {
            anchors: anchors(&code.names.slug, &code.aliases, ids),
            link: link(code, ""),
        }
    }
}

fn anchors<'a>(slug: &'a str, aliases: &'a [String], ids: &BTreeSet<String>) -> Vec<&'a str> {
    let aliases = aliases.iter().map(String::as_str);
    let names = std::iter::once(slug).chain(aliases);
    names.filter(|name| !ids.contains(*name)).collect()
}

/// A link to the page of a code, for a table cell. `folder` is the path to the pages.
pub(super) fn link(code: &Code, folder: &str) -> String {
    let mut out = link_to(&code.names.wire, &code.names.slug, folder);
    if code.deprecated.is_some() {
        out.push_str(" <span class=\"badge deprecated\">deprecated</span>");
    }
    out
}

fn link_to(wire: &str, slug: &str, folder: &str) -> String {
    let name = markdown_escape::code_cell(wire);
    ["[", &name, "](", folder, slug, ".md)"].concat()
}

/// A row for a retired code.
pub(super) struct RetiredView<'a> {
    pub(super) anchors: Vec<&'a str>,
    pub(super) link: String,
    pub(super) since: Option<&'a str>,
    pub(super) reason: &'a str,
    /// The code that replaces it, or a dash.
    pub(super) successor: String,
}

impl<'a> RetiredView<'a> {
    pub(super) fn new(catalog: &'a Catalog, code: &'a Retired, ids: &BTreeSet<String>) -> Self {
        let successor = code.successor.map(|code| link(&catalog[code], ""));
        Self {
            anchors: anchors(&code.slug, &code.aliases, ids),
            link: link_to(&code.wire, &code.slug, ""),
            since: code.since.as_deref(),
            reason: &code.reason,
            successor: successor.unwrap_or_else(|| NO_TEXT.to_owned()),
        }
    }
}

/// The page of a retired code.
#[derive(Template)]
#[template(path = "retired.md")]
pub(super) struct RetiredPage<'a> {
    wire: &'a str,
    since: String,
    successor: Option<String>,
    reason: &'a str,
    history: Vec<EventView<'a>>,
}

impl<'a> RetiredPage<'a> {
    pub(super) fn new(catalog: &Catalog, code: &'a Retired) -> Self {
        Self {
            wire: &code.wire,
            since: since(code.since.as_deref()),
            successor: successor(catalog, code.successor),
            reason: &code.reason,
            history: EventView::all(&code.history),
        }
    }
}

/// The deprecation, for the page of its code.
pub(super) struct DeprecatedView<'a> {
    pub(super) since: String,
    pub(super) successor: Option<String>,
    pub(super) note: Option<&'a str>,
}

impl<'a> DeprecatedView<'a> {
    pub(super) fn new(catalog: &Catalog, code: &'a Code) -> Option<Self> {
        let deprecation = code.deprecated.as_ref()?;
        Some(Self {
            since: since(deprecation.since.as_deref()),
            successor: successor(catalog, deprecation.successor),
            note: deprecation.note.as_deref(),
        })
    }
}

/// The words that give the version of a deprecation; empty until it is released.
fn since(version: Option<&str>) -> String {
    version.map_or_else(String::new, |version| {
        format!(" {}", markdown_escape::inline(&format!("since {version}")))
    })
}

fn successor(catalog: &Catalog, successor: Option<CodeId>) -> Option<String> {
    successor.map(|code| link(&catalog[code], ""))
}

/// A change of a code in a release.
pub(super) struct EventView<'a> {
    pub(super) version: &'a str,
    pub(super) change: String,
}

impl<'a> EventView<'a> {
    pub(super) fn all(history: &'a [Event]) -> Vec<Self> {
        let views = history.iter().map(|event| {
            let weight = match event.level {
                ChangeLevel::Safe => String::new(),
                level => format!(" — {}", level.as_str()),
            };
            let reason = event.reason.iter();
            let reason = reason.map(|reason| format!(": {}", markdown_escape::cell(reason)));
            let text = markdown_escape::cell(&capital(&event.text));
            Self {
                version: &event.version,
                change: text + &weight + &reason.collect::<String>(),
            }
        });
        views.collect()
    }
}

/// A clause with a capital at its start.
fn capital(clause: &str) -> String {
    let mut chars = clause.chars();
    let first = chars.next();
    first.map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// The page under a former name. Its heading is not that name, which is often the wire name of a code: a search must
/// find the page of the code first.
#[derive(Template)]
#[template(path = "moved.md")]
pub(super) struct MovedPage<'a> {
    alias: &'a str,
    target: String,
}

impl<'a> MovedPage<'a> {
    pub(super) fn new(page: Moved<'a>) -> Self {
        Self {
            alias: page.alias,
            target: link_to(page.wire, page.slug, ""),
        }
    }
}

/// A former name of a page, and its target.
#[derive(Clone, Copy)]
pub(super) struct Moved<'a> {
    pub(super) alias: &'a str,
    wire: &'a str,
    slug: &'a str,
}

impl<'a> Moved<'a> {
    /// The former names of all codes, those of retired codes last.
    pub(super) fn all(catalog: &'a Catalog) -> impl Iterator<Item = Self> {
        let codes = catalog.codes.iter();
        let codes = codes.map(|code| (&code.names.wire, &code.names.slug, &code.aliases));
        let retired = catalog.retired.iter();
        let retired = retired.map(|code| (&code.wire, &code.slug, &code.aliases));
        codes.chain(retired).flat_map(|(wire, slug, aliases)| {
            let aliases = aliases.iter();
            aliases.map(move |alias| Self { alias, wire, slug })
        })
    }
}

//! Broken and duplicate links.

use super::{Finding, Subject};
use crate::ast::{LinkAst, Spanned};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_LINKS_COMPARED;
use crate::resolve::{Facts, optional};
use crate::rule::Rule;
use crate::span::Span;
use crate::suggest::closest;
use crate::unord_map::UnordMap;

/// Pages other than those of codes.
const OTHER_PAGES: [&str; 6] = ["", "README", "README.md", "index", "index.html", "llms.txt"];

type Links = Spanned<Vec<Spanned<LinkAst>>>;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let pages = Pages::of(subject);
    let ast = subject.ast;
    let error_ids = optional(ast.error_ids.as_ref()).and_then(|section| section.see.as_ref());
    let retry = optional(ast.retry.as_ref()).and_then(|section| section.see.as_ref());
    let sections = [error_ids, retry].into_iter().map(|see| (None, see));
    let codes = subject.codes.iter().enumerate().map(|(position, code)| {
        let own = code.own.and_then(|own| own.see.as_ref());
        (Some(position), own)
    });
    let mut found = Vec::new();
    for (code, links) in sections.chain(codes) {
        if let Some(links) = links {
            report(code, links, pages.as_ref(), &mut found);
        }
    }
    findings.append(&mut found);
}

fn report(code: Option<usize>, links: &Links, pages: Option<&Pages<'_>>, found: &mut Vec<Finding>) {
    let mut stated: UnordMap<&str, Span> = UnordMap::default();
    for link in optional(Some(links)).into_iter().flatten() {
        let Some(field) = link.value.as_ref().map(|link| &link.url) else {
            continue;
        };
        let Some(url) = field.value.as_deref() else {
            continue;
        };
        let finding = if let Some(first) = stated.get(url) {
            let message = "duplicate link";
            Diagnostic::new(Rule::SeeBroken, field.span, message)
                .related(*first, "first here")
                .help("remove one of them")
        } else {
            stated.insert(url, field.span);
            let pages = pages.and_then(|pages| Some((pages, pages.missing(url)?)));
            let Some((pages, slug)) = pages else {
                continue;
            };
            let message = format!("no code has the page {}", quoted(slug));
            let slugs = pages.slugs.iter().copied();
            // The search for a similar slug compares all codes.
            let meant = (found.len() < MAX_LINKS_COMPARED).then(|| closest(slug, slugs));
            Diagnostic::new(Rule::SeeBroken, field.span, message).help(match meant.flatten() {
                Some(meant) => format!("did you mean {}?", quoted(meant)),
                None => {
                    "link the page of a code, or a page that is not below `docs_url`".to_owned()
                }
            })
        };
        found.push(Finding::about(code, finding));
    }
}

/// The pages of the codes.
struct Pages<'a> {
    before: &'a str,
    after: &'a str,
    slugs: Vec<&'a str>,
    known: UnordMap<&'a str, ()>,
}

impl<'a> Pages<'a> {
    /// The pages; `None` if they are not all known, or if `docs_url` covers a whole host, which may have other pages.
    fn of(subject: &Subject<'a>) -> Option<Self> {
        let (before, after) = subject.docs_url?;
        let host = before.split_once("://")?.1.trim_end_matches('/');
        if !host.contains('/') {
            return None;
        }
        let facts: Option<Vec<&Facts>> = subject.facts.iter().map(Option::as_ref).collect();
        let pages = facts?
            .into_iter()
            .filter_map(|facts| facts.doc_url.as_deref());
        let slugs: Vec<&str> = pages.filter_map(|page| slug(page, before, after)).collect();
        Some(Self {
            before,
            after,
            known: slugs.iter().map(|slug| (*slug, ())).collect(),
            slugs,
        })
    }

    /// The slug of an address below `docs_url` that is not the page of a code.
    fn missing<'u>(&self, url: &'u str) -> Option<&'u str> {
        let in_page = |c| matches!(c, '#' | '?');
        let page = if self.before.contains(in_page) {
            url
        } else {
            url.split(in_page).next().unwrap_or(url)
        };
        let slug = slug(page, self.before, self.after)?.trim_end_matches('/');
        let known = self.known.get(slug).is_some() || OTHER_PAGES.contains(&slug);
        (!known).then_some(slug)
    }
}

/// The slug in the address of a page.
fn slug<'u>(url: &'u str, before: &str, after: &str) -> Option<&'u str> {
    url.strip_prefix(before)?.strip_suffix(after)
}

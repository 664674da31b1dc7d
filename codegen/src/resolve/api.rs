//! What the API is called, and prose.

use super::names::{check, is_crate};
use super::{Findings, optional};
use crate::catalog::{Api, Link, Prose};
use crate::diagnostic::{Diagnostic, quoted};
use crate::draft::{ApiDraft, LinkDraft, SectionDraft, Spanned, VersionText};
use crate::rule::Rule;
use crate::span::Span;

/// The version of an API that states none.
const FIRST_VERSION: &str = "0.1.0";
/// The place of a code's slug in a documentation address.
const SLUG: &str = "{slug}";

/// Resolves the `api` section, whose key stands at `entry`.
pub(crate) fn resolve(draft: &ApiDraft, entry: Span, findings: &mut Findings<'_>) -> Option<Api> {
    let title = findings.required(&draft.title, entry, "title").cloned();
    let docs_url = findings
        .required(&draft.docs_url, entry, "docs_url")
        .cloned()
        .filter(|url| {
            let address = url.replacen(SLUG, "", 1);
            if !url.contains(SLUG) && url.contains(['?', '#']) {
                findings.push(
                    Diagnostic::new(
                        Rule::BadUrl,
                        draft.docs_url.span,
                        "a page cannot be joined to an address with `?` or `#`",
                    )
                    .help(format!(
                        "say where the name of the page goes, such as `{url}{SLUG}`"
                    )),
                );
                return false;
            }
            check_url(url, &address, draft.docs_url.span, findings)
        });
    let crate_name = findings
        .required(&draft.crate_name, entry, "crate")
        .cloned();
    let crate_ok = check(
        Some(&draft.crate_name),
        is_crate,
        "the name of a crate",
        "begin with a lower-case letter, go on with letters, digits, `-` and `_`, and avoid keywords and the names of standard crates",
        findings,
    );
    let version = match draft.version.as_ref() {
        None => Some(FIRST_VERSION.to_owned()),
        Some(field) => field
            .value
            .as_ref()
            .map(|VersionText(version)| version.clone())
            .filter(|version| check_version(version, field.span, findings)),
    };
    let crate_name = crate_name.filter(|_| crate_ok)?;
    Some(Api {
        title: title?,
        docs_url: split_docs_url(&docs_url?),
        lib_name: crate_name.replace('-', "_"),
        crate_name,
        version: version?,
    })
}

fn split_docs_url(url: &str) -> (String, String) {
    match url.split_once(SLUG) {
        Some((before, after)) => (before.to_owned(), after.to_owned()),
        None => (format!("{}/", url.trim_end_matches('/')), String::new()),
    }
}

fn check_version(version: &str, span: Span, findings: &mut Findings<'_>) -> bool {
    let sound = |version: &str| semver::Version::parse(version).is_ok();
    if sound(version) {
        return true;
    }
    let diagnostic = Diagnostic::new(
        Rule::BadVersion,
        span,
        format!("{} is no version", quoted(version)),
    );
    let completed = [format!("{version}.0"), format!("{version}.0.0")];
    findings.push(match completed.into_iter().find(|version| sound(version)) {
        Some(completed) => diagnostic
            .help(format!("write three numbers: `{completed}`"))
            .suggest(span, completed),
        None => diagnostic.help("write three numbers, such as 1.4.0"),
    });
    false
}

/// Reports an address that cannot be one; `url` is what the file says.
fn check_url(url: &str, address: &str, span: Span, findings: &mut Findings<'_>) -> bool {
    let host = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    let clean = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    let valid = host.is_some_and(|host| {
        host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
            && host.chars().all(clean)
            && is_authority(authority(host))
            && host.split('%').skip(1).all(|rest| {
                let digits = rest.get(..2);
                digits.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
            })
    });
    if !valid {
        let diagnostic = Diagnostic::new(
            Rule::BadUrl,
            span,
            format!("{} is no web address", quoted(url)),
        );
        findings.push(if address.contains('{') {
            diagnostic.help(
                "the place of a code's page is written `{slug}`, once, and only in `docs_url`",
            )
        } else if host.is_some_and(|host| !is_authority(authority(host))) {
            diagnostic
                .help("name a host and at most a port: a user or a password has no place in docs")
        } else if host.is_some() {
            diagnostic.help(
                "write spaces, quotes, brackets, percent signs and letters beyond ASCII as %XX",
            )
        } else {
            diagnostic.help("begin it with https:// or http://")
        });
    }
    valid
}

/// What stands before the path of an address.
fn authority(address: &str) -> &str {
    address.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Whether a host, with or without a port, is all there is: a password has no place in docs.
fn is_authority(authority: &str) -> bool {
    let port = match authority.rsplit_once(':') {
        Some((_, port)) if !port.ends_with(']') => port.parse::<u16>().is_ok(),
        _ => true,
    };
    port && !authority.contains('@')
}

/// Resolves the prose of a section.
pub(crate) fn prose(draft: Option<&SectionDraft>, findings: &mut Findings<'_>) -> Prose {
    let Some(draft) = draft else {
        return Prose::default();
    };
    Prose {
        notes: texts(draft.notes.as_ref()),
        see: links(draft.see.as_ref(), findings),
    }
}

/// The texts of a list.
pub(crate) fn texts(field: Option<&Spanned<Vec<Spanned<String>>>>) -> Vec<String> {
    let list = optional(field).map_or(&[][..], Vec::as_slice);
    list.iter().filter_map(|text| text.value.clone()).collect()
}

/// The links of a list, checked.
pub(crate) fn links(
    field: Option<&Spanned<Vec<Spanned<LinkDraft>>>>,
    findings: &mut Findings<'_>,
) -> Vec<Link> {
    let list = optional(field).map_or(&[][..], Vec::as_slice);
    for link in list {
        let Some(draft) = link.value.as_ref() else {
            continue;
        };
        findings.required(&draft.text, link.key, "text");
        if let Some(url) = findings.required(&draft.url, link.key, "url") {
            check_url(url, url, draft.url.span, findings);
        }
    }
    taken_links(list)
}

/// The links of a list that was checked before.
pub(crate) fn taken_links(list: &[Spanned<LinkDraft>]) -> Vec<Link> {
    list.iter()
        .filter_map(|link| {
            let draft = link.value.as_ref()?;
            Some(Link {
                text: draft.text.value.clone()?,
                url: draft.url.value.clone()?,
            })
        })
        .collect()
}

//! What the API is called, and prose.

use super::names::{check, is_crate};
use super::{Findings, optional};
use crate::ast::{
    ApiAst, ContactAst, Keyed, LicenseAst, LinkAst, OpenApiAst, SectionAst, ServerAst, Spanned,
    VersionText,
};
use crate::catalog::{Api, Contact, License, Link, Prose, Server};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;

/// The version of an API that states none.
const FIRST_VERSION: &str = "0.1.0";
/// The place of a code's slug in a documentation address.
const SLUG: &str = "{slug}";

/// Resolves the `api` section, whose key stands at `entry`.
pub(crate) fn resolve(ast: &ApiAst, entry: Span, findings: &mut Findings<'_>) -> Option<Api> {
    let title = findings.required(&ast.title, entry, "title").cloned();
    let docs_url = findings
        .required(&ast.docs_url, entry, "docs_url")
        .cloned()
        .filter(|url| {
            let address = url.replacen(SLUG, "", 1);
            if !url.contains(SLUG) && url.contains(['?', '#']) {
                findings.push(
                    Diagnostic::new(
                        Rule::BadUrl,
                        ast.docs_url.span,
                        "a page cannot be joined to an address with `?` or `#`",
                    )
                    .help(format!(
                        "say where the name of the page goes, such as `{url}{SLUG}`"
                    )),
                );
                return false;
            }
            check_url(url, &address, ast.docs_url.span, findings)
        });
    let crate_name = findings.required(&ast.crate_name, entry, "crate").cloned();
    let crate_ok = check(
        Some(&ast.crate_name),
        is_crate,
        "the name of a crate",
        "begin with a lower-case letter, go on with letters, digits, `-` and `_`, and avoid keywords and the names of standard crates",
        findings,
    );
    let version = match ast.version.as_ref() {
        None => Some(FIRST_VERSION.to_owned()),
        Some(field) => field
            .value
            .as_ref()
            .map(|VersionText(version)| version.clone())
            .filter(|version| check_version(version, field.span, findings)),
    };
    let license = license(ast.license.as_ref(), findings);
    let contact = contact(ast.contact.as_ref(), findings);
    let servers = servers(ast.servers.as_ref(), findings);
    let crate_name = crate_name.filter(|_| crate_ok)?;
    Some(Api {
        title: title?,
        docs_url: split_docs_url(&docs_url?),
        lib_name: crate_name.replace('-', "_"),
        crate_name,
        version: version?,
        license,
        contact,
        servers,
    })
}

/// Whether the section `openapi` closes the enums.
pub(crate) fn closed(ast: Option<&Keyed<OpenApiAst>>) -> bool {
    let closed = ast.and_then(|ast| optional(ast.closed.as_ref()));
    closed.copied().unwrap_or(false)
}

fn license(field: Option<&Spanned<LicenseAst>>, findings: &mut Findings<'_>) -> Option<License> {
    let field = field?;
    let ast = field.value.as_ref()?;
    let name = findings.required(&ast.name, field.key, "name").cloned();
    Some(License {
        name: name?,
        url: address(ast.url.as_ref(), findings),
    })
}

fn contact(field: Option<&Spanned<ContactAst>>, findings: &mut Findings<'_>) -> Option<Contact> {
    let field = field?;
    let ast = field.value.as_ref()?;
    if ast.name.is_none() && ast.url.is_none() && ast.email.is_none() {
        findings.push(
            Diagnostic::new(Rule::MissingField, field.key, "the contact names nobody")
                .help("add `name:`, `url:` or `email:`"),
        );
    }
    let email = ast.email.as_ref();
    let text = optional(email);
    if let Some((field, text)) = email.zip(text).filter(|(_, text)| !is_email(text)) {
        let message = format!("{} is no e-mail address", quoted(text));
        findings.push(
            Diagnostic::new(Rule::BadUrl, field.span, message).help("write it as name@example.com"),
        );
    }
    Some(Contact {
        name: optional(ast.name.as_ref()).cloned(),
        url: address(ast.url.as_ref(), findings),
        email: text.cloned(),
    })
}

/// Whether a text can be an e-mail address, for readers of documents: not every form that mail knows.
fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    let clean = text
        .chars()
        .all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\'));
    clean
        && parts.is_some_and(|(name, host)| {
            !name.is_empty() && !host.is_empty() && !host.contains('@') && is_authority(host)
        })
}

/// The servers; without any, there is the one that the document comes from.
fn servers(
    field: Option<&Spanned<Vec<Spanned<ServerAst>>>>,
    findings: &mut Findings<'_>,
) -> Vec<Server> {
    let list = optional(field).map_or(&[][..], Vec::as_slice);
    let mut servers = Vec::with_capacity(list.len());
    for entry in list {
        let Some(ast) = entry.value.as_ref() else {
            continue;
        };
        let url = findings.required(&ast.url, entry.key, "url").cloned();
        let Some(url) = url else { continue };
        // A path is joined to the address of the document.
        let whole = match url.strip_prefix('/') {
            Some(path) => format!("https://localhost/{path}"),
            None => url.clone(),
        };
        check_url(&url, &whole, ast.url.span, findings);
        servers.push(Server {
            url,
            description: optional(ast.description.as_ref()).cloned(),
        });
    }
    if servers.is_empty() {
        servers.push(Server {
            url: "/".to_owned(),
            description: None,
        });
    }
    servers
}

/// A web address, checked.
fn address(field: Option<&Spanned<String>>, findings: &mut Findings<'_>) -> Option<String> {
    let field = field?;
    let url = field.value.as_ref()?;
    check_url(url, url, field.span, findings).then(|| url.clone())
}

fn split_docs_url(url: &str) -> (String, String) {
    match url.split_once(SLUG) {
        Some((before, after)) => (before.to_owned(), after.to_owned()),
        None => (format!("{}/", url.trim_end_matches('/')), String::new()),
    }
}

/// Reports a version that is none.
pub(crate) fn check_version(version: &str, span: Span, findings: &mut Findings<'_>) -> bool {
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
pub(crate) fn check_url(url: &str, address: &str, span: Span, findings: &mut Findings<'_>) -> bool {
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
pub(crate) fn prose(ast: Option<&Keyed<SectionAst>>, findings: &mut Findings<'_>) -> Prose {
    let Some(ast) = ast else {
        return Prose::default();
    };
    Prose {
        notes: texts(ast.notes.as_ref()),
        see: links(ast.see.as_ref(), findings),
    }
}

/// The texts of a list.
pub(crate) fn texts(field: Option<&Spanned<Vec<Spanned<String>>>>) -> Vec<String> {
    let list = optional(field).map_or(&[][..], Vec::as_slice);
    list.iter().filter_map(|text| text.value.clone()).collect()
}

/// The links of a list, checked.
pub(crate) fn links(
    field: Option<&Spanned<Vec<Spanned<LinkAst>>>>,
    findings: &mut Findings<'_>,
) -> Vec<Link> {
    let list = optional(field).map_or(&[][..], Vec::as_slice);
    for link in list {
        let Some(ast) = link.value.as_ref() else {
            continue;
        };
        findings.required(&ast.text, link.key, "text");
        if let Some(url) = findings.required(&ast.url, link.key, "url") {
            check_url(url, url, ast.url.span, findings);
        }
    }
    taken_links(list)
}

/// The links of a list that was checked before.
pub(crate) fn taken_links(list: &[Spanned<LinkAst>]) -> Vec<Link> {
    list.iter()
        .filter_map(|link| {
            let ast = link.value.as_ref()?;
            Some(Link {
                text: ast.text.value.clone()?,
                url: ast.url.value.clone()?,
            })
        })
        .collect()
}

//! The `api` section, links and notes.

use super::crate_name::is_crate;
use super::names::{check, is_registry};
use super::{Findings, optional};
use crate::ast::{
    ApiAst, ContactAst, Keyed, LicenseAst, LinkAst, OpenApiAst, PublishAst, SectionAst, ServerAst,
    Spanned, VersionText,
};
use crate::catalog::{Api, Contact, License, Link, Prose, Publish, Server};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;

/// The default version of an API.
const FIRST_VERSION: &str = "0.1.0";
/// The placeholder for a code's slug in a documentation URL.
const SLUG: &str = "{slug}";

/// Resolves the `api` section, whose key is at `entry`.
pub(crate) fn resolve(ast: &ApiAst, entry: Span, findings: &mut Findings<'_>) -> Option<Api> {
    let title = findings.required(&ast.title, entry, "title").cloned();
    let docs_url = findings
        .required(&ast.docs_url, entry, "docs_url")
        .cloned()
        .filter(|url| {
            let address = url.replacen(SLUG, "", 1);
            if !url.contains(SLUG) && url.contains(['?', '#']) {
                let message = "a page name cannot be appended to a URL with `?` or `#`";
                let help = format!("mark the place of the page name, such as `{url}{SLUG}`");
                let span = ast.docs_url.span;
                findings.push(Diagnostic::new(Rule::BadUrl, span, message).help(help));
                return false;
            }
            check_url(url, &address, ast.docs_url.span, findings)
        });
    let crate_name = findings.required(&ast.crate_name, entry, "crate").cloned();
    let crate_ok = check(
        Some(&ast.crate_name),
        is_crate,
        "the name of a crate",
        "start with a lower-case letter, use letters, digits, `-` and `_`, and avoid keywords and the names of standard crates",
        findings,
    );
    let version = match ast.version.as_ref() {
        None => Some(FIRST_VERSION.to_owned()),
        stated => version(stated, findings),
    };
    let license = license(ast.license.as_ref(), findings);
    let repository = address(ast.repository.as_ref(), findings);
    let documentation = address(ast.documentation.as_ref(), findings);
    let publish = publish(ast.publish.as_ref(), findings);
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
        repository,
        documentation,
        publish: publish?,
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

/// Where the crate can be published; missing if the name of a registry was reported.
fn publish(field: Option<&Spanned<PublishAst>>, findings: &mut Findings<'_>) -> Option<Publish> {
    let Some(field) = field else {
        return Some(Publish::Anywhere(false));
    };
    let names = match field.value.as_ref()? {
        PublishAst::Anywhere(anywhere) => return Some(Publish::Anywhere(*anywhere)),
        PublishAst::Registries(names) if names.is_empty() => return Some(Publish::Anywhere(false)),
        PublishAst::Registries(names) => names,
    };
    let names = names.iter().map(|name| {
        let help =
            "use the name of the registry in cargo's configuration: letters, digits, `-` and `_`";
        let is_ok = check(
            Some(name),
            is_registry,
            "the name of a registry",
            help,
            findings,
        );
        name.value.clone().filter(|_| is_ok)
    });
    // All names are checked before the first that is missing counts.
    let names: Vec<Option<String>> = names.collect();
    let names: Option<Vec<String>> = names.into_iter().collect();
    names.map(Publish::Registries)
}

fn contact(field: Option<&Spanned<ContactAst>>, findings: &mut Findings<'_>) -> Option<Contact> {
    let field = field?;
    let ast = field.value.as_ref()?;
    if ast.name.is_none() && ast.url.is_none() && ast.email.is_none() {
        findings.push(
            Diagnostic::new(Rule::MissingField, field.key, "the contact is empty")
                .help("add `name:`, `url:` or `email:`"),
        );
    }
    let email = ast.email.as_ref();
    let text = optional(email);
    if let Some((field, text)) = email.zip(text).filter(|(_, text)| !is_email(text)) {
        let message = format!("invalid email address {}", quoted(text));
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

/// Whether a string looks like an email address.
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

/// The servers; by default the server of the document.
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
        // A path is relative to the URL of the document.
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

/// A URL, checked.
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

/// A semantic version, checked.
pub(crate) fn version(
    field: Option<&Spanned<VersionText>>,
    findings: &mut Findings<'_>,
) -> Option<String> {
    let field = field?;
    let VersionText(version) = field.value.as_ref()?;
    let sound = |version: &str| semver::Version::parse(version).is_ok();
    if sound(version) {
        return Some(version.clone());
    }
    let message = format!("invalid version {}", quoted(version));
    let diagnostic = Diagnostic::new(Rule::BadVersion, field.span, message);
    let completed = [format!("{version}.0"), format!("{version}.0.0")];
    findings.push(match completed.into_iter().find(|version| sound(version)) {
        Some(completed) => diagnostic
            .help(format!("write three numbers: `{completed}`"))
            .suggest(field.span, completed),
        None => diagnostic.help("write three numbers, such as 1.4.0"),
    });
    None
}

/// Checks a URL. `url` is the string in the file.
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
        let message = format!("invalid URL {}", quoted(url));
        let help = if address.contains('{') {
            "`{slug}` marks the place of a page name; write it once, and only in `docs_url`"
        } else if host.is_some_and(|host| !is_authority(authority(host))) {
            "write a host and optionally a port: user names and passwords are not allowed"
        } else if host.is_some() {
            "write spaces, quotes, brackets, percent signs and letters beyond ASCII as %XX"
        } else {
            "start it with https:// or http://"
        };
        findings.push(Diagnostic::new(Rule::BadUrl, span, message).help(help));
    }
    valid
}

/// The part of a URL before its path.
fn authority(address: &str) -> &str {
    address.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Whether this is a host, with or without a port: credentials are not allowed.
fn is_authority(authority: &str) -> bool {
    let port = match authority.rsplit_once(':') {
        Some((_, port)) if !port.ends_with(']') => port.parse::<u16>().is_ok(),
        _ => true,
    };
    port && !authority.contains('@')
}

/// Resolves the notes and links of a section.
pub(crate) fn prose(ast: Option<&Keyed<SectionAst>>, findings: &mut Findings<'_>) -> Prose {
    let Some(ast) = ast else {
        return Prose::default();
    };
    Prose {
        notes: texts(ast.notes.as_ref()),
        see: links(ast.see.as_ref(), findings),
    }
}

/// The strings of a list.
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
    let links = list.iter().filter_map(|link| {
        let ast = link.value.as_ref()?;
        let text = findings.required(&ast.text, link.key, "text");
        let url = findings.required(&ast.url, link.key, "url");
        if let Some(url) = url {
            check_url(url, url, ast.url.span, findings);
        }
        Some(Link {
            text: text?.clone(),
            url: url?.clone(),
        })
    });
    links.collect()
}

//! `proxies`: the proxies in front of the server.

use super::{Findings, optional};
use crate::ast::{ProxyAst, Spanned};
use crate::catalog::{Condition, Envelope, Proxy};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;

/// The proxies, each once, in the order of the file.
pub(super) fn resolve(
    field: Option<&Spanned<Vec<Spanned<ProxyAst>>>>,
    envelope: Option<&Envelope>,
    findings: &mut Findings<'_>,
) -> Option<Vec<Proxy>> {
    let Some(field) = field else {
        return Some(Vec::new());
    };
    let mut proxies: Vec<Option<(Proxy, Span)>> = Vec::new();
    for entry in optional(Some(field))? {
        let Some(proxy) = entry.value.map(of_ast) else {
            proxies.push(None);
            continue;
        };
        let mut earlier = proxies.iter().flatten();
        if let Some((_, first)) = earlier.find(|(known, _)| *known == proxy) {
            let message = format!("the proxy {} is listed twice", quoted(proxy.as_str()));
            findings.push(
                Diagnostic::new(Rule::DuplicateKey, entry.span, message)
                    .related(*first, "first here")
                    .help("remove one of the two"),
            );
            proxies.push(None);
        } else {
            proxies.push(Some((proxy, entry.span)));
        }
    }
    let is_writable = match envelope
        .and_then(unwritable)
        .filter(|_| !proxies.is_empty())
    {
        Some(name) => {
            let message = format!(
                "{} cannot be written in the configuration of a proxy",
                quoted(name)
            );
            let help =
                "use letters, digits, `-`, `_`, `.` and `+` in media types, or remove `proxies`";
            findings.push(Diagnostic::new(Rule::ImpossibleName, field.key, message).help(help));
            false
        }
        None => true,
    };
    let proxies = proxies.into_iter();
    let proxies = proxies.map(|proxy| proxy.map(|(proxy, _)| proxy));
    proxies.collect::<Option<_>>().filter(|_| is_writable)
}

const fn of_ast(ast: ProxyAst) -> Proxy {
    match ast {
        ProxyAst::Nginx => Proxy::Nginx,
        ProxyAst::Haproxy => Proxy::Haproxy,
        ProxyAst::Apache => Proxy::Apache,
        ProxyAst::Caddy => Proxy::Caddy,
        ProxyAst::Varnish => Proxy::Varnish,
    }
}

/// A media type that the language of a proxy could read as something else. The names of headers have no such characters.
fn unwritable(envelope: &Envelope) -> Option<&str> {
    let shapes = envelope.shapes.iter().map(|shape| &*shape.content_type);
    let choices = envelope.choices.iter();
    let accepted = choices.filter_map(|choice| match &choice.condition {
        Condition::Accept(name) => Some(&**name),
        Condition::Path(_) | Condition::Header(_) => None,
    });
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.+/".contains(&b);
    shapes
        .chain(accepted)
        .find(|name| !name.bytes().all(is_plain))
}

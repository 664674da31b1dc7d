//! The paths of the files of an output.

use minijinja::Value;

use super::filters::{CASES, case};
use crate::artifact::own;
use crate::ast::PerAst;
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;
use crate::suggest::closest;

/// A path, with the name of an entry if there is a file for each.
pub(super) struct Target(Vec<Piece>);

enum Piece {
    Text(String),
    /// A member of the entry, and how it is changed.
    Name(&'static str, Option<fn(&str) -> String>),
}

/// The placeholders of a path, each with the member of the entry that it stands for.
const fn placeholders(per: PerAst) -> &'static [(&'static str, &'static str)] {
    match per {
        PerAst::Code => &[("code", "name"), ("slug", "slug")],
        PerAst::Type => &[("type", "name")],
        PerAst::Operation => &[("operation", "id")],
    }
}

impl Target {
    /// Reads a path.
    pub(super) fn read(
        text: &str,
        per: Option<PerAst>,
        span: Span,
    ) -> Result<Self, Box<Diagnostic>> {
        let report = |message: String, help: String| {
            Box::new(Diagnostic::new(Rule::BadOutput, span, message).help(help))
        };
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((placeholder, after)) = after.split_once('}') else {
                let message = format!("{} has a brace without its pair", quoted(text));
                return Err(report(message, "close it with `}`".to_owned()));
            };
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(name(placeholder, per).map_err(|(message, help)| report(message, help))?);
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        let is_one = pieces.len() == 1;
        if let Some(per) = per.filter(|_| is_one) {
            let (name, _) = placeholders(per)[0];
            let message = format!("{} is the path of one file", quoted(text));
            let help = format!("write `{{{name}}}` into the path, or remove `per:`");
            return Err(report(message, help));
        }
        let target = Self(pieces);
        // A name is checked when it is known.
        match own::fault(&target.path(|_| Some("x".to_owned())).unwrap_or_default()) {
            Some(fault) => {
                let (problem, help) = fault.texts();
                Err(report(
                    format!("{} {problem}", quoted(text)),
                    help.to_owned(),
                ))
            }
            None => Ok(target),
        }
    }

    /// The path of the file of an entry.
    pub(super) fn of(&self, entry: &Value) -> String {
        let member = |name: &str| entry.get_attr(name).ok()?.as_str().map(str::to_owned);
        self.path(member).unwrap_or_default()
    }

    fn path(&self, member: impl Fn(&str) -> Option<String>) -> Option<String> {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => Some(text.clone()),
            Piece::Name(name, None) => member(name),
            Piece::Name(name, Some(case)) => Some(case(&member(name)?)),
        });
        pieces.collect()
    }
}

/// The placeholder between two braces, or a message and its help.
fn name(text: &str, per: Option<PerAst>) -> Result<Piece, (String, String)> {
    let Some(per) = per else {
        let message = format!("a path without `per` has no placeholder {}", braced(text));
        let help = "add `per: code`, `per: type` or `per: operation` to make a file for each";
        return Err((message, help.to_owned()));
    };
    let (name, filter) = match text.split_once('|') {
        Some((name, filter)) => (name.trim(), Some(filter.trim())),
        None => (text.trim(), None),
    };
    let known = placeholders(per);
    let Some((_, member)) = known.iter().find(|(known, _)| *known == name) else {
        let names = known.iter().map(|(name, _)| format!("`{{{name}}}`"));
        let names: Vec<String> = names.collect();
        let message = format!("unknown placeholder {}", braced(text));
        return Err((message, format!("write {}", names.join(" or "))));
    };
    let filter = match filter {
        None => None,
        Some(filter) => Some(case(filter).ok_or_else(|| {
            let names = CASES.iter().map(|(name, _)| *name);
            let help = match closest(filter, names.clone()) {
                Some(meant) => format!("did you mean {}?", quoted(meant)),
                None => format!("write one of: {}", names.collect::<Vec<_>>().join(", ")),
            };
            (format!("unknown filter {} in a path", quoted(filter)), help)
        })?),
    };
    Ok(Piece::Name(member, filter))
}

fn braced(text: &str) -> String {
    quoted(&format!("{{{text}}}"))
}

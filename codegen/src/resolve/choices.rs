//! `envelope.choose`: which requests get which style.

use super::first_fit::{Entry, FirstFit};
use super::headers::is_token;
use super::shapes::{Shapes, is_media_type};
use super::{Findings, optional};
use crate::ast::{ChoiceAst, EnvelopeAst, Mapping, Spanned, StyleName};
use crate::catalog::{Choice, Condition};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_STYLE_CHOICES;
use crate::rule::Rule;
use crate::span::Span;
use crate::suggest::closest;

const CHOICES: FirstFit = FirstFit {
    most: MAX_STYLE_CHOICES,
    entries: "choices",
    fewer: "let one choice fit more requests, such as those with a common path",
    unreachable: Rule::UnreachableChoice,
    said: [
        "no request reaches this choice",
        "this choice fits all of its requests",
        "move it before that choice, or remove it",
    ],
};

impl Entry for Choice {
    /// There are few choices, so each is compared with all before it.
    type Key = ();

    fn key(&self) -> Self::Key {}

    fn keys_of_covering(&self) -> Vec<Self::Key> {
        vec![()]
    }

    fn covers(&self, later: &Self) -> bool {
        self.condition.covers(&later.condition)
    }
}

/// The choices, in the order in which they apply.
pub(super) fn resolve(
    field: Option<&Mapping<EnvelopeAst>>,
    shapes: &Shapes,
    findings: &mut Findings<'_>,
) -> Option<Vec<Choice>> {
    CHOICES.resolve(
        optional(field).and_then(|ast| ast.choose.as_ref()),
        |entry, findings| resolve_entry(entry, shapes, findings),
        findings,
    )
}

fn resolve_entry(
    entry: &Mapping<ChoiceAst>,
    shapes: &Shapes,
    findings: &mut Findings<'_>,
) -> Option<Choice> {
    let ast = entry.value.as_ref()?;
    let condition = condition(ast, entry.span, findings);
    findings.required(&ast.style, entry.span, "style")?;
    let style = style(&ast.style, shapes, findings);
    Some(Choice {
        condition: condition?,
        style: style?.to_owned(),
    })
}

/// One of the styles of the API.
fn style<'a>(
    field: &Spanned<StyleName>,
    shapes: &'a Shapes,
    findings: &mut Findings<'_>,
) -> Option<&'a str> {
    let StyleName(name) = field.value.as_ref()?;
    // A fault of the styles was reported.
    let styles = shapes.style_names()?;
    let found = styles.iter().find(|style| *style == name);
    if found.is_none() {
        let message = format!("{} is not a style of this API", quoted(name));
        let finding = Diagnostic::new(Rule::UnknownValue, field.span, message);
        let meant = closest(name, styles.iter().map(String::as_str));
        let otherwise = format!("add it to `style`, or name one of: {}", styles.join(", "));
        findings.push(finding.did_you_mean(field.span, meant, otherwise));
    }
    found.map(String::as_str)
}

/// The only condition of a choice.
fn condition(ast: &ChoiceAst, entry: Span, findings: &mut Findings<'_>) -> Option<Condition> {
    let stated = [ast.path.as_ref(), ast.header.as_ref(), ast.accept.as_ref()];
    let mut stated = stated.into_iter().flatten();
    let finding = match (stated.next(), stated.next()) {
        (None, _) => Diagnostic::new(Rule::MissingField, entry, "the choice has no condition")
            .help("add `path:`, `header:` or `accept:`: what a request must have"),
        (Some(first), Some(second)) => {
            Diagnostic::new(Rule::WrongKind, second.key, "a choice has one condition")
                .related(first.key, "the other condition")
                .help("write a choice for each condition")
        }
        (Some(_), None) => return only_condition(ast, findings),
    };
    findings.push(finding);
    None
}

fn only_condition(ast: &ChoiceAst, findings: &mut Findings<'_>) -> Option<Condition> {
    if let Some(field) = &ast.path {
        return path(field, findings);
    }
    if let Some(field) = &ast.header {
        let name = field.value.as_ref()?;
        let is_lower = !name.bytes().any(|b| b.is_ascii_uppercase());
        let is_sound = is_token(name) && is_lower && name != "accept";
        if !is_sound {
            let message = format!("{} cannot be the header of a choice", quoted(name));
            let help = "write a header of requests in lower case, such as `x-goog-api-key`; for `Accept`, write `accept:`";
            findings.push(Diagnostic::new(Rule::ImpossibleName, field.span, message).help(help));
        }
        return is_sound.then(|| Condition::Header(name.clone()));
    }
    let field = ast.accept.as_ref()?;
    let name = field.value.as_ref()?;
    let is_sound = is_media_type(name);
    if !is_sound {
        let message = format!("{} is not a media type", quoted(name));
        let help =
            "write it in lower case and without parameters, such as `application/problem+json`";
        findings.push(Diagnostic::new(Rule::BadShape, field.span, message).help(help));
    }
    is_sound.then(|| Condition::Accept(name.clone()))
}

/// The beginning of a path.
fn path(field: &Spanned<String>, findings: &mut Findings<'_>) -> Option<Condition> {
    let text = field.value.as_ref()?;
    let condition = Condition::path(text);
    if condition.is_none() {
        let message = format!("invalid beginning of a path {}", quoted(text));
        let help =
            "start it with a slash, write segments that vary as `{name}`, and no slash at the end";
        findings.push(Diagnostic::new(Rule::BadUrl, field.span, message).help(help));
    }
    condition
}

//! Arguments: their names, kinds and examples.

use core::time::Duration;

use super::keys::key_fault;
use super::names::{is_field, is_placeholder, taken};
use super::{Findings, Reported, extensions, optional};
use crate::ast::{ArgumentAst, ArgumentKindAst, Spanned};
use crate::catalog::{Argument, ArgumentExample, Fault, derive_field};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The default text for a missing value.
const NO_VALUE: &str = "none";
/// The default timestamp of examples.
const MOMENT: &str = "2026-01-02T03:04:05Z";

/// Resolves the arguments of a code; missing where one was reported.
pub(crate) fn resolve(
    asts: &[(String, Spanned<ArgumentAst>)],
    findings: &mut Findings<'_>,
) -> Option<Vec<Argument>> {
    let mut fields = UnordMap::default();
    let resolved: Vec<_> = asts
        .iter()
        .map(|(name, ast)| {
            let field = field(name, ast, &mut fields, findings);
            let own = ast.value.as_ref()?;
            let kind = findings.required(&own.kind, ast.key, "kind").copied()?;
            let example = match own.example.as_ref() {
                Some(example) => stated_example(kind, example, findings)?,
                None => default_example(kind, name),
            };
            let sensitive = own.sensitive.as_ref();
            let undecided = sensitive.is_some_and(|field| field.value.is_none());
            let absent = absent(own, findings).ok()?;
            let field = field?;
            (!undecided).then(|| Argument {
                name: name.clone(),
                field,
                meaning: optional(own.meaning.as_ref()).cloned().unwrap_or_default(),
                example,
                sensitive: is_sensitive(ast),
                absent,
                extensions: extensions::resolve(own.extensions.as_ref(), findings),
            })
        })
        .collect();
    resolved.into_iter().collect()
}

/// The name of the Rust field of an argument; missing if it was reported.
fn field(
    name: &str,
    ast: &Spanned<ArgumentAst>,
    fields: &mut UnordMap<String, Span>,
    findings: &mut Findings<'_>,
) -> Option<String> {
    if !is_placeholder(name) {
        let message = format!("{} cannot be the name of an argument", quoted(name));
        findings.push(
            Diagnostic::new(Rule::ImpossibleName, ast.key, message)
                .help("use letters, digits and `_`"),
        );
        return None;
    }
    if let Some(fault) = key_fault(name, ast.key) {
        findings.push(fault);
        return None;
    }
    let rust = ast.value.as_ref().and_then(|own| own.rust.as_ref());
    let (field, at) = match rust {
        Some(rust) => (rust.value.clone()?, rust.span),
        None => (derive_field(name), ast.key),
    };
    if !is_field(&field) {
        let message = format!("{} cannot be the name of a Rust field", quoted(&field));
        findings.push(
            Diagnostic::new(Rule::ImpossibleName, at, message).help(match rust {
                Some(_) => {
                    "use lower-case letters, digits and single `_`, and no keyword".to_owned()
                }
                None => format!("give it a name, such as `rust: {}`", propose_field(&field)),
            }),
        );
        return None;
    }
    if let Some(first) = fields.get(&field) {
        let message = format!("two arguments have the Rust name {}", quoted(&field));
        findings.push(taken(message, at, *first).help(format!(
            "give one of them a name of its own, such as `rust: {field}_2`"
        )));
        return None;
    }
    fields.insert(field.clone(), at);
    Some(field)
}

/// A valid field name close to an invalid one.
pub(crate) fn propose_field(name: &str) -> String {
    let word: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("the_{}", word.to_ascii_lowercase())
}

/// The text for a missing value, if the value can be missing.
fn absent(own: &ArgumentAst, findings: &mut Findings<'_>) -> Result<Option<String>, Reported> {
    let nullable = match own.nullable.as_ref() {
        Some(field) => field.value.ok_or(Reported)?,
        None => false,
    };
    match own.absent.as_ref() {
        None => Ok(nullable.then(|| NO_VALUE.to_owned())),
        Some(field) if nullable => field.value.clone().map(Some).ok_or(Reported),
        Some(field) => {
            findings.push(
                Diagnostic::new(Rule::MissingField, field.key, "missing field `nullable`")
                    .help("add `nullable: true`, or remove `absent:`"),
            );
            Err(Reported)
        }
    }
}

/// Whether an argument is sensitive. If the value was reported, it may have been meant as `true`.
pub(crate) fn is_sensitive(ast: &Spanned<ArgumentAst>) -> bool {
    let own = ast.value.as_ref();
    let sensitive = own.and_then(|own| own.sensitive.as_ref());
    sensitive.is_some_and(|sensitive| sensitive.value.unwrap_or(true))
}

fn default_example(kind: ArgumentKindAst, name: &str) -> ArgumentExample {
    match kind {
        ArgumentKindAst::String => ArgumentExample::String(name.to_owned()),
        ArgumentKindAst::Bool => ArgumentExample::Bool(true),
        ArgumentKindAst::I64 => ArgumentExample::I64(1),
        ArgumentKindAst::U64 => ArgumentExample::U64(1),
        ArgumentKindAst::F64 => ArgumentExample::F64(1.5),
        ArgumentKindAst::Duration => ArgumentExample::Duration(Duration::from_secs(30)),
        ArgumentKindAst::Timestamp => ArgumentExample::Timestamp(MOMENT.to_owned()),
        ArgumentKindAst::Strings => {
            ArgumentExample::Strings(vec![name.to_owned(), format!("{name}_2")])
        }
        ArgumentKindAst::Errors => ArgumentExample::Errors(vec![Fault {
            param: "field".to_owned(),
            message: "The value is not valid".to_owned(),
        }]),
    }
}

fn stated_example(
    kind: ArgumentKindAst,
    field: &Spanned<String>,
    findings: &mut Findings<'_>,
) -> Option<ArgumentExample> {
    let text = field.value.as_ref()?;
    let read = read_example(kind, text);
    if read.is_none() {
        let help = match kind {
            ArgumentKindAst::Duration => "write a duration, such as `1.5s` or `2h 30m`",
            ArgumentKindAst::Timestamp => {
                "write an RFC 3339 timestamp, such as `2026-01-02T03:04:05Z`"
            }
            ArgumentKindAst::Errors => {
                "write request fields and what is wrong with them, such as `name: Too long, age: Too low`"
            }
            _ => "write a value of the kind, in quotes",
        };
        let text = quoted(text);
        let message = format!("{text} is not a valid value for this kind of argument");
        findings.push(Diagnostic::new(Rule::WrongKind, field.span, message).help(help));
    }
    read
}

fn read_example(kind: ArgumentKindAst, text: &str) -> Option<ArgumentExample> {
    Some(match kind {
        ArgumentKindAst::String => ArgumentExample::String(text.to_owned()),
        ArgumentKindAst::Bool => ArgumentExample::Bool(text.parse().ok()?),
        ArgumentKindAst::I64 => ArgumentExample::I64(text.parse().ok()?),
        ArgumentKindAst::U64 => ArgumentExample::U64(text.parse().ok()?),
        ArgumentKindAst::F64 => ArgumentExample::F64(text.parse().ok()?),
        ArgumentKindAst::Duration => {
            let duration: jiff::SignedDuration = text.parse().ok()?;
            ArgumentExample::Duration(Duration::try_from(duration).ok()?)
        }
        ArgumentKindAst::Timestamp => {
            let moment: jiff::Timestamp = text.parse().ok()?;
            ArgumentExample::Timestamp(moment.to_string())
        }
        ArgumentKindAst::Strings => {
            let texts = text.split(',').map(|text| text.trim().to_owned());
            ArgumentExample::Strings(texts.filter(|text| !text.is_empty()).collect())
        }
        ArgumentKindAst::Errors => {
            let faults = text.split(',').map(|fault| {
                let (param, message) = fault.split_once(':')?;
                let (param, message) = (param.trim().to_owned(), message.trim().to_owned());
                let is_whole = !param.is_empty() && !message.is_empty();
                is_whole.then_some(Fault { param, message })
            });
            ArgumentExample::Errors(faults.collect::<Option<_>>()?)
        }
    })
}

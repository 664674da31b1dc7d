//! Custom rules that require keys of codes.

use crate::ast::Spanned;
use crate::ast::language::Language;
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_REQUIRED;
use crate::resolve::{Effective, is_taken_over};
use crate::rule::Rule;
use crate::suggest::closest;

/// Keys that a rule cannot require: `type` is always required, `like` and `row` are about another code, and no output
/// shows `internal`.
const NOT_ASKED_FOR: [&str; 4] = ["type", "like", "row", "internal"];

/// A required key.
pub(super) struct Required<'a> {
    pub(super) name: &'a str,
}

/// The keys of a list; reports unknown keys.
pub(super) fn read<'a>(
    field: &'a Spanned<Vec<Spanned<String>>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Required<'a>> {
    let language = Language::new();
    let mut known: Vec<&str> = language.code().keys().collect();
    known.retain(|key| !NOT_ASKED_FOR.contains(key));
    known.sort_unstable();
    let list = field.value.as_deref().unwrap_or_default();
    let mut keys: Vec<Required<'a>> = Vec::new();
    for entry in list {
        let Some(name) = entry.value.as_deref() else {
            continue;
        };
        if !known.contains(&name) && !name.starts_with("x-") {
            let diagnostic = Diagnostic::new(
                Rule::UnknownKey,
                entry.span,
                format!("unknown key {} in `required`", quoted(name)),
            );
            diagnostics.push(diagnostic.did_you_mean(
                entry.span,
                closest(name, known.iter().copied()),
                format!(
                    "the keys are: {}, and your own, which begin with `x-`",
                    known.join(", ")
                ),
            ));
        } else if keys.iter().any(|known| known.name == name) {
            diagnostics.push(
                Diagnostic::new(
                    Rule::DuplicateKey,
                    entry.span,
                    format!("{} is listed twice", quoted(name)),
                )
                .help("remove one of the two"),
            );
        } else if keys.len() == MAX_REQUIRED {
            diagnostics.push(
                Diagnostic::new(
                    Rule::TooLarge,
                    field.key,
                    format!("a custom rule requires more than {MAX_REQUIRED} keys"),
                )
                .help("require those that matter most"),
            );
            break;
        } else {
            keys.push(Required { name });
        }
    }
    keys
}

impl Required<'_> {
    /// The positions of the codes without the key. A code with `like` is skipped if the other code lacks the key too.
    pub(super) fn missing(&self, codes: &[Effective<'_>]) -> impl Iterator<Item = usize> {
        let taken_over = is_taken_over(self.name);
        codes
            .iter()
            .enumerate()
            .filter_map(move |(position, code)| {
                let base = code.base.filter(|_| taken_over);
                let reported = base.is_some_and(|base| !codes[base].has(self.name));
                (code.complete && !reported && !code.has(self.name)).then_some(position)
            })
    }
}

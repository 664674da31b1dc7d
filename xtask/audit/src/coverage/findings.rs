//! The findings of the rules about source code.

use std::collections::BTreeMap;
use std::path::PathBuf;

use codegen::audit::Audit;
use codegen::span::{SourceId, Span};
use codegen::{Diagnostic, Inputs, Rule, Source};
use fs_err as fs;

use super::found::{Found, Stray, StrayName, shown};
use super::mention::Mentions;
use super::names::Known;

/// The findings, in the order of the catalog, and then of the sources, which are added to the inputs.
pub(crate) fn all(
    known: &Known<'_>,
    found: &Found,
    audit: &mut Audit,
    inputs: &mut Inputs,
) -> anyhow::Result<Vec<Diagnostic>> {
    let mut findings = Vec::new();
    for (code, mentions) in found.codes.iter().enumerate() {
        let name = known.name(code);
        let place = audit.place(name).unwrap_or_default();
        let own = [
            unemitted(name, mentions, place),
            untested(name, mentions, place),
        ];
        let own = own.into_iter().flatten();
        findings.extend(own.filter_map(|finding| audit.judge(Some(name), finding)));
    }
    let mut sources = BTreeMap::new();
    for stray in &found.strays {
        let (meant, finding) = not_a_code(known, stray);
        let meant = meant.map(|code| known.name(code));
        if let Some(mut finding) = audit.judge(meant, finding) {
            finding.primary.span = place(stray, &mut sources, inputs)?;
            findings.push(finding);
        }
    }
    findings.extend(audit.unneeded());
    findings.sort_by_key(|finding| finding.primary.span);
    findings.dedup();
    Ok(findings)
}

fn unemitted(name: &str, mentions: &Mentions, place: Span) -> Option<Diagnostic> {
    if mentions.is_emitted() {
        return None;
    }
    let finding = Diagnostic::new(
        Rule::UnemittedCode,
        place,
        format!("nothing emits `{name}`"),
    );
    Some(finding.help("send it, deprecate it, or allow the rule with the reason"))
}

fn untested(name: &str, mentions: &Mentions, place: Span) -> Option<Diagnostic> {
    if mentions.is_tested() {
        return None;
    }
    let finding = Diagnostic::new(Rule::UntestedCode, place, format!("no test names `{name}`"));
    Some(finding.help(match mentions.emitted.first() {
        Some(emitted) => format!(
            "write a test that provokes it: {}:{} emits it",
            emitted.file, emitted.line
        ),
        None => "write a test that provokes it".to_owned(),
    }))
}

/// The finding for a name, and the code that was meant.
fn not_a_code(known: &Known<'_>, stray: &Stray) -> (Option<usize>, Diagnostic) {
    let (name, meant) = match &stray.name {
        StrayName::Rust(name) => {
            let meant = known.meant_by_variant(name);
            (
                name,
                meant.map(|code| (code, &*known.catalog.codes[code].names.variant)),
            )
        }
        StrayName::Wire(name) => (name, known.meant_by_wire(name)),
    };
    let finding = Diagnostic::new(
        Rule::NotACode,
        Span::default(),
        format!("unknown code `{name}`"),
    );
    let retired = known.retired(name);
    let help = match (retired, meant) {
        (Some(retired), _) => match retired.successor {
            Some(code) => {
                let successor = &known.catalog[code].names.wire;
                format!("the code is retired: use `{successor}`")
            }
            None => "the code is retired: remove it here".to_owned(),
        },
        (None, Some((_, meant))) => format!("did you mean `{meant}`?"),
        (None, None) => "correct the name, or add the code to the catalog".to_owned(),
    };
    (meant.map(|(code, _)| code), finding.help(help))
}

/// The place of a name, whose file becomes a source of the findings.
fn place<'a>(
    stray: &'a Stray,
    sources: &mut BTreeMap<&'a PathBuf, SourceId>,
    inputs: &mut Inputs,
) -> anyhow::Result<Span> {
    let id = match sources.get(&stray.path) {
        Some(id) => *id,
        None => {
            let source = Source::new(shown(&stray.shown), fs::read(&stray.path)?);
            let id = inputs.audit(source);
            sources.insert(&stray.path, id);
            id
        }
    };
    let [start, end] = [stray.range.start, stray.range.end].map(|at| u32::try_from(at).ok());
    Ok(Span::new(
        id,
        start.unwrap_or_default(),
        end.unwrap_or_default(),
    ))
}

//! The codes of the catalog.

use super::groups::Groups;
use super::inherit::Effective;
use super::message::InBody;
use super::retry::Statuses;
use super::{
    Findings, api, arguments, description, extensions, headers, ids, message, optional, shared_row,
    suffix, types,
};
use crate::ast::{
    ArgumentAst, Entries, Mapping, RetryRuleAst, Spanned, StatusAst, TypeAst, TypeName,
};
use crate::catalog::{
    Argument, Code, CodeId, CodeStatus, ErrorType, Lists, Names, Part, RetryRule, StatusSet,
    Template, TypeId,
};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_INTEGER_CODE;
use crate::rule::Rule;
use crate::unord_map::UnordMap;

/// The parts of the catalog that codes refer to.
pub(crate) struct Context<'a> {
    pub(crate) types: &'a [Option<ErrorType>],
    /// The types as the file declares them, including types that were reported.
    pub(crate) declared: &'a [(String, Mapping<TypeAst>)],
    pub(crate) positions: UnordMap<&'a str, usize>,
    pub(crate) retry_statuses: &'a Statuses,
    pub(crate) docs_url: Option<&'a (String, String)>,
    pub(crate) in_body: InBody,
    /// Whether codes are numbers in the body.
    pub(crate) integers: bool,
    /// The header of the request id.
    pub(crate) request_id: &'a str,
    pub(crate) groups: &'a Groups<'a>,
    /// All codes, in the order of the file.
    pub(crate) effective: &'a [Effective<'a>],
}

/// Resolves all codes, in the order of the file; missing if one was reported.
pub(crate) fn resolve(
    names: Vec<Option<Names>>,
    aliases: Vec<Vec<String>>,
    context: &Context<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Option<Code>> {
    let codes = context.effective;
    codes
        .iter()
        .zip(names.into_iter().zip(aliases))
        .map(|(code, (names, aliases))| {
            shared_row::check(code, codes, findings);
            if let Some(own) = code.own {
                suffix::check(own, findings);
            }
            resolve_code(code, names, aliases, context, findings)
        })
        .collect()
}

fn resolve_code(
    code: &Effective<'_>,
    names: Option<Names>,
    aliases: Vec<String>,
    context: &Context<'_>,
    findings: &mut Findings<'_>,
) -> Option<Code> {
    let error_type = resolve_type(code, context, findings);
    let status = resolve_status(code, error_type, context, findings);
    let own = code.own;
    let header_field = code.field(|own| &own.headers);
    let in_headers = headers::arguments(header_field);
    let text = resolve_message(code, &in_headers, context, findings);
    if context.integers {
        check_number(code, names.as_ref(), findings);
    }
    let group = own.and_then(|own| own.group.as_ref());
    context.groups.check(group, findings);
    let is_own = |key| own.is_some_and(|own| own.states(key));
    let see = report_if_own(is_own("see"), findings, |findings| {
        api::links(code.field(|own| &own.see), findings)
    });
    let description = report_if_own(is_own("description"), findings, |findings| {
        description::resolve(code.field(|own| &own.description), findings)
    });
    let args = match code.args() {
        Some(args) => args.value.as_ref().map(|args| &args.0[..]),
        None => Some(&[][..]),
    };
    let headers = report_if_own(is_own("headers"), findings, |findings| {
        headers::resolve(header_field, args, context.request_id, findings)
    });
    if !is_own("headers") && (is_own("message") || is_own("args")) {
        headers::check_inherited(code.key, header_field, args, findings);
    }
    let stated = own.is_some_and(|own| own.extensions.is_some());
    let extensions = report_if_own(stated, findings, |findings| {
        extensions::resolve(code.field(|own| &own.extensions), findings)
    });
    let ids = report_if_own(is_own("ids"), findings, |findings| {
        ids::resolve(code.field(|own| &own.ids), findings)
    });
    let (message, arguments, plain) = text?;
    let description = description.ok()?;
    let headers = headers?;
    let ids = ids?;
    let error_type = error_type?;
    let status = status?;
    let names = names?;
    let (before, after) = context.docs_url?;
    let example_message = message.fill(|position| arguments[position].shown());
    code.complete.then(|| Code {
        error_type: TypeId(error_type),
        status,
        plain_message: plain,
        example_message,
        message,
        arguments,
        param: text_of(code.field(|own| &own.param)),
        meaning: text_of(code.field(|own| &own.meaning)).unwrap_or_default(),
        type_row: own.and_then(|own| text_of(own.type_row.as_ref())),
        fix: text_of(code.field(|own| &own.fix)).unwrap_or_default(),
        description,
        lists: Lists {
            causes: api::texts(code.field(|own| &own.causes)),
            fixes: api::texts(code.field(|own| &own.fixes)),
        },
        audience: code.audience(),
        headers,
        ids,
        group: context.groups.of(code.field(|own| &own.group)),
        retry: retry_rule(code, status, context),
        since: own.and_then(|own| text_of(own.since.as_ref())),
        deprecated: None,
        history: Vec::new(),
        aliases,
        see,
        doc_url: format!("{before}{}{after}", names.slug),
        parent: code.parent().map(CodeId),
        children: Vec::new(),
        operations: Vec::new(),
        extensions,
        names,
    })
}

/// Reports a name that is not an integer, if codes are integers.
fn check_number(code: &Effective<'_>, names: Option<&Names>, findings: &mut Findings<'_>) {
    let sent = names.map_or(code.wire, Names::sent);
    if !is_integer_code(sent) {
        let message = format!("invalid integer code {}", quoted(sent));
        let help = format!(
            "write a whole number from -{MAX_INTEGER_CODE} to {MAX_INTEGER_CODE}, in quotes, or remove `envelope.code`"
        );
        findings.push(Diagnostic::new(Rule::ImpossibleName, code.key, message).help(help));
    }
}

/// Whether a name is a whole number that every reader of JSON keeps exactly.
pub(super) fn is_integer_code(name: &str) -> bool {
    let number = name.parse::<i64>().ok();
    let canonical = number.filter(|number| number.to_string() == name);
    canonical.is_some_and(|number| (-MAX_INTEGER_CODE..=MAX_INTEGER_CODE).contains(&number))
}

fn text_of(field: Option<&Spanned<String>>) -> Option<String> {
    optional(field).cloned()
}

fn resolve_type(
    code: &Effective<'_>,
    context: &Context<'_>,
    findings: &mut Findings<'_>,
) -> Option<usize> {
    let Some(field) = code.field(|own| &own.error_type) else {
        if code.complete && code.base.is_none() {
            findings.push(
                Diagnostic::new(Rule::MissingField, code.key, "missing field `type`")
                    .help("add `type:` here, or take it over with `like:`"),
            );
        }
        return None;
    };
    let TypeName(wire) = field.value.as_ref()?;
    let found = context.positions.get(wire.as_str()).copied();
    let is_own = code.own.is_some_and(|own| own.error_type.is_some());
    // If there are no types at all, the section itself was reported.
    if found.is_none() && is_own && !context.declared.is_empty() {
        let known = context.declared.iter().map(|(wire, _)| wire.as_str());
        findings.push(types::unknown_type(field.span, wire, known));
    }
    found
}

fn resolve_status(
    code: &Effective<'_>,
    error_type: Option<usize>,
    context: &Context<'_>,
    findings: &mut Findings<'_>,
) -> Option<CodeStatus> {
    let is_own = code.own.is_some_and(|own| own.status.is_some());
    let statuses = error_type
        .and_then(|position| context.types[position].as_ref())
        .map(|entry| (&entry.statuses, entry.names.wire.as_str()));
    let Some(field) = code.status() else {
        let (statuses, _) = statuses?;
        return Some(match statuses {
            StatusSet::None => CodeStatus::None(statuses.default()),
            StatusSet::List(_) | StatusSet::Family(_) => CodeStatus::Own(statuses.default()),
        });
    };
    let ast = field.value.as_ref()?;
    if *ast == StatusAst::None {
        let (statuses, _) = statuses?;
        return Some(CodeStatus::None(statuses.default()));
    }
    let status = if is_own {
        types::resolve_status(ast, field.span, findings)?
    } else {
        types::resolve_inherited(ast)?
    };
    let (statuses, wire) = statuses?;
    if is_own && !statuses.has_class(status.class()) {
        let mut diagnostic = types::outside_class(status, field.span, statuses, wire);
        if let Some(error_type) = code.field(|own| &own.error_type) {
            diagnostic = diagnostic.related(error_type.span, "the type of the code");
        }
        findings.push(diagnostic);
        return None;
    }
    Some(CodeStatus::Own(status))
}

type Text = (Template, Vec<Argument>, String);

/// The message, its arguments, and the message without arguments.
fn resolve_message(
    code: &Effective<'_>,
    in_headers: &UnordMap<&str, ()>,
    context: &Context<'_>,
    findings: &mut Findings<'_>,
) -> Option<Text> {
    let in_body = context.in_body;
    if let Some(own) = code.own.filter(|own| own.message_suffix.is_some()) {
        let extended = code.extended.as_ref()?;
        let inherited = context.effective[code.base?].args();
        let (template, arguments) =
            suffix::resolve(own, extended, inherited, in_headers, in_body, findings)?;
        let meaning = optional(code.field(|own| &own.meaning));
        let plain = plain(&template, &arguments, meaning);
        return Some((template, arguments, plain));
    }
    let own = code.own;
    let states = own.is_some_and(|own| own.message.is_some() || own.args.is_some());
    let meaning = code.field(|own| &own.meaning);
    let is_missing = meaning.is_none();
    let meaning = optional(meaning);
    let Some(field) = code.message() else {
        let args = own.and_then(|own| own.args.as_ref());
        let is_unused = |args: &&Spanned<Entries<ArgumentAst>>| {
            let names = args.value.iter().flat_map(|args| &args.0);
            let mut unused = names.filter(|(name, argument)| {
                in_headers.get(name.as_str()).is_none() && !in_body.contains(argument)
            });
            unused.next().is_some()
        };
        if let Some(args) = args.filter(is_unused) {
            findings.push(
                Diagnostic::new(Rule::MissingField, args.key, "`args` without a `message`")
                    .help("add the `message:` that uses the arguments"),
            );
            return None;
        }
        let Some(meaning) = meaning else {
            if code.complete && code.base.is_none() && is_missing {
                findings.push(types::without_text(code.wire, code.key));
            }
            return None;
        };
        let template = Template {
            parts: vec![Part::Text(meaning.clone())],
        };
        let asts = match code.args() {
            Some(args) => &args.value.as_ref()?.0[..],
            None => &[],
        };
        let arguments = report_if_own(args.is_some(), findings, |findings| {
            arguments::resolve(asts, findings)
        });
        return Some((template, arguments?, meaning.clone()));
    };
    let args = code.args().map(|args| args.value.as_ref());
    if matches!(args, Some(None)) {
        return None;
    }
    let entries = args.flatten();
    let asts = entries.map_or(&[][..], |entries| &entries.0);
    let (template, arguments) = report_if_own(states, findings, |findings| {
        let arguments = arguments::resolve(asts, findings);
        let message = field.value.as_ref()?;
        // Unused arguments are reported where they are stated.
        let in_body = if states { in_body } else { InBody::All };
        let template =
            message::template(message, field.span, entries, in_headers, in_body, findings)?;
        Some((template, arguments?))
    })?;
    let plain = plain(&template, &arguments, meaning);
    Some((template, arguments, plain))
}

/// The message of an error that is made without arguments.
fn plain(template: &Template, arguments: &[Argument], meaning: Option<&String>) -> String {
    match (&template.parts[..], meaning) {
        ([Part::Text(text)], _) => text.clone(),
        (_, Some(meaning)) => meaning.clone(),
        (_, None) => template.fill(|position| arguments[position].name.clone()),
    }
}

/// Reports the errors only if the code states the value itself: errors of an inherited value are reported at its own
/// code.
fn report_if_own<T>(
    own: bool,
    findings: &mut Findings<'_>,
    resolve: impl FnOnce(&mut Findings<'_>) -> T,
) -> T {
    if own {
        return resolve(findings);
    }
    resolve(&mut Findings {
        diagnostics: Vec::new(),
        sources: findings.sources,
    })
}

fn retry_rule(code: &Effective<'_>, status: CodeStatus, context: &Context<'_>) -> RetryRule {
    let listed = context.retry_statuses;
    let is_listed = |status: CodeStatus| status.own().is_some_and(|own| listed.contains_key(&own));
    match optional(code.field(|own| &own.retry)) {
        Some(RetryRuleAst::Backoff) => RetryRule::Backoff,
        Some(RetryRuleAst::After) => RetryRule::After,
        None if is_listed(status) => RetryRule::Backoff,
        Some(RetryRuleAst::Never) | None => RetryRule::Never,
    }
}

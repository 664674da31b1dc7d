//! `message_suffix`: messages that begin with the message of the code that their code is like.

use std::rc::Rc;

use super::message::{self, InBody, Place};
use super::{Findings, Reported, arguments, optional};
use crate::ast::{ArgumentAst, CodeAst, Entries, Spanned};
use crate::catalog::{Argument, Template};
use crate::diagnostic::Diagnostic;
use crate::limits::MAX_TEXT_BYTES;
use crate::rule::Rule;
use crate::unord_map::UnordMap;

/// What a suffix may begin with directly after the message. A space is put before anything else: YAML drops the space at
/// the beginning of a string without quotes.
const CLOSING: &[char] = &[
    '.', ',', ';', ':', '!', '?', ')', ']', '…', '。', '、', '，', '；', '：', '！', '？', '）',
];

/// The message and the arguments of a code with a suffix.
pub(crate) struct Extended {
    /// The whole message, at the place of the suffix.
    pub(crate) message: Spanned<String>,
    /// The inherited arguments, then those of the code itself.
    pub(crate) args: Option<Args>,
    /// The size of both.
    pub(crate) bytes: usize,
}

type Args = Spanned<Entries<ArgumentAst>>;

/// What the code that another one is like gives it.
pub(super) struct Base<'a> {
    pub(super) is_complete: bool,
    pub(super) message: Option<&'a Spanned<String>>,
    pub(super) meaning: Option<&'a Spanned<String>>,
    pub(super) args: Option<&'a Args>,
    pub(super) extended: Option<&'a Rc<Extended>>,
}

/// The message and the arguments of a code by a suffix, its own or an inherited one; none without a suffix.
pub(super) fn of(
    own: &CodeAst,
    base: &Base<'_>,
    findings: &mut Findings<'_>,
) -> Result<Option<Rc<Extended>>, Reported> {
    let Some(field) = &own.message_suffix else {
        let states = own.message.is_some() || own.args.is_some();
        return Ok(base.extended.filter(|_| !states).cloned());
    };
    let suffix = field.value.as_ref().ok_or(Reported)?;
    // Both texts were reported, or the other code was.
    if own.message.is_some() || !base.is_complete {
        return Err(Reported);
    }
    let mut text = match base.message {
        Some(message) => message.value.clone().ok_or(Reported)?,
        None => {
            let meaning = optional(base.meaning).ok_or(Reported)?;
            meaning.replace('{', "{{").replace('}', "}}")
        }
    };
    if !suffix.starts_with(|c: char| c.is_whitespace() || CLOSING.contains(&c)) {
        text.push(' ');
    }
    text.push_str(suffix);
    if text.len() > MAX_TEXT_BYTES {
        let message = format!("the whole message has more than {MAX_TEXT_BYTES} bytes");
        let finding = Diagnostic::new(Rule::TooLarge, field.span, message);
        findings.push(finding.help("shorten the messages of the codes that it is like"));
        return Err(Reported);
    }
    let args = merged(base.args, own.args.as_ref());
    let stated = optional(args.as_ref()).map_or(&[][..], |args| &args.0);
    let of_args = stated.iter().map(|(_, arg)| arg.span.range().len());
    Ok(Some(Rc::new(Extended {
        bytes: text.len() + of_args.sum::<usize>(),
        message: Spanned {
            value: Some(text),
            key: field.key,
            span: field.span,
            present: true,
        },
        args,
    })))
}

/// The arguments of both codes. One of the code itself replaces an inherited one with its name.
fn merged(inherited: Option<&Args>, own: Option<&Args>) -> Option<Args> {
    let (Some(inherited), Some(own)) = (inherited, own) else {
        return own.or(inherited).cloned();
    };
    let value = inherited.value.as_ref().zip(own.value.as_ref());
    let value = value.map(|(inherited, own)| {
        let mut all = inherited.0.clone();
        let known = all.iter().enumerate();
        let known: UnordMap<String, usize> = known
            .map(|(position, (name, _))| (name.clone(), position))
            .collect();
        for (name, argument) in &own.0 {
            match known.get(name) {
                Some(position) => all[*position].1 = argument.clone(),
                None => all.push((name.clone(), argument.clone())),
            }
        }
        Entries(all)
    });
    Some(Spanned {
        value,
        ..own.clone()
    })
}

/// A suffix needs `like`, and takes the place of a message.
pub(super) fn check(own: &CodeAst, findings: &mut Findings<'_>) {
    let Some(field) = &own.message_suffix else {
        return;
    };
    if let Some(message) = &own.message {
        let text = "a code has a `message` or a `message_suffix`, not both";
        findings.push(
            Diagnostic::new(Rule::WrongKind, field.key, text)
                .related(message.key, "the message")
                .help("remove `message`, whose place is taken by that of the code it is `like`"),
        );
    } else if own.like.is_none() {
        findings.push(
            Diagnostic::new(Rule::MissingField, field.key, "missing field `like`")
                .help("name the code whose message comes first, or write `message:`"),
        );
    }
}

/// The message and the arguments of a code with a suffix of its own. Errors in the arguments that it inherits are reported
/// where they are stated.
pub(super) fn resolve(
    own: &CodeAst,
    extended: &Extended,
    inherited: Option<&Args>,
    in_headers: &UnordMap<&str, ()>,
    in_body: InBody,
    findings: &mut Findings<'_>,
) -> Option<(Template, Vec<Argument>)> {
    let all = match &extended.args {
        Some(args) => &args.value.as_ref()?.0[..],
        None => &[][..],
    };
    let silent = &mut Findings {
        diagnostics: Vec::new(),
        sources: findings.sources,
    };
    let inherited = optional(inherited).map_or(&[][..], |args| &args.0);
    arguments::resolve(inherited, silent)?;
    let whole = Place {
        span: extended.message.span,
        what: "the message",
    };
    let (template, used) = message::parse(extended.message.value.as_ref()?, &whole, all, silent);
    let arguments = arguments::resolve(all, findings);
    // Only the suffix can have errors that are not reported yet.
    let suffix = optional(own.message_suffix.as_ref())?;
    message::parse(suffix, &whole, all, findings).0?;
    let stated = optional(own.args.as_ref()).map_or(&[][..], |args| &args.0);
    let stated: UnordMap<&str, ()> = stated.iter().map(|(name, _)| (name.as_str(), ())).collect();
    let own_args = all.iter().zip(used);
    let own_args = own_args.filter(|((name, _), _)| stated.get(&name.as_str()).is_some());
    let is_sound = message::report_unused(own_args, whole.span, in_headers, in_body, findings);
    Some((template.filter(|_| is_sound)?, arguments?))
}

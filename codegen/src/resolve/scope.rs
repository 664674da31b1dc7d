//! Looks up the types and codes that other sections refer to.

use super::inherit::{Effective, unknown_code};
use super::own_errors::own_errors;
use super::types::unknown_type;
use super::{Findings, optional};
use crate::ast::{
    CatalogAst, CodeName, FrameworkAst, Mapping, OwnErrorAst, Spanned, StatusAst, StatusesAst,
    TypeAst, TypeName,
};
use crate::catalog::{Audience, Code, CodeId, Status};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// All types and codes of a catalog.
pub(crate) struct Scope<'a> {
    /// A reported code is missing.
    pub(crate) codes: &'a [Option<Code>],
    type_asts: &'a [(String, Mapping<TypeAst>)],
    effective: &'a [Effective<'a>],
    framework: &'a [Mapping<FrameworkAst>],
    /// What operations state of codes.
    own_errors: Vec<&'a OwnErrorAst>,
    positions: UnordMap<&'a str, usize>,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(
        ast: &'a CatalogAst,
        type_asts: &'a [(String, Mapping<TypeAst>)],
        codes: &'a [Option<Code>],
        effective: &'a [Effective<'a>],
    ) -> Self {
        let positions = effective.iter().enumerate();
        Self {
            codes,
            type_asts,
            effective,
            framework: optional(ast.framework.as_ref()).map_or(&[][..], Vec::as_slice),
            own_errors: own_errors(ast).map(|(_, own)| own).collect(),
            positions: positions.map(|(at, code)| (code.wire, at)).collect(),
        }
    }

    /// The position of the code in `field`. An unknown code is reported, unless there are no codes at all.
    pub(crate) fn position(
        &self,
        field: &Spanned<CodeName>,
        findings: &mut Findings<'_>,
    ) -> Option<usize> {
        let CodeName(name) = field.value.as_ref()?;
        self.position_of(name, field.span, findings)
    }

    /// The public code in `field`. An unknown or internal code is reported.
    pub(crate) fn public_code(
        &self,
        field: &Spanned<CodeName>,
        findings: &mut Findings<'_>,
    ) -> Option<(CodeId, &'a Code)> {
        let position = self.position(field, findings)?;
        let code = self.codes[position].as_ref()?;
        check_public(code, field.span, findings).then_some((CodeId(position), code))
    }

    /// The position of the code with this name, which is written at `span`.
    pub(crate) fn position_of(
        &self,
        name: &str,
        span: Span,
        findings: &mut Findings<'_>,
    ) -> Option<usize> {
        let found = self.positions.get(&name).copied();
        if found.is_none() && !self.effective.is_empty() {
            let names = self.effective.iter().map(|code| code.wire);
            findings.push(unknown_code(span, name, names));
        }
        found
    }

    /// The place of the key of the code with this name.
    pub(crate) fn key_of(&self, name: &str) -> Option<Span> {
        let position = self.positions.get(&name)?;
        Some(self.effective[*position].key)
    }

    /// The position of the type in `field`. An unknown type is reported, unless there are no types at all.
    pub(crate) fn type_position(
        &self,
        field: &Spanned<TypeName>,
        findings: &mut Findings<'_>,
    ) -> Option<usize> {
        let TypeName(name) = field.value.as_ref()?;
        let mut declared = self.type_asts.iter();
        let found = declared.position(|(wire, _)| wire == name);
        if found.is_none() && !self.type_asts.is_empty() {
            let names = self.type_asts.iter().map(|(wire, _)| wire.as_str());
            findings.push(unknown_type(field.span, name, names));
        }
        found
    }

    /// The place of the retry rule of a code, if it has one, its own or inherited.
    pub(crate) fn retry_rule(&self, position: usize) -> Option<Span> {
        let rule = self.effective[position].field(|code| &code.retry);
        rule.map(|rule| rule.span)
    }

    /// The place of a status that an operation states for the code with this name, if the statuses contain it.
    pub(crate) fn own_status_among(
        &self,
        name: &str,
        wanted: impl Fn(Status) -> bool,
    ) -> Option<(Status, Span)> {
        let mut own = self.own_errors.iter();
        own.find_map(|own| {
            let CodeName(code) = own.code.value.as_ref()?;
            let field = own.status.as_ref().filter(|_| code == name)?;
            let StatusAst::Number(number) = field.value.as_ref()? else {
                return None;
            };
            let status = Status::new(*number).filter(|status| wanted(*status))?;
            Some((status, field.span))
        })
    }

    /// Whether no error has this status. An invalid status that looks like it may have been meant.
    pub(crate) fn cannot_have(&self, status: Status) -> bool {
        let some = !self.type_asts.is_empty() && !self.effective.is_empty();
        let may_be_in = |field: &Spanned<StatusAst>| {
            let stated = field.value.as_ref();
            stated.is_none_or(|stated| may_be(stated, status))
        };
        let in_type = |(_, entry): &(String, Mapping<TypeAst>)| {
            let own = entry.value.as_ref();
            let statuses = own.and_then(|own| own.status.value.as_ref());
            match statuses {
                None => true,
                Some(StatusesAst::One(one)) => may_be(one, status),
                Some(StatusesAst::Many(list)) => list.iter().any(may_be_in),
            }
        };
        let in_code = |code: &Effective<'_>| code.status().is_some_and(may_be_in);
        let in_framework = |entry: &Mapping<FrameworkAst>| {
            let ast = entry.value.as_ref();
            ast.is_none_or(|ast| may_be_in(ast.sent.as_ref().unwrap_or(&ast.status)))
        };
        let in_operation = |own: &&OwnErrorAst| own.status.as_ref().is_some_and(may_be_in);
        some && !self.type_asts.iter().any(in_type)
            && !self.effective.iter().any(in_code)
            && !self.framework.iter().any(in_framework)
            && !self.own_errors.iter().any(in_operation)
    }
}

fn may_be(ast: &StatusAst, status: Status) -> bool {
    let looks_like = |text: &str| strsim::osa_distance(text, &status.to_string()) <= 1;
    match ast {
        StatusAst::None => false,
        StatusAst::Family(class) => status.class() == *class,
        StatusAst::Number(number) => match Status::new(*number) {
            Some(stated) => stated == status,
            None => looks_like(&number.to_string()),
        },
        StatusAst::Other(text) => text.ends_with("xx") || (text.len() < 8 && looks_like(text)),
    }
}

/// The status of a code that is sent as a response. A code without one is reported.
pub(crate) fn own_status(code: &Code, span: Span, findings: &mut Findings<'_>) -> Option<Status> {
    let own = code.status.own();
    if own.is_none() {
        let message = format!("{} has no status of its own", quoted(&code.names.wire));
        let help = "name a code that responses have, or give the code a status";
        findings.push(Diagnostic::new(Rule::BadStatus, span, message).help(help));
    }
    own
}

/// Reports a public reference to an internal code.
pub(crate) fn check_public(code: &Code, span: Span, findings: &mut Findings<'_>) -> bool {
    let is_public = code.audience == Audience::Public;
    if !is_public {
        let message = format!("{} is internal", quoted(&code.names.wire));
        findings.push(
            Diagnostic::new(Rule::InternalCode, span, message)
                .help("name a public code here, or remove `audience: internal` from the code"),
        );
    }
    is_public
}

/// The error that an entry names.
pub(crate) enum Named<'a> {
    Type(&'a Spanned<TypeName>),
    Code(&'a Spanned<CodeName>),
}

/// The type or the code of the entry whose key is at `entry`. Both and neither are reported; `help` is the help for
/// neither.
pub(crate) fn named<'a>(
    error_type: Option<&'a Spanned<TypeName>>,
    code: Option<&'a Spanned<CodeName>>,
    entry: Span,
    help: &str,
    findings: &mut Findings<'_>,
) -> Option<Named<'a>> {
    let finding = match (error_type, code) {
        (Some(error_type), None) => return Some(Named::Type(error_type)),
        (None, Some(code)) => return Some(Named::Code(code)),
        (Some(error_type), Some(_)) => {
            let message = "an entry names a type or a code, not both";
            Diagnostic::new(Rule::WrongKind, error_type.key, message)
                .help("remove `type`: the code has one")
        }
        (None, None) => {
            let message = "the entry names neither a type nor a code";
            Diagnostic::new(Rule::MissingField, entry, message).help(help)
        }
    };
    findings.push(finding);
    None
}

//! The types and codes that other sections speak of, those included that were reported.

use std::collections::HashMap;

use super::inherit::{Effective, unknown_code};
use super::{Findings, types};
use crate::catalog::{Code, ErrorType, Status};
use crate::draft::{CodeName, Spanned};
use crate::span::Span;

/// All types and codes of a catalog. An entry is missing where it was reported.
pub(crate) struct Known<'a> {
    pub(crate) types: &'a [Option<ErrorType>],
    pub(crate) codes: &'a [Option<Code>],
    effective: &'a [Effective<'a>],
    positions: HashMap<&'a str, usize>,
}

impl<'a> Known<'a> {
    pub(crate) fn new(
        types: &'a [Option<ErrorType>],
        codes: &'a [Option<Code>],
        effective: &'a [Effective<'a>],
    ) -> Self {
        let positions = effective.iter().enumerate();
        Self {
            types,
            codes,
            effective,
            positions: positions.map(|(at, code)| (code.wire, at)).collect(),
        }
    }

    /// The position of the code that `field` names. A name that is no code is reported, unless
    /// there are no codes at all.
    pub(crate) fn position(
        &self,
        field: &Spanned<CodeName>,
        findings: &mut Findings<'_>,
    ) -> Option<usize> {
        let CodeName(name) = field.value.as_ref()?;
        let found = self.positions.get(name.as_str()).copied();
        if found.is_none() && !self.effective.is_empty() {
            let names = self.effective.iter().map(|code| code.wire);
            findings.push(unknown_code(field.span, name, names));
        }
        found
    }

    /// The place of the retry rule of a code, where the code or one it is like states it.
    pub(crate) fn retry_rule(&self, position: usize) -> Option<Span> {
        self.effective[position].retry.map(|rule| rule.span)
    }

    /// Whether no error can have this status. While the status of some entry cannot be read, the
    /// answer is no.
    pub(crate) fn cannot_have(&self, status: Status) -> bool {
        let of_types = self.types.iter().map(|entry| {
            let entry = entry.as_ref()?;
            Some(entry.statuses.contains(status))
        });
        let of_codes = self.effective.iter().map(|code| {
            let Some(field) = code.status else {
                return code.own.map(|_| false);
            };
            Some(types::resolve_inherited(field.value.as_ref()?)? == status)
        });
        let some = !self.types.is_empty() && !self.effective.is_empty();
        some && of_types.chain(of_codes).all(|has| has == Some(false))
    }
}

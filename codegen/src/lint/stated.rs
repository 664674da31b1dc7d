//! What operations state of codes.

use crate::ast::{CatalogAst, CodeName, OwnErrorAst};
use crate::catalog::Status;
use crate::resolve::{Effective, own_errors};
use crate::span::Span;
use crate::unord_map::UnordMap;

use super::retry::number;

/// What an operation states of a code.
#[derive(Clone, Copy)]
pub(super) struct Stated<'a> {
    /// The id of the operation.
    pub(super) operation: &'a str,
    /// The position of the code, if the catalog has it.
    pub(super) code: Option<usize>,
    pub(super) own: &'a OwnErrorAst,
}

impl Stated<'_> {
    /// A valid status, with its place.
    pub(super) fn status(&self) -> Option<(u16, Span)> {
        let field = self.own.status.as_ref()?;
        let status = number(field.value.as_ref()?)?;
        Status::new(status.into())?;
        Some((status, field.span))
    }
}

/// What all operations state, in their order.
pub(super) fn collect<'a>(ast: &'a CatalogAst, codes: &[Effective<'_>]) -> Vec<Stated<'a>> {
    let mut own = own_errors(ast).peekable();
    if own.peek().is_none() {
        return Vec::new();
    }
    let positions = codes.iter().enumerate();
    let positions: UnordMap<&str, usize> = positions.map(|(at, code)| (code.wire, at)).collect();
    let stated = own.map(|(operation, own)| {
        let name = own.code.value.as_ref();
        let code = name.and_then(|CodeName(name)| positions.get(name.as_str()).copied());
        Stated {
            operation,
            code,
            own,
        }
    });
    stated.collect()
}

//! What operations state of codes, as the catalog has it.

use super::optional;
use crate::ast::{CatalogAst, OperationErrorAst, OwnErrorAst};

/// What operations state of codes, each with the id of its operation.
pub(crate) fn own_errors(ast: &CatalogAst) -> impl Iterator<Item = (&str, &OwnErrorAst)> {
    let operations = optional(ast.operations.as_ref());
    let operations = operations.map_or(&[][..], |operations| &operations.0);
    operations.iter().flat_map(|(id, entry)| {
        let operation = entry.value.as_ref();
        let errors = operation.and_then(|operation| optional(Some(&operation.errors)));
        let errors = errors.map_or(&[][..], Vec::as_slice).iter();
        errors.filter_map(move |error| match error.value.as_ref()? {
            OperationErrorAst::Own(own) => Some((id.as_str(), &**own)),
            OperationErrorAst::Name(_) => None,
        })
    })
}

//! What expressions do with values.

use minijinja::machinery::ast::{BinOp, BinOpKind, Expr, Filter, Spanned};

use super::COUNTED;
use crate::outputs::filters;

/// Filters of the engine whose result is a string, a number or a boolean.
const SCALAR: [&str; 21] = [
    "abs",
    "bool",
    "capitalize",
    "count",
    "e",
    "escape",
    "float",
    "format",
    "indent",
    "int",
    "join",
    "length",
    "lower",
    "pprint",
    "replace",
    "round",
    "safe",
    "string",
    "title",
    "trim",
    "upper",
];

/// Tests that look at the kind of a value only.
const CHEAP: [&str; 13] = [
    "boolean",
    "defined",
    "false",
    "float",
    "int",
    "integer",
    "iterable",
    "mapping",
    "none",
    "number",
    "sequence",
    "true",
    "undefined",
];

/// Whether the value of an expression is counted wherever it is: it is new, or the answer to a question that reads
/// values whole.
pub(super) fn makes(expression: &Expr<'_>) -> bool {
    match expression {
        Expr::Slice(_) | Expr::List(_) | Expr::Tuple(_) | Expr::Map(_) | Expr::Compare(_) => true,
        Expr::BinOp(operation) => is_sum(operation.op) || is_costly(operation),
        Expr::Filter(filter) => has_value(filter) && !is_scalar(filter.name),
        Expr::Test(test) => !CHEAP.contains(&test.name),
        Expr::Call(call) => !matches!(call.expr, Expr::Var(_)),
        _ => false,
    }
}

pub(super) fn is_sum(operation: BinOpKind) -> bool {
    matches!(operation, BinOpKind::Add | BinOpKind::Mul)
}

/// Whether an operation compares two values: a comparison with a constant costs no more than the constant.
pub(super) fn is_costly(operation: &BinOp<'_>) -> bool {
    let is_comparison = matches!(
        operation.op,
        BinOpKind::Eq
            | BinOpKind::Ne
            | BinOpKind::Lt
            | BinOpKind::Lte
            | BinOpKind::Gt
            | BinOpKind::Gte
            | BinOpKind::In
    );
    let both = [&operation.left, &operation.right];
    is_comparison && !both.into_iter().any(|part| matches!(part, Expr::Const(_)))
}

/// Whether a filter has a value in front of it, and not a block around it.
fn has_value(filter: &Spanned<Filter<'_>>) -> bool {
    let mut inner = &filter.expr;
    while let Some(Expr::Filter(filter)) = inner {
        inner = &filter.expr;
    }
    inner.is_some()
}

fn is_scalar(name: &str) -> bool {
    SCALAR.contains(&name) || filters::names().any(|own| own == name)
}

pub(super) fn is_counted(expression: &Expr<'_>) -> bool {
    matches!(expression, Expr::Filter(filter) if filter.name == COUNTED)
}

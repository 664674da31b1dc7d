//! What methods of an enum give for its variants: arms of a `match` with a status, a code or a message.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use serde_json::Value;
use syn::{Arm, Expr, FnArg, ImplItem, Item, Lit, LitInt, Pat, Stmt, UnOp};

use crate::catalog::Status;

/// The facts by enum and variant.
#[derive(Default)]
pub(super) struct Arms {
    statuses: Facts<u16>,
    codes: Facts<Value>,
    messages: Facts<String>,
}

/// What methods say about variants.
struct Facts<T> {
    of_variants: BTreeMap<(String, String), T>,
    /// What arms such as `_` say about the variants of an enum that no other arm names.
    of_others: BTreeMap<String, Others<T>>,
}

struct Others<T> {
    named: BTreeSet<String>,
    fact: T,
}

impl<T> Default for Facts<T> {
    fn default() -> Self {
        Self {
            of_variants: BTreeMap::new(),
            of_others: BTreeMap::new(),
        }
    }
}

impl<T: Clone> Facts<T> {
    fn of(&self, of: &str, variant: &str) -> Option<T> {
        let own = self
            .of_variants
            .get(&(of.to_owned(), variant.to_owned()))
            .cloned();
        own.or_else(|| {
            let others = self.of_others.get(of)?;
            (!others.named.contains(variant)).then(|| others.fact.clone())
        })
    }

    /// Takes a fact, unless an earlier arm or method says it.
    fn take(&mut self, own: &str, who: &Who<'_>, fact: T) {
        match who {
            Who::Variants(variants) => {
                for variant in variants {
                    let key = (own.to_owned(), variant.clone());
                    self.of_variants.entry(key).or_insert_with(|| fact.clone());
                }
            }
            Who::Others(named) => {
                let others = || Others {
                    named: (*named).clone(),
                    fact,
                };
                self.of_others.entry(own.to_owned()).or_insert_with(others);
            }
        }
    }
}

/// Whom an arm is about.
enum Who<'a> {
    Variants(Vec<String>),
    /// The variants that no arm of the same `match` names.
    Others(&'a BTreeSet<String>),
}

impl Arms {
    pub(super) fn of(items: &[Item]) -> Self {
        let mut arms = Self::default();
        arms.items(items);
        arms
    }

    pub(super) fn status(&self, of: &str, variant: &str) -> Option<u16> {
        self.statuses.of(of, variant)
    }

    pub(super) fn code(&self, of: &str, variant: &str) -> Option<Value> {
        self.codes.of(of, variant)
    }

    pub(super) fn message(&self, of: &str, variant: &str) -> Option<String> {
        self.messages.of(of, variant)
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Mod(module) => {
                    if let Some((_, items)) = &module.content {
                        self.items(items);
                    }
                }
                Item::Impl(block) => {
                    let own = block.self_ty.to_token_stream().to_string();
                    for item in &block.items {
                        let ImplItem::Fn(method) = item else { continue };
                        let has_self =
                            matches!(method.sig.inputs.first(), Some(FnArg::Receiver(_)));
                        if has_self {
                            let name = method.sig.ident.to_string();
                            self.statements(&own, &name, &method.block.stmts);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn statements(&mut self, own: &str, method: &str, statements: &[Stmt]) {
        for statement in statements {
            match statement {
                Stmt::Expr(expression, _) => self.expression(own, method, expression),
                Stmt::Local(local) => {
                    if let Some(init) = &local.init {
                        self.expression(own, method, &init.expr);
                    }
                }
                _ => {}
            }
        }
    }

    fn expression(&mut self, own: &str, method: &str, expression: &Expr) {
        match expression {
            Expr::Match(found) => {
                let named = found.arms.iter();
                let named: BTreeSet<String> =
                    named.flat_map(|arm| variants(&arm.pat, own)).collect();
                let is_of_self = is_self(&found.expr);
                for arm in &found.arms {
                    if is_of_self && is_catch_all(&arm.pat) {
                        self.arm(own, method, &Who::Others(&named), arm);
                    } else {
                        self.arm(own, method, &Who::Variants(variants(&arm.pat, own)), arm);
                    }
                }
            }
            Expr::Block(block) => self.statements(own, method, &block.block.stmts),
            Expr::Return(found) => {
                if let Some(expression) = &found.expr {
                    self.expression(own, method, expression);
                }
            }
            _ => {}
        }
    }

    fn arm(&mut self, own: &str, method: &str, who: &Who<'_>, arm: &Arm) {
        if let Some(status) = status_in(&arm.body.to_token_stream().to_string()) {
            self.statuses.take(own, who, status);
        }
        let is_status = method.contains("status") || method.contains("http");
        // The code with which a process ends is none of an error.
        let says_code = !method.contains("exit")
            && (method.contains("code") || matches!(method, "as_str" | "name" | "reason" | "id"));
        match literal(&arm.body) {
            Some(Lit::Str(text)) if says_code && !text.value().is_empty() => {
                self.codes.take(own, who, text.value().into());
            }
            Some(Lit::Str(text)) if method.contains("message") => {
                self.messages.take(own, who, text.value());
            }
            Some(Lit::Int(number)) => {
                let Ok(number) = number.base10_parse::<i64>() else {
                    return;
                };
                let status = u64::try_from(number).ok().and_then(Status::new);
                match status {
                    Some(status) if is_status => self.statuses.take(own, who, status.get()),
                    // A status that is not one of an error.
                    _ if is_status && (100..600).contains(&number) => {}
                    _ if says_code => self.codes.take(own, who, number.into()),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// Whether an expression is the error itself: `self`, `*self` or `&self`.
fn is_self(expression: &Expr) -> bool {
    match expression {
        Expr::Path(path) => path.path.is_ident("self"),
        Expr::Reference(reference) => is_self(&reference.expr),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)) && is_self(&unary.expr),
        Expr::Paren(paren) => is_self(&paren.expr),
        _ => false,
    }
}

/// Whether a pattern is `_`, or a name for any value.
fn is_catch_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Ident(name) => name.subpat.is_none() && !is_variant(&name.ident.to_string()),
        _ => false,
    }
}

/// Whether a name without a path is that of a variant, and not of a variable.
fn is_variant(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The literal that an arm gives, also as `-1`, `Some("a")` or `"a".to_string()`.
pub(super) fn literal(body: &Expr) -> Option<Lit> {
    match body {
        Expr::Lit(lit) => Some(lit.lit.clone()),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => match literal(&unary.expr)? {
            Lit::Int(number) => {
                let negative = format!("-{}", number.base10_digits());
                Some(Lit::Int(LitInt::new(&negative, number.span())))
            }
            _ => None,
        },
        Expr::Block(block) => match &block.block.stmts[..] {
            [Stmt::Expr(only, _)] => literal(only),
            _ => None,
        },
        Expr::MethodCall(call) if call.args.is_empty() => literal(&call.receiver),
        Expr::Call(call) if call.args.len() == 1 => call.args.first().and_then(literal),
        _ => None,
    }
}

/// The variants that a pattern names.
fn variants(pattern: &Pat, own: &str) -> Vec<String> {
    let path = match pattern {
        Pat::Or(or) => {
            return or
                .cases
                .iter()
                .flat_map(|case| variants(case, own))
                .collect();
        }
        Pat::Reference(reference) => return variants(&reference.pat, own),
        Pat::Paren(paren) => return variants(&paren.pat, own),
        Pat::Guard(guarded) => return variants(&guarded.pat, own),
        Pat::Ident(name) => {
            let name = name.ident.to_string();
            return Vec::from_iter(is_variant(&name).then_some(name));
        }
        Pat::Path(path) => &path.path,
        Pat::TupleStruct(tuple) => &tuple.path,
        Pat::Struct(found) => &found.path,
        _ => return Vec::new(),
    };
    let names: Vec<String> = path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    match &names[..] {
        [.., of, variant] if of == "Self" || of == own => vec![variant.clone()],
        // The variants of an enum may be in scope.
        [variant] if is_variant(variant) => vec![variant.clone()],
        _ => Vec::new(),
    }
}

/// The status that an expression names: `StatusCode::NOT_FOUND`.
fn status_in(text: &str) -> Option<u16> {
    let (_, rest) = text.split_once("StatusCode :: ")?;
    let end = rest.find(|c: char| !(c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit()));
    let name = &rest[..end.unwrap_or(rest.len())];
    let mut all = (400..600).filter_map(Status::new);
    all.find(|status| {
        let reason = status.reason().unwrap_or_default().to_uppercase();
        let identifier: String = reason
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        identifier.trim_matches('_') == name || identifier.replace("__", "_") == name
    })
    .map(Status::get)
}

//! What methods of an enum give for its variants: arms of a `match` with a status, a code or a message.

use std::collections::BTreeMap;

use quote::ToTokens;
use serde_json::Value;
use syn::{Arm, Expr, FnArg, ImplItem, Item, Lit, LitInt, Pat, Stmt, UnOp};

use crate::catalog::Status;

/// The facts by enum and variant.
#[derive(Default)]
pub(super) struct Arms {
    statuses: BTreeMap<(String, String), u16>,
    codes: BTreeMap<(String, String), Value>,
    messages: BTreeMap<(String, String), String>,
}

impl Arms {
    pub(super) fn of(items: &[Item]) -> Self {
        let mut arms = Self::default();
        arms.items(items);
        arms
    }

    pub(super) fn status(&self, of: &str, variant: &str) -> Option<u16> {
        self.statuses
            .get(&(of.to_owned(), variant.to_owned()))
            .copied()
    }

    pub(super) fn code(&self, of: &str, variant: &str) -> Option<Value> {
        self.codes
            .get(&(of.to_owned(), variant.to_owned()))
            .cloned()
    }

    pub(super) fn message(&self, of: &str, variant: &str) -> Option<String> {
        self.messages
            .get(&(of.to_owned(), variant.to_owned()))
            .cloned()
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
                for arm in &found.arms {
                    self.arm(own, method, arm);
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

    fn arm(&mut self, own: &str, method: &str, arm: &Arm) {
        let body = arm.body.to_token_stream().to_string();
        let status = status_in(&body);
        let literal = literal(&arm.body);
        for variant in variants(&arm.pat, own) {
            let key = (own.to_owned(), variant);
            if let Some(status) = status {
                self.statuses.entry(key.clone()).or_insert(status);
            }
            let says_code =
                method.contains("code") || matches!(method, "as_str" | "name" | "reason" | "id");
            match &literal {
                Some(Lit::Str(text)) if says_code => {
                    self.codes.entry(key).or_insert(text.value().into());
                }
                Some(Lit::Str(text)) if method.contains("message") => {
                    self.messages.entry(key).or_insert(text.value());
                }
                Some(Lit::Int(number)) => {
                    let Ok(number) = number.base10_parse::<i64>() else {
                        continue;
                    };
                    let is_status = method.contains("status") || method.contains("http");
                    let status = u64::try_from(number).ok().and_then(Status::new);
                    match status.filter(|_| is_status) {
                        Some(status) => drop(self.statuses.entry(key).or_insert(status.get())),
                        None if says_code => drop(self.codes.entry(key).or_insert(number.into())),
                        None => {}
                    }
                }
                _ => {}
            }
        }
    }
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

//! The expressions whose values are counted.

use std::ops::Range;

use minijinja::machinery::ast::{BinOpKind, Call, CallArg, Expr, Stmt};

use super::kinds::{is_costly, is_counted, is_sum, makes};
use super::{COUNTED, Refused, range};

/// The insertions that a template needs.
pub(super) fn insertions(
    name: &str,
    text: &str,
    template: &Stmt<'_>,
) -> Result<Vec<(usize, &'static str)>, Refused> {
    let mut walk = Walk {
        text,
        insertions: Vec::new(),
        import: None,
    };
    walk.statement(template);
    if let Some(range) = walk.import {
        return Err(Refused {
            template: name.to_owned(),
            range,
            message: "a template as a value is not supported",
            help: "write `{% from \"file.j2\" import name %}` instead",
        });
    }
    Ok(walk.insertions)
}

struct Walk<'a> {
    text: &'a str,
    insertions: Vec<(usize, &'static str)>,
    /// The first import of a whole template: such values can contain each other.
    import: Option<Range<usize>>,
}

impl Walk<'_> {
    fn statements(&mut self, statements: &[Stmt<'_>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(template) => self.statements(&template.children),
            Stmt::EmitExpr(emit) => self.expression(&emit.expr),
            Stmt::EmitRaw(_) | Stmt::Continue(_) | Stmt::Break(_) => {}
            Stmt::ForLoop(each) => {
                self.compared(&each.iter);
                self.expressions(each.filter_expr.iter());
                self.statements(&each.body);
                self.statements(&each.else_body);
            }
            Stmt::IfCond(condition) => {
                self.expression(&condition.expr);
                self.statements(&condition.true_body);
                self.statements(&condition.false_body);
            }
            Stmt::WithBlock(with) => {
                for (_, value) in &with.assignments {
                    self.expression(value);
                }
                self.statements(&with.body);
            }
            Stmt::Set(set) if matches!(set.target, Expr::Var(_)) => self.expression(&set.expr),
            // A namespace that contained itself would have no end.
            Stmt::Set(set) => match &set.expr {
                Expr::Call(call) if matches!(call.expr, Expr::Var(_)) => {
                    self.expression(&set.expr);
                    self.wrap(&set.expr);
                }
                _ => self.compared(&set.expr),
            },
            Stmt::SetBlock(set) => {
                if let Some(filter) = &set.filter {
                    self.expression(filter);
                    self.filter(filter);
                }
                self.statements(&set.body);
            }
            Stmt::AutoEscape(escape) => {
                self.expression(&escape.enabled);
                self.statements(&escape.body);
            }
            Stmt::FilterBlock(block) => {
                self.expression(&block.filter);
                self.statements(&block.body);
            }
            Stmt::Block(block) => self.statements(&block.body),
            Stmt::Import(import) => {
                self.import.get_or_insert(range(import.span()));
            }
            Stmt::FromImport(import) => self.expression(&import.expr),
            Stmt::Extends(extends) => self.expression(&extends.name),
            Stmt::Include(include) => self.expression(&include.name),
            Stmt::Macro(declared) => {
                self.expressions(&declared.defaults);
                self.statements(&declared.body);
            }
            Stmt::CallBlock(block) => {
                self.callee(&block.call.expr);
                self.call_arguments(&block.call);
                self.expressions(&block.macro_decl.defaults);
                self.statements(&block.macro_decl.body);
            }
            Stmt::Do(call) => {
                self.callee(&call.call.expr);
                self.call_arguments(&call.call);
            }
        }
    }

    fn expressions<'e, 'a: 'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expr<'a>>) {
        for expression in expressions {
            self.expression(expression);
        }
    }

    /// Walks over an expression, and counts what it makes.
    fn expression(&mut self, expression: &Expr<'_>) {
        self.parts(expression);
        if makes(expression) {
            self.wrap(expression);
        }
    }

    /// Walks over the beginning of a sum, a product or a chain of filters. Brackets around each would nest too deep.
    fn beginning(&mut self, expression: &Expr<'_>) {
        match expression {
            Expr::BinOp(operation) if is_sum(operation.op) => self.parts(expression),
            Expr::Filter(_) if makes(expression) => {
                self.parts(expression);
                self.filter(expression);
            }
            _ => self.expression(expression),
        }
    }

    /// Walks over an expression whose value is compared, looked up, repeated or kept.
    fn compared(&mut self, expression: &Expr<'_>) {
        match expression {
            Expr::Var(_) | Expr::GetAttr(_) | Expr::GetItem(_) => {
                self.parts(expression);
                self.wrap(expression);
            }
            Expr::IfExpr(condition) => {
                self.expression(&condition.test_expr);
                self.compared(&condition.true_expr);
                if let Some(otherwise) = &condition.false_expr {
                    self.compared(otherwise);
                }
            }
            Expr::BinOp(operation)
                if matches!(operation.op, BinOpKind::ScAnd | BinOpKind::ScOr) =>
            {
                self.compared(&operation.left);
                self.compared(&operation.right);
            }
            _ => self.expression(expression),
        }
    }

    /// Walks over the parts of an expression.
    fn parts(&mut self, expression: &Expr<'_>) {
        match expression {
            Expr::Var(_) | Expr::Const(_) => {}
            Expr::Slice(slice) => {
                self.compared(&slice.expr);
                let bounds = [&slice.start, &slice.stop, &slice.step];
                self.expressions(bounds.into_iter().flatten());
            }
            Expr::UnaryOp(operation) => self.expression(&operation.expr),
            Expr::BinOp(operation) => {
                let both = [&operation.left, &operation.right];
                if is_costly(operation) {
                    for part in both {
                        self.compared(part);
                    }
                } else if is_sum(operation.op) {
                    self.beginning(&operation.left);
                    self.expression(&operation.right);
                } else {
                    self.expressions(both);
                }
            }
            Expr::Compare(comparison) => {
                self.compared(&comparison.expr);
                for operation in &comparison.ops {
                    self.compared(&operation.expr);
                }
            }
            Expr::IfExpr(condition) => {
                self.expression(&condition.test_expr);
                self.expression(&condition.true_expr);
                self.expressions(condition.false_expr.iter());
            }
            Expr::Filter(filter) => {
                match &filter.expr {
                    // What this filter counts needs no other.
                    Some(inner) if filter.name == COUNTED => self.inside(inner),
                    Some(inner) => self.beginning(inner),
                    None => {}
                }
                self.arguments(&filter.args);
            }
            Expr::Test(test) if !makes(expression) => self.expression(&test.expr),
            Expr::Test(test) => {
                self.compared(&test.expr);
                self.arguments(&test.args);
            }
            Expr::GetAttr(get) => self.expression(&get.expr),
            Expr::GetItem(get) => {
                self.compared(&get.expr);
                self.compared(&get.subscript_expr);
            }
            Expr::Call(call) => {
                self.callee(&call.expr);
                self.call_arguments(call);
            }
            Expr::List(list) => self.expressions(&list.items),
            Expr::Tuple(tuple) => self.expressions(&tuple.items),
            Expr::Map(map) => {
                for key in &map.keys {
                    self.compared(key);
                }
                self.expressions(&map.values);
            }
        }
    }

    /// Walks over what is counted.
    fn inside(&mut self, expression: &Expr<'_>) {
        match expression {
            // `a not in b` is `not a in b` for the parser.
            Expr::UnaryOp(operation) => self.inside(&operation.expr),
            _ => self.parts(expression),
        }
    }

    /// What a call calls: its name is no value of its own.
    fn callee(&mut self, expression: &Expr<'_>) {
        match expression {
            Expr::GetAttr(get) => self.expression(&get.expr),
            other => self.expression(other),
        }
    }

    /// A macro can change the namespace that it gets, so it gets no copy. A loop repeats its argument.
    fn call_arguments(&mut self, call: &Call<'_>) {
        match &call.expr {
            Expr::Var(name) if name.id != "loop" => {
                self.expressions(call.args.iter().map(value));
            }
            _ => self.arguments(&call.args),
        }
    }

    fn arguments(&mut self, arguments: &[CallArg<'_>]) {
        for argument in arguments {
            self.compared(value(argument));
        }
    }

    /// Lets an expression pass through the filter. The outer brackets keep what follows, such as `.name`, outside.
    fn wrap(&mut self, expression: &Expr<'_>) {
        if is_counted(expression) {
            return;
        }
        self.insertions.push((self.start(expression), "(("));
        self.insertions
            .push((range(expression.span()).end, ")|counted)"));
    }

    /// Adds the filter to a chain of filters.
    fn filter(&mut self, expression: &Expr<'_>) {
        if !is_counted(expression) {
            let end = range(expression.span()).end;
            self.insertions.push((end, "|counted"));
        }
    }

    /// Where an expression begins: the spans of operators begin before it. Brackets around its first part do not
    /// matter, since the insertion is one of brackets too.
    fn start(&self, expression: &Expr<'_>) -> usize {
        let own = range(expression.span()).start;
        match expression {
            Expr::Slice(slice) => self.start(&slice.expr),
            Expr::BinOp(operation) => self.start(&operation.left),
            Expr::Compare(comparison) => self.start(&comparison.expr),
            Expr::IfExpr(condition) => self.start(&condition.true_expr),
            Expr::Test(test) => self.start(&test.expr),
            Expr::GetAttr(get) => self.start(&get.expr),
            Expr::GetItem(get) => self.start(&get.expr),
            Expr::Call(call) => self.start(&call.expr),
            Expr::Filter(filter) => filter.expr.as_ref().map_or(own, |inner| self.start(inner)),
            // A tuple can have no brackets.
            Expr::Tuple(tuple) => match tuple.items.first().map(|first| self.start(first)) {
                Some(first) if own > first || !self.text[own..].starts_with('(') => first,
                _ => own,
            },
            Expr::Var(_) | Expr::Const(_) | Expr::UnaryOp(_) | Expr::List(_) | Expr::Map(_) => own,
        }
    }
}

fn value<'e, 'a>(argument: &'e CallArg<'a>) -> &'e Expr<'a> {
    let (CallArg::Pos(value)
    | CallArg::Kwarg(_, value)
    | CallArg::PosSplat(value)
    | CallArg::KwargSplat(value)) = argument;
    value
}

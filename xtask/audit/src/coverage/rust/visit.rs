//! The parts of a syntax tree that declare or name something.

use std::collections::VecDeque;

use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, BinOp, Block, Expr, ExprCall, ExprMethodCall, ImplItem, Item, Local, Pat,
    TraitItem,
};

use super::attributes::is_about_the_compiler;
use super::collect::{Collector, name_of, to_path, type_path};
use super::items::attributes;
use super::scope::Path;

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_file(&mut self, file: &'ast syn::File) {
        self.attributed(&file.attrs, |this| this.items(file.items.iter()));
    }

    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = attributes(item);
        match item {
            Item::Fn(function) => {
                let name = name_of(&function.sig.ident);
                self.function(attributes, &name, |this| visit::visit_item(this, item));
            }
            _ => self.attributed(attributes, |this| this.item(item)),
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        match item {
            ImplItem::Fn(function) => {
                let name = name_of(&function.sig.ident);
                self.function(&function.attrs, &name, |this| {
                    visit::visit_impl_item(this, item);
                });
            }
            ImplItem::Const(constant) => {
                self.attributed(&constant.attrs, |this| visit::visit_impl_item(this, item));
            }
            _ => visit::visit_impl_item(self, item),
        }
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        match item {
            TraitItem::Fn(function) => {
                self.attributed(&function.attrs, |this| visit::visit_trait_item(this, item));
            }
            _ => visit::visit_trait_item(self, item),
        }
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.statements(&block.stmts);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        self.attributed(&local.attrs, |this| visit::visit_local(this, local));
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.attributed(&arm.attrs, |this| visit::visit_arm(this, arm));
    }

    fn visit_pat(&mut self, pattern: &'ast Pat) {
        self.compared(|this| {
            match pattern {
                Pat::Ident(pattern) if pattern.subpat.is_none() => {
                    let span = pattern.ident.span();
                    let site = this.site(span, span);
                    this.name(Path::relative(vec![name_of(&pattern.ident)]), site);
                }
                Pat::Path(pattern) if pattern.qself.is_none() => this.path(&pattern.path),
                Pat::Struct(pattern) => this.path(&pattern.path),
                Pat::TupleStruct(pattern) => this.path(&pattern.path),
                _ => {}
            }
            visit::visit_pat(this, pattern);
        });
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        match expression {
            Expr::Path(path) => {
                if let Some(own) = &path.qself {
                    self.visit_type(&own.ty);
                } else {
                    self.path(&path.path);
                }
                visit::visit_path(self, &path.path);
            }
            Expr::Struct(literal) => {
                self.path(&literal.path);
                visit::visit_expr(self, expression);
            }
            Expr::Binary(binary) if matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_)) => {
                self.compared(|this| visit::visit_expr_binary(this, binary));
            }
            Expr::Call(call) => {
                self.call(call);
                visit::visit_expr_call(self, call);
            }
            Expr::MethodCall(call) => self.method_call(call),
            _ => visit::visit_expr(self, expression),
        }
    }

    fn visit_type_path(&mut self, path: &'ast syn::TypePath) {
        // A type names a code, but makes no error.
        if path.qself.is_none() && self.place.constant.is_none() {
            self.compared(|this| this.path(&path.path));
        }
        visit::visit_type_path(self, path);
    }

    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        let text = literal.value();
        self.string(&text, literal.span());
        self.captured(&text, literal.span());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if is_about_the_compiler(attribute) {
            return;
        }
        match &attribute.meta {
            syn::Meta::List(list) => self.scan(list.tokens.clone()),
            syn::Meta::NameValue(pair) => self.visit_expr(&pair.value),
            syn::Meta::Path(_) => {}
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.macro_call(call, false);
    }
}

impl Collector<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            // The files of modules are read later.
            Item::Use(_) | Item::ExternCrate(_) => {}
            Item::Mod(module) => self.module(module),
            Item::Const(constant) => self.constant(|this| this.visit_expr(&constant.expr)),
            Item::Static(constant) => self.constant(|this| this.visit_expr(&constant.expr)),
            Item::Impl(implementation) => {
                let own_type = type_path(&implementation.self_ty);
                self.within(
                    |place| place.own_type = own_type,
                    |this| visit::visit_item_impl(this, implementation),
                );
            }
            Item::Macro(item) if item.ident.is_some() => self.definition(item),
            Item::Macro(item) => self.macro_call(&item.mac, true),
            _ => visit::visit_item(self, item),
        }
    }

    /// Reads the value of the next constant of the scope.
    fn constant(&mut self, read: impl FnOnce(&mut Self)) {
        let next = self.constants.last_mut().and_then(VecDeque::pop_front);
        self.within(|place| place.constant = next, read);
    }

    /// A call such as `ErrorCode::from_wire("name")`.
    fn call(&mut self, call: &ExprCall) {
        const CONVERSIONS: [&str; 4] = ["from", "from_str", "from_wire", "try_from"];
        let (Expr::Path(function), [Some(argument), None]) =
            (&*call.func, [call.args.first(), call.args.get(1)])
        else {
            return;
        };
        let mut container = to_path(&function.path);
        let is_conversion = |name: String| CONVERSIONS.contains(&name.as_str());
        if container.segments.pop().is_some_and(is_conversion) && !container.segments.is_empty() {
            self.converted(container, argument);
        }
    }

    /// A call such as `"name".parse::<ErrorCode>()` or `[ErrorCode::Name].contains(&code)`.
    fn method_call(&mut self, call: &ExprMethodCall) {
        if call.method == "parse"
            && let Some(generics) = &call.turbofish
            && let Some(syn::GenericArgument::Type(target)) = generics.args.first()
            && let Some(container) = type_path(target)
        {
            self.converted(container, &call.receiver);
        }
        let list = match &*call.receiver {
            Expr::Reference(reference) => &reference.expr,
            receiver => receiver,
        };
        if call.method == "contains" && matches!(list, Expr::Array(_)) {
            self.compared(|this| visit::visit_expr_method_call(this, call));
        } else {
            visit::visit_expr_method_call(self, call);
        }
    }
}

//! Reads the syntax tree of a file: what it declares, and what it names.

use std::collections::VecDeque;
use std::path::PathBuf;

use proc_macro2::Span;
use syn::visit::Visit as _;
use syn::{Attribute, Expr, Item, Lit, Stmt, Type};

use super::attributes::{is_test_function, is_test_only};
use super::scope::{ConstId, Context, InTest, Named, Naming, Path, ScopeId, Site, Sources};
use crate::coverage::names::Known;
use crate::coverage::quoted::{self, Use};

/// A file that a module declares, or that a macro includes.
pub(super) struct Wanted {
    /// The files that it can be: by `cfg`, there can be several.
    pub(super) files: Vec<PathBuf>,
    /// The folder of the files that its own modules are in; missing where the file has its own.
    pub(super) folder: Option<PathBuf>,
    pub(super) scope: ScopeId,
    pub(super) test: InTest,
}

/// Where the reader is.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) scope: ScopeId,
    pub(super) context: Context,
    pub(super) test: InTest,
    /// The constant whose value is read.
    pub(super) constant: Option<ConstId>,
    /// The type that `Self` names.
    pub(super) own_type: Option<Path>,
    /// The folder of the files of modules.
    pub(super) folder: PathBuf,
    /// Whether a module of the file is around.
    pub(super) is_inline: bool,
}

/// The reader of one file.
pub(super) struct Collector<'a> {
    pub(super) known: &'a Known<'a>,
    pub(super) sources: &'a mut Sources,
    pub(super) wanted: &'a mut Vec<Wanted>,
    pub(super) text: &'a str,
    pub(super) file: usize,
    /// The folder of the file.
    pub(super) beside: PathBuf,
    pub(super) place: Place,
    /// The constants of each scope that are not read yet, in their order.
    pub(super) constants: Vec<VecDeque<ConstId>>,
}

impl Collector<'_> {
    /// Reads with a changed place.
    pub(super) fn within(&mut self, change: impl FnOnce(&mut Place), read: impl FnOnce(&mut Self)) {
        let before = self.place.clone();
        change(&mut self.place);
        read(self);
        self.place = before;
    }

    pub(super) fn compared(&mut self, read: impl FnOnce(&mut Self)) {
        self.within(|place| place.context = Context::Compared, read);
    }

    /// Reads what has attributes.
    pub(super) fn attributed(&mut self, attributes: &[Attribute], read: impl FnOnce(&mut Self)) {
        if is_test_only(attributes) && self.place.test == InTest::No {
            self.within(|place| place.test = InTest::Yes(None), read);
        } else {
            read(self);
        }
    }

    /// Reads a function, which can be a test.
    pub(super) fn function(
        &mut self,
        attributes: &[Attribute],
        name: &str,
        read: impl FnOnce(&mut Self),
    ) {
        self.attributed(attributes, |this| {
            let is_test = is_test_function(attributes) && this.place.test != InTest::Aside;
            if is_test {
                let test = InTest::Yes(Some(name.to_owned()));
                this.within(|place| place.test = test, read);
            } else {
                read(this);
            }
        });
    }

    /// Reads items in the scope of the place, after all of them were declared.
    pub(super) fn items<'i>(&mut self, items: impl Iterator<Item = &'i Item> + Clone) {
        self.constants.push(VecDeque::new());
        for item in items.clone() {
            self.declare(item);
        }
        for item in items {
            self.visit_item(item);
        }
        self.constants.pop();
    }

    /// Reads statements, in a scope of their own if they have items.
    pub(super) fn statements(&mut self, statements: &[Stmt]) {
        let items = statements.iter().filter_map(|statement| match statement {
            Stmt::Item(item) => Some(item),
            _ => None,
        });
        let rest = |this: &mut Self| {
            for statement in statements {
                if !matches!(statement, Stmt::Item(_)) {
                    this.visit_stmt(statement);
                }
            }
        };
        if items.clone().next().is_none() {
            return rest(self);
        }
        let block = self.sources.add_block(self.place.scope);
        self.within(
            |place| place.scope = block,
            |this| {
                this.items(items);
                rest(this);
            },
        );
    }

    pub(super) fn site(&self, first: Span, last: Span) -> Site {
        Site {
            file: self.file,
            line: first.start().line,
            range: first.byte_range().start..last.byte_range().end,
            test: self.place.test.clone(),
        }
    }

    pub(super) fn add(&mut self, named: Named, context: Context, site: Site) {
        let naming = Naming {
            named,
            scope: self.place.scope,
            context,
            site,
        };
        match self.place.constant {
            Some(constant) if context == Context::Value => {
                self.sources.constants[constant.0].push(naming);
            }
            _ => self.sources.namings.push(naming),
        }
    }

    /// Adds what a path names, if a code or a constant can have such a name.
    pub(super) fn name(&mut self, mut path: Path, site: Site) {
        let begins_upper = |segment: &String| segment.starts_with(char::is_uppercase);
        if !path.segments.iter().any(begins_upper) {
            return;
        }
        if path.segments[0] == "Self" {
            let is_code = path
                .segments
                .last()
                .and_then(|last| self.known.variant(last));
            let (Some(own), Some(_)) = (&self.place.own_type, is_code) else {
                return;
            };
            let rest = path.segments.split_off(1);
            path = own.clone();
            path.segments.extend(rest);
        }
        self.add(Named::Path(path), self.place.context, site);
    }

    pub(super) fn path(&mut self, path: &syn::Path) {
        let (Some(first), Some(last)) = (path.segments.first(), path.segments.last()) else {
            return;
        };
        let site = self.site(first.ident.span(), last.ident.span());
        self.name(to_path(path), site);
    }

    /// Adds a string, if it is the name of a code or is where one is expected.
    pub(super) fn string(&mut self, text: &str, span: Span) {
        let site = self.site(span, span);
        let (Some(before), Some(after)) = (
            self.text.get(..site.range.start),
            self.text.get(site.range.end..),
        ) else {
            return;
        };
        let is_code = quoted::is_code(before);
        let is_name = text.len() > 3 && text.bytes().all(|b| b.is_ascii_graphic());
        if self.known.wire(text).is_empty() && !(is_code && is_name) {
            return;
        }
        let context = match quoted::used(before, after) {
            Use::Value => self.place.context,
            Use::Compared => Context::Compared,
        };
        let text = text.to_owned();
        self.add(Named::Text { text, is_code }, context, site);
    }

    /// Adds a string that a path makes a code.
    pub(super) fn converted(&mut self, container: Path, argument: &Expr) {
        let argument = match argument {
            Expr::Reference(reference) => &reference.expr,
            argument => argument,
        };
        if let Expr::Lit(literal) = argument
            && let Lit::Str(text) = &literal.lit
        {
            let site = self.site(text.span(), text.span());
            let text = text.value();
            self.add(
                Named::Converted { container, text },
                self.place.context,
                site,
            );
        }
    }
}

/// A path of the syntax tree as segments.
pub(super) fn to_path(path: &syn::Path) -> Path {
    let segments = path.segments.iter();
    Path {
        is_absolute: path.leading_colon.is_some(),
        segments: segments.map(|segment| name_of(&segment.ident)).collect(),
    }
}

/// A name without the mark of a raw identifier.
pub(super) fn name_of(ident: &proc_macro2::Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
}

/// The path of a type, if it is one.
pub(super) fn type_path(of: &Type) -> Option<Path> {
    match of {
        Type::Path(path) if path.qself.is_none() => Some(to_path(&path.path)),
        Type::Group(group) => type_path(&group.elem),
        Type::Paren(paren) => type_path(&paren.elem),
        _ => None,
    }
}

//! The tokens of macros, which have no syntax tree.
//!
//! The arguments of most macros are expressions, statements or items, and are read as such. Of other tokens, paths and
//! strings are found one by one.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::visit::Visit as _;
use syn::{Block, Expr, ExprLit, Item, Lit, Macro, Pat, Stmt, Token};

use super::collect::{Collector, Wanted, name_of};
use super::scope::{InTest, Named, Path};

/// The macros that compare their arguments.
const COMPARISONS: [&str; 6] = [
    "assert_eq",
    "assert_ne",
    "debug_assert_eq",
    "debug_assert_ne",
    "prop_assert_eq",
    "prop_assert_ne",
];
/// The macros whose second argument is a pattern.
const MATCHES: [&str; 3] = ["assert_matches", "debug_assert_matches", "matches"];

impl Collector<'_> {
    /// Reads a call of a macro; `is_item` is whether items around it see what it declares.
    pub(super) fn macro_call(&mut self, call: &Macro, is_item: bool) {
        let name = call.path.segments.last().map(|last| name_of(&last.ident));
        let name = name.unwrap_or_default();
        if name == "include" {
            return self.include(call);
        }
        self.arguments(&name, call.tokens.clone());
        if MATCHES.contains(&name.as_str()) && self.matches(call) {
            return;
        }
        if COMPARISONS.contains(&name.as_str()) {
            self.compared(|this| this.tokens(call.tokens.clone(), is_item));
        } else {
            self.tokens(call.tokens.clone(), is_item);
        }
    }

    /// `matches!(expression, pattern if condition)`.
    fn matches(&mut self, call: &Macro) -> bool {
        let parse = |input: ParseStream<'_>| {
            let value: Expr = input.parse()?;
            input.parse::<Token![,]>()?;
            let pattern = Pat::parse_multi_with_leading_vert(input)?;
            let mut rest = Vec::new();
            while !input.is_empty() {
                if input.parse::<Option<Token![if]>>()?.is_none() {
                    input.parse::<Token![,]>()?;
                }
                if !input.is_empty() {
                    rest.push(input.parse::<Expr>()?);
                }
            }
            Ok((value, pattern, rest))
        };
        let Ok((value, pattern, rest)) = parse.parse2(call.tokens.clone()) else {
            return false;
        };
        self.visit_expr(&value);
        self.visit_pat(&pattern);
        for rest in &rest {
            self.visit_expr(rest);
        }
        true
    }

    /// `include!("file.rs")`: the code of another file in the place of the call.
    fn include(&mut self, call: &Macro) {
        if let Ok(ExprLit {
            lit: Lit::Str(path),
            ..
        }) = syn::parse2(call.tokens.clone())
        {
            self.wanted.push(Wanted {
                files: vec![self.beside.join(path.value())],
                folder: Some(self.place.folder.clone()),
                scope: self.place.scope,
                test: self.place.test.clone(),
            });
        }
    }

    /// Notes the names among the arguments of a macro, which can be one that makes codes of names.
    fn arguments(&mut self, name: &str, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.arguments(name, group.stream()),
                TokenTree::Ident(ident) => {
                    let argument = name_of(&ident);
                    if self.known.variant(&argument).is_some() {
                        let site = self.site(ident.span(), ident.span());
                        let name = name.to_owned();
                        let named = Named::MacroArgument { name, argument };
                        self.add(named, self.place.context, site);
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// Reads tokens as what they most probably are.
    fn tokens(&mut self, tokens: TokenStream, is_item: bool) {
        let list = Punctuated::<Expr, Token![,]>::parse_terminated;
        if is_item && let Ok(file) = syn::parse2::<syn::File>(tokens.clone()) {
            self.items(file.items.iter());
        } else if let Ok(list) = list.parse2(tokens.clone()) {
            for argument in &list {
                self.visit_expr(argument);
            }
        } else if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
            self.code(&statements);
        } else if has_test(tokens.clone()) && self.place.test == InTest::No {
            // As in `proptest!`, whose functions have parameters of another form.
            self.within(
                |place| place.test = InTest::Yes(None),
                |this| this.scan(tokens),
            );
        } else {
            self.scan(tokens);
        }
    }

    /// Reads statements. If all of them are items, as in the branches of `cfg_if!`, the code around sees them.
    fn code(&mut self, statements: &[Stmt]) {
        let items = statements.iter().map(|statement| match statement {
            Stmt::Item(item) => Some(item),
            _ => None,
        });
        match items.collect::<Option<Vec<&Item>>>() {
            Some(items) => self.items(items.into_iter()),
            None => self.statements(statements),
        }
    }

    /// Finds the paths and strings in tokens.
    pub(super) fn scan(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => {
                    self.group(group);
                    at += 1;
                }
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                        self.string(&text.value(), literal.span());
                        self.captured(&text.value(), literal.span());
                    }
                    at += 1;
                }
                TokenTree::Ident(ident) if ident == "mod" => at += self.module_in(&tokens[at..]),
                TokenTree::Ident(_) => at = self.path_in(&tokens, at),
                TokenTree::Punct(_) => at += 1,
            }
        }
    }

    /// Reads what is between brackets among other tokens.
    fn group(&mut self, group: &proc_macro2::Group) {
        let tokens = group.stream();
        let list = Punctuated::<Expr, Token![,]>::parse_terminated;
        if let Ok(list) = list.parse2(tokens.clone()) {
            for argument in &list {
                self.visit_expr(argument);
            }
        } else if group.delimiter() == Delimiter::Brace
            && let Ok(statements) = Block::parse_within.parse2(tokens.clone())
        {
            self.code(&statements);
        } else {
            self.scan(tokens);
        }
    }

    /// A module that is declared among other tokens; returns how many of them it has.
    fn module_in(&mut self, tokens: &[TokenTree]) -> usize {
        if let [_, TokenTree::Ident(_), TokenTree::Punct(_), ..] = tokens
            && let declaration = tokens[..3].iter().cloned().collect::<TokenStream>()
            && let Ok(module) = syn::parse2::<syn::ItemMod>(declaration)
        {
            self.module(&module);
            return 3;
        }
        1
    }

    /// Reads the path that begins at a token, and returns where the next token is.
    fn path_in(&mut self, tokens: &[TokenTree], start: usize) -> usize {
        let is = |at: Option<usize>, c: char| {
            let token = at.and_then(|at| tokens.get(at));
            matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == c)
        };
        let is_crate = is(start.checked_sub(1), '$');
        let mut segments = Vec::new();
        let mut at = start;
        let mut last = start;
        while let Some(TokenTree::Ident(ident)) = tokens.get(at) {
            segments.push(name_of(ident));
            last = at;
            at += 1;
            if is(Some(at), ':') && is(Some(at + 1), ':') {
                at += 2;
            } else {
                break;
            }
        }
        // `$name` of a macro is no path, but `$crate` is.
        if is_crate && segments[0] != "crate" {
            return at.max(start + 1);
        }
        let before = start.checked_sub(1);
        let is_absolute = is(before, ':') && is(start.checked_sub(2), ':');
        let mut after = last + 1;
        if matches!(tokens.get(after), Some(TokenTree::Group(_))) {
            after += 1;
        }
        let arrow = is(Some(after), '=') && is(Some(after + 1), '>');
        let equal = ['=', '!'].iter().any(|first| {
            is(Some(after), *first) && is(Some(after + 1), '=')
                || is(start.checked_sub(2), *first) && is(before, '=')
        });
        let site = self.site(tokens[start].span(), tokens[last].span());
        let path = Path {
            is_absolute,
            segments,
        };
        if arrow || equal {
            self.compared(|this| this.name(path, site));
        } else {
            self.name(path, site);
        }
        at.max(start + 1)
    }

    /// Adds the constants that a format string captures, as in `"{NOT_FOUND}"`.
    pub(super) fn captured(&mut self, text: &str, span: proc_macro2::Span) {
        for part in text.split('{').skip(1) {
            let end = part.find(['}', ':']).unwrap_or(0);
            let name = &part[..end];
            let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            if !name.is_empty() && name.chars().all(is_part) {
                let site = self.site(span, span);
                self.name(Path::relative(vec![name.to_owned()]), site);
            }
        }
    }
}

/// Whether tokens have the attribute `#[test]`.
fn has_test(tokens: TokenStream) -> bool {
    let mut was_hash = false;
    tokens.into_iter().any(|token| {
        let is_test = match &token {
            TokenTree::Group(group) if was_hash => {
                let last = group.stream().into_iter().last();
                matches!(last, Some(TokenTree::Ident(ident)) if ident == "test")
            }
            _ => false,
        };
        was_hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        is_test
    })
}

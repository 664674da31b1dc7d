//! Structs that codes with the same arguments share.
//!
//! Each impl of a struct costs the compiler more than a row of a table. In a crate with many codes, codes with the same
//! arguments therefore share one struct, and the struct of each code is an alias. Each code keeps the order of its
//! arguments: the alias gives it to the struct.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::super::file::{ident, tokens};
use super::structure::{Owner, Structure, feature, has_timestamp, import};
use super::{doc_lines, docs};
use crate::catalog::{Argument, ArgumentKind, Catalog, Code, derive_variant};

/// Up to this many codes with arguments, each has a struct of its own.
const MOST_OWN: usize = 100;

/// At most this many fields are in the name of a struct.
const MOST_NAMED: usize = 3;

/// Codes with at most this many arguments share a struct in any order: each is a hexadecimal digit.
const MOST_ORDERED: usize = 15;

/// What the arguments of codes that share a struct have in common.
type Fields<'a> = Vec<(&'a str, &'a str, ArgumentKind, bool, Option<&'a str>)>;

fn fields(arguments: &[Argument]) -> Fields<'_> {
    let fields = arguments.iter().map(|argument| {
        let (name, field) = (argument.name.as_str(), argument.field.as_str());
        let absent = argument.absent.as_deref();
        (name, field, argument.kind(), argument.sensitive, absent)
    });
    let mut fields: Fields<'_> = fields.collect();
    if fields.len() <= MOST_ORDERED {
        fields.sort_unstable();
    }
    fields
}

/// The structs that codes share, in the order of the codes.
pub(super) struct Shared<'a> {
    structures: Vec<Structure<'a>>,
    /// The place of the struct with these fields.
    places: BTreeMap<Fields<'a>, usize>,
}

impl<'a> Shared<'a> {
    /// The structs that these codes share.
    pub(super) fn of(codes: &[&'a Code]) -> Self {
        let mut shared = Self {
            structures: Vec::new(),
            places: BTreeMap::new(),
        };
        if codes.len() <= MOST_OWN {
            return shared;
        }
        let mut groups: BTreeMap<Fields<'a>, Vec<&'a Code>> = BTreeMap::new();
        for code in codes.iter().filter(|code| can_share(code)) {
            let group = groups.entry(fields(&code.arguments)).or_default();
            group.push(code);
        }
        let mut names = Names::default();
        for code in codes.iter().filter(|code| can_share(code)) {
            let fields = fields(&code.arguments);
            let Some(group) = groups.remove(&fields).filter(|group| group.len() > 1) else {
                continue;
            };
            let name = names.claim(&code.arguments);
            shared.places.insert(fields, shared.structures.len());
            shared.structures.push(structure(&name, &group));
        }
        shared
    }

    pub(super) fn is_empty(&self) -> bool {
        self.structures.is_empty()
    }

    /// The struct that a code shares, if it shares one.
    pub(super) fn of_code(&self, code: &Code) -> Option<&Structure<'a>> {
        let place = *self.places.get(&fields(&code.arguments))?;
        self.structures.get(place).filter(|_| can_share(code))
    }

    /// The module with the structs.
    pub(super) fn module(&self) -> TokenStream {
        let structures = self.structures.iter();
        let import = import(structures.clone().map(|one| has_timestamp(one.arguments)));
        let items = structures.flat_map(Structure::items);
        quote! {
            /// The structs that codes with the same arguments share. Name a struct by the alias of its code, in
            /// [`args`](crate::args).
            #[rustfmt::skip]
            pub mod shared {
                #import
                #(#items)*
            }
        }
    }
}

/// A deprecated code has a struct of its own, whose fields are deprecated too.
const fn can_share(code: &Code) -> bool {
    code.deprecated.is_none()
}

/// The struct of several codes.
fn structure<'a>(name: &str, codes: &[&'a Code]) -> Structure<'a> {
    let arguments: &[Argument] = codes.first().map_or(&[], |code| &code.arguments);
    let first = arguments.iter().map(|it| (&it.name, &it.meaning));
    let first: BTreeMap<_, _> = first.collect();
    let all = codes.iter().flat_map(|code| &code.arguments);
    let others = all.filter(|it| first.get(&it.name) != Some(&&it.meaning));
    let different: BTreeSet<_> = others.map(|it| &it.name).collect();
    let mut meanings = docs::meanings(arguments);
    for (argument, meaning) in arguments.iter().zip(&mut meanings) {
        if different.contains(&argument.name) {
            *meaning = docs::value_of(argument);
        }
    }
    let summary = "The arguments of the code at the place `INDEX` of \
                   [`ErrorCode::ALL`](crate::ErrorCode::ALL).";
    let feature = docs::feature(has_timestamp(arguments));
    Structure {
        name: ident(name),
        owner: Owner::Shared,
        arguments,
        meanings,
        docs: format!("{summary}{feature}"),
        skipped: None,
        deprecated: TokenStream::new(),
        allowed: TokenStream::new(),
    }
}

/// The names of the structs, with the number of the next struct that would have the name.
#[derive(Default)]
struct Names(BTreeMap<String, usize>);

impl Names {
    /// A name for the struct with these arguments that no other struct has.
    fn claim(&mut self, arguments: &[Argument]) -> String {
        let words = arguments.iter().take(MOST_NAMED);
        let words: Vec<String> = words.map(|it| derive_variant(&it.field)).collect();
        let is_short = arguments.len() <= MOST_NAMED;
        let more = if is_short { "" } else { "AndMore" };
        let base = format!("With{}{more}", words.join("And"));
        let mut name = base.clone();
        // A field can end with the number of another struct.
        while self.0.contains_key(&name) {
            let next = self.0.entry(base.clone()).or_insert(1);
            *next += 1;
            name = format!("{base}{next}");
        }
        self.0.insert(name.clone(), 1);
        name
    }
}

/// The struct of a code, as an alias of a shared one.
pub(super) fn alias(catalog: &Catalog, code: &Code, structure: &Structure<'_>) -> TokenStream {
    let feature = feature(code.has_timestamp());
    let docs = doc_lines(&docs::of_alias(catalog, code));
    let (name, shared) = (ident(&code.names.variant), &structure.name);
    let order = order(&code.arguments, structure.arguments).map(|order| quote! { , #order });
    quote! {
        #feature
        #docs
        #[rustfmt::skip]
        pub type #name = shared::#shared<{ crate::ErrorCode::#name as usize } #order>;
    }
}

/// The numbers of the fields of a struct, from one, in the order of these arguments; none if it is that of the struct.
fn order(arguments: &[Argument], fields: &[Argument]) -> Option<TokenStream> {
    let mut pairs = arguments.iter().zip(fields);
    if pairs.all(|(argument, field)| argument.name == field.name) {
        return None;
    }
    let digits = arguments.iter().filter_map(|argument| {
        let mut numbers = (1_u64..).zip(fields);
        numbers.find_map(|(number, field)| (field.name == argument.name).then_some(number))
    });
    let order = digits.fold(0, |order, digit| order << 4 | digit);
    Some(tokens(&format!("{order:#x}")))
}

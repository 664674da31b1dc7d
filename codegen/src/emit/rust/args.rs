//! `catalog/args.rs`: a struct for each code that has arguments.

mod docs;
mod shared;
mod structure;

use proc_macro2::TokenStream;
use quote::quote;

use self::shared::Shared;
use self::structure::{Owner, Structure};
use super::deprecation;
use super::file::{RustFile, doc, ident, tokens};
use crate::artifact::Artifact;
use crate::catalog::{Catalog, Code};

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let codes: Vec<&Code> = catalog
        .codes
        .iter()
        .filter(|code| !code.arguments.is_empty())
        .collect();
    let shared = Shared::of(&codes);
    let own = codes.iter().filter(|code| shared.of_code(code).is_none());
    let import = structure::import(own.map(|code| code.has_timestamp()));
    let mut file = RustFile::new(
        "The arguments of codes: one struct for each code, which converts into an\n\
         [`ApiError`](crate::ApiError).",
    )
    .items(import);
    for code in codes {
        file = match shared.of_code(code) {
            Some(structure) => file.items(shared::alias(catalog, code, structure)),
            None => own_structure(catalog, code)
                .items()
                .into_iter()
                .fold(file, RustFile::items),
        };
        file = former_names(code).into_iter().fold(file, RustFile::items);
    }
    if !shared.is_empty() {
        file = file.items(shared.module());
    }
    file.finish("catalog/args")
}

/// The struct of one code.
fn own_structure<'a>(catalog: &Catalog, code: &'a Code) -> Structure<'a> {
    let is_deprecated = code.deprecated.is_some();
    Structure {
        name: ident(&code.names.variant),
        owner: Owner::Code,
        arguments: &code.arguments,
        meanings: docs::meanings(&code.arguments),
        docs: docs::of_code(catalog, code),
        skipped: is_deprecated.then(|| quote! { #[rustfmt::skip] }),
        deprecated: tokens(&deprecation::attributes(catalog, code).concat()),
        allowed: tokens(deprecation::allowed(is_deprecated)),
    }
}

/// The former names of the struct of a code.
fn former_names(code: &Code) -> Vec<TokenStream> {
    let name = ident(&code.names.variant);
    let feature = structure::feature(code.has_timestamp());
    let allowed = tokens(deprecation::allowed(code.deprecated.is_some()));
    let former = code.names.former_variants.iter().map(|former| {
        let docs = doc(&format!("Former name of [`{0}`].", code.names.variant));
        let note = tokens(&deprecation::former_note(&code.names.variant));
        let former = ident(former);
        quote! { #feature #[doc = #docs] #allowed #note #[rustfmt::skip] pub type #former = #name; }
    });
    former.collect()
}

/// Attributes with the lines of a doc comment.
fn doc_lines(docs: &str) -> TokenStream {
    let docs = docs.lines().map(doc);
    quote! { #(#[doc = #docs])* }
}

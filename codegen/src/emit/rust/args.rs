//! `args.rs`: a struct for each code whose message has arguments.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::markup;
use super::file::{RustFile, doc, ident};
use crate::artifact::Artifact;
use crate::catalog::{Argument, ArgumentKind, Catalog, Code};

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let codes = catalog
        .codes
        .iter()
        .filter(|code| !code.arguments.is_empty());
    codes
        .flat_map(arguments_of)
        .fold(
            RustFile::new([
                "The arguments of messages: one struct a code, which converts into an",
                "[`ApiError`](crate::ApiError).",
            ]),
            RustFile::items,
        )
        .finish("args")
}

/// The struct of a code, and what makes it the code's arguments.
fn arguments_of(code: &Code) -> [TokenStream; 3] {
    let name = ident(&code.names.variant);
    let head = doc(&format!(
        "The arguments of {}.",
        markup::code(&code.names.wire)
    ));
    let fields = code.arguments.iter().map(field);
    let visits = code.arguments.iter().map(|argument| {
        let field = ident(&argument.name);
        let name = &argument.name;
        quote! { visit(#name, &self.#field); }
    });
    let structure = quote! {
        #[doc = #head]
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::struct_excessive_bools, reason = "the message has them")]
        pub struct #name {
            #(#fields)*
        }
    };
    let seal = quote! { impl crate::arguments::Sealed for #name {} };
    let implementation = quote! {
        impl crate::Arguments for #name {
            const CODE: crate::ErrorCode = crate::ErrorCode::#name;

            fn visit(&self, visit: &mut crate::arguments::Visit<'_>) {
                #(#visits)*
            }
        }
    };
    [structure, seal, implementation]
}

fn field(argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    let meaning = if argument.meaning.is_empty() {
        format!("The value of {}.", markup::code(&argument.name))
    } else {
        markup::inline(&argument.meaning)
    };
    let meaning = doc(&meaning);
    let kind = match argument.kind {
        ArgumentKind::String => quote! { ::std::string::String },
        ArgumentKind::Bool => quote! { bool },
        ArgumentKind::I64 => quote! { i64 },
        ArgumentKind::U64 => quote! { u64 },
        ArgumentKind::F64 => quote! { f64 },
    };
    quote! {
        #[doc = #meaning]
        pub #name: #kind,
    }
}

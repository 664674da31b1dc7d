//! `catalog/args.rs`: a struct for each code that has arguments.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::markdown_escape;
use super::super::rust_value::rust_value;
use super::deprecation;
use super::file::{RustFile, doc, ident, tokens};
use crate::artifact::Artifact;
use crate::catalog::{Argument, ArgumentKind, Catalog, Code};

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let codes = catalog
        .codes
        .iter()
        .filter(|code| !code.arguments.is_empty());
    // All users of the import may need the feature.
    let all_featured = codes.clone().all(Code::has_timestamp);
    let feature = all_featured.then(|| quote! { #[cfg(feature = "jiff")] });
    codes
        .flat_map(|code| arguments_of(catalog, code))
        .fold(
            RustFile::new(
                "The arguments of codes: one struct for each code, which converts into an\n\
                 [`ApiError`](crate::ApiError).",
            )
            .items(quote! { #feature use crate::runtime::argument_kind::Kind as _; }),
            RustFile::items,
        )
        .finish("catalog/args")
}

/// The struct of a code, its impls, and its former names.
fn arguments_of(catalog: &Catalog, code: &Code) -> Vec<TokenStream> {
    let name = ident(&code.names.variant);
    let docs = docs(catalog, code);
    let docs = docs.lines().map(doc);
    // Items with timestamps need the feature `jiff`.
    let feature = code
        .has_timestamp()
        .then(|| quote! { #[cfg(feature = "jiff")] });
    let is_deprecated = code.deprecated.is_some();
    let skipped = is_deprecated.then(|| quote! { #[rustfmt::skip] });
    let deprecated = tokens(&deprecation::attributes(catalog, code).concat());
    let allowed = tokens(deprecation::allowed(is_deprecated));
    let fields = code.arguments.iter().map(field);
    let visits = code.arguments.iter().map(|argument| {
        let field = ident(&argument.field);
        let name = &argument.name;
        let absent = argument.absent.as_ref().filter(|_| !argument.sensitive);
        let absent = absent.map(|text| quote! { .or_absent(#text) });
        quote! { visit(#name, self.#field.value() #absent); }
    });
    let reads = code.arguments.iter().map(|argument| {
        let field = ident(&argument.field);
        let name = &argument.name;
        quote! { #field: members.take(#name)?, }
    });
    let structure = quote! {
        #feature
        #(#[doc = #docs])*
        #skipped
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::struct_excessive_bools, reason = "the code has them")]
        pub struct #name {
            #(#fields)*
        }
    };
    let seal = quote! {
        impl crate::runtime::argument_kind::Sealed for #name {
            fn read(
                members: &mut crate::runtime::argument_kind::Members,
            ) -> ::core::result::Result<Self, ::serde_json::Error> {
                ::core::result::Result::Ok(Self { #(#reads)* })
            }
        }
    };
    let implementation = quote! {
        impl crate::Arguments for #name {
            const CODE: crate::ErrorCode = crate::ErrorCode::#name;

            fn visit(&self, visit: &mut crate::ArgumentVisitor<'_>) {
                #(#visits)*
            }
        }
    };
    let serialize = quote! {
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                crate::runtime::argument_kind::serialize(self, serializer)
            }
        }
    };
    let deserialize = quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                crate::runtime::argument_kind::deserialize(deserializer)
            }
        }
    };
    // prettyplease and rustfmt break literals, calls and long names at different widths.
    let [seal, implementation, serialize, deserialize] =
        [seal, implementation, serialize, deserialize]
            .map(|item| quote! { #feature #allowed #[rustfmt::skip] #item });
    let former = code.names.former_variants.iter().map(|former| {
        let docs = doc(&format!("Former name of [`{0}`].", code.names.variant));
        let note = tokens(&deprecation::former_note(&code.names.variant));
        let former = ident(former);
        quote! { #feature #[doc = #docs] #allowed #note #[rustfmt::skip] pub type #former = #name; }
    });
    let items = [structure, seal, implementation, serialize, deserialize];
    items.into_iter().chain(former).collect()
}

fn docs(catalog: &Catalog, code: &Code) -> String {
    let mut docs = format!(
        "The arguments of {}: {}",
        markdown_escape::code(&code.names.wire),
        markdown_escape::inline(&code.summary())
    );
    if code.has_timestamp() {
        docs.push_str("\n\nNeeds the feature `jiff`.");
    }
    // Deprecated code has no example.
    if code.deprecated.is_some() {
        return docs;
    }
    let lib = &catalog.api.lib_name;
    let variant = &code.names.variant;
    let arguments = code.arguments.iter();
    let arguments: Vec<String> = arguments
        .map(|argument| format!("    {}: {},\n", argument.field, rust_value(argument)))
        .collect();
    let arguments = arguments.concat();
    docs + &format!(
        "

```
use {lib}::{{ApiError, ErrorCode, args}};

let error = ApiError::from(args::{variant} {{
{arguments}}});
assert_eq!(error.code(), Some(ErrorCode::{variant}));
```"
    )
}

fn field(argument: &Argument) -> TokenStream {
    let name = ident(&argument.field);
    let meaning = doc(&if argument.meaning.is_empty() {
        format!("The value of {}.", markdown_escape::code(&argument.name))
    } else {
        markdown_escape::inline(&argument.meaning)
    });
    let kind = match argument.kind() {
        ArgumentKind::String => quote! { ::std::string::String },
        ArgumentKind::Bool => quote! { bool },
        ArgumentKind::I64 => quote! { i64 },
        ArgumentKind::U64 => quote! { u64 },
        ArgumentKind::F64 => quote! { f64 },
        ArgumentKind::Duration => quote! { ::core::time::Duration },
        ArgumentKind::Timestamp => quote! { ::jiff::Timestamp },
        ArgumentKind::Strings => quote! { ::std::vec::Vec<::std::string::String> },
    };
    let kind = match (argument.absent.is_some(), argument.sensitive) {
        (false, false) => kind,
        (true, false) => quote! { ::core::option::Option<#kind> },
        (false, true) => quote! { crate::Sensitive<#kind> },
        (true, true) => quote! { crate::Sensitive<::core::option::Option<#kind>> },
    };
    quote! {
        #[doc = #meaning]
        pub #name: #kind,
    }
}

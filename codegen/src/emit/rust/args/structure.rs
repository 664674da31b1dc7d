//! A struct of arguments and its impls.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::file::{doc, ident};
use super::doc_lines;
use crate::catalog::{Argument, ArgumentKind};

/// Whose arguments a struct has.
#[derive(Clone, Copy)]
pub(super) enum Owner {
    /// Those of the code with its name.
    Code,
    /// Those of the code at the index that is its const parameter, in the order that is another.
    Shared,
}

/// A struct of arguments.
pub(super) struct Structure<'a> {
    pub(super) name: Ident,
    pub(super) owner: Owner,
    pub(super) arguments: &'a [Argument],
    /// The documentation of each field.
    pub(super) meanings: Vec<String>,
    pub(super) docs: String,
    pub(super) skipped: Option<TokenStream>,
    pub(super) deprecated: TokenStream,
    /// The attribute of items that use the struct.
    pub(super) allowed: TokenStream,
}

/// The trait whose methods the impls call, for structs that need the feature of timestamps or not.
pub(super) fn import(mut featured: impl Iterator<Item = bool>) -> TokenStream {
    let Some(first) = featured.next() else {
        return TokenStream::new();
    };
    // All users of the import may need the feature.
    let feature = feature(first && featured.all(|featured| featured));
    quote! { #feature use crate::runtime::argument_kind::Kind as _; }
}

/// The condition of items with timestamps.
pub(super) fn feature(is_needed: bool) -> Option<TokenStream> {
    is_needed.then(|| quote! { #[cfg(feature = "jiff")] })
}

/// Whether some argument is a timestamp.
pub(super) fn has_timestamp(arguments: &[Argument]) -> bool {
    let mut kinds = arguments.iter().map(Argument::kind);
    kinds.any(|kind| kind == ArgumentKind::Timestamp)
}

impl Structure<'_> {
    /// The struct and its impls.
    pub(super) fn items(&self) -> Vec<TokenStream> {
        let feature = feature(has_timestamp(self.arguments));
        let allowed = &self.allowed;
        let mut impls = vec![self.sealed(), self.arguments()];
        impls.extend(self.debug());
        impls.extend(self.serde());
        // prettyplease and rustfmt break literals, calls and long names at different widths.
        let impls = impls
            .into_iter()
            .map(|item| quote! { #feature #allowed #[rustfmt::skip] #item });
        let structure = self.structure();
        [quote! { #feature #structure }]
            .into_iter()
            .chain(impls)
            .collect()
    }

    /// The parameters of an impl, and the type that it is for.
    fn subject(&self) -> (TokenStream, TokenStream) {
        let name = &self.name;
        match self.owner {
            Owner::Code => (TokenStream::new(), quote! { #name }),
            Owner::Shared => (
                quote! { const INDEX: usize, const ORDER: u64 },
                quote! { #name<INDEX, ORDER> },
            ),
        }
    }

    fn structure(&self) -> TokenStream {
        let (name, skipped, deprecated) = (&self.name, &self.skipped, &self.deprecated);
        let docs = doc_lines(&self.docs);
        let (parameters, derives) = match self.owner {
            Owner::Code => (TokenStream::new(), quote! { Clone, Debug, PartialEq }),
            Owner::Shared => (
                quote! { <const INDEX: usize, const ORDER: u64 = 0> },
                quote! { Clone, PartialEq },
            ),
        };
        let fields = self.arguments.iter().zip(&self.meanings).map(field);
        quote! {
            #docs
            #skipped
            #deprecated
            #[derive(#derives)]
            #[allow(clippy::struct_excessive_bools, reason = "the code has them")]
            pub struct #name #parameters {
                #(#fields)*
            }
        }
    }

    fn sealed(&self) -> TokenStream {
        let (parameters, subject) = self.subject();
        let reads = self.arguments.iter().map(|argument| {
            let field = ident(&argument.field);
            let name = &argument.name;
            quote! { #field: members.take(#name), }
        });
        quote! {
            impl<#parameters> crate::runtime::argument_kind::Sealed for #subject {
                fn read(members: &mut crate::runtime::argument_kind::Members) -> Self {
                    Self { #(#reads)* }
                }
            }
        }
    }

    fn arguments(&self) -> TokenStream {
        let (parameters, subject) = self.subject();
        let name = &self.name;
        let code = match self.owner {
            Owner::Code => quote! { crate::ErrorCode::#name },
            Owner::Shared => quote! { crate::ErrorCode::ALL[INDEX] },
        };
        let values = self.arguments.iter().map(|argument| {
            let field = ident(&argument.field);
            let name = &argument.name;
            let absent = argument.absent.as_ref().filter(|_| !argument.sensitive);
            let absent = absent.map(|text| quote! { .or_absent(#text) });
            quote! { #name, self.#field.value() #absent }
        });
        let visits = match self.owner {
            Owner::Code => quote! { #(visit(#values);)* },
            Owner::Shared => quote! {
                crate::runtime::argument_kind::visit(visit, ORDER, &[#((#values)),*]);
            },
        };
        quote! {
            impl<#parameters> crate::Arguments for #subject {
                const CODE: crate::ErrorCode = #code;

                fn visit(&self, visit: &mut crate::ArgumentVisitor<'_>) {
                    #visits
                }
            }
        }
    }

    /// The debug output of a shared struct has the name of the code's alias, and the order of its arguments.
    fn debug(&self) -> Option<TokenStream> {
        let (parameters, subject) = match self.owner {
            Owner::Code => return None,
            Owner::Shared => self.subject(),
        };
        let fields = self.arguments.iter().map(|argument| {
            let field = ident(&argument.field);
            let name = &argument.field;
            quote! { (#name, &self.#field) }
        });
        Some(quote! {
            impl<#parameters> ::core::fmt::Debug for #subject {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    let code = <Self as crate::Arguments>::CODE;
                    crate::runtime::argument_kind::debug(formatter, code, ORDER, &[#(#fields),*])
                }
            }
        })
    }

    fn serde(&self) -> [TokenStream; 2] {
        let (parameters, subject) = self.subject();
        let serialize = quote! {
            impl<#parameters> ::serde::Serialize for #subject {
                fn serialize<S: ::serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    crate::runtime::argument_kind::serialize(self, serializer)
                }
            }
        };
        let deserialize = quote! {
            impl<'de, #parameters> ::serde::Deserialize<'de> for #subject {
                fn deserialize<D: ::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    crate::runtime::argument_kind::deserialize(deserializer)
                }
            }
        };
        [serialize, deserialize]
    }
}

fn field((argument, meaning): (&Argument, &String)) -> TokenStream {
    let name = ident(&argument.field);
    let meaning = doc(meaning);
    let kind = match argument.kind() {
        ArgumentKind::String => quote! { ::std::string::String },
        ArgumentKind::Bool => quote! { bool },
        ArgumentKind::I64 => quote! { i64 },
        ArgumentKind::U64 => quote! { u64 },
        ArgumentKind::F64 => quote! { f64 },
        ArgumentKind::Duration => quote! { ::core::time::Duration },
        ArgumentKind::Timestamp => quote! { ::jiff::Timestamp },
        ArgumentKind::Strings => quote! { ::std::vec::Vec<::std::string::String> },
        ArgumentKind::Errors => quote! { crate::Faults },
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

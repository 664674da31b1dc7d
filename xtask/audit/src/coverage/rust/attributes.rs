//! What attributes say about tests and files.

use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token, punctuated::Punctuated};

/// Whether an attribute makes a function a test: `#[test]`, `#[tokio::test]`, `#[rstest]` and the like.
pub(crate) fn is_test_function(attributes: &[Attribute]) -> bool {
    const NAMES: [&str; 8] = [
        "case",
        "gtest",
        "quickcheck",
        "rstest",
        "test",
        "test_case",
        "test_matrix",
        "wasm_bindgen_test",
    ];
    let last = |attribute: &Attribute| {
        let last = attribute.path().segments.last();
        last.is_some_and(|last| NAMES.iter().any(|name| last.ident == name))
    };
    attributes.iter().any(last)
}

/// Whether the item with these attributes exists only in tests.
pub(crate) fn is_test_only(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let Meta::List(list) = &attribute.meta else {
            return false;
        };
        list.path.is_ident("cfg")
            && list
                .parse_args::<Meta>()
                .is_ok_and(|meta| needs_test(&meta))
    })
}

/// Whether a condition of `cfg` is true only in tests.
fn needs_test(meta: &Meta) -> bool {
    let Meta::List(list) = meta else {
        return meta.path().is_ident("test");
    };
    let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    let parts = parts.unwrap_or_default();
    if list.path.is_ident("all") {
        parts.iter().any(needs_test)
    } else {
        // Of `any`, each part must be about tests; `not` never is.
        list.path.is_ident("any") && !parts.is_empty() && parts.iter().all(needs_test)
    }
}

/// The paths that `#[path = "…"]` gives a module, those in `cfg_attr` included.
pub(crate) fn paths(attributes: &[Attribute]) -> Vec<String> {
    let mut paths = Vec::new();
    for attribute in attributes {
        collect_paths(&attribute.meta, &mut paths);
    }
    paths
}

fn collect_paths(meta: &Meta, paths: &mut Vec<String>) {
    match meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => {
            if let Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) = &pair.value
            {
                paths.push(text.value());
            }
        }
        Meta::List(list) if list.path.is_ident("cfg_attr") => {
            let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            for part in parts.unwrap_or_default().iter().skip(1) {
                collect_paths(part, paths);
            }
        }
        _ => {}
    }
}

/// Whether an attribute has nothing to do with codes, whatever its words are.
pub(crate) fn is_about_the_compiler(attribute: &Attribute) -> bool {
    const NAMES: [&str; 16] = [
        "allow",
        "cfg",
        "cfg_attr",
        "cold",
        "deny",
        "deprecated",
        "derive",
        "doc",
        "expect",
        "forbid",
        "inline",
        "must_use",
        "path",
        "repr",
        "test",
        "warn",
    ];
    let path = attribute.path();
    NAMES.iter().any(|name| path.is_ident(name))
        || path
            .segments
            .first()
            .is_some_and(|first| first.ident == "rustfmt" || first.ident == "clippy")
}

//! The documentation of the generated crate, read back.

use crate::fixtures::{Described, artifact, catalog, names, plan_of};
use crate::rendered_text::{bare, page};

/// The documentation of the crate shows the same texts, and no other markup.
#[test]
fn doc_comments_have_the_texts_of_the_catalog() {
    for name in names() {
        let catalog = catalog(name);
        let plan = plan_of(name);
        let file = syn::parse_file(artifact(&plan, "generated/src/catalog/codes.rs")).unwrap();
        let variants = file.items.iter().find_map(|item| match item {
            syn::Item::Enum(item) => Some(&item.variants),
            _ => None,
        });
        for (code, variant) in catalog.codes.iter().zip(variants.unwrap()) {
            assert_eq!(variant.ident, code.names.variant);
            let page = page(&docs_of(&variant.attrs));
            assert_eq!(page.html, Vec::<String>::new());
            let Described { fences, links, .. } = Described::by(code);
            assert!(page.headings.is_empty());
            // A link leads to the code that takes the place of one.
            let deprecation = code.deprecated.as_ref();
            let successor = deprecation.and_then(|deprecation| deprecation.successor);
            assert_eq!(
                page.links.len(),
                links.len() + usize::from(successor.is_some())
            );
            // Code of a description is no test.
            let languages = page.fences.iter().map(|(language, _)| language.as_str());
            assert_eq!(languages.collect::<Vec<_>>(), vec!["text"; fences]);
            let text = bare(&page.text);
            let meaning = bare(&code.summary());
            assert!(text.contains(&meaning), "{name}: {meaning} in {text}");
            assert!(text.contains(&bare(&code.fix)));
        }
    }
}

/// The text of a doc comment.
pub(crate) fn docs_of(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let syn::Meta::NameValue(meta) = &attribute.meta else {
            return None;
        };
        match &meta.value {
            syn::Expr::Lit(literal) if meta.path.is_ident("doc") => match &literal.lit {
                syn::Lit::Str(text) => {
                    let text = text.value();
                    Some(text.strip_prefix(' ').unwrap_or(&text).to_owned())
                }
                _ => None,
            },
            _ => None,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

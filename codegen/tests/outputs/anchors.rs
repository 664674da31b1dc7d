//! The ids on the pages, and the addresses of links.

use serde_json::json;

use crate::docs::pages;
use crate::fixtures::{artifact, compile_text, names, public_plan_of};
use crate::rendered_text::page;

/// A page states an anchor only where no heading has this id.
#[test]
fn no_page_has_an_id_twice() {
    let catalog = json!({
        "version": 1,
        "api": { "title": "Types", "docs_url": "https://docs.example.com", "crate": "pet-errors" },
        "types": {
            "auth": { "status": 400, "meaning": "A" },
            "Auth": { "status": 401, "meaning": "B", "rust": "Auth2" },
            "a.b": { "status": 402, "meaning": "C" },
            "a:b": { "status": 403, "meaning": "D", "rust": "Ab2" },
            "types-errors-by-type": { "status": 404, "meaning": "E" },
        },
        "codes": {
            "types": { "type": "auth", "meaning": "F", "fix": "Find one" },
            "retrying": { "type": "auth", "meaning": "G", "fix": "Find two" },
            "error-ids": { "type": "auth", "meaning": "H", "fix": "Find three" },
            "many_pets": { "type": "auth", "meaning": "I", "fix": "Find four", "group": "many_pets" },
            "envelope": { "type": "auth", "meaning": "J", "fix": "Find five", "aliases": ["common-codes"] },
        },
        "operations": {
            "list_pets": { "method": "GET", "path": "/a", "errors": ["types", "retrying", "error-ids"] },
            "List_Pets": { "method": "GET", "path": "/b", "errors": ["many_pets"], "rust": "Other" },
            "types-operations": { "method": "GET", "path": "/c", "errors": ["envelope"] },
        },
    });
    let clashing = codegen::plan(&compile_text("clashing", catalog.to_string()));
    let plans = names().map(|name| (name, public_plan_of(name)));
    for (name, plan) in plans.chain([("clashing", clashing)]) {
        for (file, markdown) in pages(&plan) {
            let mut ids = page(markdown).ids();
            ids.sort_unstable();
            let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).collect();
            assert!(twice.is_empty(), "{name}/{file}: {twice:?}");
        }
    }
}

/// A reader of Markdown finds the address of a code in `llms.txt`, whatever that address contains.
#[test]
fn the_links_of_llms_txt_are_whole() {
    for (docs_url, expected) in [
        ("https://a.b/(v1)/x)", "https://a.b/%28v1%29/x%29/no_pet"),
        (
            "https://a.b/{slug}?q=(1)&copy;",
            "https://a.b/no_pet?q=%281%29&copy;",
        ),
        (
            "https://a.b/%28%C3%A9%20b",
            "https://a.b/%28%C3%A9%20b/no_pet",
        ),
        (
            "https://a.b/it's-*a*_b_[c]",
            "https://a.b/it's-*a*_b_[c]/no_pet",
        ),
    ] {
        let catalog = json!({
            "version": 1,
            "api": { "title": "Pets", "docs_url": docs_url, "crate": "pet-errors" },
            "types": { "bad": { "status": 400, "meaning": "Bad" } },
            "codes": { "no_pet": { "type": "bad", "meaning": "No pet", "fix": "Find one" } },
            "retired": { "old": { "reason": "Gone", "slug": "no_pet-old" } },
        });
        let plan = codegen::plan(&compile_text("links", catalog.to_string()));
        let links = page(artifact(&plan, "docs/errors/llms.txt")).links;
        let retired = expected.replace("no_pet", "no_pet-old");
        let expected = [("no_pet", expected), ("old", &retired)];
        let found: Vec<_> = links.iter().map(|(text, url)| (&**text, &**url)).collect();
        assert_eq!(found, expected);
    }
}

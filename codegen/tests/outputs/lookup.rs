//! The page into which people paste what they got: its structure. `cargo conformance` tests what it does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use codegen::Catalog;
use expect_test::expect_file;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::fixtures::{artifact, names, public, public_plan_of};

/// The most bytes of the page of a catalog without errors.
const MAX_BYTES: usize = 60_000;

/// The page of a catalog, taken apart.
struct Page {
    html: String,
    style: String,
    script: String,
    data: Value,
    /// The rest, without the contents of these three.
    rest: String,
}

impl Page {
    fn of(name: &str) -> Self {
        let html = artifact(&public_plan_of(name), "docs/errors/errors.html").to_owned();
        let (before, style, after) = cut(&html, "<style>", "</style>");
        let (list, data, after) = cut(after, "class=\"data\">", "</script>");
        let (between, script, after) = cut(after, "<script>", "</script>");
        Self {
            style: style.to_owned(),
            script: script.to_owned(),
            data: serde_json::from_str(data).unwrap(),
            rest: [before, list, ">", between, after].concat(),
            html,
        }
    }

    /// The tags of the rest, with the texts after each.
    fn tags(&self) -> Vec<(&str, String)> {
        let (_, tags) = self.rest.split_once('<').unwrap();
        let tags = tags.split('<').map(|tag| {
            let (tag, text) = tag.split_once('>').unwrap();
            (tag, decoded(text))
        });
        tags.collect()
    }

    /// The texts of the list, without their tags and white space.
    fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for (tag, text) in self.tags() {
            if tag.starts_with("details") {
                texts.push(String::new());
            }
            if tag.starts_with("section class=\"ids\"") {
                break;
            }
            if let Some(last) = texts.last_mut() {
                last.extend(text.split_whitespace());
            }
        }
        texts
    }
}

/// A text before, between and after two marks.
fn cut<'a>(text: &'a str, start: &str, end: &str) -> (&'a str, &'a str, &'a str) {
    let (before, rest) = text.split_once(start).unwrap();
    let (between, after) = rest.split_once(end).unwrap();
    (before, between, after)
}

fn decoded(text: &str) -> String {
    let references = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
    ];
    let text = references
        .iter()
        .fold(text.to_owned(), |text, (reference, c)| {
            text.replace(reference, c)
        });
    text.replace("&#38;", "&")
}

/// A text as the page shows it, without white space: what is between backticks is code.
fn bare(text: &str) -> String {
    text.split_whitespace().collect::<String>().replace('`', "")
}

/// The policy names the hashes of the style sheet and of the script, so a browser runs nothing else, whatever a catalog
/// contains.
#[test]
fn the_policy_allows_only_the_style_sheet_and_the_script_of_the_page() {
    let page = Page::of("minimal");
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(&page.script),
        hash(&page.style)
    );
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/lookup/policy.txt");
    expect_file![file].assert_eq(&format!("{policy}\n"));
    for name in names() {
        let other = Page::of(name);
        assert_eq!((&other.style, &other.script), (&page.style, &page.script));
        let meta = "<meta http-equiv=\"Content-Security-Policy\" content=\"";
        assert!(other.rest.contains(&format!("{meta}{policy}\">")), "{name}");
    }
}

#[test]
fn the_page_is_small_and_needs_no_other_file() {
    let page = Page::of("minimal");
    let entries: usize = page
        .rest
        .split("<details")
        .skip(1)
        .map(|entry| entry.split("</details>").next().unwrap().len())
        .sum();
    let own = page.rest.len() + page.style.len() + page.script.len() - entries;
    assert!(own < MAX_BYTES, "{own} bytes");
    for name in names() {
        let page = Page::of(name);
        for (tag, _) in page.tags() {
            let loads = [
                "link",
                "img",
                "iframe",
                "object",
                "embed",
                "base",
                "script src",
            ];
            assert!(!loads.iter().any(|load| tag.starts_with(load)), "{tag}");
        }
        for loading in ["@import", "url("] {
            assert!(!page.style.contains(loading), "{loading}");
        }
        for risk in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "import(",
            "fetch(",
            "XMLHttpRequest",
            "WebSocket",
            "sendBeacon",
            "localStorage",
        ] {
            assert!(!page.script.contains(risk), "{risk}");
        }
    }
}

/// Every tag of the page is the generator's own, and every text of the catalog is where it belongs, as it was written.
#[test]
fn texts_of_the_catalog_never_become_markup() {
    for name in names() {
        let catalog = public(name);
        let page = Page::of(name);
        let mut ids = BTreeSet::new();
        for (tag, _) in page.tags() {
            let end = tag.find([' ', '\n']).unwrap_or(tag.len());
            let known = "!-- !doctype a body code dd details div dl dt footer form h1 h2 head html kbd label li main \
                         meta p script section span style summary textarea title ul";
            let element = tag[..end].trim_start_matches('/');
            assert!(
                known.split(' ').any(|known| known == element),
                "{name}: {tag}"
            );
            let attributes = attributes(&tag[end..]);
            assert!(
                attributes
                    .keys()
                    .all(|attribute| !attribute.starts_with("on") && *attribute != "style"),
                "{name}: {tag}"
            );
            if let Some(href) = attributes.get("href") {
                assert!(
                    ["https://", "http://", "#"]
                        .iter()
                        .any(|start| href.starts_with(start)),
                    "{href}"
                );
            }
            if let Some(id) = attributes.get("id") {
                assert!(ids.insert(decoded(id)), "{name}: {id} is there twice");
            }
        }
        let texts = page.texts();
        let entries = page.data["entries"].as_array().unwrap();
        assert_eq!(texts.len(), entries.len(), "{name}");
        let codes = catalog.codes.iter().zip(&texts).zip(entries);
        for ((code, shown), entry) in codes {
            assert_eq!(entry["name"], code.names.wire.as_str());
            assert!(
                ids.contains(&code.names.wire),
                "{name}: {}",
                code.names.wire
            );
            let texts = [code.summary().as_ref(), &code.fix].map(bare);
            let lists = code.lists.fixes.iter().chain(&code.lists.causes);
            for text in texts.into_iter().chain(lists.map(String::as_str).map(bare)) {
                assert!(
                    shown.replace('`', "").contains(&text),
                    "{name}: {text} in {shown}"
                );
            }
            let shown = shown.replace('`', "");
            assert!(
                shown.starts_with(&bare(&code.names.wire)),
                "{name}: {shown}"
            );
            assert!(
                shown.contains(&bare(&code.status.to_string())),
                "{name}: {shown}"
            );
        }
        let retired = catalog.retired.iter().zip(&texts[catalog.codes.len()..]);
        for (code, shown) in retired {
            assert!(shown.contains(&bare(&code.reason)), "{name}: {shown}");
        }
        let codeless = catalog.statuses.iter().map(|group| group.codeless.len());
        let expected = catalog.codes.len() + catalog.retired.len() + codeless.sum::<usize>();
        assert_eq!(entries.len(), expected, "{name}");
    }
}

/// The attributes of a tag.
fn attributes(tag: &str) -> BTreeMap<&str, &str> {
    let parts: Vec<&str> = tag.split('"').collect();
    let pairs = parts.chunks(2).filter_map(|pair| match pair {
        [name, value] => Some((
            name.trim().trim_end_matches('=').rsplit(' ').next()?,
            *value,
        )),
        _ => None,
    });
    pairs.collect()
}

#[test]
fn the_data_cannot_end_the_script() {
    for name in names() {
        let page = Page::of(name);
        let (_, data, _) = cut(&page.html, "class=\"data\">", "</script>");
        assert!(!data.contains('<'), "{name}");
        assert_eq!(page.data["title"], public(name).api.title.as_str());
        assert_eq!(page.html.matches("<script").count(), 2, "{name}");
        assert_eq!(page.html.matches("</script").count(), 2, "{name}");
    }
}

/// The page reads a body by these trees, whichever style it has.
#[test]
fn the_data_has_every_shape_that_clients_read() {
    for name in names() {
        let catalog: Catalog = public(name);
        let page = Page::of(name);
        let styles = page.data["styles"].as_array().unwrap();
        let shapes = catalog.envelope.read_shapes();
        let expected: Vec<&str> = shapes.map(|shape| shape.name.as_str()).collect();
        let found = styles.iter().map(|style| style["name"].as_str().unwrap());
        assert_eq!(found.collect::<Vec<_>>(), expected, "{name}");
        for (style, shape) in styles.iter().zip(catalog.envelope.read_shapes()) {
            assert_eq!(
                style["body"],
                codegen::record::shape(shape)["body"],
                "{name}"
            );
        }
    }
}

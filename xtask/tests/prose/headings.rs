use std::collections::BTreeSet;

use crate::fences::read;
use crate::workspace::root;

/// A link to a heading that a page has twice leads to the first one.
#[test]
fn no_page_has_a_heading_twice() {
    let entries = std::fs::read_dir(root().join("docs")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let guide = names.filter_map(|name| Some(format!("docs/{}.md", name.strip_suffix(".md")?)));
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(str::to_owned);
    for page in guide.chain(top) {
        let text = read(&page);
        let mut is_code = false;
        let mut seen = BTreeSet::new();
        for line in text.lines() {
            is_code ^= line.starts_with("```");
            let is_heading =
                !is_code && line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
            assert!(!is_heading || seen.insert(line), "{page}: {line}");
        }
        assert!(!seen.is_empty(), "{page} has no heading");
    }
}

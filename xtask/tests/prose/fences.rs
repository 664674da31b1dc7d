//! The code and the links of a Markdown page.

use crate::workspace::root;

/// A fenced block: the line before it that names a file, its language, and its lines.
pub(crate) struct Fence {
    pub(crate) file: Option<String>,
    pub(crate) language: String,
    pub(crate) lines: Vec<String>,
}

/// A page, by its path from the root.
pub(crate) fn read(page: &str) -> String {
    std::fs::read_to_string(root().join(page)).unwrap()
}

pub(crate) fn fences(text: &str) -> Vec<Fence> {
    let mut found: Vec<Fence> = Vec::new();
    let mut open = false;
    let mut last = String::new();
    for line in text.lines() {
        if let Some(language) = line.strip_prefix("```") {
            if !open {
                let file = last
                    .strip_prefix('`')
                    .and_then(|rest| rest.strip_suffix('`'));
                found.push(Fence {
                    file: file.map(str::to_owned),
                    language: language.to_owned(),
                    lines: Vec::new(),
                });
            }
            open = !open;
            last.clear();
        } else if open {
            found.last_mut().unwrap().lines.push(line.to_owned());
        } else if !line.is_empty() {
            line.clone_into(&mut last);
        }
    }
    found
}

/// The addresses of the links of a page that lead to a place in this repository. Links within
/// excerpts belong to the file that the excerpt is from.
pub(crate) fn links(page: &str) -> Vec<String> {
    let prose: Vec<&str> = page.split("```").step_by(2).collect();
    let prose = prose.concat();
    let mut found = Vec::new();
    for (at, open) in prose.match_indices("](") {
        let (address, _) = prose[at + open.len()..].split_once(')').unwrap();
        if !address.starts_with("https://") {
            found.push(address.to_owned());
        }
    }
    found
}

//! What must be known of a language to read its strings, and which files are tests.

use std::path::{Component, Path};

/// How a language writes comments and strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Syntax {
    /// What begins a comment up to the end of the line.
    pub(crate) line_comments: &'static [&'static str],
    /// The beginning and end of a comment of any length.
    pub(crate) block_comment: Option<(&'static str, &'static str)>,
    /// The quotation marks of strings.
    pub(crate) quotes: &'static [char],
    /// Whether a string of one line can be in three quotation marks, over several lines.
    pub(crate) has_triple_quotes: bool,
    /// Whether `:name` is a value.
    pub(crate) has_symbols: bool,
}

const C: Syntax = Syntax {
    line_comments: &["//"],
    block_comment: Some(("/*", "*/")),
    quotes: &['"', '`'],
    has_triple_quotes: true,
    has_symbols: false,
};
const SCRIPT: Syntax = Syntax {
    quotes: &['"', '\'', '`'],
    ..C
};
const PHP: Syntax = Syntax {
    line_comments: &["//", "#"],
    quotes: &['"', '\''],
    ..C
};
const HASH: Syntax = Syntax {
    line_comments: &["#"],
    block_comment: None,
    quotes: &['"', '\''],
    has_triple_quotes: true,
    has_symbols: false,
};
const RUBY: Syntax = Syntax {
    has_symbols: true,
    ..HASH
};
const DASHES: Syntax = Syntax {
    line_comments: &["--"],
    block_comment: None,
    has_triple_quotes: false,
    ..HASH
};
const LISP: Syntax = Syntax {
    line_comments: &[";"],
    block_comment: None,
    quotes: &['"'],
    has_triple_quotes: false,
    has_symbols: true,
};
const ERLANG: Syntax = Syntax {
    line_comments: &["%"],
    has_triple_quotes: false,
    ..HASH
};
/// Data has no comments in which a name would matter.
const DATA: Syntax = Syntax {
    line_comments: &[],
    block_comment: None,
    quotes: &['"', '\''],
    has_triple_quotes: false,
    has_symbols: false,
};

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Rust,
    /// A program in another language.
    Program(Syntax),
    /// Data, which emits nothing: it counts as a test, or not at all.
    Data(Syntax),
}

/// The kind of a file by its extension; nothing for a file that is not read.
pub(crate) fn kind(path: &Path) -> Option<Kind> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match extension.as_str() {
        "rs" => Kind::Rust,
        "c" | "cc" | "cpp" | "cs" | "cxx" | "d" | "fs" | "go" | "h" | "hpp" | "java" | "kt"
        | "kts" | "m" | "mm" | "scala" | "swift" | "v" | "zig" => Kind::Program(C),
        "cjs" | "coffee" | "cts" | "dart" | "gradle" | "groovy" | "js" | "jsx" | "mjs" | "mts"
        | "svelte" | "ts" | "tsx" | "vue" => Kind::Program(SCRIPT),
        "php" => Kind::Program(PHP),
        "bash" | "jl" | "nim" | "pl" | "pm" | "ps1" | "py" | "pyi" | "r" | "sh" => {
            Kind::Program(HASH)
        }
        "cr" | "ex" | "exs" | "rake" | "rb" => Kind::Program(RUBY),
        "elm" | "hs" | "lua" | "ml" | "sql" => Kind::Program(DASHES),
        "clj" | "cljc" | "cljs" | "el" | "lisp" | "rkt" | "scm" => Kind::Program(LISP),
        "erl" | "hrl" => Kind::Program(ERLANG),
        "bru" | "feature" | "http" | "hurl" | "json" | "jsonc" | "rest" | "robot" | "snap"
        | "yaml" | "yml" => Kind::Data(DATA),
        _ => return None,
    })
}

/// Whether a file is a test by its name, or by the name of one of its folders, as test runners find them.
pub(crate) fn is_test(path: &Path) -> bool {
    const FOLDERS: [&str; 10] = [
        "__snapshots__",
        "__tests__",
        "cypress",
        "e2e",
        "integration_test",
        "spec",
        "specs",
        "test",
        "testdata",
        "tests",
    ];
    /// The extensions of tests.
    const EXTENSIONS: [&str; 6] = ["bru", "feature", "http", "hurl", "rest", "robot"];
    /// The last part of a name, in any notation.
    const ENDS: [&str; 7] = ["cy", "e2e", "it", "spec", "specs", "test", "tests"];
    let folders = path.parent().into_iter().flat_map(Path::components);
    let mut folders = folders.filter_map(|component| match component {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    if folders.any(|name| FOLDERS.contains(&name.to_ascii_lowercase().as_str())) {
        return true;
    }
    let extension = path.extension().and_then(|extension| extension.to_str());
    if extension.is_some_and(|extension| EXTENSIONS.contains(&extension)) {
        return true;
    }
    let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else {
        return false;
    };
    let words = words(stem);
    let last = words.last().map(String::as_str).unwrap_or_default();
    stem == "conftest"
        || words.first().is_some_and(|first| first == "test") && words.len() > 1
        || ENDS.contains(&last) && words.len() > 1
        || ["test", "tests", "spec"].contains(&stem)
}

/// The words of a name such as `check-files.test`, `test_files` or `FilesTest`, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut was_lower = false;
    let mut begins = true;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            begins = true;
            was_lower = false;
            continue;
        }
        if begins || was_lower && c.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
        begins = false;
        was_lower = c.is_lowercase() || c.is_numeric();
    }
    words
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_test;

    #[test]
    fn a_test_is_known_by_its_name_in_each_language() {
        for path in [
            "tests/files.py",
            "src/test/java/Files.java",
            "web/__tests__/files.tsx",
            "web/files.test.ts",
            "web/files.spec.ts",
            "web/files.cy.ts",
            "files_test.go",
            "test_files.py",
            "conftest.py",
            "FilesTest.java",
            "FilesTests.cs",
            "FilesIT.java",
            "files_spec.rb",
            "files-test.js",
            "files.hurl",
        ] {
            assert!(is_test(Path::new(path)), "{path}");
        }
        for path in [
            "src/files.py",
            "latest.ts",
            "contest.go",
            "audit.js",
            "testing.md",
            "Attest.java",
            "inspect.rb",
            "it.ts",
            "testimonials/list.ts",
        ] {
            assert!(!is_test(Path::new(path)), "{path}");
        }
    }
}

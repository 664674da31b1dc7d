//! The invariants of ARCHITECTURE.md that are about the source itself.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What each module of the library may import from the library. A module stands for the files
/// below it too.
const LAYERS: [(&str, &[&str]); 30] = [
    ("fingerprint", &[]),
    ("unord_map", &[]),
    ("span", &[]),
    ("limits", &[]),
    ("yaml::quote", &[]),
    ("yaml::write", &["yaml"]),
    ("rule", &[]),
    ("suggest", &[]),
    ("catalog", &[]),
    ("record", &["catalog"]),
    ("artifact", &[]),
    ("diagnostic", &["yaml", "rule", "span"]),
    ("source", &["diagnostic", "rule", "span"]),
    ("yaml::node", &["span"]),
    (
        "yaml",
        &["unord_map", "diagnostic", "limits", "rule", "span"],
    ),
    (
        "include",
        &["diagnostic", "yaml", "rule", "source", "span", "yaml"],
    ),
    (
        "ast",
        &[
            "diagnostic",
            "unord_map",
            "yaml",
            "yaml",
            "rule",
            "span",
            "suggest",
        ],
    ),
    (
        "resolve",
        &[
            "unord_map",
            "catalog",
            "diagnostic",
            "ast",
            "rule",
            "source",
            "span",
            "suggest",
        ],
    ),
    (
        "lint",
        &[
            "unord_map",
            "catalog",
            "diagnostic",
            "ast",
            "resolve",
            "rule",
            "source",
            "span",
            "suggest",
        ],
    ),
    (
        "edit",
        &[
            "diagnostic",
            "ast",
            "unord_map",
            "yaml",
            "yaml",
            "source",
            "span",
            "suggest",
            "yaml",
        ],
    ),
    // The schema describes the language itself, so it sees the draft and the rules.
    ("emit::schema", &["artifact", "catalog", "ast", "rule"]),
    ("emit", &["artifact", "catalog", "record", "yaml"]),
    (
        "compat",
        &[
            "catalog",
            "record",
            "diagnostic",
            "ast",
            "load",
            "fingerprint",
            "unord_map",
            "yaml",
            "resolve",
            "rule",
            "source",
            "span",
        ],
    ),
    (
        "history",
        &["ast", "catalog", "compat", "record", "unord_map"],
    ),
    // A catalog is compiled before it is released.
    (
        "release",
        &[
            "ast",
            "compat",
            "compile",
            "diagnostic",
            "edit",
            "resolve",
            "source",
            "span",
        ],
    ),
    // A draft is compiled and printed to find out what is wrong with it, so it comes behind everything.
    (
        "import",
        &[
            "unord_map",
            "ast",
            "catalog",
            "compile",
            "diagnostic",
            "edit",
            "emit",
            "resolve",
            "rule",
            "source",
            "span",
            "load",
            "yaml",
        ],
    ),
    (
        "report",
        &[
            "catalog",
            "compat",
            "diagnostic",
            "emit",
            "fingerprint",
            "rule",
            "source",
            "span",
        ],
    ),
    ("load", &["ast", "diagnostic", "source", "span", "yaml"]),
    (
        "compile",
        &[
            "artifact",
            "catalog",
            "compat",
            "diagnostic",
            "emit",
            "history",
            "lint",
            "load",
            "resolve",
            "rule",
            "source",
        ],
    ),
    ("lib", &["*"]),
];

struct File {
    /// The path below `src`, without its ending and with `::` between its parts.
    module: String,
    path: PathBuf,
    /// The text up to the unit tests.
    text: String,
}

fn files(folder: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    found.sort_by(|left, right| left.module.cmp(&right.module));
    assert!(!found.is_empty());
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
            continue;
        }
        let module = path.strip_prefix(root).unwrap().with_extension("");
        let parts: Vec<&str> = module.iter().map(|part| part.to_str().unwrap()).collect();
        // Files of unit tests may do what tests do.
        if parts.last() == Some(&"tests") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let text = match text.split_once("#[cfg(test)]\nmod tests {") {
            Some((code, _)) => code.to_owned(),
            None => text,
        };
        found.push(File {
            module: parts.join("::"),
            path,
            text,
        });
    }
}

/// The module of the table that a file belongs to.
fn layer(module: &str) -> &'static str {
    let fits = |name: &&str| module == *name || module.starts_with(&format!("{name}::"));
    let names = LAYERS.iter().map(|(name, _)| *name);
    let layer = names
        .filter(|name| fits(name))
        .max_by_key(|name| name.len());
    layer.unwrap_or_else(|| panic!("{module} has no layer"))
}

/// The first parts of all paths of a file that name something in the library, from its root:
/// `crate::…`, and `super::…` followed to where it leads.
fn imports(module: &str, text: &str) -> Vec<String> {
    let own: Vec<&str> = module.split("::").collect();
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        found.extend(heads(&text[at + "crate::".len()..]));
    }
    let mut rest = text;
    while let Some(at) = rest.find("super::") {
        let mut path = &rest[at..];
        let mut up = 0;
        while let Some(next) = path.strip_prefix("super::") {
            path = next;
            up += 1;
        }
        rest = path;
        if up >= own.len() {
            found.extend(heads(path));
        }
    }
    found
}

/// The names that a path, or a list of paths in braces, begins with.
fn heads(path: &str) -> Vec<String> {
    let word = |path: &str| {
        let end = path.find(|c: char| !(c.is_alphanumeric() || c == '_'));
        path[..end.unwrap_or(path.len())].to_owned()
    };
    let Some(list) = path.strip_prefix('{') else {
        return vec![word(path)];
    };
    let (list, _) = list.split_once('}').unwrap();
    let items = list.split(',').map(|item| word(item.trim()));
    items.filter(|item| !item.is_empty()).collect()
}

/// The code of a file: without comments, and without its strings and what it quotes, which name
/// paths of the generated crate.
fn code(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let mut text: String = lines.flat_map(|line| [line, "\n"]).collect();
    text = text.replace("'\"'", "").replace("'\\\"'", "");
    while let Some(start) = text.find('"') {
        let mut escaped = false;
        let end = text[start + 1..].find(|c| {
            let closes = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        });
        text.replace_range(start..=start + 1 + end.expect("strings end"), "string");
    }
    while let Some(start) = text.find("quote! {") {
        let mut depth = 0;
        let end = text[start..].find(|c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            c == '}' && depth == 0
        });
        text.replace_range(start..=start + end.expect("braces match"), "quoted");
    }
    text
}

/// What the crate's root re-exports, by the module it comes from.
fn re_exports() -> BTreeMap<&'static str, &'static str> {
    [
        ("Artifact", "artifact"),
        ("Plan", "artifact"),
        ("Catalog", "catalog"),
        ("Diagnostic", "diagnostic"),
        ("Outcome", "diagnostic"),
        ("Rule", "rule"),
        ("Severity", "rule"),
        ("Source", "source"),
        ("Inputs", "source"),
    ]
    .into()
}

#[test]
fn stages_import_only_earlier_stages() {
    let mut wrong = Vec::new();
    for file in files("src") {
        let name = layer(&file.module);
        let (_, allowed) = LAYERS.iter().find(|(known, _)| *known == name).unwrap();
        let text = code(&file.text);
        for import in imports(&file.module, &text) {
            let import = re_exports()
                .get(import.as_str())
                .map_or(import, |m| (*m).to_owned());
            // Bounds belong to every stage.
            let own =
                name == import || name.starts_with(&format!("{import}::")) || import == "limits";
            // An emitter must not see another: only writers that emitters share, by `super`.
            if allowed != &["*"] && !own && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{} imports {import}", file.module));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Emitters share writers, and see nothing of each other.
#[test]
fn emitters_do_not_see_each_other() {
    const EMITTERS: [&str; 4] = ["markdown", "openapi", "rust", "schema"];
    let mut wrong = Vec::new();
    for file in files("src") {
        let Some(inside) = file.module.strip_prefix("emit::") else {
            continue;
        };
        let own = inside.split("::").next().unwrap();
        let names = |path: &str| {
            let mut found = file.text.match_indices(path);
            found.any(|(at, _)| {
                let after = file.text[at + path.len()..].chars().next();
                !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
            })
        };
        for other in EMITTERS {
            let names_it = names(&format!("super::{other}")) || names(&format!("emit::{other}"));
            let is_itself = own == other;
            if names_it && !is_itself {
                wrong.push(format!("{} names {other}", file.module));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_library_does_no_io() {
    const FORBIDDEN: [&str; 15] = [
        "std::fs",
        "std::env",
        "std::process",
        "std::net",
        "std::thread",
        "std::time",
        "std::io",
        "println!",
        "eprintln!",
        "print!",
        "dbg!",
        "static mut",
        "thread_local",
        "SystemTime",
        "::now(",
    ];
    let mut wrong = Vec::new();
    for file in files("src") {
        for word in FORBIDDEN {
            if file.text.contains(word) {
                wrong.push(format!("{} has {word}", file.module));
            }
        }
        // The order of a hash map differs from run to run: `index` keeps one that cannot be walked.
        let hashed = ["HashMap", "HashSet", "RandomState", "hash_map"];
        if file.module != "unord_map" && hashed.iter().any(|word| file.text.contains(word)) {
            wrong.push(format!("{} has a hash map of its own", file.module));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_are_short() {
    let mut wrong = Vec::new();
    for folder in [
        "src",
        "runtime/src/runtime",
        "benches",
        "examples/gateway/src",
        "../xtask/src",
        "../xtask/conformance/src",
    ] {
        for file in files(folder) {
            let lines = file.text.lines().count();
            if lines > 400 {
                wrong.push(format!("{}: {lines} lines", file.path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_module_says_what_it_is() {
    for folder in [
        "src",
        "runtime/src/runtime",
        "examples/gateway/src",
        "../xtask/src",
        "../xtask/conformance/src",
    ] {
        for file in files(folder) {
            assert!(file.text.starts_with("//! "), "{}", file.path.display());
        }
    }
}

/// Comments are prose: no rulers, no marks of unfinished work.
#[test]
fn comments_are_prose() {
    let ruler = ["----", "====", "####", "****"];
    let unfinished = ["TODO", "FIXME", "XXX", "HACK"];
    for folder in [
        "src",
        "runtime/src/runtime",
        "examples/gateway/src",
        "../xtask/src",
        "../xtask/conformance/src",
    ] {
        for file in files(folder) {
            for line in file.text.lines() {
                let Some((_, comment)) = line.split_once("// ") else {
                    continue;
                };
                let bad = ruler
                    .iter()
                    .chain(&unfinished)
                    .find(|mark| comment.contains(**mark));
                assert!(bad.is_none(), "{}: {line}", file.path.display());
            }
        }
    }
}

/// `rust-version` is a promise: no dependency asks for a newer compiler, neither of the tool, its
/// tests included, nor of the generated crate.
#[test]
fn the_stated_rust_version_is_enough_for_every_dependency() {
    // What other platforms need was never downloaded.
    let rustc = std::process::Command::new("rustc")
        .arg("-vV")
        .output()
        .unwrap();
    let version = String::from_utf8(rustc.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--format-version", "1"])
        .args(["--filter-platform", host.unwrap()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let version = |package: &serde_json::Value| {
        let text = package["rust_version"].as_str()?;
        let mut parts = text.split('.').map(|part| part.parse::<u32>().unwrap());
        Some((
            parts.next().unwrap(),
            parts.next().unwrap_or(0),
            parts.next().unwrap_or(0),
        ))
    };
    let named = |name: &str| {
        packages
            .iter()
            .find(|package| package["name"] == name)
            .unwrap()
    };
    let tool = version(named("codegen")).unwrap();
    assert_eq!(version(named("xtask")), Some(tool));
    let generated = version(named("gateway-errors")).unwrap();
    let mut asked = 0;
    for package in packages {
        let Some(needs) = version(package) else {
            continue;
        };
        assert!(needs <= tool, "{} needs {needs:?}", package["name"]);
        if [
            "serde",
            "serde_core",
            "serde_json",
            "itoa",
            "memchr",
            "zmij",
        ]
        .iter()
        .any(|name| package["name"] == *name)
        {
            assert!(needs <= generated, "{} needs {needs:?}", package["name"]);
            asked += 1;
        }
    }
    assert_eq!(
        asked, 6,
        "the dependencies of the generated crate have changed"
    );
}

/// The generated crate promises an older compiler than the tool needs: chains of `let` came later.
#[test]
fn runtime_files_keep_to_the_compiler_that_the_crate_promises() {
    fn has_chain(tokens: proc_macro2::TokenStream) -> bool {
        let mut condition = false;
        let mut binds = false;
        let mut previous = String::new();
        for token in tokens {
            if let proc_macro2::TokenTree::Group(group) = &token {
                if has_chain(group.stream()) {
                    return true;
                }
                if group.delimiter() == proc_macro2::Delimiter::Brace {
                    condition = false;
                }
            }
            let text = token.to_string();
            match text.as_str() {
                "if" | "while" => (condition, binds) = (true, false),
                "let" if condition && previous == "&" => return true,
                "let" if condition => binds = true,
                "&" if condition && binds && previous == "&" => return true,
                _ => {}
            }
            previous = text;
        }
        false
    }
    let chain = "fn f() { if let Some(x) = y && x { } }".parse().unwrap();
    assert!(has_chain(chain), "the test sees what it looks for");
    for file in files("runtime/src/runtime") {
        assert!(
            !has_chain(file.text.parse().unwrap()),
            "{}",
            file.path.display()
        );
    }
}

/// The tests that ARCHITECTURE.md names are there.
#[test]
fn every_invariant_is_held_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("../ARCHITECTURE.md")).unwrap();
    let mut named = 0;
    for span in page.split('`').skip(1).step_by(2) {
        let word = |c: char| c.is_ascii_lowercase() || c == '_';
        let Some((module, test)) = span.split_once("::") else {
            continue;
        };
        if !module.chars().all(word) || !test.chars().all(word) || module == "codegen" {
            continue;
        }
        let places =
            ["tests", "tests/crates", "tests/outputs"].map(|folder| root.join(folder).join(module));
        let file = places
            .iter()
            .map(|place| place.with_extension("rs"))
            .find(|file| file.exists());
        let file = file.unwrap_or_else(|| panic!("no file for {span}"));
        let found = std::fs::read_to_string(file)
            .unwrap()
            .contains(&format!("fn {test}()"));
        assert!(found, "{span} is no test");
        named += 1;
    }
    assert!(named >= 10, "only {named} tests are named");
}

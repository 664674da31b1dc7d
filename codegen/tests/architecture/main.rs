//! The invariants of ARCHITECTURE.md that are about the source itself.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use source::{Crate, files};

/// What each module of the library may import from the library. A module stands for the files
/// below it too.
const LAYERS: [(&str, &str); 31] = [
    ("fingerprint", ""),
    ("unord_map", ""),
    ("span", ""),
    ("limits", ""),
    ("yaml::quote", ""),
    ("yaml::write", "yaml"),
    ("rule", ""),
    ("suggest", ""),
    ("catalog", ""),
    ("record", "catalog"),
    ("artifact", ""),
    ("diagnostic", "yaml rule span"),
    ("source", "diagnostic rule span"),
    ("yaml::node", "span"),
    ("yaml", "unord_map diagnostic limits rule span"),
    ("include", "diagnostic yaml rule source span"),
    ("ast", "diagnostic unord_map yaml rule span suggest"),
    (
        "resolve",
        "unord_map catalog diagnostic ast rule source span suggest",
    ),
    (
        "lint",
        "unord_map catalog diagnostic ast resolve rule source span suggest",
    ),
    ("edit", "diagnostic ast unord_map yaml source span suggest"),
    // The schema describes the language itself, so it sees the draft and the rules.
    ("emit::schema", "artifact catalog ast rule"),
    // The tables of the guide show the policy.
    ("emit::evolution", "artifact compat"),
    ("emit", "artifact catalog record yaml"),
    (
        "compat",
        "catalog diagnostic ast limits load fingerprint record unord_map yaml resolve rule source span",
    ),
    ("history", "ast catalog compat record unord_map"),
    // A catalog is compiled before it is released.
    (
        "release",
        "ast compat compile diagnostic edit resolve source span",
    ),
    // A draft is compiled and printed to find out what is wrong with it, so it comes behind everything.
    (
        "import",
        "ast unord_map catalog compile diagnostic edit emit resolve rule source span load yaml",
    ),
    (
        "report",
        "catalog compat diagnostic emit fingerprint rule source span",
    ),
    ("load", "ast diagnostic source span yaml"),
    (
        "compile",
        "artifact catalog compat diagnostic emit history lint load resolve rule source",
    ),
    ("lib", "*"),
];

/// The folders of sources.
const SOURCES: [&str; 5] = [
    "src",
    "runtime/src/runtime",
    "examples/gateway/src",
    "../xtask/src",
    "../xtask/conformance/src",
];

/// Whether a file is a module or below it.
fn is_in(file: &str, module: &str) -> bool {
    file.strip_prefix(module)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn stages_import_only_earlier_stages() {
    let files = files("src");
    let library = Crate::new(&files);
    let mut wrong = BTreeSet::new();
    for file in &files {
        let layers = LAYERS.iter().filter(|(name, _)| is_in(&file.module, name));
        let layer = layers.max_by_key(|(name, _)| name.len());
        let (name, allowed) = layer.unwrap_or_else(|| panic!("{} has no layer", file.module));
        for used in library.uses(file) {
            let own = name.split("::").next().unwrap();
            // Bounds belong to every stage.
            let mut allowed = allowed.split(' ').chain([own, "limits"]);
            if !allowed.any(|allowed| allowed == "*" || is_in(used, allowed)) {
                wrong.insert(format!("{} imports {used}", file.module));
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new());
}

/// Emitters share writers, and see nothing of each other. An emitter is a module of `emit` that has a function of
/// that name.
#[test]
fn emitters_do_not_see_each_other() {
    let files = files("src");
    let library = Crate::new(&files);
    let emitter = |module: &str| {
        let name = module
            .strip_prefix("emit::")?
            .split("::")
            .next()?
            .to_owned();
        let own = format!("emit::{name}");
        let mut all = files.iter();
        all.any(|file| file.module == own && file.defines("emit"))
            .then_some(name)
    };
    let emitters: BTreeSet<String> = files
        .iter()
        .filter_map(|file| emitter(&file.module))
        .collect();
    let expected = ["export", "llms", "markdown", "openapi", "rust", "schema"];
    assert_eq!(emitters.iter().collect::<Vec<_>>(), expected);
    let mut wrong = Vec::new();
    for file in &files {
        let Some(own) = emitter(&file.module) else {
            continue;
        };
        for used in library.uses(file) {
            if emitter(used).is_some_and(|other| other != own) {
                wrong.push(format!("{} names {used}", file.module));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Uses that would close a circle.
const CIRCLES: [(&str, &str); 10] = [
    // Visiting a value and decoding it call each other, as serde has it.
    ("ast::access", "ast::decode"),
    // The types of a catalog refer to each other.
    ("catalog::argument", "catalog::code"),
    ("catalog::lifecycle", "catalog::code"),
    // The data of a generated crate has types of the runtime, which reads it.
    ("catalog::settings", "runtime::fallback"),
    ("catalog::settings", "runtime::wire_name"),
    // A value that has arguments, and the kinds of them; a response, and the body that it may have.
    ("runtime::arguments", "runtime::argument_kind"),
    ("runtime::response", "runtime::problem"),
    // These are to be opened.
    ("resolve::public", "resolve::retry"),
    ("project", "include"),
    ("project", "include::disk"),
];

/// One file uses another where it names an item that the other defines. A file may use items of the modules that it
/// is in.
#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut circles = Vec::new();
    for folder in [
        "src",
        "runtime/src",
        "examples/gateway/src",
        "../xtask/src",
        "../xtask/conformance/src",
    ] {
        let files = files(folder);
        let source = Crate::new(&files);
        let mut graph: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for file in &files {
            let mut used = source.uses(file);
            used.retain(|used| !is_in(&file.module, used) && !["lib", "main"].contains(used));
            used.retain(|used| !CIRCLES.contains(&(&file.module, used)));
            graph.insert(&file.module, used);
        }
        for (file, all) in &graph {
            let back = all.iter().filter(|used| leads_to(&graph, used, file));
            circles.extend(back.map(|used| format!("{folder}: {file} -> {used}")));
        }
    }
    assert_eq!(circles, Vec::<String>::new());
}

fn leads_to(graph: &BTreeMap<&str, BTreeSet<&str>>, from: &str, to: &str) -> bool {
    let mut reached = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        open.extend(graph[file].iter().filter(|used| reached.insert(used)));
    }
    reached.contains(to)
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
    for folder in SOURCES.into_iter().chain(["benches"]) {
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
    for folder in SOURCES {
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
    for folder in SOURCES {
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
    for file in files("runtime/src") {
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
        // The tests of this file, of a file of the targets, or of a target that is one file.
        let places =
            ["tests", "tests/crates", "tests/outputs"].map(|folder| root.join(folder).join(module));
        let own = root.join("tests/architecture/main");
        let is_own = module == "architecture";
        let files = places.iter().chain(is_own.then_some(&own));
        let mut files = files.map(|place| place.with_extension("rs"));
        let file = files.find(|file| file.exists());
        let file = file.unwrap_or_else(|| panic!("no file for {span}"));
        let found = std::fs::read_to_string(file)
            .unwrap()
            .contains(&format!("fn {test}()"));
        assert!(found, "{span} is no test");
        named += 1;
    }
    assert!(named >= 10, "only {named} tests are named");
}

//! The invariants of ARCHITECTURE.md that are about the source itself.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod compilers;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use source::{Crate, comment, files};

/// What each module of the library may import from the library. A module stands for the files
/// below it too.
const LAYERS: [(&str, &str); 35] = [
    ("bytes", ""),
    ("fingerprint", ""),
    ("unord_map", ""),
    ("tree", ""),
    ("span", ""),
    ("limits", ""),
    ("yaml::quote", ""),
    ("yaml::write", "tree yaml"),
    ("rule", ""),
    ("suggest", ""),
    ("catalog", "fingerprint rule"),
    ("record", "catalog tree"),
    ("artifact", "fingerprint"),
    ("diagnostic", "yaml rule span"),
    ("source", "diagnostic rule span"),
    ("yaml::node", "span"),
    ("yaml", "unord_map diagnostic limits rule span tree"),
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
    ("emit::evolution", "artifact compat record"),
    ("emit", "artifact catalog record tree unord_map yaml"),
    (
        "compat",
        "catalog diagnostic ast limits load fingerprint record suggest unord_map yaml resolve rule source span",
    ),
    // A template sees what `errors.json` contains.
    (
        "outputs",
        "artifact ast catalog diagnostic emit include rule source span suggest",
    ),
    ("history", "ast catalog compat record unord_map"),
    // A catalog is compiled before it is released.
    (
        "release",
        "ast compat compile diagnostic edit lint load resolve source span",
    ),
    // A draft is compiled and printed to find out what is wrong with it, so it comes behind everything.
    (
        "import",
        "ast unord_map catalog compat compile diagnostic edit emit record resolve rule source span load yaml",
    ),
    (
        "report",
        "catalog compat diagnostic emit fingerprint rule source span",
    ),
    // The settings of a catalog for rules about other things.
    ("audit", "catalog compile diagnostic lint rule source span"),
    ("load", "ast diagnostic include source span yaml"),
    (
        "compile",
        "artifact ast catalog compat diagnostic emit history lint load outputs resolve rule source",
    ),
    ("", "*"),
];

/// The folders of sources.
const SOURCES: [&str; 6] = [
    "src",
    "runtime/src/runtime",
    "examples/gateway/src",
    "../xtask/audit/src",
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
            // Bounds and the look at bytes belong to every stage.
            let mut allowed = allowed.split(' ').chain([own, "limits", "bytes"]);
            if !allowed.any(|allowed| allowed == "*" || is_in(used, allowed)) {
                wrong.insert(format!("{} imports {used}", file.module));
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new());
}

/// Emitters share writers and do not use each other. An emitter is a module of `emit` with a function `emit`.
#[test]
fn emitters_do_not_see_each_other() {
    fn name(module: &str) -> Option<&str> {
        module.strip_prefix("emit::")?.split("::").next()
    }
    let files = files("src");
    let library = Crate::new(&files);
    let emitters = files.iter().filter(|file| file.defines("emit"));
    let emitters: Vec<&str> = emitters
        .filter_map(|file| file.module.strip_prefix("emit::"))
        .filter(|name| !name.contains("::"))
        .collect();
    let expected = [
        "export", "llms", "lookup", "markdown", "openapi", "proxies", "rust", "schema",
    ];
    assert_eq!(emitters, expected);
    let mut wrong = Vec::new();
    for file in &files {
        let own = name(&file.module).filter(|own| emitters.contains(own));
        for used in library.uses(file) {
            let other = name(used).filter(|other| emitters.contains(other));
            if own.is_some() && other.is_some() && own != other {
                wrong.push(format!("{} names {used}", file.module));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// Uses that would close a circle. The test fails for one that no longer does.
const CIRCLES: [(&str, &str); 5] = [
    // Visiting a value and decoding it call each other, as serde has it.
    ("ast::access", "ast::decode"),
    // The data of a generated crate has types of the runtime, which reads it.
    ("catalog::settings", "runtime::fallback"),
    ("catalog::settings", "runtime::request_style"),
    ("catalog::settings", "runtime::wire_name"),
    // The trait that seals the arguments reads them by their kinds, which show arguments.
    ("runtime::arguments", "runtime::argument_kind"),
];

/// One file uses another where it names an item that the other defines. A file may use items of the modules that it
/// is in.
#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut circles = Vec::new();
    let mut needed = BTreeSet::new();
    // The runtime refers to generated files.
    for folder in SOURCES.map(|folder| folder.trim_end_matches("/runtime")) {
        let files = files(folder);
        let source = Crate::new(&files);
        let mut graph: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut exceptions = BTreeSet::new();
        for file in &files {
            let mut used = source.uses(file);
            used.retain(|used| !is_in(&file.module, used));
            let except = |used: &&str| CIRCLES.into_iter().find(|it| *it == (&file.module, used));
            exceptions.extend(used.iter().filter_map(except));
            used.retain(|used| except(used).is_none());
            graph.insert(&file.module, used);
        }
        for (file, all) in &graph {
            let back = all.iter().filter(|used| leads_to(&graph, used, file));
            circles.extend(back.map(|used| format!("{folder}: {file} -> {used}")));
        }
        let closes = |(from, to): &(&str, &str)| leads_to(&graph, to, from);
        needed.extend(exceptions.into_iter().filter(closes));
    }
    assert_eq!(circles, [""; 0]);
    assert_eq!(needed, CIRCLES.into());
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
        // The order of a hash map differs from run to run: `unord_map` has one without iteration.
        let hashed = ["HashMap", "HashSet", "RandomState", "hash_map"];
        if file.module != "unord_map" && hashed.iter().any(|word| file.text.contains(word)) {
            wrong.push(format!("{} has a hash map of its own", file.module));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn files_are_short() {
    let mut wrong = Vec::new();
    for file in SOURCES.into_iter().chain(["benches"]).flat_map(files) {
        let lines = file.text.lines().count();
        if lines > 400 {
            wrong.push(format!("{}: {lines} lines", file.path.display()));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_module_has_a_head() {
    for file in SOURCES.into_iter().flat_map(files) {
        assert!(file.text.starts_with("//! "), "{}", file.path.display());
    }
}

/// Comments are prose: no rulers, no marks of unfinished work, and none of the words that the glossary of
/// CONTRIBUTING.md replaces and that have no other use.
#[test]
fn comments_are_prose() {
    const MARKS: [&str; 8] = [
        "----", "====", "####", "****", "TODO", "FIXME", "XXX", "HACK",
    ];
    const REPLACED: [&str; 10] = [
        "anew",
        "at fault",
        "house rule",
        "nobody",
        "of which",
        "other worlds",
        "sent no more",
        "tell apart",
        "told apart",
        "whoever",
    ];
    let is_ours = |file: &source::File| !file.path.to_string_lossy().contains("fixtures");
    let sources = SOURCES.into_iter().chain(["tests"]).flat_map(files);
    for file in sources.filter(is_ours) {
        for comment in file.text.lines().filter_map(comment) {
            let lower = comment.to_lowercase();
            let is_prose = !MARKS.iter().any(|mark| comment.contains(mark))
                && !REPLACED.iter().any(|word| lower.contains(word));
            assert!(is_prose, "{}: {comment}", file.path.display());
        }
    }
}

/// The tests that ARCHITECTURE.md names are there.
#[test]
fn every_invariant_has_a_test() {
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
        let folders = [
            "tests",
            "tests/architecture",
            "tests/crates",
            "tests/outputs",
        ];
        let places = folders.map(|folder| root.join(folder).join(module));
        let own = root.join("tests/architecture/main");
        let is_own = module == "architecture";
        let files = places.iter().chain(is_own.then_some(&own));
        let mut files = files.map(|place| place.with_extension("rs"));
        let file = files.find(|file| file.exists());
        let file = file.unwrap_or_else(|| panic!("no file for {span}"));
        let found = std::fs::read_to_string(file)
            .unwrap()
            .contains(&format!("fn {test}()"));
        assert!(found, "{span} is not a test");
        named += 1;
    }
    assert!(named >= 10, "only {named} tests are named");
}

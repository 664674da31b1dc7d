//! A catalog whose entries have every name that the generated crate, Rust itself or the prelude gives a meaning.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use codegen::catalog::{derive_field, derive_variant};
use codegen::{Inputs, Rule, Source, compile};

use proc_macro2::{TokenStream, TokenTree};

use serde_json::Value;

use crate::building::cargo;
use crate::exhaustive;
use crate::fixtures::artifact;
use crate::workspace::{FEATURED, catalog_named, plan_named, workspace};

/// The keywords of the 2024 edition, weak ones included.
const KEYWORDS: &str = "Self abstract as async auto await become box break const continue crate default do dyn else enum \
     extern false final fn for gen if impl in let loop macro macro_rules match mod move mut override priv pub raw ref \
     return safe self static struct super trait true try type typeof union unsafe unsized use virtual where while yield";

/// The prelude of the 2024 edition: types, traits, variants, functions, derives, attributes, macros, and primitive types.
const PRELUDE: &str = "Box Clone Copy Debug Default DoubleEndedIterator Drop Eq Err ExactSizeIterator Extend Fn FnMut \
     FnOnce From FromIterator Future Hash Into IntoFuture IntoIterator Iterator None Ok Option Ord PartialEq PartialOrd \
     Result Send Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin Vec AsMut AsRef drop align_of size_of \
     allow bench cfg cfg_attr deny deprecated derive doc expect forbid global_allocator ignore inline must_use \
     non_exhaustive path repr should_panic test warn assert assert_eq assert_ne column compile_error concat dbg \
     debug_assert env eprintln file format format_args include include_bytes include_str line matches module_path \
     option_env panic print println stringify thread_local todo unimplemented unreachable vec write writeln bool char \
     f32 f64 i128 i16 i32 i64 i8 isize str u128 u16 u32 u64 u8 usize alloc core proc_macro std";

/// The names that no code can have in Rust: constants of the generated enums, and a keyword.
const REFUSED: [&str; 5] = ["ALL", "METHOD", "OPERATION", "PATH", "Self"];

/// Every name, sorted: those above, and from the source of the runtime each name that it declares, and each type, trait,
/// constant and variant that it uses.
fn names() -> BTreeSet<String> {
    let words = [KEYWORDS, PRELUDE];
    let words = words.into_iter().flat_map(str::split_whitespace);
    let mut names: BTreeSet<String> = words.map(str::to_owned).collect();
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src");
    for folder in ["catalog", "runtime", "runtime/testkit"] {
        for entry in std::fs::read_dir(runtime.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let text = std::fs::read_to_string(path).unwrap();
                add_names(text.parse().unwrap(), &mut names);
            }
        }
    }
    names
}

/// The keywords that are followed by the name that they declare.
const DECLARING: [&str; 9] = [
    "const",
    "enum",
    "fn",
    "macro_rules",
    "mod",
    "static",
    "struct",
    "trait",
    "type",
];

/// Adds the names in Rust code. It looks at tokens, so that it also sees the code of macros.
fn add_names(code: TokenStream, names: &mut BTreeSet<String>) {
    let mut declares = false;
    for token in code {
        match token {
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                if declares || name.starts_with(char::is_uppercase) {
                    names.insert(name.trim_start_matches("r#").to_owned());
                }
                declares = DECLARING.contains(&name.as_str());
            }
            // `macro_rules! name`
            TokenTree::Punct(punct) if punct.as_char() == '!' => {}
            TokenTree::Group(group) => {
                declares = false;
                add_names(group.stream(), names);
            }
            _ => declares = false,
        }
    }
}

/// The Rust name that an entry gets: a name in upper camel case is kept as it is.
fn variant(name: &str) -> String {
    if name.starts_with(char::is_uppercase) && !name.contains('_') {
        name.to_owned()
    } else {
        derive_variant(name)
    }
}

/// The catalog: for each name a type, a code, an operation, a set and a group. By default those that are also the name of
/// an item of Rust; a variant or a struct can collide with no other. Their codes share the arguments of all names.
pub(crate) fn reserved() -> String {
    let names = names();
    let mut variants: BTreeMap<String, &str> = BTreeMap::new();
    for name in &names {
        let is_item = name.starts_with(char::is_uppercase);
        if is_item || exhaustive::select(false, true) {
            let variant = variant(name);
            let is_refused = REFUSED.contains(&variant.as_str());
            let suffix = if is_refused { "Name" } else { "" };
            variants.entry(variant + suffix).or_insert(name);
        }
    }
    let arguments = of_arguments(&names, variants.len());
    let mut types = String::new();
    let mut codes = String::new();
    let mut sets = String::new();
    let mut operations = String::new();
    for (position, (variant, name)) in variants.iter().enumerate() {
        let meaning = format!("rust: \"{variant}\", meaning: The {name}");
        writeln!(types, "  \"{name}\": {{ {meaning}, status: 400 }}").unwrap();
        let (message, arguments) = &arguments[position];
        writeln!(
            codes,
            "  \"{name}\":\n    {{ {meaning}, fix: Try again, type: \"{name}\", group: \"{name}\", slug: page-{position},\n      \
             message: \"{message}\", args: {{ {arguments} }} }}"
        )
        .unwrap();
        writeln!(sets, "  \"{name}\": [\"{name}\"]").unwrap();
        writeln!(
            operations,
            "  \"{name}\":\n    {{ rust: \"{variant}\", method: POST, path: \"/{name}\", errors: [\"{name}\", Error, Err] }}"
        )
        .unwrap();
    }
    let codes = codes.replacen(
        "fix: Try again",
        "fix: Try again, deprecated: { use: Error }",
        1,
    );
    format!(
        "version: 1\n\
         api: {{ title: Reserved names, docs_url: \"https://example.com\", crate: reserved-errors }}\n\
         lint: {{ levels: {{ duplicate-meaning: off, style: off, message-leaks: off, message-misleads: off }} }}\n\
         types:\n{types}codes:\n{codes}sets:\n{sets}operations:\n{operations}"
    )
}

/// The names as arguments, divided among so many codes: the message of each code, and its `args`.
fn of_arguments(names: &BTreeSet<String>, codes: usize) -> Vec<(String, String)> {
    let mut divided = vec![(String::new(), Vec::new()); codes];
    let mut fields = BTreeSet::new();
    for (position, name) in names.iter().enumerate() {
        let field = derive_field(name);
        if fields.insert(field.clone()) {
            let (message, arguments) = &mut divided[position % codes];
            write!(message, "{{{name}}} ").unwrap();
            let is_keyword = field == "gen" || syn::parse_str::<syn::Ident>(&field).is_err();
            let prefix = if is_keyword { "the_" } else { "" };
            arguments.push(format!(
                "\"{name}\": {{ kind: bool, rust: \"{prefix}{field}\" }}"
            ));
        }
    }
    let divided = divided.into_iter();
    let divided = divided.map(|(message, arguments)| {
        let message = format!("{message}is wrong");
        (message, arguments.join(", "))
    });
    divided.collect()
}

/// Built and not checked, so that it shares the frameworks with the other tests.
#[test]
fn every_name_can_be_that_of_an_entry() {
    let features = [&FEATURED[..], &["--package", "reserved-errors", "--lib"]];
    cargo(workspace(), &[&["build"], &features.concat()[..]].concat());
    let plan = plan_named("reserved");
    let document = artifact(&plan, "generated/openapi.json");
    let document: Value = serde_json::from_str(document).unwrap();
    let yaml: Value = serde_yaml::from_str(artifact(&plan, "generated/openapi.yaml")).unwrap();
    for part in ["paths", "components"] {
        assert!(document[part] == yaml[part], "{part}");
    }
    let overview = artifact(&plan, "docs/errors/README.md");
    for code in catalog_named("reserved").codes {
        let page = format!("]({}.md)", code.names.slug);
        assert!(overview.contains(&page), "{}", code.names.wire);
    }
}

/// A name is refused only where Rust leaves no other choice, and the help gives a name that is accepted.
#[test]
fn only_constants_and_keywords_are_refused_as_names() {
    let refused = |name: &str| {
        let catalog = format!(
            "version: 1\napi: {{ title: Names, docs_url: \"https://example.com\" }}\n\
             types: {{ t: {{ status: 400, meaning: Bad }} }}\n\
             codes: {{ c: {{ type: t, rust: \"{name}\", meaning: Bad, fix: Try again }} }}\n"
        );
        let source = Source::new("catalog.yaml", catalog.into_bytes());
        let mut found = compile(&Inputs::new(source)).diagnostics.into_iter();
        found.find(|one| one.rule == Rule::ImpossibleName)
    };
    let names: BTreeSet<String> = names().iter().map(|name| variant(name)).collect();
    let found: Vec<&String> = names
        .iter()
        .filter(|name| refused(name).is_some())
        .collect();
    assert_eq!(found, REFUSED);
    for name in REFUSED {
        let proposal = refused(name).unwrap().suggestion.unwrap().text;
        assert!(refused(&proposal).is_none(), "{name}: {proposal}");
    }
}

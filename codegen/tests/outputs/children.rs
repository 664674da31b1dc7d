//! Codes with `message_suffix`, and their parents.

use codegen::{Catalog, plan};
use serde_json::Value;

use crate::fixtures::{artifact, compile_text};

fn catalog(codes: &str) -> Catalog {
    let text = format!(
        "version: 1\napi: {{ title: T, docs_url: https://e.x, crate: t-errors }}\n\
         types:\n  t: {{ status: 400, meaning: Wrong }}\n\
         codes:\n{codes}lint: {{ levels: {{ missing-fix-verb: \"off\" }} }}\n"
    );
    compile_text("children", text)
}

const PARENT: &str = "  parent: { type: t, message: \"No {name}.\", args: { name: { kind: string, example: cat } }, \
                      meaning: None, fix: Look }\n";

/// The message of the code `child`, with examples in place of arguments.
fn message<'a>(catalog: &'a Catalog, wire: &str) -> &'a str {
    let mut codes = catalog.codes.iter();
    let code = codes.find(|code| code.names.wire == wire);
    &code.expect("a code").example_message
}

#[test]
fn a_suffix_follows_the_message_after_a_space_unless_it_begins_with_one_or_with_punctuation() {
    for (suffix, expected) in [
        ("It is {name}.", "No cat. It is cat."),
        ("\" It is {name}.\"", "No cat. It is cat."),
        ("\"\\nIt is {{so}}.\"", "No cat.\nIt is {so}."),
        ("\", or so\"", "No cat., or so"),
        ("\": gone\"", "No cat.: gone"),
        ("(gone)", "No cat. (gone)"),
        ("\"{name}\"", "No cat. cat"),
        ("。", "No cat.。"),
    ] {
        let child = format!("  child:\n    like: parent\n    message_suffix: {suffix}\n");
        // The order of the file does not matter.
        for codes in [format!("{PARENT}{child}"), format!("{child}{PARENT}")] {
            assert_eq!(message(&catalog(&codes), "child"), expected, "{suffix}");
        }
    }
}

#[test]
fn a_parent_without_message_gives_its_meaning() {
    let codes = "  parent: { type: t, meaning: \"None in {a}\", fix: Look }\n  \
                 child: { like: parent, message_suffix: It is {so}., args: { so: { kind: bool } }, meaning: M }\n";
    let codes = codes.replace("It is {so}.", "\"It is {so}.\"");
    assert_eq!(
        message(&catalog(&codes), "child"),
        "None in {a} It is true."
    );
}

#[test]
fn the_arguments_of_a_child_add_to_those_of_its_parent_and_replace_those_with_their_names() {
    let child = "  child: { like: parent, message_suffix: \"In {place}.\", args: { name: { kind: string, example: dog }, \
                 place: { kind: string, example: here } } }\n  \
                 grandchild: { like: child, message_suffix: \"Not {name}, {times} times.\", args: { times: { kind: u64 } } }\n  \
                 other: { like: grandchild, meaning: Other }\n";
    let catalog = catalog(&format!("{PARENT}{child}"));
    assert_eq!(message(&catalog, "child"), "No dog. In here.");
    let whole = "No dog. In here. Not dog, 1 times.";
    assert_eq!(message(&catalog, "grandchild"), whole);
    assert_eq!(message(&catalog, "other"), whole);
    let names: Vec<&str> = catalog.codes[2]
        .arguments
        .iter()
        .map(|argument| argument.name.as_str())
        .collect();
    assert_eq!(names, ["name", "place", "times"]);
    // A code that repeats a message is a child of none.
    let parents: Vec<Option<&str>> = catalog
        .codes
        .iter()
        .map(|code| Some(catalog[code.parent?].names.wire.as_str()))
        .collect();
    assert_eq!(parents, [None, Some("parent"), Some("child"), None]);
}

#[test]
fn pages_and_the_export_show_parents_and_children() {
    let internal = "  secret: { like: parent, message_suffix: Ask us., audience: internal }\n  \
                    child: { like: parent, message_suffix: It is gone. }\n  \
                    open: { like: secret, message_suffix: Or not., audience: public }\n";
    let catalog = catalog(&format!("{PARENT}{internal}"));
    let plan = plan(&catalog);
    let page = |slug: &str| artifact(&plan, &format!("docs/errors/{slug}.md"));
    let parent = page("parent");
    let (_, list) = parent.split_once("\n## Special cases\n").expect("a list");
    assert!(list.contains("| [`child`](child.md) | No cat. It is gone. |"));
    assert!(!parent.contains("secret"));
    assert!(page("child").contains("This is a special case of [`parent`](parent.md)."));
    assert!(!page("open").contains("special case"));
    let export: Value = serde_json::from_str(artifact(&plan, "generated/errors.json")).unwrap();
    let codes = export["codes"].as_array().unwrap();
    let like: Vec<&Value> = codes.iter().map(|code| &code["like"]).collect();
    assert_eq!(
        like,
        [
            &Value::Null,
            &"parent".into(),
            &"parent".into(),
            &"secret".into()
        ]
    );
}

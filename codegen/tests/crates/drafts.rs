//! The crates of the drafts of lists: whatever a list is called and says, its crate compiles.

use std::path::Path;

use codegen::import::{Format, Input, Options, import};
use codegen::{Inputs, Source, compile, plan};

use crate::building::{cargo, fetch, write, write_lock};
use crate::workspace::write_plan;

/// Rows that a draft has to name, to part or to turn: numbers, equal codes of two devices, names of 200 bytes, words of
/// Rust, placeholders of several kinds, and errors without a status.
fn odd_rows() -> String {
    let long = "n".repeat(200);
    let rows = [
        r#"{"code": "self", "http_status": 404, "message": "%s has %d of ${many}", "fix": "Wait"}"#,
        r#"{"code": "ALL", "http_status": 409, "message": "{type} and {self} and {0}"}"#,
        r#"{"code": "-", "http_status": 409, "message": "\" }} */ \\ \n // {"}"#,
        r#"{"code": "no/such:pet", "type": "match", "http_status": 451, "meaning": "Émigré"}"#,
        r#"{"code": "job_failed", "type": "match", "http_status": "none", "message": "The job failed"}"#,
    ];
    format!(
        "{}\n{{\"code\": \"{long}\", \"http_status\": 500}}\n",
        rows.join("\n")
    )
}

/// Equal numbers of two devices, which a draft tells apart by namespaces.
const DEVICES: &str = r#"{"code": -1, "device": "laser", "http_status": 503, "message": "No paper"}
{"code": 0, "device": "laser", "http_status": 500, "message": "No toner"}
{"code": -1, "device": "inkjet", "http_status": 503, "message": "No ink"}
{"code": 0, "device": "inkjet", "http_status": 500, "message": "The head is dirty"}
"#;

/// The lists of the tests of `import`, each with the name of its file, and the odd ones.
fn lists() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lists");
    let mut lists: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            (name.replace('.', "-"), text)
        })
        .collect();
    lists.push(("odd".to_owned(), odd_rows()));
    lists.push(("devices".to_owned(), DEVICES.to_owned()));
    lists.sort();
    lists
}

#[test]
fn the_crate_of_each_draft_compiles() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("drafts");
    let mut members = Vec::new();
    for (name, text) in lists() {
        let options = Options {
            name: &name,
            crate_name: None,
            error_type: None,
            placeholders: None,
            namespaces: None,
            schema: "catalog.schema.json",
        };
        let draft = import(Input::Text(Format::of(&text), &text), options).unwrap();
        let catalog = draft
            .catalog
            .unwrap_or_else(|| panic!("{name}: {:?}", draft.lost));
        let inputs = Inputs::new(Source::new("draft", catalog.into_bytes()));
        write_plan(
            &workspace.join(&name),
            &plan(&compile(&inputs).value.unwrap()),
        );
        members.push(format!("{name}/generated"));
    }
    write(
        &workspace.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
    );
    write_lock(&workspace);
    fetch(&workspace);
    cargo(&workspace, &["check", "--workspace", "--lib"]);
}

//! A workspace with every way to name a code, and what `coverage` finds in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use crate::files::FILES;
use crate::project::Project;
use crate::ways::{ANYWHERE, Does, LIBRARY};

const GENERATED: &str =
    "[package]\nname = \"api-errors\"\nversion = \"1.0.0\"\nedition = \"2024\"\n";
const CORE: &str = "[package]\nname = \"my-core\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
    [dependencies]\nerrors = { package = \"api-errors\", path = \"../generated\" }\n";
const SERVER: &str = "[package]\nname = \"server\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
    [dependencies]\napi-errors = { path = \"../generated\" }\nmy-core = { path = \"../core\" }\n\
    gate = { package = \"api-errors\", path = \"../generated\" }\n";
const LIBRARY_HEAD: &str = "#[path = \"elsewhere/unusual.rs\"] mod unusual;\nmod deep;\n\
    #[cfg(test)] mod unit;\ninclude!(\"included.rs\");\ncfg_if! { if #[cfg(unix)] { mod branch; } }\n\
    mod errors {\n    pub use api_errors::{ErrorCode, ErrorCode as Code};\n    pub use api_errors as api;\n\
    pub mod all { pub use api_errors::*; }\n}\n";

/// The workspace, and what each of its codes is expected to be.
struct Made {
    project: Project,
    expected: BTreeMap<String, Does>,
    files: usize,
}

impl Made {
    /// Adds a file that names a code of its own, and returns the path of the module.
    fn add(&mut self, path: &str, text: &str, does: Does) {
        let number = self.expected.len();
        // Names that differ in more than a letter: none is meant by another.
        let wire = format!(
            "{}_error_{number}",
            ["upload", "billing", "session"][number % 3]
        );
        let variant = format!(
            "{}Error{number}",
            ["Upload", "Billing", "Session"][number % 3]
        );
        let text = text.replace("VARIANT", &variant).replace("WIRE", &wire);
        self.project.write(path, text);
        self.expected.insert(wire, does);
        self.files += 1;
    }
}

/// What a way does in a test.
fn tested(does: Does) -> Does {
    match does {
        Does::Nothing => Does::Nothing,
        _ => Does::Test,
    }
}

fn made() -> Made {
    let project = Project::new("");
    let expected = BTreeMap::new();
    let mut made = Made {
        project,
        expected,
        files: 0,
    };
    let mut library = LIBRARY_HEAD.to_owned();
    for (position, (does, text)) in ANYWHERE.iter().chain(LIBRARY).enumerate() {
        let _ = writeln!(library, "mod way_{position};");
        made.add(&format!("server/src/way_{position}.rs"), text, *does);
    }
    for (position, (does, text)) in ANYWHERE.iter().enumerate() {
        let text = format!("#[cfg(test)]\nmod tests {{\n{text}\n}}\n");
        let _ = writeln!(library, "mod unit_{position};");
        // Only the code of `cfg(not(test))` is not a part of the test.
        made.add(
            &format!("server/src/unit_{position}.rs"),
            &text,
            tested(*does),
        );
        made.add(
            &format!("server/tests/way_{position}.rs"),
            ANYWHERE[position].1,
            tested(*does),
        );
    }
    for (does, path, text) in FILES {
        made.add(path, text, *does);
    }
    made.finish(&library);
    made
}

impl Made {
    fn finish(&self, library: &str) {
        let project = &self.project;
        let mut catalog = "version: 1\napi: { title: Made, docs_url: https://docs.example.com, crate: api-errors }\n\
            types:\n  request_error: { status: 400, meaning: The request is wrong }\ncodes:\n"
            .to_owned();
        let mut generated = String::from("pub enum ErrorCode {}\n");
        let mut listed = String::new();
        for name in self.expected.keys() {
            let _ = writeln!(
                catalog,
                "  {name}: {{ type: request_error, meaning: The request {name} is wrong, fix: Send another }}"
            );
            let _ = writeln!(generated, "const _: &str = \"{name}\";");
            let _ = writeln!(listed, "      - {name}");
        }
        let _ = writeln!(
            catalog,
            "operations:\n  upload:\n    method: POST\n    path: /files\n    errors:\n{listed}"
        );
        project.write("catalog/catalog.yaml", catalog);
        project.write(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"core\", \"generated\", \"server\"]\n",
        );
        project.write(".gitignore", "ignored/\n");
        project.write("generated/Cargo.toml", GENERATED);
        project.write("generated/src/lib.rs", generated);
        project.write("core/Cargo.toml", CORE);
        let core = "pub use errors::ErrorCode as CoreCode;\npub mod prelude { pub use errors::*; pub use errors; }\n";
        project.write("core/src/lib.rs", core);
        project.write("server/Cargo.toml", SERVER);
        project.write("server/src/lib.rs", library);
        project.write("server/src/main.rs", "fn main() {}\n");
    }
}

/// What a code is in a report.
fn does(code: &Value) -> Vec<Does> {
    let kinds = [
        ("emitted", Does::Emit),
        ("handled", Does::Handle),
        ("tested", Does::Test),
    ];
    let kinds = kinds.into_iter().flat_map(|(member, does)| {
        let places = code[member].as_array().expect("places").len();
        std::iter::repeat_n(does, places)
    });
    kinds.collect()
}

#[test]
fn every_way_to_name_a_code_is_found_and_nothing_else() {
    let made = made();
    assert!(made.files >= 200, "{}", made.files);
    let run = made.project.run("coverage --format json").exits_with(0);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let mut wrong = Vec::new();
    for code in report["codes"].as_array().expect("codes") {
        let name = code["code"].as_str().expect("a name");
        let expected = match made.expected[name] {
            Does::Nothing => vec![],
            does => vec![does],
        };
        if does(code) != expected {
            wrong.push(format!("{name}: expected {expected:?}: {code}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        made.files,
        wrong.join("\n")
    );
    let count = |rule: &str| {
        let findings = report["findings"].as_array().expect("findings").iter();
        findings.filter(|finding| finding["rule"] == rule).count()
    };
    let lacking = |does: Does| {
        made.expected
            .values()
            .filter(|known| **known != does)
            .count()
    };
    assert_eq!(count("unemitted-code"), lacking(Does::Emit));
    assert_eq!(count("untested-code"), lacking(Does::Test));
    assert_eq!(count("not-a-code"), 0);
    let skipped = ["server/src/dead.rs is in no target of a package: its codes do not count"];
    assert_eq!(report["skipped"], serde_json::json!(skipped));
}

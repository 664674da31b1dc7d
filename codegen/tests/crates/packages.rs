//! The generated crate, and the tool itself, as cargo packages and publishes them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

use codegen::{Inputs, Source, compile, plan};

use crate::building::{command, write_lock};
use crate::exhaustive;
use crate::fixtures::{artifact, compile_text, root};
use crate::workspace::write_plan;

const CATALOG: &str = "\
version: 1
api:
  title: Photo \"API\"
  docs_url: https://docs.example.com/errors
  crate: photo-errors
  license: { name: MIT OR (Apache-2.0 WITH LLVM-exception) }
  repository: https://example.com/photos
  documentation: https://docs.example.com/crate
  publish: [local]
types: { bad: { status: 400, meaning: The request is wrong } }
codes: { lost: { type: bad, meaning: There is no such photo, fix: Check the id } }
";

fn manifest(catalog: &str) -> String {
    let plan = plan(&compile_text("catalog.yaml", catalog.to_owned()));
    artifact(&plan, "generated/Cargo.toml").to_owned()
}

/// The manifest up to the library.
fn about(catalog: &str) -> String {
    let manifest = manifest(catalog);
    let (_, about) = manifest.split_once("description = ").unwrap();
    let (about, _) = about.split_once("\n\n[lib]").unwrap();
    about.split_once('\n').unwrap().1.to_owned()
}

#[test]
fn the_catalog_decides_what_a_registry_sees() {
    assert_eq!(
        about(CATALOG),
        "license = \"MIT OR (Apache-2.0 WITH LLVM-exception)\"\n\
         homepage = \"https://docs.example.com/errors/\"\n\
         documentation = \"https://docs.example.com/crate\"\n\
         repository = \"https://example.com/photos\"\n\
         publish = [\"local\"]"
    );
    let changed = |key: &str, line: &str| {
        let lines = CATALOG.lines().map(|old| {
            let is_it = old.trim_start().starts_with(&format!("{key}:"));
            if is_it { line } else { old }
        });
        about(&lines.collect::<Vec<_>>().join("\n"))
    };
    for name in [
        "Proprietary License",
        "MIT OR",
        "(MIT",
        "MIT/Apache-2.0",
        "AND MIT",
        "MIT MIT",
        "\"()\"",
        "GPL 2",
    ] {
        let about = changed("license", &format!("  license: {{ name: {name} }}"));
        assert!(!about.contains("license ="), "{name}: {about}");
    }
    assert!(!changed("license", "").contains("license"));
    assert!(changed("publish", "  publish: []").ends_with("\npublish = false"));
    assert!(changed("publish", "  publish: false").ends_with("\npublish = false"));
    assert!(changed("publish", "").ends_with("\npublish = false"));
    assert!(!changed("publish", "  publish: true").contains("publish"));
    let templated = changed(
        "docs_url",
        "  docs_url: https://docs.example.com/{slug}.html",
    );
    assert!(!templated.contains("homepage"), "{templated}");
}

/// What cargo says, without a line of warning.
fn calm(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let mut lines = said.lines();
    let warning = lines.find(|line| {
        line.starts_with("warning") && *line != "warning: aborting upload due to dry run"
    });
    assert_eq!(warning, None, "{said}");
    said
}

#[test]
fn the_crate_is_packaged_and_published_without_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let licenses = ["LICENSE-APACHE", "LICENSE-MIT"];
    let licenses = licenses.map(|name| Source::new(name, b"Do as you like.\n".into()));
    let inputs = Inputs::new(Source::new("catalog.yaml", CATALOG.into()));
    let outcome = compile(&inputs.with_licenses(licenses.into()));
    write_plan(folder.path(), &plan(&outcome.value.unwrap()));
    let package = folder.path().join("generated");
    write_lock(&package);
    let call = |arguments: &[&str]| command(&package, arguments).output().unwrap();
    calm(&call(&[
        "package",
        "--offline",
        "--no-verify",
        "--allow-dirty",
    ]));
    let listed = call(&["package", "--offline", "--allow-dirty", "--list"]);
    calm(&listed);
    let listed = String::from_utf8(listed.stdout).unwrap();
    for file in [
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "src/lib.rs",
    ] {
        assert!(listed.lines().any(|line| line == file), "{file}: {listed}");
    }
    // Cargo asks the registries about publishing, also without an upload.
    if exhaustive::select(false, true) {
        publish(folder.path(), &package);
    }
}

/// Publishes to a registry on this machine, without an upload.
fn publish(folder: &Path, package: &Path) {
    let index = folder.join("index");
    std::fs::create_dir(&index).unwrap();
    let config = "{ \"dl\": \"http://localhost:1\", \"api\": \"http://localhost:1\" }";
    std::fs::write(index.join("config.json"), config).unwrap();
    let identity = [
        "-c",
        "user.name=Registry",
        "-c",
        "user.email=registry@example.com",
    ];
    let commit = [&identity[..], &["commit", "--quiet", "--message", "Start"]].concat();
    for arguments in [&["init", "--quiet"][..], &["add", "."], &commit] {
        let mut git = std::process::Command::new("git");
        let status = git.args(arguments).current_dir(&index).status().unwrap();
        assert!(status.success(), "{arguments:?}");
    }
    let arguments = ["publish", "--dry-run", "--no-verify", "--allow-dirty"];
    let output = command(package, &arguments)
        .env(
            "CARGO_REGISTRIES_LOCAL_INDEX",
            format!("file://{}", index.display()),
        )
        .output();
    let said = calm(&output.unwrap());
    assert!(said.contains("Uploading photo-errors v0.1.0"), "{said}");
}

/// The packages of the tool, which are published together.
const TOOL: [&str; 6] = [
    "--package",
    "error-catalog-codegen",
    "--package",
    "error-catalog",
    "--package",
    "error-catalog-audit",
];

/// The library embeds files that no crate of the package has, and each has the text of its licenses.
#[test]
fn the_packages_of_the_tool_have_all_that_they_are_compiled_from() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = ["package", "--list", "--offline", "--allow-dirty"];
    let listed = command(folder, &list).output().unwrap();
    assert!(listed.status.success(), "{listed:?}");
    let listed = String::from_utf8(listed.stdout).unwrap();
    let listed: BTreeSet<&str> = listed.lines().collect();
    for embedded in [
        "runtime/src/runtime",
        "runtime/src/runtime/testkit",
        "src/ast/language",
        "templates",
    ] {
        for entry in std::fs::read_dir(folder.join(embedded)).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{embedded}/{}", entry.file_name().to_str().unwrap());
            let is_file = entry.file_type().unwrap().is_file();
            assert!(!is_file || listed.contains(path.as_str()), "{path}");
        }
    }
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let text = std::fs::read(root().join(license)).unwrap();
        for package in ["codegen", "xtask", "xtask/audit"] {
            let copy = std::fs::read(root().join(package).join(license)).unwrap();
            assert!(copy == text, "{package}/{license} is another text");
        }
        assert!(listed.contains(license), "{license}");
    }
    // Builds all of them from what is packaged.
    if exhaustive::select(false, true) {
        let package = ["package", "--offline", "--allow-dirty"];
        let output = command(root(), &[&package[..], &TOOL].concat()).output();
        let output = output.unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }
}

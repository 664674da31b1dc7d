//! The guide's pages on the crate: their code compiles, runs, and tries again as often as it says.

use std::fmt::Write as _;
use std::path::Path;

use crate::building::{cargo, fetch, write_frameworks, write_lock};
use crate::fences::{Fence, fences, links, read};
use crate::workspace::{root, xtask};

const PAGE: &str = "docs/consuming-the-crate.md";

/// The page on servers, whose blocks are modules with tests of their own.
const SERVERS: &str = "docs/servers.md";

/// The page on counters, likewise.
const COUNTERS: &str = "docs/counters.md";

/// The libraries that the code of the pages uses beside the generated crates.
const MANIFEST: &str = r#"[package]
name = "guide"
version = "0.0.0"
edition = "2024"
publish = false

[workspace]
members = ["frameworks"]

[dependencies]
actix-web = { version = "4", default-features = false }
axum = { version = "0.8", features = ["macros"] }
backon = { version = "1.6.0", default-features = false, features = ["std", "tokio-sleep"] }
futures-util = "0.3"
gateway-errors = { path = "GENERATED", features = ["actix-web", "axum", "httpdate", "metrics", "testkit", "tracing", "utoipa"] }
http = "1"
metrics-exporter-prometheus = { version = "0.18.3", default-features = false }
photo-errors = { path = "../photo/generated" }
reqwest = { version = "0.13.5", default-features = false }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt", "time"] }
tower = { version = "0.5", features = ["util"] }
tracing = { version = "0.1", default-features = false, features = ["std"] }
utoipa = "6"
"#;

/// The code of a page that a test compiles.
fn checked(page: &str) -> Vec<Fence> {
    let fences = fences(&read(page)).into_iter();
    fences
        .filter(|fence| fence.language == "rust,check")
        .collect()
}

/// The name of the function that a block of items is about.
fn function(fence: &Fence) -> Option<String> {
    fence.lines.iter().find_map(|line| {
        let rest = line.strip_prefix("pub async fn ")?;
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
        Some(rest[..end].to_owned())
    })
}

#[test]
fn code_in_the_guide_compiles_and_works() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guide");
    let package = workspace.join("package");
    let page = fences(&read(PAGE));
    let photo = page
        .iter()
        .find(|fence| fence.file.as_deref() == Some("photo.yaml"));
    let photo = photo.expect("the page has a catalog").lines.join("\n");
    for folder in ["package/src", "package/tests"] {
        std::fs::create_dir_all(workspace.join(folder)).unwrap();
    }
    std::fs::write(workspace.join("photo.yaml"), photo + "\n").unwrap();
    xtask(
        &workspace,
        &["gen", "--catalog", "photo.yaml", "--out", "photo"],
    );

    let mut modules = String::from("//! The functions of the page.\n");
    let mut tests = String::new();
    for (position, fence) in checked(PAGE).iter().enumerate() {
        let code = fence.lines.join("\n");
        match function(fence) {
            Some(name) => write!(modules, "\npub mod {name} {{\n{code}\n}}\n").unwrap(),
            None => write!(tests, "#[test]\nfn block_{position}() {{\n{code}\n}}\n\n").unwrap(),
        }
    }
    let mut servers = String::from("#![allow(dead_code, reason = \"a page shows parts\")]\n");
    let blocks = [SERVERS, COUNTERS].into_iter().flat_map(checked);
    for (position, fence) in blocks.enumerate() {
        let code = fence.lines.join("\n");
        write!(servers, "\nmod block_{position} {{\n{code}\n}}\n").unwrap();
    }
    write!(servers, "\n{}", differences_are_reported()).unwrap();
    assert_eq!(servers.matches("test]\n").count(), 9);
    assert!(tests.matches("#[test]").count() >= 10);
    assert_eq!(modules.matches("pub mod").count(), 2);
    let generated = root().join("generated");
    let manifest = MANIFEST.replace("GENERATED", generated.to_str().unwrap());
    for (file, contents) in [
        ("Cargo.toml", manifest.as_str()),
        ("src/lib.rs", &modules),
        ("tests/blocks.rs", &tests),
        ("tests/servers.rs", &servers),
        ("tests/retries.rs", include_str!("guide/retries.rs")),
    ] {
        std::fs::write(package.join(file), contents).unwrap();
    }
    write_frameworks(&package.join("frameworks"));
    write_lock(&package);
    fetch(&package);
    cargo(&package, &["test", "--workspace", "--test", "*"]);
}

/// A test that holds the page to what the test kit says of a wrong response.
fn differences_are_reported() -> String {
    let page = fences(&read(SERVERS)).into_iter();
    let mut told = page.filter(|fence| fence.language == "text");
    let told = told.next().expect("the page shows it").lines.join("\n");
    format!(
        "#[test]\nfn differences_are_reported() {{\n    \
         use gateway_errors::{{ApiError, ErrorCode, testkit::check}};\n    \
         let error = ApiError::new(ErrorCode::MimeMismatch).with_request_id(\"req_1\");\n    \
         let response: http::Response<String> = error.into();\n    \
         assert_eq!(check(response, ErrorCode::FileTooLarge).unwrap_err(), {told:?});\n}}\n"
    )
}

/// The documentation of the crate shows the same loops; there they cannot be compiled.
#[test]
fn the_crate_documents_the_loops_of_the_page() {
    let source = read("generated/src/runtime/retry.rs");
    let mut shown = 0;
    for fence in checked(PAGE)
        .iter()
        .filter(|fence| function(fence).is_some())
    {
        let lines = fence.lines.iter();
        let documented: String = lines
            .map(|line| format!("/// {line}").trim_end().to_owned() + "\n")
            .collect();
        assert!(source.contains(&documented), "{documented}");
        shown += 1;
    }
    assert_eq!(shown, source.matches("```ignore").count());
}

#[test]
fn links_lead_to_files() {
    for (page, least) in [
        (PAGE, 3),
        (SERVERS, 2),
        (COUNTERS, 1),
        ("docs/gateway.md", 1),
        ("docs/openapi.md", 6),
    ] {
        let links = links(&read(page));
        for address in &links {
            let (file, heading) = address.split_once('#').unwrap_or((address, ""));
            let same = page.trim_start_matches("docs/");
            let file = if file.is_empty() { same } else { file };
            assert!(root().join("docs").join(file).exists(), "{page}: {address}");
            let target = read(&format!("docs/{file}")).to_lowercase();
            let heading = heading.replace('-', " ");
            let mut levels = ["##", "###"].iter();
            let found = levels.any(|level| target.contains(&format!("\n{level} {heading}\n")));
            let found = found || address == file;
            assert!(found, "{page}: {address}");
        }
        assert!(links.len() >= least, "{page}");
    }
}

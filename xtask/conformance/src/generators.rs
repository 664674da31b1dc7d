//! Clients of further generators, compiled and connected to a newer server, and a mock server.

use std::path::Path;

use anyhow::Context as _;
use codegen::emit::openapi;
use codegen::{Catalog, Inputs, Source};
use fs_err as fs;

use crate::check::Check;
use crate::driver;
use crate::environment::Environments;
use crate::model::Language;
use crate::server::Server;
use crate::toolchain;

/// Codes whose Rust names are keywords in other languages.
const NAMES: &str = "\
version: 1
api: { title: Names, docs_url: https://docs.example.com, crate: names-errors }
types:
  none: { status: 400, meaning: The request is wrong }
codes:
  \"none\": { type: none, meaning: There is none, fix: Choose one }
  \"true\": { type: none, meaning: It is true already, fix: Choose another }
  \"false\": { type: none, meaning: It is false already, fix: Choose another }
  self_only: { type: none, meaning: Only for itself, fix: Choose another, rust: Any }
operations:
  get: { method: GET, path: /, errors: [\"none\", \"true\", \"false\", self_only] }
";

/// Generates the clients of a catalog and runs them, and asks a mock server for every example. `text` is the source
/// of the catalog.
pub(crate) fn check(
    environments: &Environments,
    folder: &Path,
    catalog: &Catalog,
    text: &str,
) -> anyhow::Result<Vec<Check>> {
    let work = folder.join("generators");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    let closed = compile(&format!("{text}\nopenapi: {{ closed: true }}\n"))?;
    for (name, catalog) in [
        ("open", catalog),
        ("closed", &closed),
        ("names", &compile(NAMES)?),
    ] {
        let documents = openapi::emit(catalog).into_iter();
        let mut documents = documents.filter(|file| file.path.ends_with("/openapi.yaml"));
        let document = documents.next().context("the catalog has no document")?;
        fs::write(work.join(format!("{name}.yaml")), document.contents)?;
    }
    let python = environments.of(Language::Python)?;
    let node = environments.of(Language::Node)?;
    let server = Server::start(python.driver("newer_server.py"), folder, "newer-server")?;
    let mut command = python.driver("generator_cases.py");
    command.arg(&server.address).arg(&work).arg(&node.place);
    command.arg(toolchain::cargo()).arg(folder.join("rust"));
    let mut checks: Vec<Check> =
        Check::of_driver(driver::run(command, folder, "generators")?).collect();
    let mut command = node.driver("mock.mjs");
    command.arg(work.join("open.yaml"));
    checks.extend(Check::of_driver(driver::run(command, folder, "mock")?));
    Ok(checks)
}

fn compile(text: &str) -> anyhow::Result<Catalog> {
    let source = Source::new("catalog.yaml", text.as_bytes().to_vec());
    let outcome = codegen::compile(&Inputs::new(source));
    outcome.value.context("the catalog has errors")
}

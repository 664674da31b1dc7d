//! The catalog in an editor: what the YAML language server makes of the schema.

use std::path::Path;

use anyhow::Context as _;
use codegen::Catalog;
use fs_err as fs;

use super::check::{Check, Judged};
use super::driver;
use super::environment::{Environments, Language};

/// The outputs that the driver reads.
const SCHEMA: &str = "catalog/catalog.schema.json";
const ERRORS: &str = "generated/errors.json";

/// The beginnings of what must be at fault where words have no descriptions.
const NEED_DESCRIPTIONS: [&str; 4] = ["type:", "like:", "retry:", "the errors"];

/// Asks the server about the catalog of the project, whose text is `source`.
pub(super) fn check(
    environments: &Environments,
    folder: &Path,
    catalog: &Catalog,
    source: &str,
) -> anyhow::Result<Vec<Check>> {
    let work = folder.join("editor");
    fs::create_dir_all(&work)?;
    let plan = codegen::plan(catalog);
    let output = |path: &str| {
        let mut artifacts = plan.artifacts.iter();
        let artifact = artifacts.find(|artifact| artifact.path == path);
        artifact.with_context(|| format!("{path} is no output"))
    };
    let schema = &output(SCHEMA)?.contents;
    fs::write(work.join("catalog.yaml"), source)?;
    fs::write(work.join("errors.json"), &output(ERRORS)?.contents)?;
    let ask = |schema: &str| {
        fs::write(work.join("catalog.schema.json"), schema)?;
        let node = environments.of(Language::Node)?;
        let mut command = node.driver("edit_catalog.mjs");
        command.arg(work.join("catalog.yaml"));
        command.arg(work.join("errors.json"));
        driver::run::<Judged>(command, folder, "editor")
    };
    let silent = ask(&schema.replace("\"enumDescriptions\"", "\"silent\""))?;
    let mut checks = vec![planted(&silent.lines)];
    checks.extend(Check::of_driver(ask(schema)?));
    Ok(checks)
}

/// Whether a schema that does not describe its words is found out, and nothing else is said of it.
fn planted(judged: &[Judged]) -> Check {
    let at_fault = judged.iter().filter(|judged| judged.fault.is_some());
    let at_fault: Vec<&str> = at_fault.map(|judged| judged.subject.as_str()).collect();
    let is_found = at_fault.len() == NEED_DESCRIPTIONS.len()
        && at_fault
            .iter()
            .zip(NEED_DESCRIPTIONS)
            .all(|(subject, start)| subject.starts_with(start));
    Check {
        tool: "words without descriptions that were planted".to_owned(),
        subject: "the schema".to_owned(),
        faults: (!is_found)
            .then(|| format!("they were found in {at_fault:?}"))
            .into_iter()
            .collect(),
    }
}

//! The catalog in an editor: the YAML language server with the generated schema.

use std::path::Path;

use anyhow::Context as _;
use codegen::Catalog;
use fs_err as fs;

use crate::check::{Check, Judged};
use crate::driver;
use crate::environment::Environments;
use crate::model::Language;

/// The outputs that the driver reads.
const SCHEMA: &str = "catalog/catalog.schema.json";
const ERRORS: &str = "generated/errors.json";

/// The subjects that must fail if enum values have no descriptions.
const NEED_DESCRIPTIONS: [&str; 4] = ["type:", "like:", "retry:", "the errors"];

/// Runs the server on the sample catalog, whose text is `source`.
pub(crate) fn check(
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
        artifact.with_context(|| format!("{path} is not an output"))
    };
    let schema = &output(SCHEMA)?.contents;
    fs::write(work.join("catalog.yaml"), source)?;
    fs::write(work.join("errors.json"), &output(ERRORS)?.contents)?;
    let run = |schema: &str| {
        fs::write(work.join("catalog.schema.json"), schema)?;
        let node = environments.of(Language::Node)?;
        let mut command = node.driver("edit_catalog.mjs");
        command.arg(work.join("catalog.yaml"));
        command.arg(work.join("errors.json"));
        driver::run::<Judged>(command, folder, "editor")
    };
    let silent = run(&schema.replace("\"enumDescriptions\"", "\"silent\""))?;
    let mut checks = vec![planted(&silent.lines)];
    checks.extend(Check::of_driver(run(schema)?));
    Ok(checks)
}

/// Checks that the driver reports a schema without enum descriptions, and nothing else about it.
fn planted(judged: &[Judged]) -> Check {
    let failed = judged.iter().filter(|judged| judged.fault.is_some());
    let failed: Vec<&str> = failed.map(|judged| judged.subject.as_str()).collect();
    let is_found = failed.len() == NEED_DESCRIPTIONS.len()
        && failed
            .iter()
            .zip(NEED_DESCRIPTIONS)
            .all(|(subject, start)| subject.starts_with(start));
    let fault = (!is_found).then(|| format!("reported for {failed:?}"));
    Check::new(
        "planted enum values without descriptions",
        "the schema",
        fault,
    )
}

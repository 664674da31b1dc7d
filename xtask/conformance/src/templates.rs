//! What the ready templates make: under type checkers, with the bodies of every code, and with the example server.

use std::path::Path;

use anyhow::Context as _;
use codegen::{Inputs, Source, plan};
use fs_err as fs;

use crate::check::Check;
use crate::context::Context;
use crate::driver;
use crate::model::Language;

/// A catalog with many styles, names of their own, faults, and numbers as codes.
const SHAPES: &str = "codegen/tests/fixtures/good/shapes/catalog.yaml";

/// A catalog with every built-in style that has a place for faults, and with details.
const FAULTS: &str = "codegen/runtime/catalog.yaml";

/// A catalog with what operations state, codes without a status, and namespaces.
const READY: &str = "codegen/tests/fixtures/ready/catalog.yaml";

const OUTPUTS: &str = "
outputs:
  - { template: typescript, to: errors.ts }
  - { template: python, to: errors.py }
";

pub(crate) fn check(context: &Context<'_>) -> anyhow::Result<Vec<Check>> {
    let work = context.folder.join("templates");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let sample = context.inputs.sources()[0].text();
    write(sample, &work.join("sample"))?;
    for (path, name) in [(SHAPES, "shapes"), (FAULTS, "faults"), (READY, "ready")] {
        write(
            &fs::read_to_string(context.root.join(path))?,
            &work.join(name),
        )?;
    }
    let python = context.environments.of(Language::Python)?;
    let node = context.environments.of(Language::Node)?;
    let mut command = python.driver("template_cases.py");
    command.arg(&work).arg(&node.place).arg(context.address);
    let report = driver::run(command, context.folder, "templates")?;
    Ok(Check::of_driver(report).collect())
}

/// Writes the modules of a catalog, its export, and a body of every code in every style.
fn write(catalog: &str, folder: &Path) -> anyhow::Result<()> {
    let source = Source::new("catalog.yaml", format!("{catalog}{OUTPUTS}").into_bytes());
    let outcome = codegen::compile(&Inputs::new(source));
    let catalog = outcome.value.context("the catalog has errors")?;
    fs::create_dir_all(folder.join("bodies"))?;
    for file in plan(&catalog).artifacts {
        let name = match file.path.strip_prefix("generated/") {
            Some("errors.json") => "errors.json".to_owned(),
            Some(path) => match path.strip_prefix("fixtures/") {
                Some(body) => format!("bodies/{body}"),
                None => continue,
            },
            None if file.path.starts_with("errors.") => file.path,
            None => continue,
        };
        fs::write(folder.join(name), file.contents)?;
    }
    Ok(())
}

//! The page that finds errors, in a browser: with the body of every code in every style, as clients print it, and
//! damaged.

use std::path::Path;

use codegen::Catalog;
use fs_err as fs;

use crate::catalogs::{self, FIXTURES};
use crate::check::Check;
use crate::context::Context;
use crate::driver;
use crate::model::Language;

/// The test catalogs with every built-in shape, other shapes, faults, numbers as codes, and difficult texts and names.
const OTHERS: [&str; 9] = [
    "details",
    "hostile_markup",
    "hostile_names",
    "hostile_strings",
    "hostile_unicode",
    "integers",
    "lifecycle",
    "problem",
    "shapes",
];

pub(crate) fn check(context: &Context<'_>, chromium: &Path) -> anyhow::Result<Vec<Check>> {
    let work = context.folder.join("lookup");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let folder = work.join("catalogs");
    write(context.catalog, &folder.join("sample"))?;
    for name in OTHERS {
        let catalog = catalogs::compile(&context.root.join(FIXTURES).join(name))?;
        write(&catalog, &folder.join(name))?;
    }
    let node = context.environments.of(Language::Node)?;
    let mut command = node.driver("look_up.mjs");
    command
        .arg(&folder)
        .arg(chromium)
        .arg(work.join("pictures"));
    let report = driver::run(command, context.folder, "look-up")?;
    Ok(Check::of_driver(report).collect())
}

/// Writes the page, the export and the body of each code.
fn write(catalog: &Catalog, folder: &Path) -> anyhow::Result<()> {
    for artifact in codegen::plan(catalog).artifacts {
        let path = match artifact.path.strip_prefix("generated/") {
            Some(path) if path == "errors.json" || path.starts_with("fixtures/") => path,
            None if artifact.path == "docs/errors/errors.html" => &artifact.path,
            _ => continue,
        };
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, &artifact.contents)?;
    }
    Ok(())
}

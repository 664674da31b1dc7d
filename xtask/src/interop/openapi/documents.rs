//! The documents that are looked at: those of the sample and of the catalogs of the tests, and that of the
//! example server with overlays.

use std::path::{Path, PathBuf};

use anyhow::ensure;
use codegen::emit::openapi::{self, OpenApiVersion, Overlay};
use codegen::{Catalog, Inputs, Source};
use fs_err as fs;

use super::super::check::Check;
use super::super::driver;
use super::super::environment::Language;
use super::Context;
use super::guide::API;

/// Where the catalogs of the tests are.
const FIXTURES: &str = "codegen/tests/fixtures/good";

pub(super) struct Documents {
    generated: Vec<PathBuf>,
    overlays: Vec<Application>,
}

/// An overlay, and the document that it is for.
struct Application {
    document: PathBuf,
    overlay: PathBuf,
    result: PathBuf,
}

impl Documents {
    /// Those that were generated, and those with overlays.
    pub(super) fn all(&self) -> Vec<&Path> {
        let results = self.overlays.iter().map(|overlay| &overlay.result);
        let all = self.generated.iter().chain(results);
        all.map(PathBuf::as_path).collect()
    }
}

/// Writes the documents and the overlays.
pub(super) fn write(context: &Context<'_>, work: &Path) -> anyhow::Result<Documents> {
    let folder = work.join("documents");
    let mut generated = write_generated(context.catalog, &folder.join("sample"))?;
    let mut fixtures = Vec::new();
    for entry in fs::read_dir(context.root.join(FIXTURES))? {
        fixtures.push(entry?.path());
    }
    fixtures.sort();
    ensure!(!fixtures.is_empty(), "there are no catalogs in {FIXTURES}");
    for fixture in fixtures {
        let catalog = read_catalog(&fixture.join("catalog.yaml"))?;
        let name = fixture.file_name().unwrap_or_default();
        generated.extend(write_generated(&catalog, &folder.join(name))?);
    }
    let api = fs::read_to_string(context.root.join(API))?;
    let mut overlays = Vec::new();
    for (number, version) in [
        ("3.1.0", OpenApiVersion::V3_1),
        ("3.0.3", OpenApiVersion::V3_0),
    ] {
        let document = folder.join(format!("api-{number}.yaml"));
        ensure!(
            api.contains("openapi: 3.1.0\n"),
            "{API} is not of OpenAPI 3.1.0"
        );
        fs::write(&document, api.replacen("3.1.0", number, 1))?;
        for (name, overlay) in [
            ("overlay", Overlay::of(context.catalog, version)),
            ("strict", Overlay::strict(context.catalog, version)),
        ] {
            let file = folder.join(format!("{name}-{number}.yaml"));
            fs::write(&file, overlay.to_yaml())?;
            overlays.push(Application {
                document: document.clone(),
                overlay: file,
                result: folder.join(format!("api-{number}-{name}.yaml")),
            });
        }
    }
    Ok(Documents {
        generated,
        overlays,
    })
}

/// Applies the overlays with the tools that people use.
pub(super) fn apply(context: &Context<'_>, documents: &Documents) -> anyhow::Result<Vec<Check>> {
    let node = context.environments.of(Language::Node)?;
    let mut command = node.driver("apply_overlays.mjs");
    for Application {
        document,
        overlay,
        result,
    } in &documents.overlays
    {
        command.args([document, overlay, result]);
    }
    let said = driver::run(command, context.folder, "overlays")?;
    let checks: Vec<Check> = Check::of_driver(said).collect();
    ensure!(
        checks.len() == documents.overlays.len(),
        "not all overlays were applied"
    );
    Ok(checks)
}

fn read_catalog(file: &Path) -> anyhow::Result<Catalog> {
    let source = Source::new(file.display().to_string(), fs::read(file)?);
    let catalog = codegen::compile(&Inputs::new(source)).value;
    catalog.ok_or_else(|| anyhow::anyhow!("{} has mistakes", file.display()))
}

/// Writes the documents of a catalog, and gives back their paths.
fn write_generated(catalog: &Catalog, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let mut paths = Vec::new();
    for document in openapi::emit(catalog) {
        let name = document.path.rsplit('/').next().unwrap_or_default();
        let path = folder.join(name);
        fs::write(&path, document.contents)?;
        paths.push(path);
    }
    Ok(paths)
}

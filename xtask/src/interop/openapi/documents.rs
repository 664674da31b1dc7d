//! The documents that are looked at: those of the sample and of the catalogs of the tests, and that of the
//! example server with overlays.

use std::path::{Path, PathBuf};

use anyhow::ensure;
use codegen::emit::openapi::{self, OpenApiVersion, OperationErrors, Overlay};
use codegen::{Catalog, Inputs, Source};
use fs_err as fs;

use crate::openapi::Target;

use super::super::check::Check;
use super::super::driver;
use super::super::environment::Language;
use super::Context;
use super::guide::API;

/// Where the catalogs of the tests are.
pub(in crate::interop) const FIXTURES: &str = "codegen/tests/fixtures/good";

pub(super) struct Documents {
    generated: Vec<PathBuf>,
    overlays: Vec<Application>,
}

/// An overlay, and the document that it is for.
struct Application {
    document: PathBuf,
    /// What the overlay brings, and the file that it is in.
    overlay: Overlay,
    file: PathBuf,
    result: PathBuf,
}

/// The catalogs whose overlays are not applied, because tools in JavaScript write numbers beyond 2^53 as
/// others (`details`), and overlayjs does not find paths with quotes in them (`hostile`).
const BEYOND_TOOLS: [&str; 2] = ["details", "hostile"];

impl Documents {
    /// Writes the overlays of a catalog for a document.
    fn overlay(
        &mut self,
        catalog: &Catalog,
        document: &Path,
        version: OpenApiVersion,
    ) -> anyhow::Result<()> {
        for (name, overlay) in [
            ("overlay", Overlay::of(catalog, version)),
            ("strict", Overlay::strict(catalog, version)),
        ] {
            let file = document.with_extension(format!("{name}.yaml"));
            fs::write(&file, overlay.to_yaml())?;
            self.overlays.push(Application {
                document: document.to_owned(),
                overlay,
                result: document.with_extension(format!("{name}.full.yaml")),
                file,
            });
        }
        Ok(())
    }

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
    let mut documents = Documents {
        generated: write_generated(context.catalog, &folder.join("sample"))?,
        overlays: Vec::new(),
    };
    let api = fs::read_to_string(context.root.join(API))?;
    let head = "openapi: 3.1.0\n";
    ensure!(api.contains(head), "{API} is not of OpenAPI 3.1.0");
    for (number, version) in VERSIONS {
        let document = folder.join(format!("api-{number}.yaml"));
        fs::write(
            &document,
            api.replace(head, &format!("openapi: {number}\n")),
        )?;
        documents.overlay(context.catalog, &document, version)?;
    }
    let mut fixtures = Vec::new();
    for entry in fs::read_dir(context.root.join(FIXTURES))? {
        fixtures.push(entry?.path());
    }
    fixtures.sort();
    ensure!(!fixtures.is_empty(), "there are no catalogs in {FIXTURES}");
    for fixture in fixtures {
        let catalog = read_catalog(&fixture.join("catalog.yaml"))?;
        let name = fixture.file_name().unwrap_or_default();
        let folder = folder.join(name);
        let generated = write_generated(&catalog, &folder)?;
        if BEYOND_TOOLS.iter().all(|beyond| name != *beyond) {
            for (file, version) in [
                ("openapi.yaml", OpenApiVersion::V3_1),
                ("openapi-3.0.yaml", OpenApiVersion::V3_0),
            ] {
                documents.overlay(&catalog, &folder.join(file), version)?;
            }
        }
        documents.generated.extend(generated);
    }
    Ok(documents)
}

const VERSIONS: [(&str, OpenApiVersion); 2] = [
    ("3.1.0", OpenApiVersion::V3_1),
    ("3.0.3", OpenApiVersion::V3_0),
];

/// Applies the overlays with the tools that people use, and looks for what they bring in the results.
pub(super) fn apply(context: &Context<'_>, documents: &Documents) -> anyhow::Result<Vec<Check>> {
    let node = context.environments.of(Language::Node)?;
    let mut command = node.driver("apply_overlays.mjs");
    for application in &documents.overlays {
        let Application {
            document,
            file,
            result,
            ..
        } = application;
        command.args([document, file, result]);
    }
    let said = driver::run(command, context.folder, "overlays")?;
    let mut checks: Vec<Check> = Check::of_driver(said).collect();
    ensure!(
        checks.len() == documents.overlays.len(),
        "not all overlays were applied"
    );
    for (check, application) in checks.iter_mut().zip(&documents.overlays) {
        let target = Target::read(&application.result)?;
        check.faults.extend(missing(&application.overlay, &target));
    }
    Ok(checks)
}

/// What an overlay brings and a document does not have.
fn missing(overlay: &Overlay, document: &Target) -> Vec<String> {
    let components = overlay.components();
    let components = components.filter_map(|(section, name, value)| {
        let there = document.component(section, name) == Some(value);
        (!there).then(|| format!("components.{section}.{name} is not that of the catalog"))
    });
    let mut missing: Vec<String> = components.collect();
    for OperationErrors { id, responses } in overlay.operations() {
        let there = document.operation(id).map(|operation| &operation.responses);
        for (status, response) in responses {
            if there.and_then(|there| there.get(status)) != Some(response) {
                missing.push(format!("{status} of {id} is not that of the catalog"));
            }
        }
    }
    missing
}

pub(in crate::interop) fn read_catalog(file: &Path) -> anyhow::Result<Catalog> {
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

//! The checked documents: those of the sample and of the test catalogs, and the document of the example
//! server with overlays.

use std::path::{Path, PathBuf};

use anyhow::ensure;
use codegen::Catalog;
use codegen::emit::openapi::{self, OpenApiVersion, OperationErrors, Overlay};
use fs_err as fs;
use serde_json::Value;

use super::guide::API;
use crate::catalogs::{self, FIXTURES};
use crate::check::Check;
use crate::context::Context;
use crate::driver;
use crate::model::Language;

pub(super) struct Documents {
    generated: Vec<PathBuf>,
    overlays: Vec<Application>,
}

/// An overlay and its target document.
struct Application {
    document: PathBuf,
    overlay: Overlay,
    file: PathBuf,
    result: PathBuf,
}

/// The catalogs whose overlays are not applied: JavaScript tools change numbers above 2^53 (`details`), overlayjs
/// does not find paths that contain quotes (`hostile_names`), and the YAML that both write leaves U+0085, U+2028 and
/// U+2029 unescaped, which readers of YAML 1.1 take for line breaks (`hostile_strings`).
const BEYOND_TOOLS: [&str; 3] = ["details", "hostile_names", "hostile_strings"];

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

    /// The generated documents, and the results of the overlays.
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
    ensure!(api.contains(head), "{API} is not an OpenAPI 3.1.0 document");
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
        let catalog = catalogs::compile(&fixture)?;
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

/// Applies the overlays with two tools, and checks the results for the content of the overlays.
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
    let report = driver::run(command, context.folder, "overlays")?;
    let mut checks: Vec<Check> = Check::of_driver(report).collect();
    ensure!(
        checks.len() == documents.overlays.len(),
        "not all overlays were applied"
    );
    for (check, application) in checks.iter_mut().zip(&documents.overlays) {
        let result = serde_yaml::from_str(&fs::read_to_string(&application.result)?)?;
        check.faults.extend(missing(&application.overlay, &result));
    }
    Ok(checks)
}

/// The content of an overlay that a document lacks.
fn missing(overlay: &Overlay, document: &Value) -> Vec<String> {
    let components = overlay.components();
    let components = components.filter_map(|(section, name, value)| {
        let is_present = document["components"][section].get(name) == Some(value);
        (!is_present).then(|| format!("components.{section}.{name} differs from the catalog"))
    });
    let mut missing: Vec<String> = components.collect();
    for errors in overlay.operations() {
        let operation = operation(document, errors);
        let OperationErrors { id, responses, .. } = errors;
        for (status, response) in responses {
            if operation.and_then(|found| found["responses"].get(status)) != Some(response) {
                missing.push(format!("{status} of {id} differs from the catalog"));
            }
        }
    }
    missing
}

/// The operation that gets these errors: the one with their `operationId`, or with their method and path.
fn operation<'a>(document: &'a Value, errors: &OperationErrors) -> Option<&'a Value> {
    if errors.is_merged {
        let method = errors.method.as_str().to_ascii_lowercase();
        return document["paths"].get(&errors.path)?.get(method);
    }
    let id = &errors.id;
    let paths = document["paths"].as_object()?.values();
    let operations = paths
        .filter_map(Value::as_object)
        .flat_map(|path| path.values());
    let mut operations = operations.filter(|operation| operation.is_object());
    operations.find(|operation| operation["operationId"] == *id)
}

/// Writes the documents of a catalog, and returns their paths.
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

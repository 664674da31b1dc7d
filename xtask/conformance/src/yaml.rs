//! The YAML outputs in readers of other languages: each must read what the twin in JSON contains.
//!
//! The catalog has names, texts and numbers that some reader takes for something else. A planted file checks that
//! each reader takes part.

mod difference;
mod odd_catalog;
mod readers;

use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context as _, anyhow, bail, ensure};
use codegen::emit::openapi::{OpenApiVersion, Overlay};
use codegen::import::{Input, Options};
use codegen::report::{Style, brief};
use codegen::{Inputs, Source, edit, import, release};
use fs_err as fs;
use serde_json::Value;

use crate::check::Check;
use crate::environment::Environments;
use difference::difference;
use readers::{Drivers, Reader};

pub(crate) use readers::find;

/// A plain scalar that no reader takes for a string.
const PLANTED: (&str, &str) = ("planted: 12\n", r#"{ "planted": "12" }"#);

/// Writes the outputs and their twins, and compares what each reader makes of them.
pub(crate) fn check(
    environments: &Environments,
    root: &Path,
    folder: &Path,
) -> anyhow::Result<Vec<Check>> {
    let work = folder.join("yaml");
    fs::create_dir_all(&work)?;
    let mut files = write(&work)?;
    let planted = work.join("planted.yaml");
    fs::write(&planted, PLANTED.0)?;
    fs::write(planted.with_extension("json"), PLANTED.1)?;
    files.push(planted.clone());
    let drivers = Drivers {
        environments,
        source: root.join("xtask/conformance/drivers/readers"),
        folder,
    };
    let run = |reader: &Reader| reader.run(&drivers, &files);
    let results = thread::scope(|scope| {
        let running = Reader::ALL.map(|reader| scope.spawn(move || run(&reader)));
        running.map(|reader| reader.join().map_err(|_| anyhow!("a reader was not run")))
    });
    let mut checks = Vec::new();
    for result in results {
        let (client, lines) = result??;
        for line in lines {
            let fault = line.fault(&planted)?;
            checks.push(Check::new(client.as_str(), line.subject, fault));
        }
    }
    Ok(checks)
}

/// Writes every YAML output of the odd catalog with its twin.
fn write(work: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let source = odd_catalog::source();
    let inputs = Inputs::new(Source::new(
        "catalog.yaml",
        odd_catalog::text(&source).into(),
    ));
    let inputs = inputs.on(odd_catalog::DAY);
    let outcome = codegen::compile(&inputs);
    let catalog = outcome.value.with_context(|| {
        let diagnostics = brief(&inputs, &outcome.diagnostics, Style::Plain, "cargo xtask");
        format!("the odd catalog has errors:\n{diagnostics}")
    })?;
    let mut files = Vec::new();
    let mut add = |name: &str, text: &str, twin: Option<Value>| -> anyhow::Result<()> {
        let file = work.join(name);
        let read: Value = serde_yaml::from_str(text).with_context(|| format!("reading {name}"))?;
        if let Some(fault) = twin.and_then(|twin| difference(&twin, &read)) {
            bail!("{name} differs from its twin in JSON: {fault}");
        }
        fs::write(&file, text)?;
        fs::write(file.with_extension("json"), format!("{read:#}"))?;
        files.push(file);
        Ok(())
    };

    let plan = codegen::plan(&catalog);
    let output = |path: &str| {
        let mut artifacts = plan.artifacts.iter();
        let artifact = artifacts.find(|artifact| artifact.path == path);
        artifact.with_context(|| format!("{path} is not an output"))
    };
    let mut twin: Value = serde_json::from_str(&output("generated/openapi.json")?.contents)?;
    let notice = twin.as_object_mut().map(|twin| twin.remove("x-generated"));
    ensure!(notice.is_some(), "the document in JSON is not an object");
    add(
        "openapi.yaml",
        &output("generated/openapi.yaml")?.contents,
        Some(twin),
    )?;
    for name in ["openapi-3.0.yaml", "openapi-strict.yaml"] {
        add(name, &output(&format!("generated/{name}"))?.contents, None)?;
    }
    let overlay = Overlay::of(&catalog, OpenApiVersion::V3_1);
    add("overlay.yaml", &overlay.to_yaml(), None)?;

    for (name, text) in canonical_texts()? {
        let twin = (name == "catalog.yaml").then(odd_catalog::source);
        add(name, &text, twin)?;
    }
    Ok(files)
}

/// What the tool writes for the odd catalog in the canonical form, by its file: the formatted catalog, the lock of its
/// release, the released catalog, and the draft of an import.
pub(crate) fn canonical_texts() -> anyhow::Result<Vec<(&'static str, String)>> {
    let source = odd_catalog::text(&odd_catalog::source());
    let inputs = Inputs::new(Source::new("catalog.yaml", source.into()));
    let inputs = inputs.on(odd_catalog::DAY);
    let formatted =
        edit::format(&inputs).map_err(|refusal| anyhow!("not formatted: {refusal:?}"))?;
    let formatted = formatted.concat();
    let canonical = Inputs::new(Source::new("catalog.yaml", formatted.clone().into()));
    let canonical = canonical.on(odd_catalog::DAY);
    let mut texts = vec![("catalog.yaml", formatted)];
    let released = release::release(
        &canonical,
        "1.0.0",
        odd_catalog::DAY,
        release::Todo::Refused,
    )
    .map_err(|reason| anyhow!("not released: {reason:?}"))?;
    texts.push(("catalog-lock.yaml", released.lock));
    for (_, text) in released.texts {
        texts.push(("released.yaml", text));
    }
    let options = Options {
        name: "odd",
        crate_name: None,
        error_type: None,
        placeholders: None,
        namespaces: None,
        schema: "catalog.schema.json",
    };
    let draft = import::import(Input::Rows(&odd_catalog::rows()), options)
        .map_err(|error| anyhow!("not imported: {error:?}"))?;
    texts.push((
        "draft.yaml",
        draft.catalog.context("the list gives no draft")?,
    ));
    Ok(texts)
}

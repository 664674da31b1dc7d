//! The job that checks the catalog and the outputs.

use anyhow::Context as _;
use serde_yaml::Value;

use super::files::{Files, with_lines};
use super::tool;
use crate::cli::Ci;

const WORKFLOW: &str = ".github/workflows/errors.yml";
const PIPELINE: &str = ".gitlab-ci.yml";

pub(super) fn edit(files: &mut Files, service: Ci) -> anyhow::Result<()> {
    match service {
        Ci::Github => {
            let workflow = GITHUB.replace(tool::ALIASED, tool::command(files)?);
            files.create(WORKFLOW, workflow)
        }
        Ci::Gitlab => gitlab(files),
    }
}

/// Adds a job at the end of the pipeline, in a stage that it has.
fn gitlab(files: &mut Files) -> anyhow::Result<()> {
    let text = files.read(PIPELINE)?.unwrap_or_default();
    let pipeline: Value = serde_yaml::from_str(&text)
        .with_context(|| format!("{PIPELINE} is not valid YAML: correct it first"))?;
    if pipeline.get("errors").is_some() {
        return Ok(());
    }
    let stages = pipeline.get("stages").and_then(Value::as_sequence);
    let stages = stages.map(|stages| stages.iter().filter_map(Value::as_str).collect());
    let stages: Vec<&str> = stages.unwrap_or_default();
    // `test` is the stage of a job without one.
    let stage = match stages.first() {
        Some(first) if !stages.contains(&"test") => Some(format!("  stage: {first}")),
        _ => None,
    };
    let (head, script) = GITLAB;
    let script = script.replace(tool::ALIASED, tool::command(files)?);
    let gap = (!text.is_empty()).then_some("");
    let lines = gap.into_iter().chain(head.lines());
    let lines = lines.chain(stage.as_deref()).chain(script.lines());
    files.write(PIPELINE, with_lines(&text, lines))
}

const GITHUB: &str = "\
---
name: errors
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  errors:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      # The findings appear in the pull request.
      - run: cargo xtask check --format github
      - run: cargo xtask fmt --check
      - run: cargo xtask gen --check
";

const GITLAB: (&str, &str) = (
    "errors:\n  image: rust:1\n",
    "  script:\n    - cargo xtask check\n    - cargo xtask fmt --check\n    - cargo xtask gen --check\n",
);

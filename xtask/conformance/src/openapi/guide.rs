//! Runs the commands of the guide on OpenAPI, word for word.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;
use fs_err as fs;

use crate::check::Check;
use crate::context::Context;
use crate::model::Language;
use crate::requests::shell_blocks;
use crate::toolchain::{self, Ended};

const GUIDE: &str = "docs/openapi.md";

/// The document of the example server, in place of the reader's document.
pub(super) const API: &str = "codegen/examples/gateway/openapi.yaml";

/// The longest time that a block of the guide may take.
const TIMEOUT: Duration = Duration::from_secs(300);

pub(super) struct Guide {
    text: String,
}

impl Guide {
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(root.join(GUIDE))?;
        Ok(Self { text })
    }

    /// Runs all blocks in the order of the page, until one fails.
    pub(super) fn follow(&self, context: &Context<'_>, work: &Path) -> anyhow::Result<Check> {
        fs::copy(context.root.join(API), work.join("api.yaml"))?;
        // The generated requests of schemathesis are the same in every run.
        fs::write(work.join("schemathesis.toml"), "seed = 1\n")?;
        let mut fault = None;
        for block in shell_blocks(&self.text) {
            let ended = run(block, context.address, context, work)?;
            if !ended.success {
                let out = ended.last_of_out();
                fault = Some(format!(
                    "this command fails:\n{block}with the output:\n{out}\n{}",
                    ended.err
                ));
                break;
            }
        }
        Ok(Check::new(GUIDE, "the commands of the page", fault))
    }

    /// Runs the schemathesis command of the guide against a server, until it finds a failure.
    pub(super) fn judge(
        &self,
        address: &str,
        context: &Context<'_>,
        work: &Path,
    ) -> anyhow::Result<Ended> {
        let mut blocks = shell_blocks(&self.text);
        let block = blocks.find_map(|block| {
            let at = block.find("schemathesis run")?;
            Some(&block[at..])
        });
        let block = block.with_context(|| format!("{GUIDE} does not run schemathesis"))?;
        let block = format!("{} --max-failures 1 --no-shrink", block.trim_end());
        run(&block, address, context, work)
    }
}

fn run(block: &str, address: &str, context: &Context<'_>, work: &Path) -> anyhow::Result<Ended> {
    let python = context.environments.of(Language::Python)?.programs();
    let mut command = Command::new("bash");
    command
        .args(["-e", "-o", "pipefail", "-c", block])
        .current_dir(work)
        .env("PATH", toolchain::path_with(&python)?)
        .env("GATEWAY", address)
        .env("NO_PROXY", "*")
        // `npx` must not download packages that are not pinned.
        .env("npm_config_offline", "true")
        .env("REDOCLY_TELEMETRY", "off")
        .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    toolchain::run(command, TIMEOUT, context.folder, "guide")
}

//! Coverage-guided fuzzing with libFuzzer, which needs a nightly toolchain.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, bail};
use fs_err as fs;

use crate::status::Status;
use crate::terminal::{self, step};
use crate::toolchain::{self, Ended};

/// The package of the targets, from the root of the project.
const PACKAGE: &str = "xtask/conformance/fuzz";
/// Its programs.
const TARGETS: [&str; 5] = ["catalog", "locked", "draft", "reading", "recording"];
/// The longest time that the build may take.
const BUILD_TIMEOUT: Duration = Duration::from_secs(1_800);
/// The time that a target may take beyond its own, for the corpus and its last input.
const GRACE: Duration = Duration::from_secs(180);

/// The flags by which rustc counts the edges that an input reaches, as libFuzzer expects them.
const FLAGS: [&str; 7] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
];

/// The nightly toolchain.
pub(crate) struct Nightly {
    /// The machine that it builds for.
    host: String,
}

impl Nightly {
    /// Finds the toolchain.
    pub(crate) fn find() -> anyhow::Result<Self> {
        let output = rustup("rustc").arg("-vV").output();
        let version = output.ok().filter(|output| output.status.success());
        let version = version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        let host = version
            .iter()
            .flat_map(|text| text.lines())
            .find_map(|line| line.strip_prefix("host: "));
        let host = host.context(
            "a nightly toolchain is not installed: get it with `rustup toolchain install nightly --profile minimal`",
        )?;
        Ok(Self {
            host: host.to_owned(),
        })
    }

    /// Builds the targets, and returns the folder of their programs.
    fn build(&self, root: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
        let target = folder.join("fuzz");
        let mut command = rustup("cargo");
        command
            .args([
                "build",
                "--release",
                "--locked",
                "--bins",
                "--target",
                &self.host,
            ])
            .arg("--manifest-path")
            .arg(root.join(PACKAGE).join("Cargo.toml"))
            .arg("--target-dir")
            .arg(&target)
            .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"))
            .env_remove("RUSTFLAGS");
        toolchain::output(command, BUILD_TIMEOUT, folder, "fuzz-build")?;
        Ok(target.join(&self.host).join("release"))
    }
}

/// A program of the toolchain. `cargo` has set variables for its own toolchain.
fn rustup(program: &str) -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", "nightly", program]);
    for variable in [
        "CARGO",
        "RUSTC",
        "RUSTC_WRAPPER",
        "RUSTDOC",
        "RUSTUP_TOOLCHAIN",
    ] {
        command.env_remove(variable);
    }
    command
}

/// Runs every target for its share of `seconds`. A finding fails the run.
pub(crate) fn run(
    nightly: &Nightly,
    root: &Path,
    folder: &Path,
    seconds: u32,
) -> anyhow::Result<Status> {
    let programs = step("building the fuzz targets", || nightly.build(root, folder))?;
    let count = u32::try_from(TARGETS.len())?;
    let share = (seconds / count).max(1);
    let mut lines = Vec::new();
    let mut status = Status::Ok;
    for target in TARGETS {
        let fuzz = || fuzz(&programs.join(target), target, root, folder, share);
        let ended = step(&format!("fuzzing {target} for {share} s"), fuzz)?;
        let executions = executions(&ended.err).unwrap_or_default();
        let verdict = if ended.success { "ok" } else { "a finding" };
        lines.push([
            format!("fuzz {target}"),
            terminal::plural(executions, "execution"),
            verdict.to_owned(),
        ]);
        if !ended.success {
            status = Status::Failed;
            let log = folder.join(format!("fuzz-{target}.err"));
            terminal::error(format_args!("{target}: {}\n{}", log.display(), ended.err));
        }
    }
    terminal::print(terminal::columns(&lines))?;
    Ok(status)
}

/// Runs a target. New inputs go into a folder of its own, and an input that fails into `findings`.
fn fuzz(
    program: &Path,
    target: &str,
    root: &Path,
    folder: &Path,
    seconds: u32,
) -> anyhow::Result<Ended> {
    let found = folder.join("fuzz-corpus").join(target);
    let findings = folder.join("fuzz-findings");
    for folder in [&found, &findings] {
        fs::create_dir_all(folder)?;
    }
    let corpus = root.join(PACKAGE).join("corpus").join(target);
    if !corpus.is_dir() {
        bail!("{} is missing", corpus.display());
    }
    let mut command = Command::new(program);
    command
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/{target}-", findings.display()))
        .args([
            // From the same corpus, a run tries the same inputs, so a finding of CI can be repeated.
            "-seed=1",
            "-print_final_stats=1",
            "-timeout=20",
            "-rss_limit_mb=2048",
            "-max_len=4096",
        ])
        .args([found, corpus])
        .current_dir(folder);
    let timeout = Duration::from_secs(seconds.into()) + GRACE;
    toolchain::run(command, timeout, folder, &format!("fuzz-{target}"))
}

/// The number of executions, from the statistics at the end of a log.
fn executions(log: &str) -> Option<usize> {
    let mut lines = log.lines();
    let number = lines.find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))?;
    number.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn executions_are_read_from_the_statistics() {
        let log = "Done 7 runs\nstat::number_of_executed_units: 7\nstat::average_exec_per_sec: 3\n";
        assert_eq!(executions(log), Some(7));
        assert_eq!(executions("Segmentation fault"), None);
    }

    #[test]
    fn every_target_has_a_program_and_a_corpus() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
        let mut programs: Vec<String> = std::fs::read_dir(package.join("src/bin"))
            .expect("the programs")
            .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
            .collect();
        programs.sort_by_key(|name| TARGETS.iter().position(|target| target == name));
        assert_eq!(programs, TARGETS);
        let mut bytes = 0;
        for target in TARGETS {
            let corpus = std::fs::read_dir(package.join("corpus").join(target)).expect("a corpus");
            let sizes =
                corpus.map(|entry| entry.expect("an input").metadata().expect("its size").len());
            let sizes: Vec<u64> = sizes.collect();
            assert!((5..100).contains(&sizes.len()), "{target}: {}", sizes.len());
            bytes += sizes.iter().sum::<u64>();
        }
        assert!(bytes < 200_000, "{bytes}");
    }
}

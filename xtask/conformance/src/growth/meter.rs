//! Counts the instructions of a command with valgrind.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, bail};
use fs_err as fs;

use super::Job;
use super::verb::Verb;
use crate::toolchain::{self, Ended};

/// The longest time that a command may take.
const TIMEOUT: Duration = Duration::from_secs(600);

/// The measured program, and the folder for its files and logs.
pub(super) struct Meter {
    pub(super) program: PathBuf,
    pub(super) folder: PathBuf,
}

impl Meter {
    /// The instructions of each verb of a job, in a folder of its own.
    pub(super) fn run(&self, position: usize, job: &Job) -> anyhow::Result<Vec<u64>> {
        let place = self.folder.join(format!("{position:03}"));
        if place.exists() {
            fs::remove_dir_all(&place)?;
        }
        let work = place.join("work");
        for folder in [work.clone(), work.join(super::verb::OLD)] {
            fs::create_dir_all(&folder)?;
            for (name, text) in (job.shape.files)(job.size) {
                fs::write(folder.join(name), text)?;
            }
        }
        let mut counts = Vec::with_capacity(job.verbs.len());
        for verb in &job.verbs {
            verb.prepare(&work)?;
            let arguments = verb.arguments(|arguments| self.output(arguments, &work, &place))?;
            counts.push(self.count(*verb, &arguments, &work, &place)?);
        }
        // The outputs are many, and the logs are few.
        fs::remove_dir_all(work)?;
        Ok(counts)
    }

    /// The instructions of a command.
    fn count(
        &self,
        verb: Verb,
        arguments: &[String],
        work: &Path,
        place: &Path,
    ) -> anyhow::Result<u64> {
        let log = place.join(format!("{}.valgrind", verb.name()));
        let mut command = Command::new("valgrind");
        command
            // It counts instructions; its profile and its simulation of caches are not needed.
            .args(["--tool=cachegrind", "--cache-sim=no"])
            .arg("--cachegrind-out-file=/dev/null")
            .arg(format!("--log-file={}", log.display()))
            .arg(&self.program)
            .args(arguments)
            .current_dir(work);
        expect_success(&toolchain::run(command, TIMEOUT, place, verb.name())?, verb)?;
        let log = fs::read_to_string(log)?;
        instructions(&log).context("valgrind printed no number of instructions")
    }

    /// The stdout of a command that is not measured.
    fn output(&self, arguments: &[&str], work: &Path, place: &Path) -> anyhow::Result<String> {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(work);
        toolchain::output(command, TIMEOUT, place, arguments[0])
    }
}

fn expect_success(ended: &Ended, verb: Verb) -> anyhow::Result<()> {
    if !ended.success {
        bail!("{} failed:\n{}", verb.name(), ended.err);
    }
    Ok(())
}

/// The number in the log of cachegrind.
fn instructions(log: &str) -> Option<u64> {
    let mut lines = log
        .lines()
        .filter_map(|line| line.split_once("== ")?.1.split_once("refs:"));
    let (_, number) = lines.find(|(name, _)| name.trim() == "I")?;
    number.trim().replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::instructions;

    #[test]
    fn instructions_are_read_from_the_log_of_each_version() {
        let log = "==7== Command: xtask check\n==7== \n==7== I   refs:      112,312,022\n";
        assert_eq!(instructions(log), Some(112_312_022));
        assert_eq!(instructions("==7== I refs:        4,711\n"), Some(4_711));
        assert_eq!(instructions("==7== Command: xtask check\n"), None);
    }
}

//! How a cost is measured: by callgrind where there is one, else by the clock.

use std::process::{Command, Stdio};

use super::tasks::Task;
use crate::consumer::{Workspace, callgrind};

/// Two counts whose difference is a multiple of 16, 100 and 1,000, so that what is measured are
/// whole passes over the inputs. What comes before and after the passes is the same in both runs.
const FEWER: u32 = 1_000;
const MORE: u32 = 3_000;

/// How often a task is done in one run by the clock, and the number of runs.
const TIMED: u32 = 20_000;
const ROUNDS: usize = 9;

pub(crate) struct Meter<'a> {
    workspace: &'a Workspace,
    callgrind: bool,
}

impl<'a> Meter<'a> {
    pub(crate) fn new(workspace: &'a Workspace) -> Self {
        let callgrind = callgrind::find().is_ok();
        if !callgrind {
            println!(
                "There is no valgrind here: costs are nanoseconds, medians of {ROUNDS} runs.\n"
            );
        }
        Self {
            workspace,
            callgrind,
        }
    }

    pub(crate) fn counts_instructions(&self) -> bool {
        self.callgrind
    }

    pub(crate) fn unit(&self) -> &'static str {
        if self.callgrind { "instructions" } else { "ns" }
    }

    /// What each line of each task costs, less what the loop around it does.
    pub(crate) fn costs(&self, tasks: &[Task]) -> Vec<Vec<f64>> {
        let mut runs = Vec::new();
        for task in tasks {
            let whos = task.lines.iter().map(|line| (task.name, line.who));
            runs.extend(whos.chain([("empty", "loop")]).map(|(name, who)| Run {
                subject: format!("subject-{}", task.size),
                task: name,
                who,
            }));
        }
        let mut costs = if self.callgrind {
            runs.iter().map(|run| self.instructions(run)).collect()
        } else {
            self.times(&runs)
        };
        let mut costs = costs.drain(..);
        let mut next = |count| -> Vec<f64> { costs.by_ref().take(count).collect() };
        tasks
            .iter()
            .map(|task| {
                let costs = next(task.lines.len());
                let empty = next(1)[0];
                costs.into_iter().map(|cost| cost - empty).collect()
            })
            .collect()
    }

    /// The instructions of one operation.
    pub(crate) fn instructions(&self, run: &Run) -> f64 {
        let [fewer, more] = [FEWER, MORE].map(|count| self.total(run, count));
        (more - fewer) / f64::from(MORE - FEWER)
    }

    /// The instructions of a whole process.
    fn total(&self, run: &Run, count: u32) -> f64 {
        let file = self.workspace.path("callgrind.out");
        let subject = self.workspace.binary(&run.subject);
        run.output(callgrind::command(&subject, &file), count);
        callgrind::total(&file)
    }

    /// The median nanoseconds of one operation, of runs that take turns: whatever else the machine
    /// does is spread over all of them.
    fn times(&self, runs: &[Run]) -> Vec<f64> {
        let mut times = vec![Vec::new(); runs.len()];
        for _ in 0..ROUNDS {
            for (run, times) in runs.iter().zip(&mut times) {
                let command = Command::new(self.workspace.binary(&run.subject));
                let nanoseconds: f64 = run.output(command, TIMED).trim().parse().expect("a number");
                times.push(nanoseconds / f64::from(TIMED));
            }
        }
        let median = |mut times: Vec<f64>| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        };
        times.into_iter().map(median).collect()
    }
}

/// One run of a subject.
pub(crate) struct Run {
    /// The package of the subject.
    pub(crate) subject: String,
    pub(crate) task: &'static str,
    pub(crate) who: &'static str,
}

impl Run {
    /// Runs the subject by this command, and gives what it prints.
    fn output(&self, mut command: Command, count: u32) -> String {
        command
            .args([self.task, self.who, &count.to_string()])
            .stderr(Stdio::inherit());
        let output = command.output().expect("the subject can be started");
        assert!(output.status.success(), "{command:?} fails");
        String::from_utf8(output.stdout).expect("the subject prints numbers")
    }
}

/// Fails unless all who do the tasks come to the same results.
pub(crate) fn agree(workspace: &Workspace, subject: String) {
    let run = Run {
        subject,
        task: "agree",
        who: "all",
    };
    run.output(Command::new(workspace.binary(&run.subject)), 1);
}

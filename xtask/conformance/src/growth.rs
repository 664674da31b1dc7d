//! How the cost of each verb grows with the catalog, in instructions of the release binary.
//!
//! Each verb runs with a catalog and with one of eight times its size. The cost with a catalog of one entry is
//! subtracted from both: it is the same for any size. An exponent of 1 is linear.

mod meter;
mod shapes;
mod texts;
mod verb;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, anyhow};

use crate::check::Check;
use crate::terminal::{self, step};
use crate::toolchain;
use meter::Meter;
use shapes::{SHAPES, Shape};
use verb::Verb;

/// The ratio of the two sizes.
const FACTOR: usize = 8;
/// Outputs cost ten times as much as reading, so the verbs that write them run with smaller catalogs.
const SHARE_OF_OUTPUTS: usize = 3;
/// The largest exponent. The excess over 1 admits sorting.
const ALLOWED: f64 = 1.1;
/// The longest time that the build may take.
const BUILD_TIMEOUT: Duration = Duration::from_secs(1_800);

/// Finds the tool that counts instructions.
pub(crate) fn find() -> anyhow::Result<()> {
    toolchain::valgrind().map(drop)
}

/// Measures every verb with every shape, and prints the exponents.
pub(crate) fn check(root: &Path, folder: &Path) -> anyhow::Result<Vec<Check>> {
    let meter = Meter {
        program: step("building the release binary", || build(root, folder))?,
        folder: folder.join("growth"),
    };
    let costs = step("measuring how costs grow", || {
        let jobs = jobs();
        let counts = run(&jobs, &meter)?;
        costs(&jobs, &counts)
    })?;
    terminal::print(table(&costs))?;
    Ok(costs.iter().map(Cost::check).collect())
}

/// Builds the binary, and returns its path.
fn build(root: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    let mut command = Command::new(toolchain::cargo());
    let package = ["--package", "error-catalog"];
    command
        .args(["build", "--release", "--locked"])
        .args(package);
    command.arg("--target-dir").arg(root.join("target"));
    command.current_dir(root);
    toolchain::output(command, BUILD_TIMEOUT, folder, "growth-build")?;
    Ok(root.join("target/release/cargo-error-catalog"))
}

/// A catalog of a size, and the verbs that run with it.
struct Job {
    shape: &'static Shape,
    size: usize,
    verbs: Vec<Verb>,
}

/// All jobs. The first shape of each verb also runs with one entry.
fn jobs() -> Vec<Job> {
    let mut jobs = Vec::new();
    let mut known = Vec::new();
    for shape in &SHAPES {
        let job = |size, verbs: &[Verb]| Job {
            shape,
            size,
            verbs: verbs.to_vec(),
        };
        let (writing, reading): (Vec<Verb>, Vec<Verb>) =
            shape.verbs.iter().partition(|verb| verb.writes_outputs());
        for verbs in [&writing, &reading] {
            let mut new = verbs.clone();
            new.retain(|verb| !known.contains(verb));
            if !new.is_empty() {
                jobs.push(job(1, &new));
                known.extend(new);
            }
        }
        for factor in [FACTOR, 1] {
            if !writing.is_empty() {
                jobs.push(job(shape.size / SHARE_OF_OUTPUTS * factor, &writing));
            }
            jobs.push(job(shape.size * factor, &reading));
        }
    }
    jobs
}

/// Runs all jobs, one for each processor at a time. The results are in the order of the jobs.
fn run(jobs: &[Job], meter: &Meter) -> anyhow::Result<Vec<Vec<u64>>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut counts = Vec::new();
        loop {
            let position = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(position) else {
                return Ok(counts);
            };
            let count = meter.run(position, job).with_context(|| {
                format!("with the shape `{}` of size {}", job.shape.name, job.size)
            });
            if count.is_err() {
                // The other workers end too.
                next.store(jobs.len(), Ordering::Relaxed);
            }
            counts.push((position, count?));
        }
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let counts = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let ended = workers.into_iter().map(|worker| match worker.join() {
            Ok(counts) => counts,
            Err(_) => Err(anyhow!("a worker panicked")),
        });
        ended.collect::<anyhow::Result<Vec<_>>>()
    })?;
    let mut counts: Vec<(usize, Vec<u64>)> = counts.into_iter().flatten().collect();
    counts.sort_unstable();
    Ok(counts.into_iter().map(|(_, counts)| counts).collect())
}

/// What a verb costs with a shape.
struct Cost {
    shape: &'static str,
    verb: Verb,
    sizes: [usize; 2],
    /// In instructions, without those for a catalog of one entry.
    counts: [u64; 2],
}

/// The costs by shape and verb.
fn costs(jobs: &[Job], counts: &[Vec<u64>]) -> anyhow::Result<Vec<Cost>> {
    let all: Vec<(&Job, Verb, u64)> = jobs
        .iter()
        .zip(counts)
        .flat_map(|(job, counts)| {
            let counts = job.verbs.iter().zip(counts);
            counts.map(move |(verb, count)| (job, *verb, *count))
        })
        .collect();
    let find = |wanted: &dyn Fn(&Job, Verb) -> bool| {
        let mut all = all.iter();
        let found = all.find(|(job, verb, _)| wanted(job, *verb));
        found.context("a verb was not measured")
    };
    let mut costs = Vec::new();
    for shape in &SHAPES {
        for verb in shape.verbs {
            let is_own = |job: &Job, own: Verb| job.shape.name == shape.name && own == *verb;
            let (_, _, base) = find(&|job, own| job.size == 1 && own == *verb)?;
            let (large, _, most) = find(&|job, own| is_own(job, own) && job.size > 1)?;
            let small = large.size / FACTOR;
            let (_, _, least) = find(&|job, own| is_own(job, own) && job.size == small)?;
            costs.push(Cost {
                shape: shape.name,
                verb: *verb,
                sizes: [small, large.size],
                counts: [*least, *most].map(|count| count.saturating_sub(*base).max(1)),
            });
        }
    }
    Ok(costs)
}

impl Cost {
    /// The power of the size with which the cost grows.
    #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    fn exponent(&self) -> f64 {
        let [least, most] = self.counts.map(|count| count as f64);
        (most / least).ln() / (FACTOR as f64).ln()
    }

    fn check(&self) -> Check {
        let [small, large] = self.sizes;
        let [least, most] = self.counts;
        let exponent = self.exponent();
        let fault = (exponent > ALLOWED).then(|| {
            format!(
                "{most} instructions instead of {least}: the exponent is {exponent:.2}, at most {ALLOWED} is allowed"
            )
        });
        let subject = format!("{}, {small} and {large}", self.shape);
        Check::new(format!("growth of {}", self.verb.name()), subject, fault)
    }
}

/// The exponents: a line per shape, a column per verb.
fn table(costs: &[Cost]) -> String {
    let line = |name: &str, cell: &dyn Fn(Verb) -> String| -> [String; Verb::ALL.len() + 1] {
        let mut cells = [name.to_owned()].into_iter().chain(Verb::ALL.map(cell));
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    };
    let head = line("exponent", &|verb| verb.name().to_owned());
    let lines = SHAPES.iter().map(|shape| {
        line(shape.name, &|verb| {
            let mut costs = costs.iter();
            let own = costs.find(|cost| cost.shape == shape.name && cost.verb == verb);
            own.map_or("-".to_owned(), |cost| format!("{:.2}", cost.exponent()))
        })
    });
    terminal::columns(&[head].into_iter().chain(lines).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(counts: [u64; 2]) -> Cost {
        Cost {
            shape: "codes",
            verb: Verb::Check,
            sizes: [10, 80],
            counts,
        }
    }

    #[test]
    fn a_cost_may_grow_as_the_size_and_not_as_its_square() {
        assert_eq!(cost([100, 800]).check().faults, [""; 0]);
        assert_eq!(cost([100, 980]).check().faults, [""; 0]);
        let expected =
            "1200 instructions instead of 100: the exponent is 1.19, at most 1.1 is allowed";
        assert_eq!(cost([100, 1_200]).check().faults, [expected]);
        assert!((cost([100, 6_400]).exponent() - 2.0).abs() < 1e-9);
    }

    #[test]
    fn every_verb_has_a_base_and_every_shape_two_sizes() {
        let jobs = jobs();
        for verb in Verb::ALL {
            let bases = jobs
                .iter()
                .filter(|job| job.size == 1 && job.verbs.contains(&verb));
            assert_eq!(bases.count(), 1, "{}", verb.name());
        }
        let counts: Vec<Vec<u64>> = jobs
            .iter()
            .map(|job| job.verbs.iter().map(|_| job.size as u64).collect())
            .collect();
        let costs = costs(&jobs, &counts).expect("all costs");
        for cost in &costs {
            assert_eq!(cost.sizes[1], FACTOR * cost.sizes[0], "{}", cost.shape);
        }
        assert_eq!(table(&costs).lines().count(), SHAPES.len() + 1);
    }
}

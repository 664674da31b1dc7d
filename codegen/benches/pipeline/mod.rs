//! How the cost of each stage of the generator grows with the catalog: `cargo bench -p error-catalog-codegen -- pipeline`.
//!
//! Each stage is run at 16, 1,000 and 10,000 codes, several times; the fastest run counts. The last
//! column is the cost of a code at 10,000 as a ratio of its cost at 1,000: 1.0 is linear.

pub(crate) mod catalogs;

use std::hint::black_box;
use std::time::{Duration, Instant};

use codegen::{Catalog, Inputs, Source, compat, compile, emit, plan, report};

const SIZES: [usize; 3] = [16, 1_000, 10_000];

type Stage = (&'static str, fn(&Sample) -> usize);

struct Sample {
    inputs: Inputs,
    broken: Inputs,
    /// The same catalog with another text in each code, and another status in each tenth.
    changed: Inputs,
    /// The lock of the catalog.
    lock: Inputs,
    catalog: Catalog,
}

/// Prints the table.
pub(crate) fn print() {
    let stages: [Stage; 11] = [
        ("compile", |sample| {
            compile(&sample.inputs)
                .value
                .map_or(0, |catalog| catalog.codes.len())
        }),
        ("emit rust", |sample| {
            bytes(&emit::rust::emit(&sample.catalog))
        }),
        ("emit openapi", |sample| {
            bytes(&emit::openapi::emit(&sample.catalog))
        }),
        ("emit markdown", |sample| {
            bytes(&emit::markdown::emit(&sample.catalog))
        }),
        ("emit errors.html", |sample| {
            bytes(&emit::lookup::emit(&sample.catalog))
        }),
        ("emit schema", |sample| {
            bytes(&emit::schema::emit(&sample.catalog))
        }),
        ("plan", |sample| plan(&sample.catalog).artifacts.len()),
        ("compile and plan", |sample| {
            compile(&sample.inputs)
                .value
                .map_or(0, |catalog| plan(&catalog).artifacts.len())
        }),
        ("diff, catalogs", |sample| {
            changes(&sample.inputs, &sample.changed)
        }),
        ("diff, lock", |sample| {
            changes(&sample.lock, &sample.changed)
        }),
        ("a mistake a code", |sample| {
            let outcome = compile(&sample.broken);
            report::human(&sample.broken, &outcome.diagnostics, report::Style::Plain).len()
        }),
    ];
    let samples = SIZES.map(sample);
    println!(
        "{:18} {:>12} {:>12} {:>12}   per code",
        "stage", SIZES[0], SIZES[1], SIZES[2]
    );
    for (name, run) in stages {
        let [small, medium, large] =
            [&samples[0], &samples[1], &samples[2]].map(|sample| time(run, sample));
        let ratio = large.as_secs_f64() / medium.as_secs_f64() / 10.0;
        println!("{name:18} {small:>12.1?} {medium:>12.1?} {large:>12.1?}   {ratio:.2}");
    }
}

fn sample(codes: usize) -> Sample {
    let text = catalogs::catalog(codes);
    let broken = text.replace("    status:", "    statsu:");
    let changed = text
        .replace("429", "403")
        .replace("    fix: Look", "    fix: First look");
    let inputs = inputs(text);
    let day = jiff::civil::date(2026, 11, 24);
    let release = codegen::release::release(&inputs, "1.0.0", day, codegen::release::Todo::Refused)
        .expect("the sample can be released");
    let catalog = compile(&inputs).value.expect("the sample has no errors");
    Sample {
        inputs,
        broken: self::inputs(broken),
        changed: self::inputs(changed),
        lock: Inputs::new(Source::new("catalog.lock", release.lock.into_bytes())),
        catalog,
    }
}

/// How long the report of all changes is.
fn changes(old: &Inputs, new: &Inputs) -> usize {
    let diff = compat::diff(old, new).expect("both have a meaning");
    let compared = report::changes::Compared {
        old,
        new,
        diff: &diff,
    };
    report::changes::text(compared, report::Style::Plain).len()
}

fn inputs(text: String) -> Inputs {
    Inputs::new(Source::new("catalog.yaml", text.into_bytes()))
}

fn bytes(artifacts: &[codegen::Artifact]) -> usize {
    artifacts
        .iter()
        .map(|artifact| artifact.contents.len())
        .sum()
}

/// The fastest of several runs.
fn time(run: fn(&Sample) -> usize, sample: &Sample) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..7 {
        let start = Instant::now();
        black_box(run(black_box(sample)));
        best = best.min(start.elapsed());
    }
    best
}

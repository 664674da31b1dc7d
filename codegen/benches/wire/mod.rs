//! What the generated crate costs at run time, beside what it could be made of:
//! `cargo bench -p error-catalog-codegen -- wire`.
//!
//! Costs are instructions, counted by callgrind, so they hardly differ from run to run; without
//! valgrind they are nanoseconds. Each table begins with the generated crate, and the ratios say how
//! many times its cost the others have. Whether a target is met is printed, and never asserted.

pub(crate) mod meter;
mod tasks;

use crate::consumer::{Package, Workspace, ours, peer, table};
use meter::Meter;
use tasks::Task;

/// Where the peer is not built: at 10,000 codes it takes minutes.
const WITHOUT_PEER: usize = 10_000;
const SIZES: [usize; 4] = [16, 100, 1_000, WITHOUT_PEER];
/// The codes of the crates that only some catalogs have, which have no peer either.
const UNUSUAL_NAMES: usize = 240;
const NAMESPACES: usize = 200;

/// Prints the tables.
pub(crate) fn print() {
    let workspace = workspace();
    workspace.cargo(&["build", "--release", "--workspace", "--bins"], &[]);
    for size in SIZES.into_iter().chain([UNUSUAL_NAMES, NAMESPACES]) {
        meter::agree(&workspace, format!("subject-{size}"));
    }
    let tasks = tasks::tasks();
    let meter = Meter::new(&workspace);
    let costs = meter.costs(&tasks);
    let mut rows = Vec::new();
    for (task, costs) in tasks.iter().zip(&costs) {
        rows.extend(rows_of(task, costs, &meter));
    }
    table::print(&rows);
}

fn workspace() -> Workspace {
    let mut packages = Vec::new();
    for size in SIZES {
        packages.push(ours::package(size));
        if size != WITHOUT_PEER {
            packages.push(peer::package(size));
        }
        packages.push(subject(size));
    }
    packages.push(ours::with_unusual_names(UNUSUAL_NAMES));
    packages.push(ours::with_namespaces(NAMESPACES));
    packages.extend([UNUSUAL_NAMES, NAMESPACES].map(subject));
    packages.extend(ours::OBSERVED.map(ours::with_operations));
    Workspace::write("wire", &packages)
}

/// A binary that does all tasks with the crates of one size.
fn subject(size: usize) -> Package {
    let (default, peer) = match size {
        WITHOUT_PEER | UNUSUAL_NAMES => ("", String::new()),
        NAMESPACES => ("\"namespaces\"", String::new()),
        ours::WITH_OPERATIONS => ("\"observed\", \"peer\"", peer_of(size) + OBSERVED),
        _ => ("\"peer\"", peer_of(size)),
    };
    let dependencies = format!(
        "http = \"1\"\n\
         ours = {{ path = \"../ours-{size}\", package = \"ours-{size}\" }}\n\
         problem_details = \"0.11\"\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\
         serde_json = \"1\"\n\
         sonic-rs = \"0.5\"\n\
         {peer}\n\
         [features]\ndefault = [{default}]\nnamespaces = []\nobserved = []\npeer = []\n"
    );
    let mut package = Package::binary(
        &format!("subject-{size}"),
        &dependencies,
        include_str!("subject/main.rs"),
    );
    for (path, contents) in [
        ("src/envelope.rs", include_str!("subject/envelope.rs")),
        ("src/inputs.rs", include_str!("subject/inputs.rs")),
        ("src/observed.rs", include_str!("subject/observed.rs")),
        ("src/read.rs", include_str!("subject/read.rs")),
        ("src/styles.rs", include_str!("subject/styles.rs")),
        ("src/with_peer.rs", include_str!("subject/with_peer.rs")),
        ("src/write.rs", include_str!("subject/write.rs")),
    ] {
        package.files.push((path.to_owned(), contents.to_owned()));
    }
    package
}

fn peer_of(size: usize) -> String {
    format!("peer = {{ path = \"../peer-{size}\", package = \"peer-{size}\" }}\n")
}

/// What the subject that answers requests depends on.
const OBSERVED: &str = r#"counted = { path = "../counted", package = "counted", features = ["metrics", "tower"] }
metrics = "0.24"
plain = { path = "../plain", package = "plain", features = ["tower"] }
tower-layer = "0.3"
tower-service = "0.3"
"#;

/// The table of a task: a heading, a row for each that does it, and an empty line.
fn rows_of(task: &Task, costs: &[f64], meter: &Meter) -> Vec<Vec<String>> {
    let heading = [&task.title, meter.unit(), "times ours", "target"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    let ours = costs[0];
    for (line, cost) in task.lines.iter().zip(costs) {
        let mut row = vec![
            format!("  {}", line.title),
            table::figure(*cost),
            table::figure(cost / ours),
        ];
        // Targets speak of instructions.
        if let Some(target) = line.target.filter(|_| meter.counts_instructions()) {
            row.push(target.to_string());
            if !target.is_met(*cost, ours) {
                row.push("missed".to_owned());
            }
        }
        rows.push(row);
    }
    rows.push(Vec::new());
    rows
}

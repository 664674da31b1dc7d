//! What the generated crate costs at run time, in instructions.

use std::fmt::Write as _;

use crate::consumer::{Package, Workspace, compiled, of_crate, peer};
use crate::pipeline::catalogs;
use crate::wire::meter::{self, Meter, Run};

use super::peers::Peer;
use super::rows::{Cost, Row, RunTime};
use super::sides::{Side, Sides};
use super::{Figures, Peers};

const CODES: usize = 1_000;
/// The number of short names, and that of long ones. Passes over either are whole.
const NAMES: usize = 100;

const DEPENDENCIES: &str = "\
phf = { version = \"0.14\", features = [\"macros\"] }
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"
sonic-rs = \"0.5\"
";

/// The crates that the rows need, and the binaries that do the tasks with them.
pub(crate) fn packages(rows: &[&Row], sides: &Sides, peers: Peers) -> Vec<Package> {
    if !rows.iter().any(|row| matches!(row.cost, Cost::RunTime(_))) {
        return Vec::new();
    }
    let mut packages = Vec::new();
    for side in Side::ALL {
        let name = format!("{}-{CODES}", side.name());
        let catalog = of_crate(&name, &catalogs::catalog(CODES));
        packages.push(sides.package(side, name, &catalog));
        let name = format!("{}-names", side.name());
        packages.push(sides.package(side, name.clone(), &with_names(&name)));
        packages.push(subject(side, peers));
    }
    let name = "peer-names".to_owned();
    let catalog = compiled(with_names(&name));
    packages.push(peer::package_of(name, &catalog));
    packages
}

/// A catalog with codes of usual names, and of short and long ones.
fn with_names(crate_name: &str) -> String {
    let mut text = of_crate(crate_name, &catalogs::catalog(CODES - 2 * NAMES));
    for name in short_names().chain(long_names()) {
        write!(
            text,
            "  \"{name}\":\n    type: request_error\n    status: 400\n    message: The request is wrong ({name}).\n    \
               meaning: The request is wrong, as {name} says.\n    fix: Change {name}.\n"
        )
        .expect("writing to a string cannot fail");
    }
    text
}

/// Names of 1 to 3 bytes.
fn short_names() -> impl Iterator<Item = String> {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).expect("a letter"));
    (0..NAMES).map(move |number| match number {
        0..26 => letter(number).to_string(),
        26..60 => format!("{}{}", letter(number), number / 26),
        _ => format!("{}{}", letter(number), number),
    })
}

/// Names of 66 to 80 bytes, which differ in their last ones as usual names of these catalogs do.
fn long_names() -> impl Iterator<Item = String> {
    (0..NAMES).map(|number| {
        let really = "really_".repeat(number % 3);
        format!("cannot_{really}replace_the_storage_of_a_project_whose_owner_has_left_{number:05}")
    })
}

fn subject(side: Side, peers: Peers) -> Package {
    let name = side.name();
    let features = match (side, peers) {
        (Side::Before, _) => "\"before\"",
        (Side::Now, Peers::Measured) => "\"peers\"",
        (Side::Now, Peers::LeftOut) => "",
    };
    let dependencies = format!(
        "ours = {{ path = \"../{name}-{CODES}\", package = \"{name}-{CODES}\" }}\n\
         names = {{ path = \"../{name}-names\", package = \"{name}-names\" }}\n\
         peer = {{ path = \"../peer-names\", package = \"peer-names\", optional = true }}\n\
         {DEPENDENCIES}\n\
         [features]\ndefault = [{features}]\nbefore = []\npeers = [\"dep:peer\"]\n"
    );
    let mut package = Package::binary(
        &subject_name(side),
        &dependencies,
        include_str!("subject/main.rs"),
    );
    for (path, contents) in [
        (
            "src/envelope.rs",
            include_str!("../wire/subject/envelope.rs"),
        ),
        ("src/inputs.rs", include_str!("../wire/subject/inputs.rs")),
        ("src/read.rs", include_str!("../wire/subject/read.rs")),
        ("src/with_peers.rs", include_str!("subject/with_peers.rs")),
        ("src/map.rs", &map()),
    ] {
        package.files.push((path.to_owned(), contents.to_owned()));
    }
    package
}

fn subject_name(side: Side) -> String {
    format!("subject-{}", side.name())
}

/// A map of phf from each name to a number.
fn map() -> String {
    let catalog = compiled(with_names("map"));
    let mut map = "//! A perfect hash by phf.\n\n\
                   pub static CODES: phf::Map<&'static str, u16> = phf::phf_map! {\n"
        .to_owned();
    for (number, code) in catalog.codes.iter().enumerate() {
        writeln!(map, "    {:?} => {number}u16,", code.names.wire)
            .expect("writing to a string cannot fail");
    }
    map + "};\n"
}

/// The subjects.
pub(crate) struct RunTimes<'a> {
    workspace: &'a Workspace,
    meter: Meter<'a>,
    peers: Peers,
    is_built: bool,
}

impl<'a> RunTimes<'a> {
    pub(crate) fn new(workspace: &'a Workspace, peers: Peers) -> Self {
        Self {
            workspace,
            meter: Meter::new(workspace),
            peers,
            is_built: false,
        }
    }

    pub(crate) fn figures(&mut self, run_time: RunTime) -> Figures {
        if !self.is_built {
            self.build();
            self.is_built = true;
        }
        let (task, peers): (_, &[_]) = match run_time {
            RunTime::Received => ("read", READERS),
            RunTime::ShortName => ("short", LOOK_UPS),
            RunTime::LongName => ("long", LOOK_UPS),
        };
        let ours = if task == "read" {
            "ours-received"
        } else {
            "ours"
        };
        let peers = match self.peers {
            Peers::Measured => peers,
            Peers::LeftOut => &[],
        };
        let peer = |&(name, who)| Peer::measured(name, self.cost(Side::Now, task, who));
        Figures {
            before: self.cost(Side::Before, task, ours),
            now: self.cost(Side::Now, task, ours),
            peers: peers.iter().map(peer).collect(),
        }
    }

    /// Builds the subjects, and checks that all do the same work.
    fn build(&self) {
        for side in Side::ALL {
            let subject = subject_name(side);
            let build = ["build", "--release", "--quiet", "--package", &subject];
            self.workspace.cargo(&build, &[]);
            meter::agree(self.workspace, subject);
        }
    }

    /// The instructions of one operation, less those of the loop around it.
    fn cost(&self, side: Side, task: &'static str, who: &'static str) -> f64 {
        let run = |task, who| {
            self.meter.instructions(&Run {
                subject: subject_name(side),
                task,
                who,
            })
        };
        run(task, who) - run("empty", "loop")
    }
}

const READERS: &[(&str, &str)] = &[
    ("serde_json to a struct of Cow", "cow"),
    ("sonic-rs to that struct", "sonic"),
    ("serde_json to a Value", "value"),
];
const LOOK_UPS: &[(&str, &str)] = &[("phf", "phf"), ("strum", "strum")];

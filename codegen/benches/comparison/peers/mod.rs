//! Other generators, with as many codes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use codegen::Catalog;

use crate::consumer::{Package, Workspace, callgrind, catalog, usage, write_file};

use super::rows::Unit;

/// The figure of a peer.
pub(crate) struct Peer {
    name: &'static str,
    /// An error says what is missing here.
    figure: Result<f64, &'static str>,
    note: &'static str,
}

impl Peer {
    pub(crate) const fn measured(name: &'static str, figure: f64) -> Self {
        Self {
            name,
            figure: Ok(figure),
            note: "",
        }
    }

    /// A figure that was measured elsewhere.
    const fn recorded(name: &'static str, figure: f64, note: &'static str) -> Self {
        Self {
            name,
            figure: Ok(figure),
            note,
        }
    }

    pub(crate) fn show(&self, unit: Unit) -> String {
        match self.figure {
            Ok(figure) => format!("{}: {}{}", self.name, unit.show(figure), self.note),
            Err(missing) => format!("{}: not measured, {missing}", self.name),
        }
    }
}

/// OpenTelemetry Weaver is in none of the registries. It was built from its sources and measured when the project began.
const WEAVER: &str = "Weaver, Rust and Markdown from YAML";
const RECORDED: &str = " (recorded)";
pub(crate) const WEAVER_INSTRUCTIONS: Peer = Peer::recorded(WEAVER, 4.078e9, RECORDED);
pub(crate) const WEAVER_MEMORY: Peer = Peer::recorded(WEAVER, 140e6, RECORDED);

/// A Rust enum of the names, by typify.
pub(crate) struct Typify {
    program: PathBuf,
    schema: PathBuf,
    profile: PathBuf,
}

impl Typify {
    const PACKAGE: &str = "typify-enum";
    const NAME: &str = "typify, a Rust enum from JSON";

    pub(crate) fn package() -> Package {
        let dependencies = "\
prettyplease = \"0.2\"
schemars = \"0.8\"
serde_json = \"1\"
syn = { version = \"2\", features = [\"full\"] }
typify = { version = \"0.8\", default-features = false }
";
        Package::binary(Self::PACKAGE, dependencies, include_str!("typify.rs"))
    }

    /// Builds the program.
    pub(crate) fn of(workspace: &Workspace, codes: usize) -> Self {
        let build = ["build", "--release", "--quiet", "--package", Self::PACKAGE];
        workspace.cargo(&build, &[]);
        let schema = workspace.path("names.json");
        let catalog = catalog("names", codes);
        let names = names(&catalog);
        write_file(
            &schema,
            &format!("{{\"title\": \"ErrorCode\", \"type\": \"string\", \"enum\": {names:?}}}"),
        );
        Self {
            program: workspace.binary(Self::PACKAGE),
            schema,
            profile: workspace.path("typify.profile"),
        }
    }

    pub(crate) fn instructions(&self) -> Peer {
        let mut command = callgrind::command(&self.program, &self.profile);
        command.arg(&self.schema).stdout(Stdio::null());
        assert!(command.status().expect("valgrind starts").success());
        Peer::measured(Self::NAME, callgrind::total(&self.profile))
    }

    pub(crate) fn memory(&self) -> Peer {
        let mut command = Command::new(&self.program);
        command.arg(&self.schema);
        Peer::measured(Self::NAME, usage::of(&command).bytes)
    }
}

/// The memory of openapi-generator for a Rust enum of the names. Its program comes from the registry of pip.
pub(crate) fn openapi_generator(workspace: &Workspace, codes: usize) -> Peer {
    let peer = |figure| Peer {
        name: "openapi-generator, a Rust enum from YAML",
        figure,
        note: "",
    };
    let runs = |program: &str, argument: &str| {
        let output = Command::new(program).arg(argument).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !runs("java", "-version") {
        return peer(Err("Java is missing"));
    }
    let packages = workspace.path("openapi-generator");
    let jar = packages.join("openapi_generator_cli/openapi-generator.jar");
    if !jar.exists() && !install(&packages) {
        return peer(Err("Python with pip and its registry are missing"));
    }
    let mut document = String::from(
        "openapi: 3.0.3\ninfo: { title: Names, version: 1.0.0 }\npaths: {}\ncomponents:\n  schemas:\n    \
         ErrorCode:\n      type: string\n      enum:\n",
    );
    for name in names(&catalog("names", codes)) {
        writeln!(document, "        - {name}").expect("writing to a string cannot fail");
    }
    let path = workspace.path("names.yaml");
    write_file(&path, &document);
    let mut command = Command::new("java");
    command.arg("-jar").arg(jar);
    command.args(["generate", "--generator-name", "rust", "--input-spec"]);
    command.arg(path).arg("--output").arg(packages.join("out"));
    peer(Ok(usage::of(&command).bytes))
}

fn install(folder: &Path) -> bool {
    let requirements = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/benches/comparison/peers/requirements.txt"
    );
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps"]);
    pip.args(["--root-user-action", "ignore"]);
    pip.args([
        "--require-hashes",
        "--requirement",
        requirements,
        "--target",
    ]);
    let status = pip.arg(folder).stdout(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn names(catalog: &Catalog) -> Vec<&str> {
    let codes = catalog.codes.iter();
    codes.map(|code| code.names.wire.as_str()).collect()
}

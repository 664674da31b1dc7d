//! A scratch workspace with the crates of all fixtures, built with the real tools.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use codegen::{Catalog, Plan, plan};

use crate::fixtures::{self, GOOD, catalog, compile_text, folder, root};

/// The crates of the workspace, by the folder each stands in.
pub(crate) const CRATES: [&str; 16] = [
    "minimal",
    "arguments",
    "details",
    "docker_registry",
    "extras",
    "families",
    "hostile",
    "integers",
    "lifecycle",
    "nats_jetstream",
    "onedata",
    "problem",
    "limits",
    "large",
    "names",
    "seed",
];

/// The folder of the workspace, written once per run.
pub(crate) fn workspace() -> &'static Path {
    static WORKSPACE: OnceLock<PathBuf> = OnceLock::new();
    WORKSPACE.get_or_init(|| {
        let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outputs");
        let crates = workspace.join("crates");
        for name in CRATES {
            write_plan(&crates.join(name), &plan_named(name));
        }
        let probe = crates.join("probe");
        write(&probe.join("Cargo.toml"), PROBE_MANIFEST);
        write(&probe.join("src/main.rs"), include_str!("probe.rs"));
        write(&probe.join("src/facts.rs"), &crate::facts::probe_source());
        for (place, test) in [
            (
                "seed/generated/tests/wire.rs",
                include_str!("crate_tests/wire.rs"),
            ),
            (
                "details/generated/tests/details.rs",
                include_str!("crate_tests/details.rs"),
            ),
            (
                "extras/generated/tests/extras.rs",
                include_str!("crate_tests/extras.rs"),
            ),
            (
                "integers/generated/tests/integers.rs",
                include_str!("crate_tests/integers.rs"),
            ),
            (
                "lifecycle/generated/tests/lifecycle.rs",
                include_str!("crate_tests/lifecycle.rs"),
            ),
            (
                "probe/tests/properties.rs",
                include_str!("crate_tests/properties.rs"),
            ),
            (
                "probe/examples/missing_field.rs",
                include_str!("crate_tests/missing_field.rs"),
            ),
            (
                "probe/examples/deprecated_names.rs",
                include_str!("crate_tests/deprecated_names.rs"),
            ),
            (
                "probe/examples/by_name.rs",
                include_str!("crate_tests/by_name.rs"),
            ),
        ] {
            write(&crates.join(place), test);
        }
        let servers = crates.join("servers");
        write(
            &servers.join("Cargo.toml"),
            include_str!("crate_tests/servers/manifest.toml"),
        );
        write(&servers.join("src/lib.rs"), "");
        for (name, test) in SERVERS {
            write(&servers.join("tests").join(name), test);
        }
        let members: Vec<String> = CRATES
            .iter()
            .map(|name| format!("\"crates/{name}/generated\""))
            .chain(["probe", "servers"].map(|name| format!("\"crates/{name}\"")))
            .collect();
        let members = members.join(", ");
        write(
            &workspace.join("Cargo.toml"),
            &format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n"),
        );
        std::fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
        fetch(&workspace);
        workspace
    })
}

/// Gets what the features of the crates need, which the workspace of the tool does not build. What
/// is there already needs no network.
fn fetch(workspace: &Path) {
    let fetch = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO"))
            .arg("fetch")
            .args(arguments)
            .current_dir(workspace)
            .output()
            .expect("cargo runs");
        (output.status.success(), output.stderr)
    };
    let (offline, _) = fetch(&["--offline"]);
    if !offline {
        let (fetched, said) = fetch(&[]);
        assert!(fetched, "{}", String::from_utf8_lossy(&said));
    }
}

/// The tests of servers that are built with the crates.
const SERVERS: [(&str, &str); 4] = [
    (
        "actix_web.rs",
        include_str!("crate_tests/servers/actix_web.rs"),
    ),
    ("axum.rs", include_str!("crate_tests/servers/axum.rs")),
    ("testkit.rs", include_str!("crate_tests/servers/testkit.rs")),
    ("utoipa.rs", include_str!("crate_tests/servers/utoipa.rs")),
];

const PROBE_MANIFEST: &str = r#"[package]
name = "probe"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
arguments-errors = { path = "../arguments/generated" }
details-errors = { path = "../details/generated", features = ["jiff"] }
docker-registry-errors = { path = "../docker_registry/generated" }
families_errors = { path = "../families/generated" }
file-errors = { path = "../extras/generated", features = ["jiff"] }
gateway-errors = { path = "../seed/generated" }
hostile-errors = { path = "../hostile/generated" }
large-errors = { path = "../large/generated" }
limits-errors = { path = "../limits/generated" }
minimal-errors = { path = "../minimal/generated" }
nats-jetstream-errors = { path = "../nats_jetstream/generated" }
onedata-errors = { path = "../onedata/generated" }
problem-errors = { path = "../problem/generated" }
names-errors = { path = "../names/generated" }
stream-errors = { path = "../integers/generated" }
ticket-errors = { path = "../lifecycle/generated" }
serde_json = "1"

[dev-dependencies]
proptest = { version = "1", default-features = false, features = ["std"] }
"#;

/// The plan of a crate of the workspace.
pub(crate) fn plan_named(name: &str) -> Plan {
    plan(&catalog_named(name))
}

/// The catalog of a crate of the workspace.
pub(crate) fn catalog_named(name: &str) -> Catalog {
    match name {
        "large" => compile_text(name, crate::catalogs::catalog(1_000)),
        "limits" => compile_text(name, limits()),
        "names" => compile_text(name, names()),
        _ => {
            assert!(fixtures::names().any(|known| known == name));
            catalog(name)
        }
    }
}

/// So many codes that a hash finds them, of every length, that differ in a single place only.
fn names() -> String {
    let mut out = String::from(
        "version: 1\napi: { title: Names, docs_url: \"https://example.com\", crate: names-errors }\n\
         lint: { levels: { duplicate-meaning: off } }\n\
         types:\n  t: { status: 400, meaning: Bad }\ncodes:\n",
    );
    for length in 1..=100 {
        let base = "x".repeat(length);
        let mut names = vec![base.clone()];
        for (letter, place) in [("a", 0), ("b", length / 2), ("c", length - 1)] {
            names.push(format!("{}{letter}{}", &base[..place], &base[place + 1..]));
        }
        if length <= 49 {
            names.push(format!("n.{}", "ä".repeat(length)));
        }
        for name in names {
            writeln!(
                out,
                "  {name}: {{ type: t, message: Sorry, meaning: Bad, fix: Try }}"
            )
            .unwrap();
        }
    }
    out
}

/// A hundred codes, the most that a `match` finds; more types than that; and names, texts and
/// arguments of every width that a line of rustfmt can break at.
fn limits() -> String {
    let mut out = format!(
        "version: 1\napi: {{ title: {}, docs_url: \"https://example.com\", crate: limits-errors }}\n\
         envelope: {{ request_id: x-{} }}\n\
         lint: {{ levels: {{ missing-fix-verb: off, style: off }} }}\ntypes:\n",
        "T".repeat(80),
        "r".repeat(60)
    );
    for width in 1..=100 {
        let name = "t".repeat(width);
        writeln!(out, "  {name}: {{ status: [400, 422], meaning: {name} }}").unwrap();
    }
    for number in 0..50 {
        writeln!(out, "  type_{number}: {{ status: 500, meaning: Many }}").unwrap();
    }
    out.push_str("codes:\n");
    for width in 1..=99 {
        let name = "c".repeat(width);
        let argument = "a".repeat(width.min(60));
        writeln!(
            out,
            "  {name}:\n    type: {}\n    message: \"{name} {{{argument}}}\"\n    \
             args: {{ {argument}: {{ kind: bool }}, b: {{ kind: bool }}, c: {{ kind: bool }}, \
             d: {{ kind: bool }} }}\n    param: {name}\n    meaning: {name}\n    fix: \"\u{212B} \u{1100}\u{1161}\"",
            "t".repeat(width)
        )
        .unwrap();
    }
    // A name that the generated code uses itself.
    out.push_str(
        "  fn_mut: { type: t, message: \"{x}\", args: { x: { kind: string } }, meaning: M, fix: F }\n",
    );
    out.replace("}\"\n    args", "} {b} {c} {d}\"\n    args")
}

/// Writes a plan to a folder, as a caller of the library would.
pub(crate) fn write_plan(folder: &Path, plan: &Plan) {
    for artifact in &plan.artifacts {
        write(&folder.join(&artifact.path), &artifact.contents);
    }
}

/// Leaves a file that is as it should be alone, so that cargo need not build it again.
fn write(path: &Path, contents: &str) {
    if std::fs::read(path).is_ok_and(|on_disk| on_disk == contents.as_bytes()) {
        return;
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, contents).unwrap();
}

/// Runs cargo in `folder` with warnings as errors, and shows what it said when it fails.
pub(crate) fn cargo(folder: &Path, arguments: &[&str]) -> Output {
    let output = try_cargo(folder, arguments);
    assert!(
        output.status.success(),
        "cargo {arguments:?} in {}:\n{}\n{}",
        folder.display(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Runs cargo in `folder` with warnings as errors.
pub(crate) fn try_cargo(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", workspace_target())
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output()
        .expect("cargo runs")
}

fn workspace_target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("outputs-target")
}

/// What the probe says of every crate: an object by the name of the crate's folder, and the facts.
pub(crate) fn probe() -> &'static serde_json::Value {
    static PROBE: OnceLock<serde_json::Value> = OnceLock::new();
    PROBE.get_or_init(|| {
        let output = cargo(
            workspace(),
            &["run", "--offline", "--quiet", "--package", "probe"],
        );
        serde_json::from_slice(&output.stdout).expect("the probe prints JSON")
    })
}

/// The fixtures folder is read by other tests of this binary too.
#[test]
fn every_fixture_is_in_the_workspace() {
    let mut found: Vec<String> = std::fs::read_dir(folder().join("good"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    let mut known = GOOD.map(str::to_owned).to_vec();
    known.sort();
    assert_eq!(found, known);
}

//! One workspace with the crates of all fixtures, and what the tests build from it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use codegen::{Catalog, Plan, plan};

use crate::building::{cargo, fetch, target, write, write_frameworks, write_lock};
use crate::fixtures::{self, GOOD, HOSTILE, catalog, compile_text, folder};
use crate::large_catalogs::{limits, names, with_arguments};
use crate::reserved_names::reserved;

/// The generated crates, by the folder that each is in, with the name of its package.
pub(crate) const CRATES: [(&str, &str); 18] = [
    ("minimal", "minimal-errors"),
    ("arguments", "arguments-errors"),
    ("details", "details-errors"),
    ("docker_registry", "docker-registry-errors"),
    ("extras", "file-errors"),
    ("families", "families_errors"),
    ("hostile", "hostile-errors"),
    ("integers", "stream-errors"),
    ("lifecycle", "ticket-errors"),
    ("namespaces", "device-errors"),
    ("nats_jetstream", "nats-jetstream-errors"),
    ("onedata", "onedata-errors"),
    ("problem", "problem-errors"),
    ("shapes", "shapes-errors"),
    ("limits", "limits-errors"),
    ("large", "large-errors"),
    ("names", "names-errors"),
    ("seed", "gateway-errors"),
];

/// The crates that the probe does not ask: not all of their errors can be read again, because some styles of one have no
/// code, and codes of the other have the same names in bodies.
pub(crate) const NOT_PROBED: [&str; 2] = ["namespaces", "shapes"];

/// The generated crates and the probe with the features that they have by default. Every call takes the same
/// packages, so that cargo resolves the same features and builds a dependency once.
pub(crate) const PLAIN: [&str; 9] = [
    "--workspace",
    "--exclude",
    "frameworks",
    "--exclude",
    "misuse",
    "--exclude",
    "servers",
    "--exclude",
    "reserved-errors",
];

/// The crates that differ in what a feature adds, and the servers that use them, with all features. `frameworks`
/// asks for each feature of a dependency that the guide needs too.
pub(crate) const FEATURED: [&str; 15] = [
    "--all-features",
    "--package",
    "details-errors",
    "--package",
    "file-errors",
    "--package",
    "frameworks",
    "--package",
    "gateway-errors",
    "--package",
    "problem-errors",
    "--package",
    "servers",
    "--package",
    "shapes-errors",
];

/// All generated crates and the servers with all features.
pub(crate) const ALL_FEATURED: [&str; 8] = [
    "--workspace",
    "--all-features",
    "--exclude",
    "misuse",
    "--exclude",
    "probe",
    "--exclude",
    "reserved-errors",
];

/// The generated crates with the features that they have by default, for tools that build nothing.
pub(crate) const CHECKED: [&str; 11] = [
    "--workspace",
    "--exclude",
    "frameworks",
    "--exclude",
    "misuse",
    "--exclude",
    "probe",
    "--exclude",
    "servers",
    "--exclude",
    "reserved-errors",
];

/// The files and folders of `crate_tests`, and where in the workspace each of them goes.
const FILES: [(&str, &str); 25] = [
    ("wire", "seed/generated/tests/wire"),
    ("details.rs", "details/generated/tests/details.rs"),
    ("extras.rs", "extras/generated/tests/extras.rs"),
    ("integers.rs", "integers/generated/tests/integers.rs"),
    ("lifecycle.rs", "lifecycle/generated/tests/lifecycle.rs"),
    ("namespaces.rs", "namespaces/generated/tests/namespaces.rs"),
    ("faults.rs", "shapes/generated/tests/faults.rs"),
    ("shapes.rs", "shapes/generated/tests/shapes.rs"),
    (
        "shared_arguments.rs",
        "large/generated/tests/shared_arguments.rs",
    ),
    ("properties.rs", "probe/tests/properties.rs"),
    ("reading.rs", "probe/tests/reading.rs"),
    ("../../support/exhaustive.rs", "probe/exhaustive.rs"),
    ("missing_field.rs", "misuse/examples/missing_field.rs"),
    ("deprecated_names.rs", "misuse/examples/deprecated_names.rs"),
    ("by_name.rs", "misuse/examples/by_name.rs"),
    ("servers/manifest.toml", "servers/Cargo.toml"),
    ("servers/actix_web", "servers/tests/actix_web"),
    ("servers/allocations.rs", "servers/tests/allocations.rs"),
    ("servers/axum", "servers/tests/axum"),
    ("servers/counters", "servers/tests/counters"),
    ("servers/support", "servers/tests/support"),
    ("servers/testkit.rs", "servers/tests/testkit.rs"),
    ("servers/utoipa.rs", "servers/tests/utoipa.rs"),
    (
        "servers/utoipa_documents.rs",
        "servers/tests/utoipa_documents.rs",
    ),
    ("../probe.rs", "probe/src/main.rs"),
];

/// The folder of the workspace, written once per run.
pub(crate) fn workspace() -> &'static Path {
    static WORKSPACE: OnceLock<PathBuf> = OnceLock::new();
    WORKSPACE.get_or_init(|| {
        let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates");
        let mut members = Vec::new();
        for (name, _) in CRATES {
            write_plan(&workspace.join(name), &plan_named(name));
            members.push(format!("{name}/generated"));
        }
        write_plan(&workspace.join("reserved"), &plan_named("reserved"));
        members.push("reserved/generated".to_owned());
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crates/crate_tests");
        for (source, place) in FILES {
            copy(&sources.join(source), &workspace.join(place));
        }
        let used = |names: &[&str]| {
            let used = CRATES.iter().filter(|(name, _)| names.contains(name));
            let lines = used.map(|(name, package)| {
                let has_moments = ["details", "extras", "large"].contains(name);
                let jiff = if has_moments {
                    ", features = [\"jiff\"]"
                } else {
                    ""
                };
                format!("{package} = {{ path = \"../{name}/generated\"{jiff} }}")
            });
            lines.collect::<Vec<_>>().join("\n")
        };
        let tests =
            "proptest = { version = \"1\", default-features = false, features = [\"std\"] }";
        let every = used(&CRATES.map(|(name, _)| name));
        let every = format!("{every}\nserde_json = \"1\"\n\n[dev-dependencies]\n{tests}");
        for (name, dependencies) in [
            ("probe", every),
            ("misuse", used(&["details", "lifecycle"])),
        ] {
            let manifest = format!(
                "[package]\nname = \"{name}\"\nedition = \"2024\"\npublish = false\n\n\
                 [dependencies]\n{dependencies}\n"
            );
            write(&workspace.join(name).join("Cargo.toml"), &manifest);
        }
        write(
            &workspace.join("probe/src/facts.rs"),
            &crate::facts::probe_source(),
        );
        write(&workspace.join("servers/src/lib.rs"), "");
        write(&workspace.join("misuse/src/lib.rs"), "");
        write_frameworks(&workspace.join("frameworks"));
        members.extend(["frameworks", "misuse", "probe", "servers"].map(str::to_owned));
        write(
            &workspace.join("Cargo.toml"),
            &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
        );
        write_lock(&workspace);
        fetch(&workspace);
        workspace
    })
}

/// Copies a file, or the files of a folder, and removes what the folder no longer has.
fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        return write(to, &std::fs::read_to_string(from).unwrap());
    }
    let names = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        entries.map(|entry| entry.unwrap().file_name())
    };
    for name in names(to).filter(|name| !from.join(name).exists()) {
        std::fs::remove_file(to.join(name)).unwrap();
    }
    // Cargo takes a file of this name for a second test with the same name.
    let _ = std::fs::remove_file(to.with_extension("rs"));
    for name in names(from) {
        copy(&from.join(&name), &to.join(&name));
    }
}

/// The plan of a crate of the workspace.
pub(crate) fn plan_named(name: &str) -> Plan {
    plan(&catalog_named(name))
}

/// The catalog of a crate of the workspace.
pub(crate) fn catalog_named(name: &str) -> Catalog {
    match name {
        "large" => compile_text(name, with_arguments()),
        "limits" => compile_text(name, limits()),
        "names" => compile_text(name, names()),
        "reserved" => compile_text(name, reserved()),
        _ => {
            assert!(name == "hostile" || fixtures::names().any(|known| known == name));
            catalog(name)
        }
    }
}

/// Writes a plan to a folder, as a caller of the library would.
pub(crate) fn write_plan(folder: &Path, plan: &Plan) {
    for artifact in &plan.artifacts {
        write(&folder.join(&artifact.path), &artifact.contents);
    }
}

/// What the probe says of every crate: an object by the name of the crate's folder, and the facts.
pub(crate) fn probe() -> &'static serde_json::Value {
    static PROBE: OnceLock<serde_json::Value> = OnceLock::new();
    PROBE.get_or_init(|| {
        cargo(workspace(), &[&["build", "--bins"], &PLAIN[..]].concat());
        let probe = format!("debug/probe{}", std::env::consts::EXE_SUFFIX);
        let output = Command::new(target().join(probe)).output().unwrap();
        assert!(output.status.success(), "{output:?}");
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
    for name in fixtures::names() {
        let name = if HOSTILE.contains(&name) {
            "hostile"
        } else {
            name
        };
        assert!(CRATES.iter().any(|(folder, _)| *folder == name), "{name}");
    }
}

//! Builds crates that a test has written, all in one target folder: with one lock, one profile and one set of
//! features, a dependency is built once for all of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The libraries that tests of generated crates and the guide use, with every feature that one of them needs.
const FRAMEWORKS: &str = r#"[package]
name = "frameworks"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
actix-web = { version = "4", default-features = false }
axum = { version = "0.8", features = ["macros"] }
backon = { version = "1.6.0", default-features = false, features = ["std", "tokio-sleep"] }
futures-util = "0.3"
http = "1"
httpdate = "1"
reqwest = { version = "0.13.5", default-features = false }
serde = { version = "1", features = ["derive"] }
serde_json = { version = "1", features = ["float_roundtrip"] }
serde_yaml = { package = "yaml_serde", version = "0.10" }
tokio = { version = "1", features = ["macros", "rt", "time"] }
tower = { version = "0.5", features = ["util"] }
tower-http = { version = "0.7", features = ["catch-panic", "cors", "map-response-body", "request-id", "timeout"] }
utoipa = "6"
uuid = { version = "1", features = ["v4"] }
"#;

/// Writes a package that uses the frameworks. Built along with another, it gives both the same dependencies.
pub(crate) fn write_frameworks(folder: &Path) {
    write(&folder.join("Cargo.toml"), FRAMEWORKS);
    write(&folder.join("src/lib.rs"), "");
}

/// Writes the lock of a workspace: what the lock of this repository pins, and from that of the guide what
/// only the guide needs.
pub(crate) fn write_lock(workspace: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path| std::fs::read_to_string(root.join(path)).unwrap();
    let mut lock = read("Cargo.lock");
    let guide = read("xtask/tests/prose/guide/Cargo.lock");
    let known: BTreeSet<String> = packages(&lock).map(compatible).collect();
    let missing = packages(&guide).filter(|package| !known.contains(&compatible(package)));
    let missing: Vec<&str> = missing.collect();
    for package in missing {
        lock.push_str("\n[[package]]\n");
        lock.push_str(package.trim_end());
        lock.push('\n');
    }
    write(&workspace.join("Cargo.lock"), &lock);
}

fn packages(lock: &str) -> impl Iterator<Item = &str> {
    lock.split("[[package]]\n").skip(1)
}

/// The name of a package with the part of its version that must be equal to be compatible.
fn compatible(package: &str) -> String {
    let value = |key| {
        let (_, rest) = package.split_once(key).unwrap();
        rest.split_once('"').unwrap().0
    };
    let (name, version) = (value("name = \""), value("version = \""));
    let parts: Vec<&str> = version.split('.').collect();
    let significant = if parts[0] == "0" {
        &parts[..2]
    } else {
        &parts[..1]
    };
    format!("{name} {}", significant.join("."))
}

/// Leaves a file that is as it should be alone, so that cargo need not build it again.
pub(crate) fn write(path: &Path, contents: &str) {
    if std::fs::read(path).is_ok_and(|on_disk| on_disk == contents.as_bytes()) {
        return;
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, contents).unwrap();
}

/// Gets what the tool's own workspace does not build. What is there already needs no network.
pub(crate) fn fetch(folder: &Path) {
    let fetch = |arguments: &[&str]| command(folder, &[&["fetch"], arguments].concat()).output();
    if !fetch(&["--offline"]).unwrap().status.success() {
        let output = fetch(&[]).unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// Runs cargo offline in `folder` with warnings as errors, and shows what it said when it fails.
pub(crate) fn cargo(folder: &Path, arguments: &[&str]) -> Output {
    let output = command(folder, arguments)
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "cargo {arguments:?} in {}:\n{}\n{}",
        folder.display(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Cargo with what has to be equal for builds to share their dependencies.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    command
}

pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("target")
}

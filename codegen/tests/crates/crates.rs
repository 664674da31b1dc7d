//! The generated crates, built and questioned.

use codegen::catalog::{Audience, CodeId, Retired, Slot, StatusClass};
use serde_json::{Value, json};

use crate::building::{cargo, write_lock};
use crate::exhaustive;
use crate::fixtures::{self, value_of, wire_value};
use crate::workspace::{
    ALL_FEATURED, CHECKED, CRATES, FEATURED, NOT_PROBED, PLAIN, catalog_named, plan_named, probe,
    workspace, write_plan,
};

const PEDANTIC: [&str; 5] = ["--", "-D", "warnings", "-W", "clippy::pedantic"];

#[test]
fn crates_pass_clippy_pedantic_without_a_warning() {
    let arguments = [
        &["clippy", "--lib", "--test", "*"],
        &CHECKED[..],
        features(),
        &PEDANTIC[..],
    ];
    cargo(workspace(), &arguments.concat());
}

/// The features that clippy and rustdoc check. With all of them the frameworks are checked too, not only built.
fn features() -> &'static [&'static str] {
    exhaustive::select(&[], &["--all-features"])
}

/// Clippy, rustdoc and the tests that are run see all of a crate without building its library as a test.
#[test]
fn libraries_have_no_unit_tests() {
    for (name, _) in CRATES {
        for artifact in plan_named(name).artifacts {
            let is_source = artifact.path.starts_with("generated/src/");
            let has_tests = artifact.contents.contains("cfg(test)");
            assert!(!(is_source && has_tests), "{name}: {}", artifact.path);
        }
    }
}

/// Every feature alone, without those that are on by default, and those that clients, servers and their tests use
/// together. By default those that need no framework.
#[test]
fn every_feature_compiles_without_a_warning() {
    let manifest = plan_named("seed");
    let manifest = fixtures::artifact(&manifest, "generated/Cargo.toml");
    let (_, features) = manifest.split_once("[features]\n").unwrap();
    let (features, _) = features.split_once("\n\n").unwrap();
    let alone: Vec<&str> = features
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = ").map(|(name, _)| name))
        .filter(|name| *name != "default")
        .collect();
    assert_eq!(alone.len(), 11, "{alone:?}");
    let together = [
        "",
        "client,httpdate",
        "client,server",
        "axum,testkit",
        "axum,utoipa",
        "actix-web,testkit",
        "actix-web,utoipa",
        "actix-web,axum",
        "client,tower,utoipa",
        "client,metrics,tower,tracing",
        "actix-web,axum,metrics,tracing",
        "axum,httpdate,testkit,utoipa",
    ];
    let every: Vec<&str> = alone.into_iter().chain(together).collect();
    let small = vec![
        "",
        "client,httpdate",
        "server",
        "http",
        "testkit",
        "tower",
        "metrics",
        "tracing",
        "client,metrics,tower,tracing",
    ];
    // The tests are checked with the features that are on by default.
    let selection = ["--lib", "--package", "gateway-errors"];
    for features in exhaustive::select(small, every) {
        let features = ["--no-default-features", "--features", features];
        let arguments = [&["clippy"], &selection[..], &features, &PEDANTIC];
        cargo(workspace(), &arguments.concat());
    }
}

/// Files whose lines follow the catalog are left alone by `cargo fmt`, for a name can be so long
/// that no layout is right; with ordinary names they are in rustfmt's layout all the same.
#[test]
fn crates_are_formatted_as_rustfmt_formats() {
    let mut files = Vec::new();
    for (name, _) in CRATES {
        let package = workspace().join(name).join("generated");
        files.push(package.join("src/lib.rs"));
        for entry in std::fs::read_dir(package.join("tests")).unwrap() {
            let path = entry.unwrap().path();
            files.push(if path.is_dir() {
                path.join("main.rs")
            } else {
                path
            });
        }
        let modules = ["args", "codes", "lookup", "settings", "shapes", "types"];
        let modules = modules.map(|module| {
            package
                .join("src/catalog")
                .join(module)
                .with_extension("rs")
        });
        let skipped = modules.into_iter().filter(|file| file.exists());
        files.extend(skipped.filter(|_| !["limits", "names"].contains(&name)));
    }
    let output = std::process::Command::new("rustfmt")
        .args(["--edition", "2024", "--check"])
        .args(files)
        .output()
        .expect("rustfmt runs: it comes with `rustup component add rustfmt`");
    let diff = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{diff}");
}

#[test]
fn crates_are_documented_without_a_warning() {
    cargo(
        workspace(),
        &[&["doc", "--no-deps"], &CHECKED[..], features()].concat(),
    );
}

/// All features change what is in a crate, and not what its tests and examples do: by default, only those crates that
/// differ in what a feature adds are tested with both.
#[test]
fn tests_and_examples_of_the_crates_pass() {
    let tests = [
        "contract",
        "details",
        "extras",
        "integers",
        "lifecycle",
        "namespaces",
        "faults",
        "shapes",
        "shared_arguments",
        "wire",
    ];
    let tests: Vec<&str> = tests.iter().flat_map(|test| ["--test", test]).collect();
    let featured = exhaustive::select(&FEATURED[..], &ALL_FEATURED);
    for packages in [&PLAIN[..], featured] {
        let featured = packages == FEATURED;
        let plain = [
            "faults",
            "integers",
            "lifecycle",
            "namespaces",
            "shapes",
            "shared_arguments",
        ];
        let tests = tests
            .chunks(2)
            .filter(|test| !featured || !plain.contains(&test[1]));
        let tests: Vec<&str> = tests.flatten().copied().collect();
        cargo(workspace(), &[&["test"], packages, &tests].concat());
        cargo(workspace(), &[&["test", "--doc"], packages].concat());
    }
}

/// Writing and reading hold for any text and any bytes.
#[test]
fn the_wire_has_its_properties() {
    cargo(
        workspace(),
        &[
            &["test", "--test", "properties", "--test", "reading"],
            &PLAIN[..],
        ]
        .concat(),
    );
}

/// Servers of axum and actix-web answer whatever is sent to them with envelopes; the test kit and
/// utoipa see the same errors.
#[test]
fn servers_answer_every_error_with_an_envelope() {
    let tests = [
        "actix_web",
        "allocations",
        "axum",
        "counters",
        "testkit",
        "utoipa",
        "utoipa_documents",
    ];
    let tests: Vec<&str> = tests.iter().flat_map(|test| ["--test", test]).collect();
    cargo(workspace(), &[&["test"], &FEATURED[..], &tests].concat());
}

#[test]
fn a_crate_builds_inside_and_outside_the_clone() {
    let outside = tempfile::tempdir().unwrap();
    let inside = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("alone");
    for folder in [outside.path(), &inside] {
        write_plan(folder, &plan_named("minimal"));
        let package = folder.join("generated");
        write_lock(&package);
        cargo(&package, &["test", "--test", "contract"]);
    }
}

#[test]
fn a_crate_depends_on_serde_and_serde_json_alone() {
    for (name, _) in CRATES {
        let plan = plan_named(name);
        let manifest = fixtures::artifact(&plan, "generated/Cargo.toml");
        let (_, dependencies) = manifest.split_once("[dependencies]\n").unwrap();
        let names: Vec<&str> = dependencies
            .lines()
            .filter(|line| !line.contains("optional = true"))
            .filter_map(|line| line.split_once(" = ").map(|(name, _)| name))
            .collect();
        assert_eq!(names, ["serde", "serde_json"]);
        assert!(!manifest.contains("workspace"));
    }
}

#[test]
fn many_names_are_found_by_a_hash_and_few_by_a_match() {
    for (name, _) in CRATES {
        let plan = plan_named(name);
        let lookup = fixtures::artifact(&plan, "generated/src/catalog/lookup.rs");
        let catalog = catalog_named(name);
        for (kind, count) in [
            ("CODES", catalog.codes.len()),
            ("TYPES", catalog.types.len()),
        ] {
            let is_hashed = lookup.contains(&format!("static {kind}_SLOTS"));
            assert_eq!(is_hashed, count > 100, "{name}: {count} {kind}");
        }
    }
}

/// Every text of the catalog, however hostile, comes out of the crate as it went in.
#[test]
fn tables_have_the_texts_of_the_catalog() {
    for (name, _) in CRATES.iter().filter(|(name, _)| !NOT_PROBED.contains(name)) {
        let catalog = catalog_named(name);
        let said = &probe()[*name];
        assert_eq!(
            said["misses"], 0,
            "{name} finds names that it does not have"
        );
        let wire = |code: Option<CodeId>| code.map(|id| wire_value(&catalog, &catalog[id]));
        let codes = said["codes"].as_array().unwrap();
        assert_eq!(codes.len(), catalog.codes.len());
        for (code, said) in catalog.codes.iter().zip(codes) {
            assert_eq!(said["name"], code.names.wire.as_str());
            assert_eq!(said["variant"], code.names.variant.as_str());
            assert_eq!(said["found"], true);
            assert_eq!(said["same_bytes"], true, "{name}: {}", code.names.wire);
            assert_eq!(said["type"], catalog[code.error_type].names.wire.as_str());
            assert_eq!(said["status"], code.status.sent().get());
            assert_eq!(said["message"], code.plain_message.as_str());
            assert_eq!(said["param"].as_str(), code.param.as_deref());
            assert_eq!(said["meaning"], code.meaning.as_str());
            assert_eq!(said["fix"], code.fix.as_str());
            assert_eq!(said["retryable"], code.retry.is_retryable());
            assert_eq!(said["doc_url"], code.doc_url.as_str());
            let body: Value = serde_json::from_str(said["body"].as_str().unwrap()).unwrap();
            let shape = catalog.envelope.default_shape();
            let message = value_of(shape, &body, Slot::Message);
            assert_eq!(message, code.plain_message.as_str());
            let shown = value_of(shape, &body, Slot::Code);
            assert_eq!(*shown, wire_value(&catalog, code));
            assert_eq!(said["causes"], json!(code.lists.causes));
            assert_eq!(said["fixes"], json!(code.lists.fixes));
            let headers = code.headers.iter();
            let fixed = headers.filter(|header| !header.value.has_arguments());
            let fixed = fixed.map(|header| json!([header.name, code.header_example(header)]));
            assert_eq!(said["headers"], fixed.collect::<Value>());
            let ids = code.ids.iter();
            let ids = ids.map(|(system, id)| json!([system, id.to_string()]));
            assert_eq!(said["ids"], ids.collect::<Value>());
            assert_eq!(said["since"].as_str(), code.since.as_deref());
            assert_eq!(said["is_deprecated"], code.deprecated.is_some());
            let deprecation = code.deprecated.as_ref().map(|deprecation| {
                json!({
                    "since": deprecation.since, "note": deprecation.note,
                    "successor": wire(deprecation.successor),
                })
            });
            assert_eq!(said["deprecation"], json!(deprecation));
        }
        let mut retired: Vec<&Retired> = catalog.retired.iter().collect();
        retired.sort_by_key(|code| &code.wire);
        let retired = retired.into_iter().map(|code| {
            json!({
                "name": code.wire, "since": code.since, "reason": code.reason,
                "successor": wire(code.successor),
                "is_internal": code.audience == Audience::Internal,
            })
        });
        assert_eq!(said["retired"], retired.collect::<Value>());
        assert_eq!(said["version"], catalog.api.version);
        let types = said["types"].as_array().unwrap();
        assert_eq!(types.len(), catalog.types.len());
        for (entry, said) in catalog.types.iter().zip(types) {
            assert_eq!(said["name"], entry.names.wire.as_str());
            assert_eq!(said["variant"], entry.names.variant.as_str());
            assert_eq!(said["found"], true);
            assert_eq!(said["same_bytes"], true, "{name}: {}", entry.names.wire);
            assert_eq!(said["meaning"], entry.meaning.as_str());
            assert_eq!(said["message"], entry.message.as_str());
            assert_eq!(said["default"], entry.statuses.default().get());
            for status in 400..600 {
                let admitted = codegen::catalog::Status::new(status)
                    .is_some_and(|status| entry.statuses.contains(status));
                let said = said["statuses"]
                    .as_array()
                    .unwrap()
                    .contains(&status.into());
                assert_eq!(said, admitted, "{status}");
            }
        }
    }
}

/// What a framework finds by itself is an error of the catalog, whatever its status.
#[test]
fn every_status_of_a_framework_has_an_error() {
    for (name, _) in CRATES.iter().filter(|(name, _)| !NOT_PROBED.contains(name)) {
        let catalog = catalog_named(name);
        let said = probe()[*name]["framework"].as_array().unwrap();
        for (status, said) in said.iter().enumerate() {
            assert_eq!(said["read_again"], true, "{name}: {status}");
            let status = if (400..600).contains(&status) {
                status
            } else {
                500
            };
            let status = codegen::catalog::Status::new(status as u64).unwrap();
            // What the tool writes into other outputs for a status is what the crate sends.
            let answer = catalog.framework_answer(status);
            assert_eq!(said["status"], answer.sent.get(), "{name}: {status}");
            assert_eq!(said["type"], answer.error_type.names.wire.as_str());
            let code = answer.code.map(|code| code.names.wire.as_str());
            assert_eq!(said["code"].as_str(), code);
            assert_eq!(said["message"], answer.message.as_ref());
            let named = |class| catalog.framework.iter().find(|error| error.status == class);
            let of_family = || named(StatusClass::Family(status.class()));
            if let Some(named) = named(StatusClass::Status(status)).or_else(of_family) {
                let code = named.code.map(|code| &catalog[code]);
                let usual = match code {
                    Some(code) => &code.plain_message,
                    None => &catalog[named.error_type].message,
                };
                assert_eq!(said["status"], named.sent.unwrap_or(status).get());
                assert_eq!(said["type"], catalog[named.error_type].names.wire.as_str());
                assert_eq!(
                    said["code"].as_str(),
                    code.map(|code| code.names.wire.as_str())
                );
                assert_eq!(
                    said["message"],
                    named.message.as_ref().unwrap_or(usual).as_str()
                );
                continue;
            }
            assert_eq!(said["status"], status.get(), "{name}");
            assert_eq!(said["code"], Value::Null);
            let error_type = catalog
                .types
                .iter()
                .find(|entry| said["type"] == entry.names.wire.as_str());
            let error_type = error_type.unwrap();
            let admitted = catalog
                .types
                .iter()
                .any(|entry| entry.statuses.contains(status));
            assert_eq!(error_type.statuses.contains(status), admitted);
            let of_class = catalog
                .types
                .iter()
                .any(|entry| entry.statuses.has_class(status.class()));
            assert_eq!(error_type.statuses.has_class(status.class()), of_class);
        }
    }
}

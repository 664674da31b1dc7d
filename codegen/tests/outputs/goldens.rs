//! Each fixture's outputs, file by file. `UPDATE_EXPECT=1` writes what is expected anew.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::Plan;
use expect_test::expect_file;

use crate::fixtures::{GOOD, catalog, folder, plan_of};

/// Files that do not vary with the catalog are held by their source, schemas by tests of their own, the
/// bodies of codes by the contract of each crate, and the twins of the document by the document.
fn is_golden(path: &str) -> bool {
    const OTHERS: [&str; 3] = [
        "generated/errors.schema.json",
        "generated/openapi.json",
        "generated/openapi-3.0.yaml",
    ];

    let varying = [
        "args",
        "error_code",
        "error_type",
        "lib",
        "lookup",
        "operations",
        "settings",
    ];
    match path.strip_prefix("generated/src/") {
        Some(file) => varying.iter().any(|module| file == format!("{module}.rs")),
        None => {
            !OTHERS.contains(&path)
                && !path.starts_with("catalog/")
                && !path.starts_with("generated/fixtures/")
        }
    }
}

#[test]
fn outputs_are_as_expected() {
    for name in GOOD {
        let folder = folder().join("good").join(name).join("expected");
        let plan = plan_of(name);
        let mut expected = BTreeSet::new();
        for artifact in plan
            .artifacts
            .iter()
            .filter(|artifact| is_golden(&artifact.path))
        {
            let file = folder.join(&artifact.path);
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            }
            expect_file![file].assert_eq(&artifact.contents);
            expected.insert(artifact.path.clone());
        }
        let mut found = BTreeSet::new();
        files(&folder, &folder, &mut found);
        assert_eq!(found, expected, "surplus or missing files of {name}");
    }
}

fn files(root: &Path, folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(root, &path, found);
        } else {
            let relative = path.strip_prefix(root).unwrap().to_str().unwrap();
            found.insert(relative.replace('\\', "/"));
        }
    }
}

#[test]
fn runtime_files_are_copied_verbatim() {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    let mut copied = 0;
    // Some files are for catalogs that need them.
    let large = crate::fixtures::compile_text("large", crate::catalogs::catalog(101));
    let large = codegen::plan(&large);
    let details = plan_of("details");
    let problem = plan_of("problem");
    for entry in std::fs::read_dir(runtime).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        // The examples of the documentation name the crate and what it has.
        let (plan, catalog, code, error_type) = match name {
            "timestamp.rs" => (&details, "details", "EveryKind", "RequestError"),
            "operation.rs" => (&problem, "problem", "BadName", "RequestError"),
            _ => (&large, "large", "CannotCreateFile00000", "RequestError"),
        };
        let emitted = crate::fixtures::artifact(plan, &format!("generated/src/{name}"));
        let (notice, copied_text) = emitted.split_once("\n\n").unwrap();
        assert!(codegen::emit::bears_notice(notice), "{name}");
        let text = text
            .replace("error_crate", &format!("{catalog}_errors"))
            .replace("A_CODE", code)
            .replace("A_TYPE", error_type);
        assert_eq!(copied_text, text, "{name}");
        copied += 1;
    }
    assert!(copied > 5);
}

#[test]
fn the_same_catalog_gives_the_same_bytes() {
    for name in GOOD {
        let catalog = catalog(name);
        assert_eq!(codegen::plan(&catalog), plan_of(name));
    }
}

#[test]
fn paths_are_unique_sorted_and_inside_owned_folders() {
    for name in GOOD {
        let Plan {
            artifacts,
            owned,
            regions,
        } = plan_of(name);
        // Regions are in files that no folder of the generator's holds.
        for region in regions {
            let mut folders = owned.iter();
            let inside = |folder: &&str| region.path.starts_with(*folder);
            assert!(!folders.any(inside), "{}", region.path);
            assert!(region.contents.ends_with('\n') && !region.contents.contains("<!--"));
        }
        let paths: Vec<&str> = artifacts
            .iter()
            .map(|artifact| artifact.path.as_str())
            .collect();
        let sorted: Vec<&str> = paths
            .iter()
            .copied()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        assert_eq!(paths, sorted);
        for path in paths {
            let inside = owned
                .iter()
                .any(|folder| path.starts_with(&format!("{folder}/")));
            assert!(
                inside || path.starts_with("catalog/") && path.ends_with(".schema.json"),
                "{path}"
            );
            assert!(
                !path.contains("..") && !path.contains('\\') && path.is_ascii(),
                "{path}"
            );
            let file = path.rsplit('/').next().unwrap();
            assert!(file.len() < 200, "{path}");
        }
    }
}

#[test]
fn the_list_of_files_names_all_of_them() {
    let plan = plan_of("arguments");
    let list: Vec<&str> = crate::fixtures::artifact(&plan, "generated/.files")
        .lines()
        .collect();
    let paths: Vec<&str> = plan
        .artifacts
        .iter()
        .map(|artifact| artifact.path.as_str())
        .collect();
    assert_eq!(list, paths);
}

//! Each fixture's outputs, file by file. `UPDATE_EXPECT=1` writes the expected files again.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::Plan;
use codegen::artifact::Artifact;
use expect_test::expect_file;

use crate::fixtures::{GOOD, compiled, folder, plan_of};

/// Files that do not vary with the catalog are checked against their source, schemas by tests of their own, the
/// bodies of codes by the contract of each crate, those of proxies by their test, and the twins of the document by the
/// document.
fn is_golden(name: &str, path: &str) -> bool {
    const OTHERS: [&str; 3] = [
        "generated/errors.schema.json",
        "generated/openapi.json",
        "generated/openapi-3.0.yaml",
    ];

    // Tests read the texts of hostile catalogs back from every output. A difference is reviewed in the outputs that
    // the theme attacks.
    let attacked: &[&str] = match name {
        "hostile_markup" => &["docs/errors/"],
        "hostile_names" => &[
            "docs/errors/README.md",
            "generated/.files",
            "generated/src/catalog/",
        ],
        "hostile_strings" => &["generated/openapi.yaml", "generated/src/catalog/codes.rs"],
        "hostile_unicode" => &[
            "docs/errors/",
            "generated/openapi.yaml",
            "generated/src/catalog/codes.rs",
        ],
        _ => &[""],
    };
    if !attacked.iter().any(|attacked| path.starts_with(attacked)) {
        return false;
    }
    match path.strip_prefix("generated/src/") {
        Some(file) => !file.starts_with("runtime/"),
        None => {
            !OTHERS.contains(&path)
                && !path.starts_with("catalog/")
                && !path.starts_with("generated/fixtures/")
                && !path.starts_with("generated/proxies/apache/bodies/")
        }
    }
}

/// What is reviewed of a file. The style sheet, the script and their hashes are the same on the pages of all catalogs.
fn reviewed(artifact: &Artifact) -> String {
    let mut contents = artifact.contents.clone();
    if artifact.path == "docs/errors/errors.html" {
        for (start, end) in [
            ("content=\"default-src", "\">"),
            ("<style>", "</style>"),
            ("<script>", "</script>"),
        ] {
            let from = contents.find(start).unwrap() + start.len();
            let length = contents[from..].find(end).unwrap();
            contents.replace_range(from..from + length, "…");
        }
    }
    contents
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
            .filter(|artifact| is_golden(name, &artifact.path))
        {
            let file = folder.join(&artifact.path);
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            }
            expect_file![file].assert_eq(&reviewed(artifact));
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

/// The runtime crate is what the generator writes for its catalog: the files that vary as they are, and the
/// hand-written ones without the notice.
#[test]
fn the_runtime_crate_is_what_the_generator_writes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    let source = std::fs::read_to_string(folder.join("catalog.yaml")).unwrap();
    let plan = codegen::plan(&crate::fixtures::compile_text("runtime", source));
    let mut generated = BTreeSet::new();
    for artifact in &plan.artifacts {
        let path = artifact.path.strip_prefix("generated/").unwrap_or_default();
        let own = match path {
            "Cargo.toml" => "\n[lints]\nworkspace = true\n",
            "src/lib.rs" => "\n#[cfg(test)]\nmod tests;\n",
            _ => "",
        };
        if path.starts_with("src/runtime/") {
            let (notice, copied) = artifact.contents.split_once("\n\n").unwrap();
            assert!(codegen::emit::bears_notice(notice), "{path}");
            let text = std::fs::read_to_string(folder.join(path)).unwrap();
            assert_eq!(copied, text, "{path}");
        } else if path == "Cargo.toml" {
            // Cargo packages no folder with a manifest, and the package of the generator has the sources.
            let manifest = artifact.contents.replace("src/lib.rs", "../src/lib.rs");
            expect_file![folder.join("package/Cargo.toml")].assert_eq(&(manifest + own));
            generated.insert("package/Cargo.toml".to_owned());
            continue;
        } else if path.starts_with("src/") {
            expect_file![folder.join(path)].assert_eq(&(artifact.contents.clone() + own));
        } else {
            continue;
        }
        generated.insert(path.to_owned());
    }
    let mut found = BTreeSet::new();
    files(&folder, &folder, &mut found);
    found.retain(|file| !file.starts_with("src/tests") && file != "catalog.yaml");
    // Only catalogs with many names need it, and the generator shares it.
    assert!(found.remove("src/runtime/name_hash.rs"));
    // Only catalogs with very many codes need it.
    assert!(found.remove("src/runtime/joined.rs"));
    // Only catalogs with namespaces need it.
    assert!(found.remove("src/runtime/namespaces.rs"));
    assert_eq!(found, generated, "surplus or missing files");
}

/// The examples in the documentation of a crate name the crate, and a code and a type that it has.
#[test]
fn examples_of_runtime_files_name_what_the_crate_has() {
    let plan = plan_of("lifecycle");
    let text = crate::fixtures::artifact(&plan, "generated/src/runtime/api_error.rs");
    assert!(text.contains("/// use ticket_errors::{ApiError, ErrorCode};\n"));
    assert!(text.contains("ApiError::new(ErrorCode::TicketNotFound)"));
    let file = "generated/src/runtime/api_error/of_operation.rs";
    let text = crate::fixtures::artifact(&plan, file);
    assert!(text.contains("ApiError::from_type(ErrorType::TicketError).with_status(200)"));
    for artifact in plan.artifacts {
        let mut lines = artifact.contents.lines();
        let foreign = ["use runtime::", " runtime::{", "ErrorCode::File"];
        let mut lines = lines
            .by_ref()
            .filter(|line| line.trim_start().starts_with("//"));
        let found = lines.find(|line| foreign.iter().any(|name| line.contains(name)));
        assert_eq!(found, None, "{}", artifact.path);
    }
}

#[test]
fn the_same_catalog_gives_the_same_bytes() {
    for name in GOOD {
        let again = codegen::plan(&compiled(name));
        assert_eq!(again, plan_of(name));
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

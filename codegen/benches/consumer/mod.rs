//! What the benches of the generated crate share: a scratch workspace, our crates and their peers in
//! it, and a table for the figures.
//!
//! `Cargo.lock` beside this file pins what the crates of scratch workspaces need from the registry;
//! the project itself depends on none of it. To renew it, run `cargo update` in the workspace that a
//! bench left in `target/tmp`, and copy its `Cargo.lock` here.

pub(crate) mod callgrind;
pub(crate) mod ours;
pub(crate) mod peer;
pub(crate) mod table;
pub(crate) mod usage;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::{Catalog, Inputs, Source, compile};

use crate::pipeline::catalogs;

/// A crate of a scratch workspace. It stands in the folder of its name.
pub(crate) struct Package {
    pub(crate) name: String,
    /// Paths below the crate's folder, and what stands there.
    pub(crate) files: Vec<(String, String)>,
}

impl Package {
    /// A binary with these lines below `[dependencies]`.
    pub(crate) fn binary(name: &str, dependencies: &str, main: &str) -> Self {
        Self {
            name: name.to_owned(),
            files: vec![
                ("Cargo.toml".to_owned(), manifest(name, dependencies)),
                ("src/main.rs".to_owned(), main.to_owned()),
            ],
        }
    }
}

/// A manifest with these lines below `[dependencies]`.
fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{dependencies}"
    )
}

/// A workspace of throw-away crates, with a target folder of its own.
pub(crate) struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// Writes the workspace. Files that are as they should be stay as they are, so that cargo does
    /// not build them again.
    pub(crate) fn write(name: &str, packages: &[Package]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        for package in packages {
            for (path, contents) in &package.files {
                write_file(&folder.join(&package.name).join(path), contents);
            }
        }
        let members: Vec<&str> = packages.iter().map(|package| &*package.name).collect();
        write_file(
            &folder.join("Cargo.toml"),
            &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
        );
        write_file(&folder.join("Cargo.lock"), include_str!("Cargo.lock"));
        Self { folder }
    }

    /// The path of something in the workspace.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.folder.join(below)
    }

    /// The release binary of a package.
    pub(crate) fn binary(&self, package: &str) -> PathBuf {
        let name = format!("{package}{}", std::env::consts::EXE_SUFFIX);
        self.folder.join("target/release").join(name)
    }

    /// Runs cargo.
    pub(crate) fn cargo(&self, arguments: &[&str], environment: &[(&str, &Path)]) {
        let target = self.folder.join("target");
        cargo(&self.folder, &target, arguments, environment);
    }
}

/// Runs cargo, with what the environment says of compilers and targets set aside.
pub(crate) fn cargo(
    folder: &Path,
    target: &Path,
    arguments: &[&str],
    environment: &[(&str, &Path)],
) {
    let status = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTC_WRAPPER")
        .envs(environment.iter().copied())
        .status()
        .expect("cargo can be started");
    assert!(
        status.success(),
        "cargo {arguments:?} in {}",
        folder.display()
    );
}

pub(crate) fn write_file(path: &Path, contents: &str) {
    if fs::read(path).is_ok_and(|on_disk| on_disk == contents.as_bytes()) {
        return;
    }
    let folder = path.parent().expect("a file stands in a folder");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, contents))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// The catalog of a crate. One code in ten has a `param`.
pub(crate) fn catalog(crate_name: &str, codes: usize) -> Catalog {
    compiled(of_crate(crate_name, &catalogs::catalog(codes)))
}

/// The same catalog, with a hundred operations.
pub(crate) fn catalog_with_operations(crate_name: &str, codes: usize) -> Catalog {
    let mut text = catalogs::catalog(codes) + "operations:\n";
    for number in 0..50 {
        let resource = format!("resource_{number}");
        let errors = "errors: [cannot_create_file_00000]";
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "  list_{number}: {{ method: GET, path: /v1/{resource}, {errors} }}\n  \
               get_parts_{number}: {{ method: GET, path: \"/v1/{resource}/{{id}}/parts\", {errors} }}\n"
        );
    }
    compiled(of_crate(crate_name, &text))
}

/// The same catalog with other names: each sixth has 1 to 3 bytes, the others have 65 to 104.
pub(crate) fn catalog_with_unusual_names(crate_name: &str, codes: usize) -> Catalog {
    let text = renamed(&catalogs::catalog(codes), |number, name| {
        if number % 6 > 0 {
            let rest = 65 + number % 40 - name.len();
            return format!("  {name}{}:\n", "s".repeat(rest));
        }
        let letter = char::from(b'a' + u8::try_from(number / 6 % 20).expect("a small number"));
        let length = 1 + usize::from(number >= 120) + usize::from(number >= 180);
        format!("  \"{}\":\n", letter.to_string().repeat(length))
    });
    compiled(of_crate(crate_name, &text))
}

/// The same catalog in two namespaces, with an operation that states another status for each tenth code.
pub(crate) fn catalog_with_namespaces(crate_name: &str, codes: usize) -> Catalog {
    const NAMESPACES: [&str; 2] = ["storage", "network"];
    let mut errors = Vec::new();
    let mut text = renamed(&catalogs::catalog(codes), |number, name| {
        let namespace = NAMESPACES[number % 2];
        if number % 10 == 2 {
            errors.push(format!("{{ code: {namespace}.{name}, status: 422 }}"));
        }
        format!("  {namespace}.{name}:\n    group: {namespace}\n")
    });
    let groups = NAMESPACES.map(|namespace| {
        format!("  {namespace}: {{ title: {namespace}, prefix: {namespace}., namespace: true }}\n")
    });
    let errors = errors.join(", ");
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "groups:\n{}operations:\n  handle: {{ method: GET, path: /v1/handles, errors: [{errors}] }}\n",
        groups.concat()
    );
    compiled(of_crate(crate_name, &text))
}

/// A catalog with other lines for its codes: `line` gets the number of each, and its name.
fn renamed(text: &str, mut line: impl FnMut(usize, &str) -> String) -> String {
    let mut number = 0;
    let mut renamed = String::new();
    for old in text.split_inclusive('\n') {
        let name = old
            .strip_prefix("  ")
            .and_then(|old| old.strip_suffix(":\n"));
        match name.filter(|name| name.starts_with("cannot_")) {
            Some(name) => {
                renamed.push_str(&line(number, name));
                number += 1;
            }
            None => renamed.push_str(old),
        }
    }
    renamed
}

/// Which arguments the codes of a crate have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Arguments {
    /// The same names.
    Repeated,
    /// Names out of twelve, in any order.
    Picked,
    /// Names that no other code has.
    Different,
}

/// The same catalog, with arguments for each code.
pub(crate) fn catalog_with_arguments(
    crate_name: &str,
    codes: usize,
    arguments: Arguments,
) -> Catalog {
    compiled(text_with_arguments(crate_name, codes, arguments))
}

/// The text of that catalog.
pub(crate) fn text_with_arguments(crate_name: &str, codes: usize, arguments: Arguments) -> String {
    let text = match arguments {
        Arguments::Repeated => catalogs::with_arguments(codes, codes),
        Arguments::Picked => catalogs::with_arguments_of(codes, codes, picked),
        Arguments::Different => catalogs::with_arguments_of(codes, codes, |number| {
            let of_code = |(name, rest)| (format!("{name}_{number}"), rest);
            picked(number).into_iter().map(of_code).collect()
        }),
    };
    of_crate(crate_name, &text)
}

/// One to three of twelve arguments, which vary with the number.
fn picked(number: usize) -> catalogs::Arguments {
    const POOL: [(&str, &str); 12] = [
        ("name", "kind: string"),
        ("limit", "kind: u64"),
        ("size", "kind: u64"),
        ("plan", "kind: string"),
        ("count", "kind: i64"),
        ("ratio", "kind: f64"),
        ("pause", "kind: duration"),
        ("locked", "kind: bool"),
        ("owner", "kind: string"),
        ("models", "kind: strings"),
        ("region", "kind: string"),
        ("parent", "kind: string"),
    ];
    let mut places: Vec<usize> = Vec::new();
    // A generator with a period above the number of picks.
    let mut state = number as u64 + 1;
    while places.len() <= number % 3 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let place = (state >> 33) as usize % POOL.len();
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let picked = places.into_iter().map(|place| POOL[place]);
    picked.map(|(name, rest)| (name.to_owned(), rest)).collect()
}

/// The text of a catalog with the name of a crate, in which one code in ten has a `param`.
pub(crate) fn of_crate(crate_name: &str, text: &str) -> String {
    text.replace("crate: large-errors", &format!("crate: {crate_name}"))
        .replace(
            "type: server_error\n",
            "type: server_error\n    param: file\n",
        )
}

pub(crate) fn compiled(text: String) -> Catalog {
    let inputs = Inputs::new(Source::new("catalog.yaml", text.into_bytes()));
    compile(&inputs).value.expect("the catalog has no errors")
}

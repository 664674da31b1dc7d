//! The packages of a project with their targets, as cargo knows them.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use serde::Deserialize;

/// What `cargo metadata` prints, as far as it is needed.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// A package.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) manifest_path: PathBuf,
    pub(crate) targets: Vec<Target>,
    dependencies: Vec<Dependency>,
}

/// What cargo compiles of a package.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Target {
    name: String,
    kind: Vec<String>,
    pub(crate) src_path: PathBuf,
}

#[derive(Clone, Debug, Deserialize)]
struct Dependency {
    name: String,
    rename: Option<String>,
}

/// What the code of a target is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A library, which other packages can use.
    Library,
    /// A program.
    Program,
    Test,
    /// An example, a benchmark or a build script: neither a server nor a test.
    Other,
}

impl Target {
    pub(crate) fn purpose(&self) -> Purpose {
        match self.kind.first().map(String::as_str) {
            Some("bin") => Purpose::Program,
            Some("test") => Purpose::Test,
            Some("example" | "bench" | "custom-build") => Purpose::Other,
            _ => Purpose::Library,
        }
    }

    /// The name of its crate.
    fn crate_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

impl Package {
    /// The name of the crate that other packages use.
    fn library(&self) -> Option<String> {
        let mut targets = self.targets.iter();
        let library = targets.find(|target| target.purpose() == Purpose::Library);
        library.map(Target::crate_name)
    }

    /// The folder of the manifest.
    pub(crate) fn folder(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(Path::new(""))
    }
}

/// All packages of a project.
#[derive(Debug, Default)]
pub(crate) struct Packages(pub(crate) Vec<Package>);

impl Packages {
    /// Asks cargo for the packages of these manifests. A manifest that cargo cannot read is added to `skipped`.
    pub(crate) fn read<'a>(
        manifests: impl Iterator<Item = &'a Path>,
        skipped: &mut Vec<String>,
    ) -> anyhow::Result<Self> {
        let mut packages: BTreeMap<PathBuf, Package> = BTreeMap::new();
        let mut workspaces = BTreeSet::new();
        for manifest in manifests {
            if packages.contains_key(manifest) || !workspaces.insert(manifest.to_owned()) {
                continue;
            }
            match metadata(manifest) {
                Ok(found) => {
                    let found = found.packages.into_iter();
                    packages.extend(found.map(|package| (package.manifest_path.clone(), package)));
                }
                Err(error) if error.downcast_ref::<std::io::Error>().is_some() => {
                    return Err(error);
                }
                Err(error) => skipped.push(format!("{error:#}")),
            }
        }
        Ok(Self(packages.into_values().collect()))
    }

    /// The names by which the code of a package calls other packages, with the names of these packages.
    pub(crate) fn externs(&self, package: &Package) -> BTreeMap<String, String> {
        let own = package.library().map(|name| (name, package.name.clone()));
        let dependencies = package.dependencies.iter().map(|dependency| {
            let mut packages = self.0.iter();
            let known = packages.find(|known| known.name == dependency.name);
            let library = known.and_then(Package::library);
            let name = dependency.rename.clone().or(library);
            let name = name.unwrap_or_else(|| dependency.name.clone());
            (name.replace('-', "_"), dependency.name.clone())
        });
        dependencies.chain(own).collect()
    }
}

fn metadata(manifest: &Path) -> anyhow::Result<Metadata> {
    let cargo = std::env::var_os("CARGO");
    let output = Command::new(cargo.as_deref().unwrap_or(OsStr::new("cargo")))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .arg("--manifest-path")
        .arg(manifest)
        .output()
        .context("cannot run cargo, which knows the packages of the project")?;
    let shown = manifest.display();
    let reason = String::from_utf8_lossy(&output.stderr);
    let reason = reason.lines().find(|line| line.starts_with("error"));
    let reason = reason.unwrap_or("cargo failed");
    ensure!(
        output.status.success(),
        "{shown}: {reason}: its package was not read"
    );
    serde_json::from_slice(&output.stdout).with_context(|| format!("{shown}: unknown metadata"))
}

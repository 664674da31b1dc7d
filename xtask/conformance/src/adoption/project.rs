//! The repositories, and the handlers that are added to them.

use std::path::Path;

use anyhow::Context as _;
use fs_err as fs;

/// A repository before it uses the tool.
pub(super) struct Project {
    pub(super) name: &'static str,
    server: Server,
    framework: Framework,
}

/// The package with the server.
enum Server {
    /// A package of the registry, which is the root.
    Root { package: &'static str },
    /// A package of the registry, which is a member of a workspace in this folder.
    Member {
        package: &'static str,
        folder: &'static str,
    },
    /// None until the tool is there; then a new one in this folder.
    New { folder: &'static str },
}

#[derive(Clone, Copy)]
enum Framework {
    Axum,
    Actix,
}

pub(super) const PROJECTS: [Project; 4] = [
    Project {
        name: "axum-crate",
        server: Server::Root {
            package: "simple-http-server-0.8.1",
        },
        framework: Framework::Axum,
    },
    Project {
        name: "actix-crate",
        server: Server::Root {
            package: "docserve-0.1.5",
        },
        framework: Framework::Actix,
    },
    Project {
        name: "workspace",
        server: Server::Member {
            package: "webhook-catcher-0.3.0",
            folder: "services/webhook-catcher",
        },
        framework: Framework::Axum,
    },
    Project {
        name: "empty-folder",
        server: Server::New { folder: "server" },
        framework: Framework::Axum,
    },
];

const MANIFEST: &str = "Cargo.toml";
const DEPENDENCIES: &str = "[dependencies]\n";
/// What the registry adds to a package, and what would select another toolchain.
const NOT_OF_THE_REPOSITORY: [&str; 6] = [
    ".cargo-ok",
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "rust-toolchain",
];

impl Project {
    /// Writes the repository as its team has it.
    pub(super) fn unpack(&self, registry: &Path, repository: &Path) -> anyhow::Result<()> {
        match &self.server {
            Server::Root { package } => unpack(&registry.join(package), repository),
            Server::Member { package, folder } => {
                let workspace = format!(
                    "# All services\n[workspace]\nresolver = \"3\"\nmembers = [\n    \"{folder}\", # the first\n]\n"
                );
                fs::write(repository.join(MANIFEST), workspace)?;
                fs::write(repository.join(".gitignore"), "target/\n")?;
                unpack(&registry.join(package), &repository.join(folder))
            }
            Server::New { .. } => Ok(()),
        }
    }

    /// Adds a handler that returns an error of the catalog.
    pub(super) fn add_handler(&self, repository: &Path) -> anyhow::Result<()> {
        let (folder, path) = match &self.server {
            Server::Root { .. } => (repository.to_owned(), "generated".to_owned()),
            Server::Member { folder, .. } | Server::New { folder } => {
                let up = "../".repeat(folder.split('/').count());
                (repository.join(folder), format!("{up}generated"))
            }
        };
        if let Server::New { folder: member } = &self.server {
            fs::create_dir_all(folder.join("src"))?;
            fs::write(folder.join(MANIFEST), PACKAGE)?;
            fs::write(folder.join("src/main.rs"), "fn main() {}\n")?;
            let added = format!("members = [\"{member}\", ");
            replace(&repository.join(MANIFEST), "members = [", &added)?;
        }
        let (feature, handler) = match self.framework {
            Framework::Axum => ("axum", handler_of_readme()?),
            Framework::Actix => ("actix-web", ACTIX),
        };
        let dependency = format!(
            "{DEPENDENCIES}pet-store-errors = {{ path = \"{path}\", features = [\"{feature}\"] }}\n"
        );
        replace(&folder.join(MANIFEST), DEPENDENCIES, &dependency)?;
        fs::write(folder.join("src/find.rs"), handler)?;
        let main = folder.join("src/main.rs");
        let text = fs::read_to_string(&main)?;
        fs::write(main, format!("mod find;\n{text}"))?;
        Ok(())
    }
}

/// Copies a package, with the manifest that its author wrote.
fn unpack(package: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(package)? {
        let entry = entry?;
        let name = entry.file_name();
        if NOT_OF_THE_REPOSITORY.iter().any(|other| name == *other) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            unpack(&entry.path(), &to.join(name))?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    let manifest = package.join("Cargo.toml.orig");
    if manifest.is_file() {
        fs::copy(manifest, to.join(MANIFEST))?;
    }
    Ok(())
}

/// Replaces the first place of a text in a file.
fn replace(file: &Path, from: &str, to: &str) -> anyhow::Result<()> {
    let text = fs::read_to_string(file)?;
    let found = text.contains(from).then(|| text.replacen(from, to, 1));
    let text = found.with_context(|| format!("{} has no {from:?}", file.display()))?;
    Ok(fs::write(file, text)?)
}

const PACKAGE: &str = "\
[package]
name = \"server\"
version = \"0.1.0\"
edition = \"2024\"

[dependencies]
axum = \"0.8\"
";

/// The first screen of the README has the handler for axum.
const README: &str = include_str!("../../../../README.md");

fn handler_of_readme() -> anyhow::Result<&'static str> {
    let block = README.split("```rust\n").nth(1);
    let handler = block.and_then(|block| block.split("```").next());
    handler.context("the README has no handler")
}

const ACTIX: &str = "\
use actix_web::web;
use pet_store_errors::{ApiError, ErrorCode};

async fn find(id: web::Path<String>) -> Result<String, ApiError> {
    match id.as_str() {
        \"1\" => Ok(\"Rex\".to_owned()),
        _ => Err(ErrorCode::NoSuchResource.into()),
    }
}

pub fn routes(config: &mut web::ServiceConfig) {
    config.route(\"/v1/pets/{id}\", web::get().to(find));
}
";

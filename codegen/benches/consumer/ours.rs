//! A crate as the project generates it.

use codegen::artifact::Group;
use codegen::plan;

use super::{Package, catalog};

/// The crate of so many codes.
pub(crate) fn package(codes: usize) -> Package {
    let name = format!("ours-{codes}");
    let artifacts = plan(&catalog(&name, codes)).artifacts;
    let files = artifacts.into_iter().filter_map(|artifact| {
        let path = artifact.path.strip_prefix("generated/")?;
        (Group::of(&artifact.path) == Group::Crate).then(|| (path.to_owned(), artifact.contents))
    });
    Package {
        files: files.collect(),
        name,
    }
}

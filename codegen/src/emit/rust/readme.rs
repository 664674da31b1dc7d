//! The crate's `README.md`, which registries show.

use std::fmt::Write as _;

use super::super::{NOTICE, markdown_escape};
use crate::artifact::Artifact;
use crate::catalog::Catalog;

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let api = &catalog.api;
    let title = markdown_escape::inline(&api.title);
    let name = &api.crate_name;
    let (index, after_slug) = &api.docs_url;
    let mut contents = format!(
        "<!-- {NOTICE} -->\n\n\
         # {name}\n\n\
         The errors of the {title}, version {}.\n\n\
         A server returns `ApiError`. A client reads any response with `ReceivedError::from_parts`, and compares its code\n\
         with `ErrorCode`. The documentation of the crate has examples, and the list of its features: a crate that\n\
         only sends errors, or only reads them, leaves out the feature `client` or `server`.\n",
        api.version
    );
    if after_slug.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(contents, "\nEach error has a page: <{index}>.");
    }
    if let Some(license) = &api.license {
        let license = markdown_escape::inline(&license.name);
        let _ = writeln!(contents, "\nLicense: {license}.");
    }
    Artifact::new("generated/README.md", contents)
}

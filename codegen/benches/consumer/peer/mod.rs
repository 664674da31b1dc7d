//! The same errors as a Rust programmer would write them down with thiserror, strum and serde.

use std::fmt::Write as _;

use codegen::Catalog;
use codegen::catalog::Code;

use super::{Package, catalog, manifest};

const DEPENDENCIES: &str = "\
serde = { version = \"1\", features = [\"derive\"] }
strum = { version = \"0.28\", features = [\"derive\"] }
thiserror = \"2\"
";

const HEAD: &str = "\
//! The errors of an API, by thiserror, strum and serde.

mod envelope;

pub use envelope::Envelope;

use serde::{Deserialize, Serialize};
use strum::{EnumMessage, EnumProperty, EnumString, IntoStaticStr};
use thiserror::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(Error, EnumString, IntoStaticStr, EnumMessage, EnumProperty, Serialize, Deserialize)]
pub enum ErrorCode {
";

/// The crate of so many codes.
pub(crate) fn package(codes: usize) -> Package {
    let name = format!("peer-{codes}");
    let catalog = catalog(&name, codes);
    package_of(name, &catalog)
}

/// The crate of a catalog.
pub(crate) fn package_of(name: String, catalog: &Catalog) -> Package {
    let mut lib = HEAD.to_owned();
    for code in &catalog.codes {
        let error_type = &catalog[code.error_type].names.wire;
        push_variant(code, error_type, &mut lib);
    }
    lib.push_str("}\n");
    Package {
        files: vec![
            ("Cargo.toml".to_owned(), manifest(&name, DEPENDENCIES)),
            ("src/lib.rs".to_owned(), lib),
            (
                "src/envelope.rs".to_owned(),
                include_str!("envelope.rs").to_owned(),
            ),
        ],
        name,
    }
}

/// The texts of these catalogs hold nothing that `{:?}` escapes or that is a placeholder.
fn push_variant(code: &Code, error_type: &str, out: &mut String) {
    let name = &code.names.wire;
    let param = match &code.param {
        Some(param) => format!(", param = {param:?}"),
        None => String::new(),
    };
    writeln!(
        out,
        "    #[error({message:?})]\n    \
             #[strum(serialize = {name:?}, message = {meaning:?}, detailed_message = {fix:?})]\n    \
             #[strum(props(type = {error_type:?}, status = {status}{param}))]\n    \
             #[serde(rename = {name:?})]\n    \
             {variant},",
        message = code.plain_message,
        meaning = code.meaning,
        fix = code.fix,
        status = code.status.sent().get(),
        variant = code.names.variant,
    )
    .expect("writing to a string cannot fail");
}

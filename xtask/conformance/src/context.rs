//! The inputs that most checks share.

use std::path::Path;

use codegen::{Catalog, Inputs};

use crate::environment::Environments;
use crate::model::Case;

/// The inputs of a check.
pub(crate) struct Context<'a> {
    /// The root of the project.
    pub(crate) root: &'a Path,
    /// The folder for logs.
    pub(crate) folder: &'a Path,
    pub(crate) environments: &'a Environments,
    pub(crate) inputs: &'a Inputs,
    pub(crate) catalog: &'a Catalog,
    pub(crate) cases: &'a [Case],
    /// The address of the example server.
    pub(crate) address: &'a str,
}

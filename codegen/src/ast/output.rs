//! The files that a catalog makes from templates.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::scalars::PerAst;
use super::spanned::Spanned;

/// A file of your own, or one for each code, type or operation, made from a template.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Output"))]
pub(crate) struct OutputAst {
    /// The template: its path from the folder of the catalog, ending in `.j2`, or a built-in one: `typescript` or
    /// `python`.
    pub(crate) template: Spanned<String>,
    /// The path of the file from the root of the project. With `per`, a path with the name of the entry, such as
    /// `web/errors/{code}.ts` or `src/{code|pascal}.java`.
    pub(crate) to: Spanned<String>,
    /// Makes a file for each entry: `code`, `type` or `operation`. Default: one file.
    pub(crate) per: Option<Spanned<PerAst>>,
}

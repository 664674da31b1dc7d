//! The AST of the lock file.

use serde::Deserialize;
use serde_json::Value;

use crate::ast::{DayText, Entries, Spanned};

/// A section with named entries, if it exists.
pub(super) type Section<T> = Option<Spanned<Entries<T>>>;
/// The fields of an entry.
pub(super) type Fields = Entries<Value>;

#[derive(Debug, Deserialize)]
pub(super) struct LockAst {
    pub(super) lock: Spanned<u64>,
    pub(super) releases: Spanned<Entries<DayText>>,
    pub(super) api: Option<Spanned<Fields>>,
    pub(super) envelope: Option<Spanned<Fields>>,
    pub(super) error_ids: Option<Spanned<Fields>>,
    pub(super) retry: Option<Spanned<Fields>>,
    pub(super) openapi: Option<Spanned<Fields>>,
    pub(super) framework: Section<Fields>,
    pub(super) operations: Section<Fields>,
    pub(super) types: Section<Fields>,
    pub(super) codes: Section<Fields>,
    pub(super) retired: Section<Fields>,
    pub(super) removed: Option<Spanned<RemovedAst>>,
    /// The last line: without it, the file is truncated.
    pub(super) complete: Spanned<bool>,
}

/// Removed entries, by their sections.
#[derive(Debug, Deserialize)]
pub(super) struct RemovedAst {
    pub(super) framework: Section<Fields>,
    pub(super) operations: Section<Fields>,
    pub(super) types: Section<Fields>,
    pub(super) codes: Section<Fields>,
    pub(super) retired: Section<Fields>,
}

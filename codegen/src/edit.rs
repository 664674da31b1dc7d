//! Edits of the catalog: formatting, new codes, and the keys that a release sets.

mod block;
#[cfg(feature = "import")]
mod changes;
mod cst;
mod cursor;
mod equivalent;
mod file;
mod format;
mod insert;
mod insertion_point;
mod layout;
mod patch;
mod print;
mod splices;
mod trivia;

#[cfg(feature = "import")]
pub(crate) use changes::{Change, apply, comments};
pub use format::format;
pub use insert::{Insertion, NewCode, NoPlace, Place, insert};
pub use patch::accept;
pub(crate) use patch::{Marks, release};

use crate::diagnostic::Diagnostic;

/// Why a catalog is not changed.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// It cannot be read.
    Findings(Vec<Diagnostic>),
    /// The edited file of this name would not mean the same, which is a bug of this library.
    Fault(String),
}

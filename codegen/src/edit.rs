//! Changes of the catalog itself: its canonical form, and a new code at its place.

mod amend;
mod attach;
mod block;
mod cursor;
mod element;
mod file;
mod format;
mod insert;
mod layout;
mod neighbour;
mod print;
mod same;
mod stub;

pub use amend::accept;
pub(crate) use amend::{Marks, release};
pub use format::format;
pub use insert::{Insertion, NewCode, NoPlace, Place, insert};

use crate::diagnostic::Diagnostic;

/// Why a catalog is not changed.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// It cannot be read.
    Findings(Vec<Diagnostic>),
    /// The file of this name would not mean the same afterwards, which is a fault of this library.
    Fault(String),
}

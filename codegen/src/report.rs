//! Diagnostics for readers: the only place that knows lines, columns and colours.

mod github;
mod human;
mod json;
mod place;
mod sarif;

pub use github::github;
pub use human::{Style, human};
pub use json::json;
pub use sarif::sarif;

use crate::diagnostic::Diagnostic;

/// The message and, in a line of its own, the help.
fn said(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}\n{help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

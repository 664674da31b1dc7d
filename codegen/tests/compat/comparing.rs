//! What changes from one text of a catalog to another.

use codegen::compat::{Diff, Unreadable, diff};
use codegen::report::{Style, human};
use codegen::{Inputs, Source};

pub(crate) fn inputs(text: &str) -> Inputs {
    Inputs::new(Source::new("catalog.yaml", text.as_bytes().to_vec()))
}

/// Replaces the only place where `from` stands.
pub(crate) fn edited(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to)
}

/// What changes from one catalog to the other.
pub(crate) fn differences(old: &str, new: &str) -> Diff {
    let (before, now) = (inputs(old), inputs(new));
    match diff(&before, &now) {
        Ok(diff) => diff,
        Err(Unreadable::Old(found)) => panic!("{}", human(&before, &found, Style::Plain)),
        Err(Unreadable::New(found)) => panic!("{}", human(&now, &found, Style::Plain)),
    }
}

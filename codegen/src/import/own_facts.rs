//! What a source says of a code in one operation.

use serde_json::{Map, Value};

use crate::catalog::Status;

/// What a source says of a code in one operation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OwnFacts {
    /// The operation, as the source has it.
    pub(super) operation: String,
    /// The status, if it is not that of the code.
    pub(super) status: Option<Status>,
    /// The meaning, if it is not that of the code.
    pub(super) meaning: Option<String>,
    /// The fix, if it is not that of the code.
    pub(super) fix: Option<String>,
}

impl OwnFacts {
    /// The keys of the catalog language.
    pub(super) fn keys(&self) -> Map<String, Value> {
        let one_line = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let keys = [
            ("status", self.status.map(|status| status.get().into())),
            (
                "meaning",
                self.meaning.as_ref().map(|text| one_line(text).into()),
            ),
            ("fix", self.fix.as_ref().map(|text| one_line(text).into())),
        ];
        let stated = keys.into_iter();
        let stated = stated.filter_map(|(key, value)| Some((key.to_owned(), value?)));
        stated.collect()
    }
}

//! One side of a merge: a draft as data, and what its codes inherit from their types and from the retry rule.

use serde_json::{Map, Value};

/// The sections of a draft.
#[derive(Clone, Copy)]
pub(super) struct Side<'v>(pub(super) &'v Map<String, Value>);

impl<'v> Side<'v> {
    /// The entries of a section, in their order.
    pub(super) fn entries(
        self,
        section: &str,
    ) -> impl Iterator<Item = (&'v str, &'v Map<String, Value>)> {
        let entries = self.0.get(section).and_then(Value::as_object);
        let entries = entries.into_iter().flatten();
        entries.filter_map(|(name, value)| Some((name.as_str(), value.as_object()?)))
    }

    /// An entry of a section.
    pub(super) fn entry(self, section: &str, name: &str) -> Option<&'v Map<String, Value>> {
        self.0.get(section)?.get(name)?.as_object()
    }

    /// The status of a code: its own, else the first of its type.
    pub(super) fn status(self, code: &Map<String, Value>) -> Option<u64> {
        let own = code.get("status").and_then(status_of);
        own.or_else(|| {
            let name = code.get("type")?.as_str()?;
            first_status(self.entry("types", name)?)
        })
    }

    /// The retry rule of a code: its own, else that of its status; nothing for a code that is not sent again.
    pub(super) fn retry(self, code: &Map<String, Value>) -> Option<&'v str> {
        let own = code.get("retry").and_then(Value::as_str);
        match own {
            Some("never") => return None,
            Some("after") => return Some("after"),
            Some(_) => return Some("backoff"),
            None => {}
        }
        let status = self.status(code)?;
        let statuses = self.0.get("retry")?.get("statuses")?.as_array()?;
        statuses
            .iter()
            .any(|known| known.as_u64() == Some(status))
            .then_some("backoff")
    }
}

/// The status of a code that has no responses: `none` in a catalog.
pub(super) const WITHOUT: u64 = 0;

/// The status that a catalog states for a code.
pub(super) fn status_of(stated: &Value) -> Option<u64> {
    if *stated == "none" {
        Some(WITHOUT)
    } else {
        stated.as_u64()
    }
}

/// A status as a catalog states it.
pub(super) fn stated_status(status: u64) -> Value {
    if status == WITHOUT {
        "none".into()
    } else {
        status.into()
    }
}

/// The first status of a type.
pub(super) fn first_status(of_type: &Map<String, Value>) -> Option<u64> {
    match of_type.get("status")? {
        Value::Array(list) => list.first()?.as_u64(),
        Value::String(family) => match family.as_str() {
            "4xx" => Some(400),
            "5xx" => Some(500),
            "none" => Some(WITHOUT),
            _ => None,
        },
        one => one.as_u64(),
    }
}

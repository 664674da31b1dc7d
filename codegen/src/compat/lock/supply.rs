//! `since`, which the lock supplies where a catalog leaves it out.

use serde_json::Value;

use super::{Lock, Locked};
use crate::catalog::Catalog;
use crate::compat::policy::rows;
use crate::record::{Entry, Kind, Members};

const SINCE: &str = "since";
const DEPRECATED: &str = "deprecated";

impl Lock {
    /// Adds `since` to the entries and deprecations that leave it out and were released.
    pub(crate) fn supply(&self, entries: &mut [Entry]) {
        for entry in entries {
            let Some(known) = self.entry(entry.kind, &entry.name) else {
                continue;
            };
            let earlier = rows(entry.kind).iter().take_while(|row| row.name != SINCE);
            let position = earlier.filter(|row| entry.get(row.name).is_some()).count();
            supply(&mut entry.fields, &known.fields, position);
            if let (Some(Value::Object(own)), Some(Value::Object(known))) =
                (entry.fields.get_mut(DEPRECATED), known.get(DEPRECATED))
            {
                supply(own, known, 0);
            }
        }
    }

    /// The same for a catalog.
    pub(crate) fn supply_catalog(&self, catalog: &mut Catalog) {
        for code in &mut catalog.codes {
            let Some(known) = self.entry(Kind::Code, &code.names.wire) else {
                continue;
            };
            fill(&mut code.since, known.get(SINCE));
            if let Some(deprecation) = &mut code.deprecated {
                fill(&mut deprecation.since, deprecated_since(known));
            }
        }
        for code in &mut catalog.retired {
            if let Some(known) = self.entry(Kind::Retired, &code.wire) {
                fill(&mut code.since, known.get(SINCE));
            }
        }
    }

    /// Whether the lock supplies `since` for the deprecation of this code.
    pub(crate) fn knows_deprecation(&self, code: &str) -> bool {
        let known = self.entry(Kind::Code, code);
        known.is_some_and(|known| deprecated_since(known).is_some())
    }

    /// Whether the lock supplies `since` for this retired code.
    pub(crate) fn knows_retirement(&self, code: &str) -> bool {
        let known = self.entry(Kind::Retired, code);
        known.is_some_and(|known| known.get(SINCE).is_some())
    }

    fn entry(&self, kind: Kind, name: &str) -> Option<&Entry> {
        let key = |locked: &Locked| locked.entry.key().cmp(&(kind, name));
        let found = self.entries.binary_search_by(key).ok()?;
        Some(&self.entries[found].entry)
    }
}

fn deprecated_since(code: &Entry) -> Option<&Value> {
    code.get(DEPRECATED).and_then(|value| value.get(SINCE))
}

fn supply(own: &mut Members, known: &Members, position: usize) {
    if let (None, Some(since)) = (own.get(SINCE), known.get(SINCE)) {
        own.shift_insert(position, SINCE.to_owned(), since.clone());
    }
}

fn fill(own: &mut Option<String>, known: Option<&Value>) {
    if own.is_none() {
        *own = known.and_then(Value::as_str).map(str::to_owned);
    }
}

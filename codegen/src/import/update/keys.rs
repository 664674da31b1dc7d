//! The keys of codes in the files, where the prefix of a group makes another wire name of them.

use crate::load::load;
use crate::source::Inputs;
use crate::unord_map::UnordMap;

use super::places::entries_by_place;

/// The codes whose key is not their wire name.
#[derive(Default)]
pub(super) struct Keys {
    keys: UnordMap<String, String>,
    names: UnordMap<String, String>,
}

impl Keys {
    pub(super) fn of(inputs: &Inputs) -> Self {
        let mut keys = Self::default();
        let (Some((ast, _)), _) = load(inputs) else {
            return keys;
        };
        let by_place = entries_by_place(inputs, "codes");
        for (name, code) in ast.codes.value.iter().flat_map(|codes| &codes.0) {
            let place = (code.key.source, code.key.start);
            let Some(key) = by_place.get(&place).filter(|key| *key != name) else {
                continue;
            };
            keys.keys.insert(name.clone(), key.clone());
            keys.names.insert(key.clone(), name.clone());
        }
        keys
    }

    /// The key of a code in its file.
    pub(super) fn key<'n>(&'n self, name: &'n str) -> &'n str {
        self.keys.get(name).map_or(name, String::as_str)
    }

    /// The wire name of a code with this key.
    pub(super) fn name<'n>(&'n self, key: &'n str) -> &'n str {
        self.names.get(key).map_or(key, String::as_str)
    }
}

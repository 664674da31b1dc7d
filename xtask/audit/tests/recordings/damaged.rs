//! Recordings that are damaged: none makes the reader panic or hang.

use std::sync::OnceLock;

use error_catalog_audit::exchange::Exchange;
use error_catalog_audit::recording::read_text;
use proptest::prelude::*;

use crate::render::fixtures;

/// A change of a text.
#[derive(Clone, Debug)]
enum Damage {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Remove(prop::sample::Index, usize),
    Repeat(prop::sample::Index, usize),
    Insert(prop::sample::Index, &'static str),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = any::<prop::sample::Index>;
    let tokens = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "\"",
        "\\",
        "\\ud800",
        "\u{FEFF}",
        ":",
        ",",
        "null",
        "-1",
        "1e999",
        "\n",
        "- ",
        "&a ",
        "*a ",
        "!!binary ",
        "|\n",
    ]);
    prop_oneof![
        (place(), 1..=255_u8).prop_map(|(place, bits)| Damage::Flip(place, bits)),
        place().prop_map(Damage::Cut),
        (place(), 1..200_usize).prop_map(|(place, length)| Damage::Remove(place, length)),
        (place(), 1..200_usize).prop_map(|(place, length)| Damage::Repeat(place, length)),
        (place(), tokens).prop_map(|(place, token)| Damage::Insert(place, token)),
    ]
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let range = |place: &prop::sample::Index, length: usize| {
            let start = place.index(bytes.len());
            start..bytes.len().min(start + length)
        };
        match self {
            Self::Flip(place, bits) => {
                let place = place.index(bytes.len());
                bytes[place] ^= bits;
            }
            Self::Cut(place) => bytes.truncate(place.index(bytes.len())),
            Self::Remove(place, length) => drop(bytes.drain(range(place, *length))),
            Self::Repeat(place, length) => {
                let range = range(place, *length);
                let part = bytes[range.clone()].to_vec();
                drop(bytes.splice(range.end..range.end, part));
            }
            Self::Insert(place, token) => {
                let place = place.index(bytes.len());
                drop(bytes.splice(place..place, token.bytes()));
            }
        }
    }
}

/// How many recordings are damaged: of a million exchanges if the variable `EXHAUSTIVE` is set.
fn cases() -> u32 {
    if std::env::var_os("EXHAUSTIVE").is_some() {
        150_000
    } else {
        1_000
    }
}

/// The recordings of the fixtures.
static RECORDINGS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();

fn recordings() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let mut folders = vec![fixtures()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end != "txt") {
                all.push(path);
            }
        }
    }
    all.sort();
    all.iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_recording_is_read_without_a_panic(
        file in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..5),
    ) {
        let files = RECORDINGS.get_or_init(recordings);
        let mut bytes = files[file.index(files.len())].clone();
        for damage in &damages {
            damage.apply(&mut bytes);
        }
        let mut exchanges = 0;
        let read = read_text("-", &*bytes, &mut [|_: &Exchange<'_>| exchanges += 1]);
        if let Ok(read) = read {
            prop_assert_eq!(read.exchanges, exchanges);
        }
        prop_assert!(exchanges < 100);
    }
}

//! Damage to the bytes of a catalog.

use proptest::prelude::*;

/// A change that a slip of the hand, a bad merge or a broken disk makes.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Remove(usize, usize),
    Repeat(usize, usize),
    Swap(usize, usize),
    Write(usize, u8),
    RemoveLine(usize),
    RepeatLine(usize),
    SwapLines(usize, usize),
}

/// Any change.
pub(crate) fn change() -> impl Strategy<Value = Change> {
    let at = || any::<usize>();
    let few = || 1..20_usize;
    let byte = prop_oneof![
        proptest::sample::select(&b"{}[]:,#&*!|>%@`'\"\\-?~ \t\r\n\0"[..]),
        any::<u8>(),
    ];
    prop_oneof![
        (at(), few()).prop_map(|(at, width)| Change::Remove(at, width)),
        (at(), few()).prop_map(|(at, width)| Change::Repeat(at, width)),
        (at(), at()).prop_map(|(one, other)| Change::Swap(one, other)),
        (at(), byte).prop_map(|(at, byte)| Change::Write(at, byte)),
        at().prop_map(Change::RemoveLine),
        at().prop_map(Change::RepeatLine),
        (at(), at()).prop_map(|(one, other)| Change::SwapLines(one, other)),
    ]
}

impl Change {
    /// Makes the change; where there is nothing, nothing is changed.
    pub(crate) fn apply(&self, bytes: &mut Vec<u8>) {
        let count = bytes.len();
        let range = |at: usize, width: usize| at % count..(at % count + width).min(count);
        match *self {
            _ if bytes.is_empty() => {}
            Self::Remove(at, width) => drop(bytes.drain(range(at, width))),
            Self::Repeat(at, width) => {
                let copy = bytes[range(at, width)].to_vec();
                bytes.splice(at % count..at % count, copy);
            }
            Self::Swap(one, other) => bytes.swap(one % count, other % count),
            Self::Write(at, byte) => bytes[at % count] = byte,
            Self::RemoveLine(at) => {
                change_lines(bytes, |lines| drop(lines.remove(at % lines.len())));
            }
            Self::RepeatLine(at) => change_lines(bytes, |lines| {
                let at = at % lines.len();
                lines.insert(at, lines[at].clone());
            }),
            Self::SwapLines(one, other) => change_lines(bytes, |lines| {
                let count = lines.len();
                lines.swap(one % count, other % count);
            }),
        }
    }
}

fn change_lines(bytes: &mut Vec<u8>, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let mut lines: Vec<_> = bytes
        .split_inclusive(|b| *b == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    change(&mut lines);
    *bytes = lines.concat();
}

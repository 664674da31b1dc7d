//! Changes of bytes at random.

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

pub(crate) fn apply(change: &Change, bytes: &mut Vec<u8>) {
    let count = bytes.len();
    let range = |at: usize, width: usize| at % count..(at % count + width).min(count);
    match *change {
        _ if bytes.is_empty() => {}
        Change::Remove(at, width) => drop(bytes.drain(range(at, width))),
        Change::Repeat(at, width) => {
            let copy = bytes[range(at, width)].to_vec();
            bytes.splice(at % count..at % count, copy);
        }
        Change::Swap(one, other) => bytes.swap(one % count, other % count),
        Change::Write(at, byte) => bytes[at % count] = byte,
        Change::RemoveLine(at) => change_lines(bytes, |lines| drop(lines.remove(at % lines.len()))),
        Change::RepeatLine(at) => change_lines(bytes, |lines| {
            let at = at % lines.len();
            lines.insert(at, lines[at].clone());
        }),
        Change::SwapLines(one, other) => change_lines(bytes, |lines| {
            let count = lines.len();
            lines.swap(one % count, other % count);
        }),
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

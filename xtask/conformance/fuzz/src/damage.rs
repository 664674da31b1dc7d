//! Damage to the bytes of a file.

use arbitrary::Arbitrary;

/// A change that a slip of the hand, a bad merge or a broken disk makes.
#[derive(Arbitrary, Debug)]
pub(crate) enum Damage {
    Remove { at: u16, count: u8 },
    Insert { at: u16, bytes: [u8; 2] },
    Word { at: u16, word: u8 },
    Repeat { at: u16, count: u8 },
    SwapLines { one: u8, other: u8 },
    RemoveLine(u8),
    LineEnds(bool),
}

/// What has a meaning in YAML or in a catalog.
const WORDS: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    ": ",
    ", ",
    "- ",
    "# ",
    "&a ",
    "*a",
    "!t ",
    "|\n",
    ">-\n",
    "\"",
    "'",
    "? ",
    "---\n",
    "\u{FEFF}",
    "\t",
    "~",
    "<<: ",
    "like: ",
    "include: [x.yaml]\n",
    "<<<<<<< ours\n",
];

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let length = bytes.len();
        let range = |at: u16, count: u8| {
            let start = usize::from(at) % (length + 1);
            start..(start + usize::from(count)).min(length)
        };
        match *self {
            Self::Remove { at, count } => drop(bytes.drain(range(at, count))),
            Self::Insert { at, bytes: new } => drop(bytes.splice(range(at, 0), new)),
            Self::Word { at, word } => {
                let word = WORDS[usize::from(word) % WORDS.len()];
                bytes.splice(range(at, 0), word.bytes());
            }
            Self::Repeat { at, count } => {
                let copy = bytes[range(at, count)].to_vec();
                bytes.splice(range(at, 0), copy);
            }
            Self::SwapLines { one, other } => change_lines(bytes, |lines| {
                let count = lines.len();
                lines.swap(usize::from(one) % count, usize::from(other) % count);
            }),
            Self::RemoveLine(at) => change_lines(bytes, |lines| {
                lines.remove(usize::from(at) % lines.len());
            }),
            Self::LineEnds(is_return) => {
                let end: &[u8] = if is_return { b"\r" } else { b"\r\n" };
                let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
                *bytes = lines.join(end);
            }
        }
    }
}

/// The bytes with all damages.
pub(crate) fn damaged(text: &str, damages: &[Damage]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for damage in damages {
        damage.apply(&mut bytes);
    }
    bytes
}

fn change_lines(bytes: &mut Vec<u8>, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let mut lines: Vec<Vec<u8>> = lines.map(<[u8]>::to_vec).collect();
    if !lines.is_empty() {
        change(&mut lines);
    }
    *bytes = lines.concat();
}

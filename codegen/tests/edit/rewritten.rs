//! Catalogs in another notation: their meaning does not change.

use proptest::prelude::*;

/// What was done to a catalog.
#[derive(Clone, Debug)]
pub(crate) struct Habits {
    /// How many columns a level has.
    indent: usize,
    line_break: &'static str,
    /// What is put above and behind lines, by the number of the line.
    notes: Vec<(usize, Note)>,
    /// The lines whose brackets get a line for each child.
    opened: Vec<usize>,
}

impl Habits {
    pub(crate) fn line_break(&self) -> &str {
        self.line_break
    }
}

#[derive(Clone, Debug)]
enum Note {
    Blank,
    /// A comment this far from the start of the line.
    Above(usize),
    Behind,
}

pub(crate) fn habits() -> impl Strategy<Value = Habits> {
    let note = prop_oneof![
        Just(Note::Blank),
        (0..12_usize).prop_map(Note::Above),
        Just(Note::Behind),
    ];
    let line = || any::<usize>();
    (
        2..6_usize,
        proptest::sample::select(&["\n", "\r\n", "\r"][..]),
        proptest::collection::vec((line(), note), 0..40),
        proptest::collection::vec(line(), 0..10),
    )
        .prop_map(|(indent, line_break, notes, opened)| Habits {
            indent,
            line_break,
            notes,
            opened,
        })
}

/// Writes a canonical catalog, whose texts have one line each, as somebody with these habits would.
pub(crate) fn rewritten(text: &str, habits: &Habits) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    let mut end = |line: &str| {
        out.push_str(line);
        out.push_str(habits.line_break);
    };
    for (number, line) in lines.iter().enumerate() {
        let notes = || {
            let here = habits.notes.iter().enumerate();
            here.filter(|(_, (at, _))| at % lines.len() == number)
        };
        for (position, (_, note)) in notes() {
            match note {
                Note::Blank => end(" "),
                Note::Above(column) => end(&format!("{}# above {position}", " ".repeat(*column))),
                Note::Behind => {}
            }
        }
        let mut written = indented(line, habits.indent);
        let is_comment = line.trim_start().starts_with('#');
        let is_opened = habits.opened.iter().any(|at| at % lines.len() == number);
        let brackets = [": [", ": {", "- [", "- {"];
        let opens = brackets.iter().any(|sign| line.contains(sign));
        if is_opened && opens && !is_comment && !line.contains(['"', '\'']) {
            let inside = format!(" # inside\n{}", " ".repeat(written.len()));
            written = written.replace('[', &format!("[{inside}"));
            written = written.replace(" }", &format!("{inside}}}"));
            written = written.replace(", ", &format!(",{inside}"));
        }
        let behind = notes().find(|(_, (_, note))| matches!(note, Note::Behind));
        if let (Some((position, _)), false, false) = (behind, is_comment, line.is_empty()) {
            written = format!("{written} # behind {position}");
        }
        written.split('\n').for_each(&mut end);
    }
    out
}

/// The line with another indentation, so that what stands behind a dash is aligned too.
fn indented(line: &str, indent: usize) -> String {
    let content = line.trim_start();
    let level = (line.len() - content.len()) / 2;
    let spaces = " ".repeat(level * indent);
    match content.strip_prefix("- ") {
        Some(item) => format!("{spaces}-{}{item}", " ".repeat(indent - 1)),
        None => format!("{spaces}{content}"),
    }
}

/// The text with the keys of each mapping that the language knows in another order.
pub(crate) fn shuffled(text: &str, seed: u64) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let heading = lines
        .iter()
        .take_while(|line| line.starts_with('#'))
        .count();
    let mut state = seed | 1;
    let mut out = lines[..heading].to_vec();
    let mut sections = shuffle(blocks(&lines[heading..], 0), &mut state);
    // A comment right below the heading would be a part of it.
    let is_bare = |section: &Vec<&str>| !section[0].starts_with('#');
    let first = sections.iter().position(is_bare).unwrap_or_default();
    sections.swap(0, first);
    for section in sections {
        let Some(start) = section.iter().position(|line| *line == "codes:") else {
            out.extend(section);
            continue;
        };
        out.extend(&section[..=start]);
        for code in blocks(&section[start + 1..], 2) {
            let is_key = |line: &&str| indent_of(line) == 2 && !line.contains('#');
            let start = code.iter().position(is_key);
            let (above, fields) = code.split_at(start.map_or(code.len(), |at| at + 1));
            out.extend(above);
            // Keys of the author's own keep their order.
            let is_own = |field: &Vec<&str>| field.iter().any(|line| line.starts_with("    x-"));
            let (own, fields): (Vec<_>, Vec<_>) = blocks(fields, 4).into_iter().partition(is_own);
            out.extend(shuffle(fields, &mut state).into_iter().flatten());
            out.extend(own.into_iter().flatten());
        }
    }
    out.join("\n") + "\n"
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The entries that begin at `indent`, each with the comments and blank lines above it.
fn blocks<'a>(lines: &[&'a str], indent: usize) -> Vec<Vec<&'a str>> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    let mut above = Vec::new();
    for line in lines {
        let is_deeper = indent_of(line) > indent;
        match blocks.last_mut() {
            _ if line.is_empty() || (!is_deeper && line.trim_start().starts_with('#')) => {
                above.push(*line);
            }
            Some(block) if is_deeper => {
                block.append(&mut above);
                block.push(line);
            }
            _ => {
                let mut block = std::mem::take(&mut above);
                block.push(line);
                blocks.push(block);
            }
        }
    }
    blocks.extend((!above.is_empty()).then_some(above));
    blocks
}

fn shuffle<T>(mut items: Vec<T>, state: &mut u64) -> Vec<T> {
    for position in (1..items.len()).rev() {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        let other = usize::try_from(*state % (position as u64 + 1)).unwrap();
        items.swap(position, other);
    }
    items
}

//! Edits of catalogs whose sections are in any order, in several files, with any line break and in any style.

use std::collections::BTreeMap;

use codegen::edit::{NewCode, Place, accept, format, insert};
use codegen::release::{Todo, release};
use codegen::span::SourceId;
use codegen::{Answer, Catalog, Found, Inputs, Outcome, Source, compile};

use super::exhaustive;

const VERSION: &str = "version: 1\n";
const API: &str = "\
api:
  title: Ticket API # \u{85} \u{2028} \u{2029} are no line breaks
  docs_url: https://docs.example.com
  crate: ticket-errors
";
/// Line breaks in YAML 1.1 only.
const OTHER_BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];
const TYPES: &str = "\
types:
  bad: { status: [400, 409], meaning: The ticket cannot be used }
";
const CODES: &str = "\
codes:
  # About the next one.
  busy: { type: bad, status: 409, meaning: Locked, fix: Wait }
  lost:
    type: bad
    meaning: No such ticket
    fix: Check the id
    x-notes: |+
      one

      two

    # Below the last one.
";
const LINT: &str = "\
lint:
  accept:
  - { change: \"0123456789abcdef\", reason: An old one }
";
const MORE: &str = "\
codes:
  more:
    type: bad
    meaning: One more
    fix: Read
";

/// The sections of the files of a catalog. The first file includes the second, and that the third.
const FILES: [&[&[&str]]; 4] = [
    &[
        &[VERSION, API, "include: [1.yaml]\n", TYPES, CODES],
        &[MORE],
    ],
    &[
        &[VERSION, API, "include:\n- 1.yaml\n"],
        &[TYPES, CODES, LINT, "version: 1\n"],
    ],
    &[
        &[VERSION, "include: [ 1.yaml ] # more\n", LINT, API],
        &[CODES, "include: [2.yaml]\n", TYPES],
        &[MORE],
    ],
    &[&[VERSION, API, TYPES, LINT, CODES]],
];

/// How an author writes the lines of a section that is in canonical form.
#[derive(Clone, Copy, Debug)]
enum Style {
    Plain,
    /// After a byte order mark and a start mark.
    Marked,
    /// With a byte order mark, and without a line break at the end.
    Bare,
    /// The sections as explicit keys.
    Explicit,
    /// A flow mapping.
    Braces,
}

const STYLES: [Style; 5] = [
    Style::Plain,
    Style::Marked,
    Style::Bare,
    Style::Explicit,
    Style::Braces,
];

impl Style {
    fn write(self, sections: &[&str]) -> String {
        match self {
            Self::Plain => sections.concat(),
            Self::Marked => format!("\u{FEFF}---\n{}...\n", sections.concat()),
            Self::Bare => format!("\u{FEFF}{}", sections.concat().trim_end()),
            Self::Explicit => {
                let explicit = sections.iter().map(|section| {
                    let (key, value) = section.split_once(':').unwrap();
                    format!("? {key}\n:{value}")
                });
                explicit.collect()
            }
            Self::Braces => {
                let members = sections.iter().map(|section| {
                    let value: serde_json::Map<String, serde_json::Value> =
                        serde_yaml::from_str(&section.replace(OTHER_BREAKS, "")).unwrap();
                    let text = serde_json::to_string(&value).unwrap();
                    text[1..text.len() - 1].to_owned()
                });
                let members: Vec<_> = members.collect();
                format!("{{\n{}\n}}\n", members.join(",\n"))
            }
        }
    }
}

/// All orders of the items.
fn orders<'a>(items: &[&'a str]) -> Vec<Vec<&'a str>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let firsts = 0..items.len();
    let all = firsts.flat_map(|first| {
        let mut rest = items.to_vec();
        let first = rest.remove(first);
        orders(&rest).into_iter().map(move |mut order| {
            order.insert(0, first);
            order
        })
    });
    all.collect()
}

/// Reads a catalog whose files have these texts.
fn read(texts: &[String]) -> Inputs {
    let source = |position: usize| {
        let text = texts[position].clone().into_bytes();
        Source::new(format!("{position}.yaml"), text)
    };
    let mut inputs = Inputs::new(source(0));
    while let Some(path) = inputs.wanted() {
        let source = source(path.trim_end_matches(".yaml").parse().unwrap());
        inputs.answer(Answer::Files(vec![Found { path, source }]));
    }
    inputs
}

fn texts(inputs: &Inputs) -> Vec<String> {
    let sources = inputs.sources().iter();
    sources.map(|source| source.text().to_owned()).collect()
}

/// What a catalog means, and the rules that it breaks.
fn meaning(outcome: &Outcome<Catalog>) -> String {
    let found = outcome.diagnostics.iter();
    let mut rules: Vec<_> = found.map(|found| found.rule.id()).collect();
    rules.sort_unstable();
    format!("{rules:?}\n{:?}", outcome.value)
}

/// The catalog after an edit, and its meaning: the same, whether its texts are replaced or read again.
#[track_caller]
fn after(before: &Inputs, edits: Vec<(SourceId, String)>, case: &str) -> (Inputs, String) {
    let mut after = before.clone();
    for (id, text) in edits {
        after = after.with_text(id, text);
    }
    let again = read(&texts(&after)).with_lock(after.lock().cloned());
    let (found, expected) = (compile(&after), compile(&again));
    assert_eq!(found.diagnostics, expected.diagnostics, "{case}");
    let meaning = meaning(&found);
    assert_eq!(meaning, self::meaning(&expected), "{case}");
    (after, meaning)
}

/// The lines of the old texts are in the new ones, in their order, but for those that begin with one of `but`. Braces may
/// contain more.
#[track_caller]
fn keeps_lines(before: &Inputs, after: &Inputs, line_break: &str, but: &[&str]) {
    for (old, new) in texts(before).iter().zip(&texts(after)) {
        let rest = new.replace(line_break, "");
        assert!(!rest.contains(['\n', '\r']), "{new:?}");
        // The mark stays at the start of the file, whatever line is removed.
        let [was_marked, is_marked] = [old, new].map(|text| text.starts_with('\u{FEFF}'));
        assert_eq!(was_marked, is_marked, "{new:?}");
        let lines = |text| str::split(text, line_break).map(|line| line.trim_matches('\u{FEFF}'));
        let mut left = lines(new);
        for line in lines(old).filter(|line| !line.is_empty()) {
            let is_gone = but.iter().any(|but| line.trim_start().starts_with(but));
            let open = line.trim_end_matches([' ', '}']);
            assert!(
                is_gone || left.any(|new| new.starts_with(open)),
                "{line:?} of {old:?} is not in {new:?}"
            );
        }
    }
}

/// Applies every edit to a catalog; returns what it means after each.
fn edited(start: &Inputs, line_break: &str, style: Style) -> Vec<String> {
    let case = format!("{style:?} {:?}", texts(start));
    let in_lines = !matches!(style, Style::Braces);
    let kept = |before: &Inputs, now: &Inputs, but: &[&str]| {
        if in_lines {
            keeps_lines(before, now, line_break, but);
        }
    };

    let mut meanings = Vec::new();
    let mut after = |before: &Inputs, edits: Vec<(SourceId, String)>| {
        let (now, meaning) = after(before, edits, &case);
        meanings.push(meaning);
        now
    };
    after(start, Vec::new());

    let formatted = format(start).unwrap_or_else(|refusal| panic!("{refusal:?} {case}"));
    let formatted = after(start, (0..).map(SourceId).zip(formatted).collect());
    assert_eq!(format(&formatted).unwrap(), texts(&formatted), "{case}");

    let code = NewCode {
        name: "brand_new",
        error_type: "bad",
        status: None,
        rust: None,
        place: Place::Code("busy"),
    };
    let stub = insert(start, &code).unwrap_or_else(|refusal| panic!("{refusal:?} {case}"));
    let inserted = after(start, vec![(stub.source, stub.text)]);
    kept(start, &inserted, &[]);

    let (id, text) = accept(start, "fedcba9876543210", "It is right").unwrap();
    let accepted = after(start, vec![(id, text)]);
    kept(start, &accepted, &[]);

    let mut released = |before: &Inputs, version: &str| {
        let day = jiff::civil::date(2026, 11, 24);
        let release = release(before, version, day, Todo::Refused);
        let release = release.unwrap_or_else(|reason| panic!("{reason:?} {case}"));
        let lock = Source::new("catalog.lock", release.lock.into_bytes());
        let now = after(&before.clone().with_lock(Some(lock)), release.texts);
        kept(before, &now, &REWRITTEN);
        now
    };
    let first = released(&accepted, "1.0.0");
    let stub = insert(&first, &code).unwrap();
    let text = stub.text.replace("TODO: say what", "It is");
    released(&first.with_text(stub.source, text), "1.1.0");
    meanings
}

/// The beginnings of lines that a release may remove.
const REWRITTEN: [&str; 6] = ["lint", "accept", "? lint", ":", "- {", "version: 1."];

#[test]
fn edits_mean_the_same_in_every_order_of_the_sections_with_every_line_break_and_style() {
    // A prime number, so that each order, line break and style has its turn.
    let every = exhaustive::select(53, 1);
    let mut position = 0;
    for files in FILES {
        let mut expected: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let orders: Vec<_> = files.iter().map(|sections| orders(sections)).collect();
        let count = orders.iter().map(Vec::len).max().unwrap();
        for (number, line_break, style) in (0..count).flat_map(|number| {
            let breaks = ["\n", "\r\n", "\r"].into_iter();
            breaks.flat_map(move |it| STYLES.map(|style| (number, it, style)))
        }) {
            position += 1;
            let is_first = number == 0 && line_break == "\n";
            if !is_first && position % every != 0 {
                continue;
            }
            let written = orders.iter().map(|orders| {
                // Each file has another order at each turn.
                let order = &orders[number % orders.len()];
                style.write(order).replace('\n', line_break)
            });
            let start = read(&written.collect::<Vec<_>>());
            let found = edited(&start, line_break, style);
            // A block keeps the line breaks at its end only if it has them.
            let group = usize::from(matches!(style, Style::Bare));
            let expected = expected.entry(group).or_insert_with(|| found.clone());
            for (found, expected) in found.iter().zip(&*expected) {
                assert_eq!(found, expected, "{style:?} {:?}", texts(&start));
            }
        }
    }
}

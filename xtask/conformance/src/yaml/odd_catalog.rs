//! A catalog of names, texts and numbers that some YAML reader takes for something else.

use jiff::civil::{Date, date};
use serde_json::{Map, Value, json};

/// The day of the run and of the release.
pub(super) const DAY: Date = date(2026, 1, 2);

/// Names, separated by spaces.
const WORDS: &str = r#"
y Y n N yes Yes YES yEs no No NO nO on On ON oN off Off OFF oFf true True TRUE tRUE false False FALSE fALSE
null Null NULL nULL ~ none None nil undefined = < > - -- --- .. ... . ? : :: ! & * % @ | # , [ ] { } [] {} ' " ` \ / //
$ ^ _ __ + ++ 0 00 007 0o7 0O7 0o8 08 09 +1 -1 1_000 1,000 0x1F 0X1F 0x_1 0b101 0B101 0b2 1__0 _1 1_ 4_04 404 -0 +0
9007199254740993 9223372036854775808 18446744073709551616 12345678901234567890123456789 .5 5. -.5 +.5 1.0 1.5 1e3 1E3
1e+3 1e-3 1.0e3 1.0e+3 1.e3 1.e+3 1e300 1e+300 1e400 6.02e23 .1e1 0.0 -0.0 1_0.5 1,2.5 1_0e5 E1 E2 E1001 e5 E+1 e-7 .E1
E0 E99999 E1_0 .inf .Inf .INF -.inf +.inf .iNf inf Inf INF -inf +inf infinity Infinity -Infinity INFINITY infinite .nan
.NaN .NAN .nAn nan NaN NAN nanq nan(1) 1.#INF 1.#IND 1:2 1:30 12:30:45 190:20:30 190:20:30.15 1:2.5 1:2._5 +1:2 -1:2
60:60 12:30 2024-01-01 2024-1-1 2024-01-01T10:00:00Z 2024-1-1T1:02:03Z 2024-01-01t10:00:00+01:00 -2024-01-01 2024-13-45
20240101 2024-01 0b 0x 0o 4xx 5xx 1.2.3 v1 1e 1e+ e E ee constructor toString !!str !!int !a &a *a @a %YAML %TAG
<<a a:b a: :a a#b #a a,b a[b] a{b} a?b ?a it's "q" 'q' 'q a\b a\n -a -1a a- größe é ４０４ ∞ 💥 0.1.2 1/2 50% $1 deadbeef
1d 0xG 1_000_ 9,:0 1,2:30 +_ +_9 0_ ++1 +-1 1+1 1-1 1e5s
"#;

/// Texts, besides the names.
const TEXTS: [&str; 30] = [
    "a: b",
    "a #b",
    "- a",
    "? a",
    "a:",
    "1 000",
    "1, 2",
    "12 files",
    "2024-01-01 10:00:00",
    "2024-1-1 10:00:00 +1",
    "0 but true",
    "[a, b]",
    "{a: b}",
    "why? because",
    "say \"a\" and 'b'",
    "C:\\temp\\new",
    "two\nlines",
    "two\nlines\n",
    "\nbegins with a line break",
    " begins with a space",
    "ends with a space ",
    "a\tb",
    "# one\n# two",
    "---\n...\n",
    "a\u{85}b",
    "a\u{2028}b\u{2029}c",
    "\u{FEFF}a\u{200D}b\u{202E}c",
    "a\u{FFFE}\u{FFFF}b\u{A0}",
    "\u{1F4A5} at the start",
    "https://docs.example.com/a?b=c#d",
];

/// Floats, as examples of arguments.
const FLOATS: [&str; 16] = [
    "1e300",
    "-1e300",
    "1e-7",
    "-2.5e-300",
    "1e16",
    "1e21",
    "1.5e308",
    "2.2250738585072014e-308",
    "5e-324",
    "0.1",
    "5",
    "-0",
    "123456789.125",
    "inf",
    "-inf",
    "nan",
];

/// Integers, as examples of arguments, with their kinds.
const INTEGERS: [(&str, &str); 7] = [
    ("i64", "-1"),
    ("i64", "-9223372036854775808"),
    ("i64", "9223372036854775807"),
    ("u64", "0"),
    ("u64", "9007199254740993"),
    ("u64", "9223372036854775808"),
    ("u64", "18446744073709551615"),
];

fn words() -> impl Iterator<Item = &'static str> {
    WORDS.split_whitespace()
}

/// The catalog.
pub(super) fn source() -> Value {
    let mut types = Map::new();
    for (position, word) in words().step_by(9).enumerate() {
        let variant = format!("Type{position}");
        let error_type = json!({ "rust": variant, "status": 400, "meaning": word });
        types.insert(word.to_owned(), error_type);
    }
    let names: Vec<String> = types.keys().cloned().collect();
    let mut codes = Map::new();
    for (position, word) in words().enumerate() {
        let text = TEXTS[position % TEXTS.len()];
        let code = json!({
            "rust": format!("Odd{position}"),
            "type": names[position % names.len()],
            "message": word.replace('{', "{{").replace('}', "}}"),
            "meaning": word,
            "fix": word,
            "slug": format!("odd-{position}"),
            "ids": { "errno": word },
            "x-word": word,
            "x-list": [word, word],
            "x-map": { word: word, "text": text },
        });
        codes.insert(word.to_owned(), code);
    }
    let floats = FLOATS.iter().map(|example| ("f64", *example));
    for (position, (kind, example)) in floats.chain(INTEGERS).enumerate() {
        let code = json!({
            "type": names[0],
            "message": "It is {value}.",
            "args": { "value": { "kind": kind, "example": example } },
            "meaning": format!("Number {position}"),
            "fix": "Choose another number",
        });
        codes.insert(format!("number_{position}"), code);
    }
    let keys = words().map(|word| (word.to_owned(), word.into()));
    let keys: Map<String, Value> = keys.collect();
    let values = json!({
        "type": names[0],
        "meaning": "All values",
        "fix": "Choose another value",
        "x-texts": TEXTS,
        "x-keys": keys,
        "x-numbers": [0, 1, 9_007_199_254_740_993_u64, i64::MAX],
        "x-others": [true, false, [null, {}, []]],
    });
    codes.insert("values".to_owned(), values);
    let mut operations = Map::new();
    for (position, word) in words().step_by(7).enumerate() {
        let operation = json!({
            "rust": format!("Operation{position}"),
            "method": "GET",
            "path": format!("/{position}"),
            "summary": word,
            "errors": [word, "@all"],
        });
        operations.insert(word.to_owned(), operation);
    }
    json!({
        "version": 1,
        "api": {
            "title": "Odd",
            "docs_url": "https://docs.example.com/errors",
            "crate": "odd-errors",
            "version": "0.1.0",
        },
        "envelope": { "details": true },
        "types": types,
        "codes": codes,
        "sets": { "all": words().take(3).collect::<Vec<_>>() },
        "operations": operations,
    })
}

/// The text of the catalog, as JSON in which characters that YAML allows only as escapes are escaped.
pub(super) fn text(source: &Value) -> String {
    let mut out = format!("{source:#}");
    for c in [
        '\u{85}', '\u{2028}', '\u{2029}', '\u{FEFF}', '\u{FFFE}', '\u{FFFF}',
    ] {
        out = out.replace(c, &format!("\\u{:04X}", u32::from(c)));
    }
    out
}

/// The names and texts as a list that import reads.
pub(super) fn rows() -> String {
    let rows = words().enumerate().map(|(position, word)| {
        let text = TEXTS[position % TEXTS.len()];
        let row = json!({ "code": word, "type": "request_error", "status": 400, "meaning": word, "fix": text });
        format!("{row}\n")
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_two_hundred_names_and_no_duplicates() {
        let mut all: Vec<&str> = words().collect();
        assert!(all.len() >= 200, "{}", all.len());
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), words().count());
    }
}

//! The formats for tools: places are right, and no text breaks the format.

use codegen::report::{Style, github, human, json};
use codegen::{Inputs, Source, compile};
use serde_json::Value;

use super::catalogs::{inputs, sound};

/// Each line of the JSON report.
fn json_lines(inputs: &Inputs) -> Vec<Value> {
    let report = json(inputs, &compile(inputs).diagnostics);
    let parse = |line| serde_json::from_str(line).expect("the line is JSON");
    report.lines().map(parse).collect()
}

/// Asserts that the only diagnostic of `text` stands at this line and these columns, and that its
/// bytes are those of `token`.
#[track_caller]
fn assert_place(text: &str, token: &str, line: u64, columns: [u64; 2]) {
    let found = json_lines(&inputs(text));
    let [found] = &found[..] else {
        panic!("{} diagnostics: {found:?}", found.len());
    };
    assert_eq!(found["file"], "catalog.yaml");
    assert_eq!(
        (&found["line"], &found["endLine"]),
        (&line.into(), &line.into())
    );
    assert_eq!(found["column"], columns[0]);
    assert_eq!(found["endColumn"], columns[1]);
    let byte = |name: &str| {
        let byte = found[name].as_u64().expect("a byte is a number");
        usize::try_from(byte).expect("the offset fits")
    };
    assert_eq!(&text[byte("byteStart")..byte("byteEnd")], token);
}

/// A catalog with a wrong status in line 4.
fn wrong_status() -> String {
    sound().replace("status: 400", "status: 302")
}

#[test]
fn json_has_places() {
    assert_place(&wrong_status(), "302", 4, [28, 31]);
}

#[test]
fn columns_count_characters_and_bytes_count_bytes() {
    let text = sound().replace(
        "status: 400, meaning: The request",
        "meaning: größer 🦀, status: 302, message: The request",
    );
    assert_place(&text, "302", 4, [47, 50]);
}

#[test]
fn columns_are_right_in_a_long_line_too() {
    for padding in [1_000, 1_024, 5_000] {
        let meaning = format!(
            "meaning: {}, status: 302, message: The request",
            "é".repeat(padding)
        );
        let text = sound().replace("status: 400, meaning: The request", &meaning);
        let column = u64::try_from(padding).expect("it fits") + 39;
        assert_place(&text, "302", 4, [column, column + 3]);
    }
}

#[test]
fn a_line_too_long_to_draw_is_named() {
    let meaning = format!(
        "meaning: {}, status: 302, message: The request",
        "é".repeat(20_000)
    );
    let inputs = inputs(sound().replace("status: 400, meaning: The request", &meaning));
    let report = human(&inputs, &compile(&inputs).diagnostics, Style::Plain);
    assert!(report.contains("--> catalog.yaml:4:20039\n"), "{report}");
    assert!(report.len() < 1_000);
}

#[test]
fn a_byte_order_mark_has_three_bytes_and_no_column() {
    let text = format!("\u{FEFF}{}", sound().replace("version: 1", "version: 2"));
    assert_place(&text, "2", 1, [10, 11]);
}

#[test]
fn a_carriage_return_with_a_line_feed_is_one_line_break() {
    assert_place(&wrong_status().replace('\n', "\r\n"), "302", 4, [28, 31]);
}

#[test]
fn json_has_the_related_places_and_the_suggestion() {
    let catalog = sound().replace("version: 1", "version: 1\nversion: 1");
    let found = json_lines(&inputs(catalog));
    assert_eq!(found[0]["rule"], "duplicate-key");
    assert_eq!(found[0]["severity"], "error");
    assert_eq!(found[0]["line"], 2);
    assert_eq!(found[0]["related"][0]["line"], 1);
    assert_eq!(found[0]["related"][0]["label"], "first here");
    assert_eq!(found[0]["suggestion"], Value::Null);

    let found = json_lines(&inputs(sound().replace("fix:", "fixx:")));
    assert_eq!(found[0]["suggestion"]["text"], "fix");
    assert_eq!(found[0]["suggestion"]["column"], found[0]["column"]);
}

#[test]
fn json_keeps_each_diagnostic_in_one_line() {
    let catalog = sound().replace("type: request_error", "type: \"a\\n\\\"b\\u2028\"");
    assert_eq!(json_lines(&inputs(catalog)).len(), 1);
}

#[test]
fn github_gets_one_command_for_each_diagnostic() {
    let inputs = inputs(wrong_status());
    assert_eq!(
        github(&inputs, &compile(&inputs).diagnostics),
        "::error file=catalog.yaml,line=4,col=28,endLine=4,endColumn=31,title=bad-status::\
         302 is not an error status%0A\
         error statuses are whole numbers from 400 to 599\n"
    );
}

#[test]
fn github_properties_and_messages_are_escaped() {
    let text = sound().replace("type: request_error", "type: \"50%,\\nfoo: ::error::\"");
    let source = Source::new("C:\\a,b\n100%.yaml", text.into());
    let inputs = Inputs::new(source);
    let report = github(&inputs, &compile(&inputs).diagnostics);
    assert_eq!(report.lines().count(), 1);
    assert!(report.starts_with("::error file=C%3A\\a%2Cb%0A100%25.yaml,line=6,"));
    // In a message only the percent sign and line ends mean something.
    let (_, message) = report.split_once("title=unknown-type::").expect("the rule");
    assert!(
        message.starts_with("unknown type `50%25,\\nfoo: ::error::`"),
        "{message}"
    );
}

#[test]
fn colours_change_nothing_but_the_colours() {
    let inputs = inputs(wrong_status());
    let found = compile(&inputs).diagnostics;
    let mut coloured = human(&inputs, &found, Style::Coloured);
    assert!(coloured.contains("\u{1b}["));
    while let Some(start) = coloured.find("\u{1b}[") {
        let end = coloured[start..].find('m').expect("the sequence ends");
        coloured.replace_range(start..=start + end, "");
    }
    assert_eq!(coloured, human(&inputs, &found, Style::Plain));
}

#[test]
fn without_findings_nothing_is_printed() {
    let inputs = inputs(sound());
    assert_eq!(json(&inputs, &[]), "");
    assert_eq!(github(&inputs, &[]), "");
    assert_eq!(human(&inputs, &[], Style::Plain), "");
}

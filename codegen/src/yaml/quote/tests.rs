//! Strings that every YAML reader must read alike.

use super::*;

#[test]
fn words_that_readers_disagree_about_are_found() {
    for word in [
        "no",
        "No",
        "NO",
        "on",
        "off",
        "y",
        "N",
        "true",
        "False",
        "~",
        "null",
        "404",
        "-1",
        "+3",
        "1e3",
        "1.5",
        ".5",
        "1.",
        "1_000",
        "0621",
        "0o17",
        "0x1F",
        "0b11",
        ".inf",
        "-.Inf",
        ".nan",
        "2024-01-01",
        "2024-1-1",
        "2024-01-01T10:00:00Z",
        "12:30:45",
        "1:2",
        "=",
        "6.02e+23",
        "2024-1-1T1:02:03Z",
        "2024-1-1 10:00:00",
        "1:2.5_0",
    ] {
        assert!(misread_as(word).is_some(), "{word}");
    }
}

#[test]
fn ordinary_words_are_strings() {
    for word in [
        "nothing",
        "nO",
        "tRUE",
        "429 too many",
        "404_not_found",
        "e.g. Claude + audio",
        "1.2.3",
        "2024-01-01-code",
        "2024-01-01 was the last day",
        "0xyz",
        "-",
        "...",
        "yesterday",
        "a=b",
        "12:30pm",
        "5xx",
        "e3",
        "1e",
        "Null value",
        "file.not.found",
        "v1/models",
        "-x",
        "0b",
        "0x",
    ] {
        let expected = matches!(word, "0b" | "0x");
        assert_eq!(misread_as(word).is_some(), expected, "{word}");
    }
}

#[test]
fn a_string_is_plain_where_every_reader_reads_the_same() {
    for text in [
        "a",
        "Plan doesn’t include this model",
        "https://docs.example.com/errors",
        "e.g. Claude + audio",
        "GET /v1/models to list available",
        "a#b:c",
        "größe 💥",
    ] {
        assert!(is_plain(text, Place::Flow), "{text}");
    }
    for text in ["a, b", "{slug} of a [list]", "why? because"] {
        let text = text.trim_start_matches('{');
        assert!(is_plain(text, Place::Block), "{text}");
        assert!(!is_plain(text, Place::Flow), "{text}");
    }
    for text in [
        "",
        " a",
        "a ",
        "a: b",
        "a:",
        "a #b",
        "- a",
        "@a",
        "NO",
        "nULL",
        "404",
        "a\tb",
        "a\nb",
        "a\u{2028}b",
        "a\u{202E}b",
        "...",
        "<<",
        "=",
        "~",
        "\u{A0}a",
    ] {
        assert!(!is_plain(text, Place::Block), "{text:?}");
    }
}

#[test]
fn what_only_some_readers_take_for_a_number_is_quoted() {
    for text in [
        "E1",
        "E1001",
        "e5",
        "E+7",
        "e-7",
        ".E1",
        "E1_0",
        "nan",
        "NaN",
        "NAN",
        "inf",
        "Inf",
        "INF",
        "infinity",
        "Infinity",
        "INFINITY",
        "infinite",
        "+inf",
        "+Infinity",
        "+nan",
        ".INf",
        ".nAn",
        "+.iNF",
        "nanq",
        "NaN1",
        "nan(1)",
        "1.#INF",
        "1.#IND",
        "1,000",
        "1,2.5",
        "+1,000",
        "1_000,0.",
        "0X1F",
        "+_",
        "9,:0",
        "1,2:30",
        "+_9",
        "+_1_e5",
        "0B11",
        "0O17",
        "0x_1",
        "1,0e5",
    ] {
        for place in [Place::Block, Place::Flow] {
            assert!(!is_plain(text, place), "{text}");
        }
    }
    for text in [
        "E",
        "e",
        "E1001a",
        "E-",
        "E1.5",
        "error",
        "E_1",
        "ERR1001",
        "info",
        "infinities",
        "nanny",
        "inf.",
        "1.4.0",
        "404_not_found",
        "indexed",
        "eE1",
        "1e5s",
        "12 files",
        "1/2",
    ] {
        assert!(is_plain(text, Place::Block), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn what_is_bare_is_read_by_an_independent_reader(
        text in "([a-c]|[-?:,#&*!|>%@'\"{}\\[\\]= ~.0é🦀<]){1,8}",
    ) {
        for (place, yaml) in [
            (Place::Block, format!("k: {text}\n{text}: v\nl:\n- {text}\n")),
            (Place::Flow, format!("{{ k: {text}, {text}: v, l: [{text}, {text}] }}\n")),
        ] {
            if is_plain(&text, place) && text != "k" && text != "l" {
                let read: Result<serde_json::Value, _> = serde_yaml::from_str(&yaml);
                let read = read.unwrap_or_else(|error| panic!("{error}\n{yaml}"));
                proptest::prop_assert_eq!(&read["k"], &text, "{}", &yaml);
                proptest::prop_assert_eq!(&read[&text], "v", "{}", &yaml);
                proptest::prop_assert_eq!(&read["l"][0], &text, "{}", &yaml);
            }
        }
    }

    #[test]
    fn what_is_quoted_is_read_by_an_independent_reader(text in "(.|[\\n\\r\\t\"\\\\])*") {
        let mut yaml = String::new();
        push_quoted(&text, is_shown, &mut yaml);
        for yaml in [yaml, to_scalar(&text, Place::Block), to_scalar(&text, Place::Flow)] {
            let read: String = serde_yaml::from_str(&yaml).expect("a text");
            proptest::prop_assert_eq!(&read, &text);
        }
    }
}

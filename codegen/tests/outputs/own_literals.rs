//! The filters of templates that write names and values of other languages.

use crate::own_files::printed;

#[test]
fn names_have_every_case() {
    let text = printed(
        "{% set name = 'file.not-found' %}\
         {{ name | snake }} {{ name | screaming_snake }} {{ name | camel }} {{ name | pascal }} {{ name | kebab }}",
    );
    assert_eq!(
        text,
        "file_not_found FILE_NOT_FOUND fileNotFound FileNotFound file-not-found"
    );
}

#[test]
fn a_text_is_a_literal_of_every_language() {
    // A quote, a backslash, what begins an expression, the ends of lines, a bell, and a mark of direction.
    let text = "{% set text = 'a\"\\\\ $b #{c} \\n\\t\\u2028\\u0007\\u202e' %}";
    for (language, expected) in [
        ("js", r#""a\"\\ $b #{c} \n\t\u2028\u0007\u202e""#),
        ("python", r#""a\"\\ $b #{c} \n\t\u2028\u0007\u202e""#),
        ("go", r#""a\"\\ $b #{c} \n\t\u2028\u0007\u202e""#),
        ("java", r#""a\"\\ $b #{c} \n\t\u2028\u0007\u202e""#),
        ("csharp", r#""a\"\\ $b #{c} \n\t\u2028\u0007\u202e""#),
        ("kotlin", r#""a\"\\ \$b #{c} \n\t\u2028\u0007\u202e""#),
        ("dart", r#""a\"\\ \$b #{c} \n\t\u{2028}\u{7}\u{202e}""#),
        ("php", r#""a\"\\ \$b #{c} \n\t\u{2028}\u{7}\u{202e}""#),
        ("ruby", r#""a\"\\ $b \#{c} \n\t\u2028\u0007\u202e""#),
        ("rust", r#""a\"\\ $b #{c} \n\t\u{2028}\u{7}\u{202e}""#),
        ("swift", r#""a\"\\ $b #{c} \n\t\u{2028}\u{7}\u{202e}""#),
    ] {
        let template = format!("{text}{{{{ text | {language} }}}}");
        assert_eq!(printed(&template), expected, "{language}");
    }
}

#[test]
fn values_are_literals_where_the_language_has_them() {
    let value = "{% set value = {'a': [1, none, true, 'x'], 'b': 1.5} %}";
    assert_eq!(
        printed(&format!("{value}{{{{ value | js }}}}")),
        r#"{"a": [1, null, true, "x"], "b": 1.5}"#
    );
    assert_eq!(
        printed(&format!("{value}{{{{ value | python }}}}")),
        r#"{"a": [1, None, True, "x"], "b": 1.5}"#
    );
    assert_eq!(
        printed(&format!("{value}{{{{ value | json }}}}")),
        r#"{"a":[1,null,true,"x"],"b":1.5}"#
    );
    assert_eq!(
        printed(&format!("{value}{{{{ value | json(4) }}}}")),
        "{\n    \"a\": [\n        1,\n        null,\n        true,\n        \"x\"\n    ],\n    \"b\": 1.5\n}"
    );
}

#[test]
fn a_text_ends_no_comment() {
    let text = printed(
        "{% set text = 'one\\ntwo */ three\\r\\n\\u2028four' %}{{ text | comment(' * ') }}",
    );
    assert_eq!(text, " * one\n * two * / three\n *\n * four");
}

#[test]
fn a_text_is_no_markup_in_markdown() {
    let text = "{% set text = 'a | <b> *c*' %}";
    assert_eq!(
        printed(&format!("{text}{{{{ text | markdown }}}}")),
        "a &#124; &lt;b&gt; &#42;c&#42;"
    );
    let cell = printed(&format!("{text}{{{{ text | markdown_cell }}}}"));
    assert!(!cell.contains('|'), "{cell}");
    assert_eq!(printed("{{ '' | markdown_cell }}"), "—");
    assert_eq!(printed("{{ 'a' | markdown_code }}"), "`a`");
}

//! Each file of `tests/fixtures/bad` breaks one rule, once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use codegen::report::{Style, human};
use codegen::span::Span;
use codegen::{Diagnostic, Inputs, Rule, compile};
use expect_test::expect_file;

use super::catalogs::{lock, lock_of, read};

/// Fixtures that cannot say themselves what is underlined in them, with the reason.
const UNDERLINED_ELSEWHERE: [(&str, &str, &str); 4] = [
    (
        "control-character.raw",
        "\u{7}",
        "the character may stand nowhere in the file, comments included",
    ),
    ("not-utf8", "\u{FFFD}", "the byte is no text"),
    ("not-utf8.utf-16", "\u{FFFD}", "the file is no text"),
    ("missing-field.file", "", "the file is empty"),
];

/// A file that breaks a rule.
pub(crate) struct Fixture {
    /// The name without `.yaml`: the id of the rule, and a variant where there is more than one.
    pub(crate) stem: String,
    pub(crate) inputs: Inputs,
}

impl Fixture {
    fn open(path: &Path) -> Self {
        let bytes = std::fs::read(path).expect("the fixture can be read");
        let name = path.file_name().expect("the path ends in a name");
        let name = name.to_str().expect("the name is UTF-8");
        let inputs = read(name, bytes, |wanted| {
            if wanted.contains("*.j2") {
                return std::fs::read_to_string(path.with_extension("j2")).ok();
            }
            Some("version: 1\n".to_owned())
        });
        // What was released stands beside it, as a lock or as the catalog that was.
        let beside = |extension| std::fs::read(path.with_extension(extension)).ok();
        let released = beside("released").map(|text| lock_of(&text));
        Self {
            stem: name.trim_end_matches(".yaml").to_owned(),
            inputs: inputs.with_lock(released.or(beside("lock").map(lock))),
        }
    }

    fn rule_id(&self) -> &str {
        self.stem.split('.').next().unwrap_or_default()
    }

    fn text(&self) -> &str {
        self.inputs.sources()[0].text()
    }

    /// The text that is underlined.
    fn at(&self, span: Span) -> &str {
        let sources = self.inputs.sources().iter().chain(self.inputs.templates());
        let sources = sources.chain(self.inputs.lock());
        let source = sources.into_iter().nth(span.source.0 as usize);
        &source.expect("the source of the span").text()[span.range()]
    }

    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        compile(&self.inputs).diagnostics
    }

    /// What the fixture says is underlined.
    fn underlined(&self) -> &str {
        let elsewhere = UNDERLINED_ELSEWHERE.iter();
        let mut elsewhere = elsewhere.filter(|(stem, ..)| *stem == self.stem);
        if let Some((_, underlined, _)) = elsewhere.next() {
            return underlined;
        }
        let first = self.text().lines().next().unwrap_or_default();
        let underlined = first.strip_prefix("# underlined: ");
        underlined.unwrap_or_else(|| panic!("{} does not say what is underlined", self.stem))
    }
}

/// All fixtures, by name.
pub(crate) fn all() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bad");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the entry can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    paths.sort();
    paths.iter().map(|path| Fixture::open(path)).collect()
}

/// The ids of the rules that a catalog can break.
pub(crate) fn rules_of_catalogs() -> BTreeSet<String> {
    let rules = Rule::ALL.iter().filter(|rule| !rule.kind().is_audited());
    rules.map(|rule| rule.id().to_owned()).collect()
}

/// The ids of the rules that have a fixture.
pub(crate) fn rule_ids() -> BTreeSet<String> {
    all().iter().map(|it| it.rule_id().to_owned()).collect()
}

#[test]
fn each_fixture_is_reported_as_expected() {
    for fixture in all() {
        let report = human(&fixture.inputs, &fixture.diagnostics(), Style::Plain);
        expect_file![format!("../fixtures/bad/{}.stderr", fixture.stem)].assert_eq(&report);
    }
}

#[test]
fn each_expected_report_has_a_fixture() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bad");
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        assert!(path.with_extension("yaml").exists(), "{}", path.display());
    }
}

#[test]
fn each_fixture_breaks_its_rule_once_and_no_other() {
    for fixture in all() {
        let found = fixture.diagnostics();
        let found: Vec<_> = found.iter().map(|found| found.rule.id()).collect();
        assert_eq!(found, [fixture.rule_id()], "{}", fixture.stem);
    }
}

#[test]
fn the_exact_token_at_fault_is_underlined() {
    for fixture in all() {
        for found in fixture.diagnostics() {
            let underlined = fixture.at(found.primary.span);
            assert_eq!(underlined, fixture.underlined(), "{}", fixture.stem);
        }
    }
}

#[test]
fn a_suggestion_that_is_followed_mends_the_mistake() {
    for fixture in all() {
        for found in fixture.diagnostics() {
            let Some(suggestion) = found.suggestion else {
                continue;
            };
            let mut text = fixture.text().to_owned();
            text.replace_range(suggestion.span.range(), &suggestion.text);
            let left = compile(&super::catalogs::inputs(text.clone())).diagnostics;
            assert_eq!(left, [], "{}:\n{text}", fixture.stem);
        }
    }
}

#[test]
fn each_error_says_what_to_write() {
    for fixture in all() {
        for found in fixture.diagnostics() {
            assert!(found.help.is_some(), "{}", fixture.stem);
            assert!(!found.message.ends_with('.'), "{}", fixture.stem);
        }
    }
}

#[test]
fn every_rule_has_a_fixture_and_every_fixture_a_rule() {
    assert_eq!(rules_of_catalogs(), rule_ids());
}

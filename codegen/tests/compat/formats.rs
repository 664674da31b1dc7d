//! Changes as they are shown: for people, for programs, for a changelog, for a pull request.

use codegen::compat::{Diff, diff};
use codegen::release::{Todo, release};
use codegen::report::Style;
use codegen::report::changes::{self, Compared};
use codegen::{Inputs, Source};

const OLD: &str = "\
version: 1
api: { title: Example, docs_url: https://docs.example.com, crate: example-errors, version: 0.3.1 }
types:
  request_error: { status: [400, 409], meaning: The request is wrong }
codes:
  bad_name: { type: request_error, meaning: The name is taken, fix: Choose another, x-team: names }
  gone: { type: request_error, meaning: It was here, fix: Look elsewhere }
  hidden: { type: request_error, meaning: Nobody knows, fix: Ask us, audience: internal }
";

fn inputs(text: &str) -> Inputs {
    Inputs::new(Source::new("catalog/catalog.yaml", text.into()))
}

fn old() -> Inputs {
    Inputs::new(Source::new("v1:catalog.yaml", OLD.into()))
}

/// What a format makes of the changes from the catalog above to another one.
fn shown(new: &str, format: fn(Compared<'_>) -> String) -> String {
    let (old, new) = (old(), inputs(new));
    let diff = diff(&old, &new).unwrap();
    let compared = Compared {
        old: &old,
        new: &new,
        diff: &diff,
    };
    format(compared)
}

fn plain(compared: Compared<'_>) -> String {
    changes::text(compared, Style::Plain)
}

#[test]
fn each_format_reports_no_changes() {
    assert_eq!(shown(OLD, plain), "no changes\n");
    assert_eq!(shown(OLD, changes::github), "");
    assert_eq!(
        shown(OLD, changes::markdown),
        "## Unreleased\n\nNothing has changed for those who call the API.\n"
    );
    let json: serde_json::Value = serde_json::from_str(&shown(OLD, changes::json)).unwrap();
    assert_eq!(json["version"], serde_json::Value::Null);
    assert_eq!(json["leastVersion"], serde_json::Value::Null);
    assert_eq!(json["changes"], serde_json::json!([]));
}

/// What is gone stands in the old catalog, and all else in the new one.
#[test]
fn a_place_is_of_the_side_that_has_it() {
    let gone = "  gone: { type: request_error, meaning: It was here, fix: Look elsewhere }\n";
    let new = OLD
        .replace(gone, "")
        .replace("x-team: names", "x-team: people");
    let text = shown(&new, plain);
    let expected = "\
breaking[removed-code]: `gone`: removed
--> v1:catalog.yaml:7:3
 = fingerprint: ";
    assert!(text.starts_with(expected), "{text}");
    let expected = "\
safe[extension-changed]: `bad_name`: `x-team` changed from `names` to `people`
--> catalog/catalog.yaml:6:93

1 breaking, 0 risky, 1 safe: major, at least 0.4.0 after 0.3.1
";
    assert!(text.ends_with(expected), "{text}");
    let json: serde_json::Value = serde_json::from_str(&shown(&new, changes::json)).unwrap();
    let place = &json["changes"][0]["place"];
    assert_eq!(place["side"], "old");
    assert_eq!(place["file"], "v1:catalog.yaml");
    assert_eq!((&place["line"], &place["column"]), (&7.into(), &3.into()));
    assert_eq!(json["leastVersion"], "0.4.0");
}

#[test]
fn a_lock_has_places_too() {
    let catalog = inputs(OLD);
    let day = "2026-11-24".parse().unwrap();
    let release = release(&catalog, "1.0.0", day, Todo::Refused).unwrap();
    let lock = Source::new("catalog/catalog.lock", release.lock.clone().into_bytes());
    let old = Inputs::new(lock);
    let gone = "  gone: { type: request_error, meaning: It was here, fix: Look elsewhere }\n";
    let new = inputs(&OLD.replace(gone, ""));
    let diff = diff(&old, &new).unwrap();
    let text = plain(Compared {
        old: &old,
        new: &new,
        diff: &diff,
    });
    let line = release.lock.lines().position(|line| line == "  gone:");
    let place = format!("--> catalog/catalog.lock:{}:3\n", line.unwrap() + 1);
    assert!(text.contains(&place), "{text}");
}

/// A changelog is for those who call the API.
#[test]
fn what_is_internal_is_in_no_changelog() {
    let new = OLD.replace("Nobody knows", "Somebody knows");
    let text = shown(&new, changes::markdown);
    assert!(!text.contains("hidden"), "{text}");
    assert!(shown(&new, plain).contains("`hidden`"));
    assert!(shown(&new, changes::json).contains("\"audience\": \"internal\""));
}

#[test]
fn no_text_becomes_markup_or_a_command() {
    let hostile = "<b>|[x](y)` {{a}} ::error::%0A, *z*";
    let accept = |fingerprint: &str| {
        format!("lint: {{ accept: [{{ change: \"{fingerprint}\", reason: \"{hostile}\" }}] }}\n")
    };
    let new = OLD
        .replace("fix: Choose", "status: 409, fix: Choose")
        .replace("x-team: names", &format!("x-team: \"{hostile}\""));
    let (before, after) = (old(), inputs(&new));
    let found: Diff = diff(&before, &after).unwrap();
    let new = format!("{new}{}", accept(&found.changes[0].fingerprint));
    let markdown = shown(&new, changes::markdown);
    let expected = "\
## Unreleased

### Breaking

- `bad_name`: `status` changed from `400` to `409` — &lt;b&gt;&#124;&#91;x&#93;(y)&#96; &#123;&#123;a&#125;&#125; :&#58;error::%0A, &#42;z&#42;

### Safe

- `bad_name`: `x-team` changed from `names` to <code>";
    assert!(markdown.starts_with(expected), "{markdown}");
    let github = shown(&new, changes::github);
    let lines: Vec<&str> = github.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines
            .iter()
            .all(|line| line.starts_with("::notice file=catalog/catalog.yaml,"))
    );
    assert!(lines[0].ends_with("%0Aaccepted: <b>|[x](y)` {{a}} ::error::%250A, *z*"));
    let text = shown(&new, plain);
    assert!(
        text.contains(" = accepted: <b>|[x](y)` {{a}} ::error::%0A, *z*\n"),
        "{text}"
    );
}

/// What the next version is depends on where the last one stands.
#[test]
fn the_least_version_follows_the_weight_and_the_last_version() {
    let text = OLD.replace("fix: Choose", "status: 409, fix: Choose");
    let (breaking, minor, patch) = (
        text,
        format!("{OLD}  more: {{ type: request_error, meaning: There is more, fix: Take less }}\n"),
        OLD.replace("x-team: names", "x-team: people"),
    );
    for (old, changed, least) in [
        ("0.3.1", &breaking, "0.4.0"),
        ("0.3.1", &minor, "0.3.2"),
        ("0.3.1", &patch, "0.3.2"),
        ("1.3.1", &breaking, "2.0.0"),
        ("1.3.1", &minor, "1.4.0"),
        ("1.3.1", &patch, "1.3.2"),
        ("2.0.0-rc.1", &breaking, "2.0.0"),
        (
            "18446744073709551615.0.0",
            &minor,
            "18446744073709551615.1.0",
        ),
        (
            "18446744073709551615.0.0",
            &breaking,
            "18446744073709551615.0.0",
        ),
    ] {
        let before = inputs(&OLD.replace("0.3.1", old));
        let found = diff(&before, &inputs(changed)).unwrap();
        assert_eq!(found.least_version().as_deref(), Some(least), "{old}");
    }
}

/// The names of all members of a value, those within others included.
fn members(value: &serde_json::Value, names: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(object) => {
            for (name, value) in object {
                names.push(name.clone());
                members(value, names);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| members(item, names)),
        _ => {}
    }
}

#[test]
fn the_guide_names_every_member_of_the_document_for_programs() {
    let new = OLD.replace("bad_name", "worse_name");
    let json: serde_json::Value = serde_json::from_str(&shown(&new, changes::json)).unwrap();
    let mut names = Vec::new();
    members(&json, &mut names);
    assert!(names.len() > 20, "{json}");
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/evolution.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let (_, section) = guide.split_once("### The document for programs\n").unwrap();
    let (section, _) = section.split_once("\n### ").unwrap();
    for name in names {
        assert!(section.contains(&format!("`{name}`")), "{name}");
    }
}

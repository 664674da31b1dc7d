//! What the pages say of releases: the history of a code, the changelog, and the table of contents with all of it.

use std::collections::BTreeSet;

use codegen::catalog::{Catalog, ChangeLevel, Event, Release, Released};

use crate::docs::pages;
use crate::fixtures::{artifact, names, public};
use crate::lifecycle_pages::{links, page_of};

/// The fixture as it would be after two releases, with texts that try to be markup.
fn released(mut catalog: Catalog) -> Catalog {
    let event = |version: &str, level, text: &str, reason: Option<&str>| Event {
        version: version.to_owned(),
        rule: "status-changed",
        level,
        text: text.to_owned(),
        reason: reason.map(str::to_owned),
    };
    let added = event("1.0.0", ChangeLevel::Safe, "added", None);
    let why = Some("The old one | was <b>wrong</b>, see `RFC {9110}`");
    let moved = event(
        "2.0.0",
        ChangeLevel::Breaking,
        "status changed from `400` to `403`",
        why,
    );
    let reworded = event(
        "2.0.0",
        ChangeLevel::Risky,
        "meaning changed from `a | <b>` to `[x](y) {{#include z}}`",
        None,
    );
    for code in &mut catalog.codes {
        code.history = Vec::new();
    }
    catalog.codes[0].history = vec![added.clone(), moved.clone(), reworded.clone()];
    for code in &mut catalog.retired {
        code.history = vec![added.clone()];
    }
    let slug = &catalog.codes[0].names.slug;
    let change = |subject: &str, slug: Option<&String>, event: &Event| Released {
        subject: subject.to_owned(),
        slug: slug.cloned(),
        event: event.clone(),
    };
    let release = |version: &str, date: &str, changes| Release {
        version: version.to_owned(),
        date: date.to_owned(),
        changes,
    };
    let second = vec![
        change("code `ticket_not_found`", Some(slug), &moved),
        change("type `<i>a</i> | b`", None, &reworded),
    ];
    let first = vec![change("code `ticket_not_found`", Some(slug), &added)];
    catalog.releases = vec![
        release("2.0.0", "2026-11-24", second),
        release("1.1.0", "2026-11-20", Vec::new()),
        release("1.0.0", "2026-10-01", first),
    ];
    catalog
}

#[test]
fn a_page_has_the_changes_of_each_release() {
    let catalog = released(public("lifecycle"));
    let plan = codegen::plan(&catalog);
    let found = page_of(&plan, "ticket_not_found");
    assert_eq!(found.html, Vec::<String>::new());
    let rows: Vec<String> = found.rows.iter().map(|row| row.join(" / ")).collect();
    let at = rows
        .iter()
        .position(|row| row == "Version / Change")
        .unwrap();
    let expected = [
        "1.0.0 / Added",
        "2.0.0 / Status changed from 400 to 403 — breaking: The old one | was <b>wrong</b>, see RFC {9110}",
        "2.0.0 / Meaning changed from a | <b> to [x](y) {{#include z}} — risky",
    ];
    assert_eq!(rows[at + 1..], expected);
    let gone = page_of(&plan, "ticket_gone");
    assert_eq!(gone.rows, [["Version", "Change"], ["1.0.0", "Added"]]);
    // Nothing was released of the others.
    assert!(!page_of(&plan, "ticket_locked").text.contains("History"));
}

#[test]
fn the_changelog_lists_releases_and_weighs_their_changes() {
    let catalog = released(public("lifecycle"));
    let plan = codegen::plan(&catalog);
    let log = page_of(&plan, "CHANGELOG");
    assert_eq!(log.html, Vec::<String>::new());
    let headings: Vec<&str> = log.headings.iter().map(|(_, text)| text.as_str()).collect();
    let expected = [
        "Ticket API errors, release by release",
        "2.0.0 (2026-11-24)",
        "Breaking",
        "Risky",
        "1.1.0 (2026-11-20)",
        "1.0.0 (2026-10-01)",
        "Safe",
    ];
    assert_eq!(headings, expected);
    for line in [
        "code ticket_not_found: status changed from 400 to 403 — The old one | was <b>wrong</b>, see RFC {9110}",
        "type <i>a</i> | b: meaning changed from a | <b> to [x](y) {{#include z}}",
        "1.1.0 (2026-11-20) Nothing has changed for those who call the API.",
        "code ticket_not_found: added",
    ] {
        assert!(log.text.contains(line), "{line} in {}", log.text);
    }
    let code = ("code ticket_not_found", "ticket_not_found.md");
    assert_eq!(links(&log), [("All errors", "README.md"), code, code]);
    let index = page_of(&plan, "README");
    assert!(links(&index).contains(&("changelog", "CHANGELOG.md")));
    for name in ["ticket_not_found", "CHANGELOG"] {
        let text = artifact(&plan, &format!("docs/errors/{name}.md"));
        assert!(!text.contains("{{"), "{name}");
    }
}

#[test]
fn there_is_no_changelog_before_the_first_release() {
    for name in names() {
        let mut catalog = public(name);
        catalog.releases = Vec::new();
        let plan = codegen::plan(&catalog);
        let is_changelog = |path: &str| path.ends_with("CHANGELOG.md");
        assert!(
            !plan
                .artifacts
                .iter()
                .any(|artifact| is_changelog(&artifact.path))
        );
        let index = page_of(&plan, "README");
        assert!(!index.links.iter().any(|(_, address)| is_changelog(address)));
        assert!(!plan.regions[0].contents.contains("CHANGELOG"));
    }
}

/// mdBook builds the pages that stand in the table of contents, and no others.
#[test]
fn the_table_of_contents_has_every_page() {
    for name in names() {
        let catalog = released(public(name));
        let plan = codegen::plan(&catalog);
        let listed: BTreeSet<&str> = plan.regions[0]
            .contents
            .lines()
            .filter_map(|line| line.rsplit_once("](errors/")?.1.strip_suffix(')'))
            .collect();
        assert!(pages(&plan).into_keys().eq(listed), "{name}");
    }
}

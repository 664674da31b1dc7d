//! What the pages say of deprecated and retired codes, and of pages that have moved.

use codegen::Plan;
use codegen::catalog::{Catalog, ChangeLevel, Code};

use crate::fixtures::{artifact, names, plan_of, public, public_plan_of};
use crate::rendered_text::{Page, bare, page};

/// A page that is there for the sake of those who look for something that is gone.
pub(crate) struct Kept {
    pub(crate) name: String,
    pub(crate) headings: Vec<String>,
    /// What is strong.
    pub(crate) marks: &'static [&'static str],
}

/// The pages of retired codes, those under former names, and the changelog.
pub(crate) fn kept_pages(catalog: &Catalog) -> Vec<Kept> {
    let retired = catalog.retired.iter().map(|code| {
        let history = (!code.history.is_empty()).then(|| "History".to_owned());
        Kept {
            name: code.slug.clone(),
            headings: [bare(&code.wire)].into_iter().chain(history).collect(),
            marks: &["strong", "strong"],
        }
    });
    let aliases = catalog.codes.iter().flat_map(|code| &code.aliases);
    let aliases = aliases.chain(catalog.retired.iter().flat_map(|code| &code.aliases));
    let moved = aliases.map(|alias| Kept {
        name: alias.clone(),
        headings: vec!["Moved".to_owned()],
        marks: &[],
    });
    let changelog = (!catalog.releases.is_empty()).then(|| Kept {
        name: "CHANGELOG".to_owned(),
        headings: changelog_headings(catalog),
        marks: &[],
    });
    retired.chain(moved).chain(changelog).collect()
}

fn changelog_headings(catalog: &Catalog) -> Vec<String> {
    let mut headings = vec![format!(
        "{} errors, release by release",
        bare(&catalog.api.title)
    )];
    for release in &catalog.releases {
        headings.push(format!("{} ({})", release.version, release.date));
        let weights = [
            ("Breaking", ChangeLevel::Breaking),
            ("Risky", ChangeLevel::Risky),
            ("Safe", ChangeLevel::Safe),
        ];
        let has = |level| {
            release
                .changes
                .iter()
                .any(|change| change.event.level == level)
        };
        let found = weights.into_iter().filter(|(_, level)| has(*level));
        headings.extend(found.map(|(title, _)| title.to_owned()));
    }
    headings
}

/// A code as tables show it.
pub(crate) fn shown(code: &Code) -> String {
    let badge = code.deprecated.as_ref().map_or("", |_| " deprecated");
    format!("{}{badge}", bare(&code.names.wire))
}

/// The anchors of the index: each page that a code has or had, and those of retired codes.
pub(crate) fn anchors(catalog: &Catalog) -> Vec<String> {
    let rows = catalog.sections.iter().flat_map(|section| &section.rows);
    let codes = rows.flat_map(|row| row.codes.iter().map(|id| &catalog[*id]));
    let codes = codes.map(|code| (&code.names.slug, &code.aliases));
    let retired = catalog
        .retired
        .iter()
        .map(|code| (&code.slug, &code.aliases));
    let all = codes.chain(retired);
    all.flat_map(|(slug, aliases)| [slug].into_iter().chain(aliases).cloned())
        .collect()
}

pub(crate) fn page_of(plan: &Plan, name: &str) -> Page {
    page(artifact(plan, &format!("docs/errors/{name}.md")))
}

pub(crate) fn links(page: &Page) -> Vec<(&str, &str)> {
    let links = page.links.iter();
    links
        .map(|(words, address)| (words.as_str(), address.as_str()))
        .collect()
}

#[test]
fn the_page_of_a_deprecated_code_shows_its_state() {
    let plan = plan_of("lifecycle");
    let busy = page_of(&plan, "ticket_busy");
    assert!(
        busy.text
            .contains("Deprecated since 2.0.0: the API still sends this code"),
        "{}",
        busy.text
    );
    assert!(busy.text.contains("ticket_locked takes its place."));
    // The note is shown as it was typed, without the backticks of its code.
    assert!(busy.text.contains(
        r##"Instead: Look for ticket_locked; "busy" | <b>is</b> \ gone [with] [None](4.0) {4.0.0} "# */ soon"##
    ));
    assert!(links(&busy).contains(&("ticket_locked", "ticket_locked.md")));
    let stale = page_of(&plan, "ticket_stale");
    assert!(
        stale.text.contains("Deprecated: the API still sends"),
        "{}",
        stale.text
    );
    assert!(!stale.text.contains("takes its place"));
    assert!(!page_of(&plan, "ticket_locked").text.contains("eprecated"));
}

#[test]
fn the_tables_mark_deprecated_codes_and_no_others() {
    let catalog = public("lifecycle");
    let plan = public_plan_of("lifecycle");
    let deprecated = catalog
        .codes
        .iter()
        .filter(|code| code.deprecated.is_some())
        .count();
    assert_eq!(deprecated, 2);
    for table in [
        "README",
        "statuses/README",
        "types/README",
        "operations/README",
    ] {
        assert_eq!(
            page_of(&plan, table).badges,
            vec!["deprecated"; deprecated],
            "{table}"
        );
    }
}

#[test]
fn a_retired_code_keeps_its_page_and_its_row() {
    let plan = plan_of("lifecycle");
    let gone = page_of(&plan, "ticket_gone");
    assert_eq!(gone.badges, ["retired"]);
    let text = "Retired since 3.0.0: the API no longer sends this code. ticket_not_found takes its place. \
                Reason: Tickets are kept for ever";
    assert!(gone.text.contains(text), "{}", gone.text);
    let targets = [
        ("ticket_not_found", "ticket_not_found.md"),
        ("All errors", "README.md"),
    ];
    assert_eq!(links(&gone), targets);
    let frozen = page_of(&plan, "frozen");
    assert_eq!(frozen.headings[0].1, "Ticket.Frozen");
    assert!(
        frozen
            .text
            .contains("Nobody froze tickets, see ticket_locked | <i>or</i> not")
    );

    let index = page_of(&plan, "README");
    assert!(
        index
            .text
            .contains("Retired codes The API no longer sends these codes"),
        "{}",
        index.text
    );
    let rows: Vec<String> = index
        .rows
        .iter()
        .rev()
        .take(3)
        .rev()
        .map(|row| row.join(" / "))
        .collect();
    let expected = [
        "ticket_gone / 3.0.0 / Tickets are kept for ever / ticket_not_found",
        "Ticket.Frozen / 3.0.0 / Nobody froze tickets, see ticket_locked | <i>or</i> not / —",
        "ticket_lost / — / It was never sent / —",
    ];
    assert_eq!(rows, expected);
}

/// A link to a former name still finds something: a page that leads on, and an anchor of the index.
#[test]
fn a_former_page_leads_to_the_page_of_today() {
    let plan = plan_of("lifecycle");
    for (alias, name, target) in [
        ("no_ticket", "ticket_not_found", "ticket_not_found.md"),
        ("not-found", "ticket_not_found", "ticket_not_found.md"),
        ("froze", "Ticket.Frozen", "frozen.md"),
    ] {
        let moved = page_of(&plan, alias);
        assert!(
            moved
                .text
                .contains(&format!("The page {alias} has moved to {name}.")),
            "{}",
            moved.text
        );
        assert_eq!(links(&moved), [(name, target), ("All errors", "README.md")]);
        let index = page_of(&plan, "README");
        assert!(index.anchors.iter().any(|anchor| anchor == alias));
    }
}

#[test]
fn no_output_shows_internal_codes() {
    let plan = plan_of("lifecycle");
    for artifact in &plan.artifacts {
        if artifact.path.starts_with("docs/") {
            assert!(!artifact.path.contains("shard"), "{}", artifact.path);
            assert!(!artifact.contents.contains("shard"), "{}", artifact.path);
            assert!(
                !artifact.contents.contains("store_down"),
                "{}",
                artifact.path
            );
        }
    }
}

/// A client that is older than the API reads on the index what to do with a code that is new to it.
#[test]
fn the_index_has_its_version_and_advice_on_newer_codes() {
    for name in names() {
        let catalog = public(name);
        let plan = public_plan_of(name);
        let text = page_of(&plan, "README").text;
        let version = format!("These are the codes of version {}.", catalog.api.version);
        assert!(text.contains(&version), "{name}: {text}");
        assert!(text.contains("goes by the type of the error"), "{name}");
        // Where the documents list all codes for good, a new one is no small change.
        assert_eq!(
            text.contains("come with minor versions"),
            !catalog.closed,
            "{name}"
        );
    }
}

#[test]
fn llms_txt_states_what_is_deprecated_or_retired() {
    let plan = plan_of("lifecycle");
    let text = artifact(&plan, "docs/errors/llms.txt");
    let busy = text
        .lines()
        .find(|line| line.starts_with("- [ticket_busy]"))
        .unwrap();
    let said = "deprecated since 2.0.0, use ticket_locked; note: Look for \\`ticket_locked\\`;";
    assert!(
        busy.contains(said) && busy.ends_with("; fix: Try again"),
        "{busy}"
    );
    let stale = text
        .lines()
        .find(|line| line.starts_with("- [ticket_stale]"))
        .unwrap();
    assert!(
        stale.contains("; deprecated; note: Send \\`If-Match\\`; fix: "),
        "{stale}"
    );
    let (_, retired) = text.split_once("## Retired codes\n\n").unwrap();
    let retired: Vec<&str> = retired.lines().collect();
    assert_eq!(retired.len(), 3);
    let gone = "- [ticket_gone](https://docs.example.com/errors/ticket_gone): retired since 3.0.0, \
                use ticket_not_found; reason: Tickets are kept for ever";
    assert_eq!(retired[0], gone);
    assert!(retired[1].starts_with(
        "- [Ticket.Frozen](https://docs.example.com/errors/frozen): retired since 3.0.0; "
    ));
}

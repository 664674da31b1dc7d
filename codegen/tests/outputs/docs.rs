//! The Markdown pages, read back.

use std::collections::{BTreeMap, BTreeSet};

use codegen::Plan;

use crate::code_pages::events;
use crate::fixtures::{Described, artifact, names, plan_of, public, public_plan_of};
use crate::lifecycle_pages::{anchors, kept_pages, shown};
use crate::rendered_text::{bare, in_cell, page, squeeze};
use codegen::catalog::{Code, Status};

/// The page of the operations.
const OPERATIONS: &str = "operations/README.md";
/// The errors in other orders.
const STATUSES: &str = "statuses/README.md";
const TYPES: &str = "types/README.md";

pub(crate) fn pages(plan: &Plan) -> BTreeMap<&str, &str> {
    let pages = plan.artifacts.iter().filter_map(|artifact| {
        let name = artifact.path.strip_prefix("docs/errors/")?;
        let is_page = name.strip_suffix(".md").is_some();
        is_page.then_some((name, artifact.contents.as_str()))
    });
    pages.collect()
}

/// Whatever a catalog says, its pages hold no HTML, no links and no headings but the generator's.
#[test]
fn catalog_texts_never_become_markup() {
    for name in names() {
        let catalog = public(name);
        let plan = public_plan_of(name);
        let addresses: BTreeSet<String> = catalog
            .codes
            .iter()
            .flat_map(|code| &code.see)
            .chain(&catalog.retry.prose.see)
            .chain(&catalog.error_ids.see)
            .map(|link| link.url.clone())
            .chain(
                catalog
                    .codes
                    .iter()
                    .flat_map(|code| Described::by(code).links),
            )
            .map(|url| url.replace('(', "%28").replace(')', "%29"))
            .collect();
        let pages = pages(&plan);
        for (file, markdown) in &pages {
            let file = *file;
            let page = page(markdown);
            assert_eq!(page.html, Vec::<String>::new(), "{name}/{file}");
            for (words, address) in &page.links {
                let (address, anchor) = address.split_once('#').unwrap_or((address, ""));
                let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
                let target = match address.strip_prefix("../") {
                    Some(above) if !folder.is_empty() => above.to_owned(),
                    _ if folder.is_empty() => address.to_owned(),
                    _ => format!("{folder}/{address}"),
                };
                assert!(
                    pages.contains_key(target.as_str()) || addresses.contains(address),
                    "{name}/{file}: [{words}]({address})"
                );
                if !anchor.is_empty() && pages.contains_key(target.as_str()) {
                    let target = crate::rendered_text::page(pages[target.as_str()]);
                    assert!(
                        target.ids().iter().any(|name| name == anchor),
                        "{name}/{file}: {anchor}"
                    );
                }
            }
            let of_page = |code: &&Code| file.strip_suffix(".md") == Some(&code.names.slug);
            let code = catalog.codes.iter().find(of_page);
            let fences: Vec<&str> = page
                .fences
                .iter()
                .map(|(language, _)| language.as_str())
                .collect();
            let expected = match file {
                "README.md" => vec!["json"; catalog.envelope.shapes.len()],
                _ if code.is_none() => Vec::new(),
                _ => {
                    let events = code.map_or(0, |code| events(&catalog, code).len());
                    let other_bodies = catalog.envelope.shapes.len() - 1;
                    let responses = code.is_none_or(|code| code.status.own().is_some());
                    [
                        vec![if responses { "http" } else { "json" }],
                        vec!["json"; other_bodies],
                        vec!["text"; events],
                        vec!["rust", "rust", "ts", "python", "sh"],
                    ]
                    .concat()
                }
            };
            let of_description = code.map_or(0, |code| Described::by(code).fences);
            let fences = &fences[of_description..];
            assert_eq!(fences, expected, "{name}/{file}");
            let headings = headings(&catalog, file);
            let found: Vec<String> = page.headings.iter().map(|(_, text)| bare(text)).collect();
            assert_eq!(found, headings, "{name}/{file}");
            // Words before a text are strong, links and retry rules are lists, and the notice at the end is emphasised.
            let marks: Vec<&str> = page
                .marks
                .iter()
                .copied()
                .filter(|mark| *mark != "list")
                .collect();
            let mut expected = Vec::new();
            let kept = kept_pages(&catalog);
            let kept = kept.iter().find(|page| file == format!("{}.md", page.name));
            expected.extend(kept.map_or(&[][..], |page| page.marks));
            if let Some(code) = code {
                if let Some(end) = &code.deprecated {
                    expected.extend(
                        ["strong"]
                            .into_iter()
                            .chain(end.note.as_ref().map(|_| "strong")),
                    );
                }
                if !code.fix.is_empty() {
                    expected.push("strong");
                }
                expected.extend(Described::by(code).marks);
            }
            expected.push("emphasis");
            assert_eq!(marks, expected, "{name}/{file}");
        }
    }
}

/// The headings of a page, which are the generator's own. The groups of the fixtures all have codes of their own.
/// The statuses of all errors, those that operations state too.
fn statuses(catalog: &codegen::Catalog) -> Vec<Status> {
    let all = (400..600).filter_map(Status::new);
    let sent = all.filter(|status| {
        let mut operations = catalog.operations.iter();
        catalog.statuses.iter().any(|group| group.status == *status)
            || operations.any(|one| one.statuses.iter().any(|group| group.status == *status))
    });
    sent.collect()
}

fn headings(catalog: &codegen::Catalog, file: &str) -> Vec<String> {
    if file == "README.md" {
        let mut headings = vec![format!("{} errors", bare(&catalog.api.title))];
        headings.extend(["Envelope", "Types", "Common codes"].map(str::to_owned));
        let groups = catalog
            .sections
            .iter()
            .filter_map(|section| section.path.last());
        headings.extend(groups.map(|title| bare(title)));
        headings.extend(["Error IDs", "Retrying"].map(str::to_owned));
        headings.extend((!catalog.retired.is_empty()).then(|| "Retired codes".to_owned()));
        return headings;
    }
    if file == STATUSES {
        let title = format!("{} errors by status", bare(&catalog.api.title));
        let statuses = statuses(catalog).into_iter().map(|status| {
            let reason = status.reason().unwrap_or_default();
            squeeze(&format!("{status} {reason}"))
        });
        let has_none = catalog.codes.iter().any(|code| code.status.own().is_none());
        let without = has_none.then(|| "No status of its own".to_owned());
        let all = [title].into_iter().chain(statuses).chain(without);
        return all.collect();
    }
    if file == TYPES {
        let title = format!("{} errors by type", bare(&catalog.api.title));
        let types = catalog.types.iter().map(|entry| bare(&entry.names.wire));
        return [title].into_iter().chain(types).collect();
    }
    if file == OPERATIONS {
        let title = format!("{} operations", bare(&catalog.api.title));
        let operations = catalog.operations.iter();
        let operations = operations.map(|operation| bare(&operation.id));
        return [title].into_iter().chain(operations).collect();
    }
    let code = catalog
        .codes
        .iter()
        .find(|code| file == format!("{}.md", code.names.slug));
    let Some(code) = code else {
        let mut pages = kept_pages(catalog).into_iter();
        let page = pages.find(|page| file == format!("{}.md", page.name));
        return page.expect("a page belongs to a code").headings;
    };
    let mut headings = vec![bare(&code.names.wire)];
    headings.extend((!code.children.is_empty()).then(|| "Special cases".to_owned()));
    let example = match code.status.own() {
        Some(_) => "Example response",
        None => "Example body",
    };
    headings.extend(["Retrying", example].map(str::to_owned));
    let mut arguments = code.arguments.iter();
    if catalog.envelope.details && arguments.any(|argument| !argument.sensitive) {
        headings.push("Details".to_owned());
    }
    let languages = ["In Rust", "In TypeScript", "In Python", "With curl"];
    headings.extend(languages.map(str::to_owned));
    if !code.operations.is_empty() {
        headings.push("Returned by".to_owned());
    }
    if !code.history.is_empty() {
        headings.push("History".to_owned());
    }
    if !code.see.is_empty() {
        headings.push("See also".to_owned());
    }
    headings
}

#[test]
fn the_index_has_the_sections_of_the_error_page() {
    for name in names() {
        let catalog = public(name);
        let plan = public_plan_of(name);
        let index = page(artifact(&plan, "docs/errors/README.md"));
        let sections: Vec<&str> = index
            .headings
            .iter()
            .filter(|(level, _)| *level == pulldown_cmark::HeadingLevel::H2)
            .map(|(_, text)| text.as_str())
            .collect();
        let own = ["Envelope", "Types", "Common codes", "Error IDs", "Retrying"];
        let retired = (!catalog.retired.is_empty()).then_some("Retired codes");
        let expected: Vec<&str> = own.into_iter().chain(retired).collect();
        assert_eq!(sections, expected);
    }
}

/// Rows of the codes table have the codes, meaning and fix of the catalog, each code once.
#[test]
fn the_index_lists_every_code_with_its_texts() {
    for name in names() {
        let catalog = public(name);
        let plan = public_plan_of(name);
        let index = page(artifact(&plan, "docs/errors/README.md"));
        let mut rows = index.rows.iter().skip(1 + catalog.type_rows.len());
        if !catalog.framework.is_empty() {
            assert_eq!(rows.next().unwrap(), &["type", "HTTP", "message"]);
        }
        for error in &catalog.framework {
            let shown: Vec<String> = rows.next().unwrap().iter().map(|cell| bare(cell)).collect();
            let error_type = bare(&catalog[error.error_type].names.wire);
            let (kind, message) = match error.code {
                Some(code) => {
                    let code = &catalog[code];
                    let kind = format!("{error_type} with code: {}", bare(&code.names.wire));
                    (kind, &code.plain_message)
                }
                None => (error_type, &catalog[error.error_type].message),
            };
            let message = bare(error.message.as_ref().unwrap_or(message));
            assert_eq!(shown, [kind, error.shown(), message]);
        }
        for section in &catalog.sections {
            assert_eq!(rows.next().unwrap(), &["code", "Meaning", "Fix"]);
            for row in &section.rows {
                let codes: Vec<String> = row.codes.iter().map(|id| shown(&catalog[*id])).collect();
                let first = &catalog[row.codes[0]];
                let shown: Vec<String> =
                    rows.next().unwrap().iter().map(|cell| bare(cell)).collect();
                assert_eq!(
                    shown,
                    [
                        codes.join(" / "),
                        bare(&first.summary()),
                        in_cell(&first.fix)
                    ]
                );
            }
        }
        if !catalog.retired.is_empty() {
            assert_eq!(rows.next().unwrap(), &["code", "Since", "Reason", "Use"]);
        }
        assert_eq!(rows.count(), catalog.retired.len());
        let listed: usize = catalog
            .sections
            .iter()
            .flat_map(|section| &section.rows)
            .map(|row| row.codes.len())
            .sum();
        assert_eq!(listed, catalog.codes.len());
    }
}

#[test]
fn the_types_table_has_a_row_for_a_code_outside_its_type() {
    let plan = plan_of("seed");
    let index = page(artifact(&plan, "docs/errors/README.md"));
    let rows: Vec<String> = index.rows[1..7].iter().map(|row| row.join(" | ")).collect();
    assert_eq!(
        rows,
        [
            "invalid_request_error | 400 / 413 | Bad input, quota exceeded, unsupported format",
            "invalid_request_error with code: model_not_found | 404 | Model slug doesn’t exist or isn’t available on your plan",
            "auth_error | 401 | Missing or invalid API key",
            "rate_limit_error | 429 | Per-key or per-IP rate limit hit",
            "quota_exceeded | 402 | Out of credits or monthly budget reached",
            "server_error | 5xx | Upstream provider failure (often retried by fallback chain)",
        ]
    );
}

/// mdBook looks for what to include wherever two braces stand side by side.
#[test]
fn no_page_has_what_mdbook_would_include() {
    for name in names() {
        for (file, markdown) in pages(&plan_of(name)) {
            assert!(!markdown.contains("{{"), "{name}/{file}");
        }
    }
}

/// Each error stands in its group, with its texts, and the anchors of the index are the slugs.
#[test]
fn every_error_is_found_by_status_and_by_type() {
    for name in names() {
        let catalog = public(name);
        let plan = public_plan_of(name);
        let rows_of = |file: &str| {
            let page = page(artifact(&plan, &format!("docs/errors/{file}")));
            let rows = page.rows.into_iter().filter(|row| row[0] != "code");
            rows.map(|row| [bare(&row[0]), bare(&row[1]), bare(&row[2]), bare(&row[3])])
                .collect::<Vec<_>>()
        };
        let codeless = |group: &codegen::catalog::StatusGroup,
                        entry: &codegen::catalog::Codeless| {
            let entry_type = &catalog[entry.error_type];
            let meaning = entry.message.as_deref();
            let meaning = meaning.unwrap_or(entry_type.summary());
            let wire = entry_type.names.wire.clone();
            (wire, group.status.to_string(), bare(meaning))
        };
        let mut by_status = Vec::new();
        for status in (400..600).filter_map(Status::new) {
            let group = catalog.statuses.iter().find(|group| group.status == status);
            for id in group.iter().flat_map(|group| &group.codes) {
                let code = &catalog[*id];
                let error_type = bare(&catalog[code.error_type].names.wire);
                let cells = [&shown(code), &error_type, &*code.summary(), &code.fix];
                by_status.push(cells.map(in_cell));
            }
            // An operation can state the status.
            for operation in &catalog.operations {
                for sent in catalog.sent_by(operation) {
                    if sent.status() != status || sent.code.status.own() == Some(status) {
                        continue;
                    }
                    let name = format!("{} of {}", shown(sent.code), operation.id);
                    let error_type = bare(&catalog[sent.code.error_type].names.wire);
                    let cells = [&name, &error_type, &*sent.summary(), sent.fix()];
                    by_status.push(cells.map(in_cell));
                }
            }
            if let Some(group) = group {
                for entry in &group.codeless {
                    let (wire, _, meaning) = codeless(group, entry);
                    by_status.push(["(no code)".to_owned(), bare(&wire), meaning, in_cell("")]);
                }
            }
        }
        // Errors that have no responses are at the end.
        let codes = catalog.codes.iter();
        for code in codes.filter(|code| code.status.own().is_none()) {
            let error_type = bare(&catalog[code.error_type].names.wire);
            let cells = [&shown(code), &error_type, &*code.summary(), &code.fix];
            by_status.push(cells.map(in_cell));
        }
        assert_eq!(rows_of(STATUSES), by_status, "{name}");
        let mut by_type = Vec::new();
        for entry in &catalog.types {
            for id in &entry.codes {
                let code = &catalog[*id];
                let status = code.status.to_string();
                let cells = [&shown(code), &status, &*code.summary(), &code.fix];
                by_type.push(cells.map(in_cell));
            }
            for group in &catalog.statuses {
                for other in &group.codeless {
                    let (wire, status, meaning) = codeless(group, other);
                    if wire == entry.names.wire {
                        by_type.push(["(no code)".to_owned(), status, meaning, in_cell("")]);
                    }
                }
            }
        }
        assert_eq!(rows_of(TYPES), by_type, "{name}");

        let index = page(artifact(&plan, "docs/errors/README.md"));
        assert!(index.anchors.into_iter().eq(anchors(&catalog)), "{name}");
        let anchors = |file: &str| page(artifact(&plan, &format!("docs/errors/{file}"))).anchors;
        let statuses = statuses(&catalog).into_iter();
        let statuses = statuses.map(|status| format!("status-{status}"));
        let mut codes = catalog.codes.iter();
        let has_none = codes.any(|code| code.status.own().is_none());
        let statuses = statuses.chain(has_none.then(|| "status-none".to_owned()));
        assert!(anchors(STATUSES).into_iter().eq(statuses), "{name}");
        let types = page(artifact(&plan, &format!("docs/errors/{TYPES}"))).ids();
        for entry in &catalog.types {
            assert!(types.contains(&entry.names.slug), "{name}: {types:?}");
        }
    }
}

#[test]
fn doc_urls_name_the_page() {
    for name in names() {
        let catalog = public(name);
        let plan = plan_of(name);
        let (before, after) = &catalog.api.docs_url;
        for code in &catalog.codes {
            let page = code.doc_url.strip_prefix(before).unwrap();
            let page = page.strip_suffix(after).unwrap();
            assert!(pages(&plan).contains_key(format!("{page}.md").as_str()));
            assert_eq!(squeeze(&code.doc_url), code.doc_url);
        }
    }
}

//! The tables of `docs/proxies.md`, made from the expected table.

use std::fmt::Write as _;

use crate::page::Table;

use super::HTTP;
use super::table::{Row, Section, words};

/// The page with the tables.
pub(super) const PAGE: &str = "docs/proxies.md";

/// The tables of the page.
pub(super) fn tables(sections: &[Section], style: &str) -> [Table; 3] {
    let of = |http: &str| -> Vec<&Section> {
        let own = sections.iter().filter(|section| section.http == http);
        own.collect()
    };
    let [first, second] = HTTP.map(of);
    let head = |first: &str| {
        let titles: Vec<String> = sections
            .iter()
            .filter(|section| section.http == HTTP[0])
            .map(|section| format!("{} {}", title(&section.proxy), section.version))
            .collect();
        format!(
            "| {first} | {} |\n|{}\n",
            titles.join(" | "),
            " --- |".repeat(titles.len() + 1)
        )
    };
    let named = first.first().into_iter().flat_map(|section| &section.rows);
    let named: Vec<&Row> = named.filter(|row| row.status().is_none()).collect();
    let cell = |section: &Section, case: &str| {
        section
            .row(case)
            .map_or_else(String::new, |row| both(row, style))
    };
    let mut all = head("Case");
    let mut other = head("Case");
    for row in &named {
        let one = first.iter().map(|section| cell(section, &row.case));
        let one: Vec<String> = one.collect();
        let two = second.iter().map(|section| cell(section, &row.case));
        let two: Vec<String> = two.collect();
        // Writing to a string cannot fail.
        let _ = writeln!(all, "| {} | {} |", row.case, one.join(" | "));
        let differing = one
            .iter()
            .zip(&two)
            .map(|(one, two)| if one == two { "" } else { two });
        let differing: Vec<&str> = differing.collect();
        if differing.iter().any(|cell| !cell.is_empty()) {
            let _ = writeln!(other, "| {} | {} |", row.case, differing.join(" | "));
        }
    }
    let mut made = "| Proxy | Statuses | Answer |\n| --- | --- | --- |\n".to_owned();
    for section in &first {
        let mut answers: Vec<(String, Vec<u16>)> = Vec::new();
        for (row, statuses) in section.made() {
            let answer = both(&row, style);
            match answers.iter_mut().find(|(known, _)| *known == answer) {
                Some((_, known)) => known.extend(statuses),
                None => answers.push((answer, statuses)),
            }
        }
        for (answer, mut statuses) in answers {
            statuses.sort_unstable();
            let (title, statuses) = (title(&section.proxy), words(&statuses));
            let _ = writeln!(made, "| {title} | {statuses} | {answer} |");
        }
    }
    [
        Table {
            heading: "\n## What each proxy answers\n",
            text: all,
        },
        Table {
            heading: "\n## Over HTTP/2\n",
            text: other,
        },
        Table {
            heading: "\n## Statuses of a site's own configuration\n",
            text: made,
        },
    ]
}

/// The name of a proxy in prose.
fn title(proxy: &str) -> &str {
    match proxy {
        "haproxy" => "HAProxy",
        "apache" => "Apache",
        "caddy" => "Caddy",
        "varnish" => "Varnish",
        other => other,
    }
}

/// What changes in a case, in a few words: only the status and the body.
fn both(row: &Row, style: &str) -> String {
    let [before, after] = [&row.before, &row.after].map(|cell| short(cell, style));
    if before == after {
        before
    } else {
        format!("{before} → {after}")
    }
}

fn short(cell: &str, style: &str) -> String {
    let mut words = cell.split(' ');
    let (status, rest) = (words.next().unwrap_or_default(), words.next());
    match rest {
        None | Some("application/json") => status.to_owned(),
        Some("text/html") => format!("{status} HTML"),
        Some("text/plain") => format!("{status} text"),
        Some(known) if known == style => format!("{status} envelope"),
        Some(word @ ("empty" | "untouched" | "untyped")) => format!("{status} {word}"),
        Some(other) => format!("{status} envelope of {other}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use fs_err as fs;

    use super::*;
    use crate::catalogs;
    use crate::page::with_tables;
    use crate::proxies::TABLE;
    use crate::proxies::table::parse;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    fn sections() -> Vec<Section> {
        parse(&fs::read_to_string(root().join(TABLE)).unwrap()).unwrap()
    }

    fn styles() -> Vec<String> {
        let inputs = catalogs::sample(&root()).unwrap();
        let catalog = codegen::compile(&inputs).value.unwrap();
        let shapes = catalog.envelope.shapes.into_iter();
        shapes.map(|shape| shape.name).collect()
    }

    #[test]
    fn the_page_has_the_tables_of_the_file() {
        let page = fs::read_to_string(root().join(PAGE)).unwrap();
        let tables = tables(&sections(), &styles()[0]);
        assert!(
            with_tables(&page, &tables).unwrap() == page,
            "update {PAGE} with `UPDATE_EXPECT=1 cargo conformance --only proxies`"
        );
    }

    /// The status of an answer with an envelope.
    fn enveloped(cell: &str, styles: &[String]) -> Option<u16> {
        let mut words = cell.split(' ');
        let (status, body) = (words.next()?.parse().ok()?, words.next()?);
        styles.iter().any(|style| style == body).then_some(status)
    }

    #[test]
    fn each_proxy_has_the_errors_that_it_can_have() {
        let styles = styles();
        for section in sections().iter().filter(|section| section.http == HTTP[0]) {
            let is_enveloped = |row: &&Row| enveloped(&row.after, &styles).is_some();
            let found: BTreeSet<u16> = section
                .rows
                .iter()
                .filter_map(|row| enveloped(&row.after, &styles))
                .collect();
            let is_made = |row: &&Row| row.status().is_some();
            // Neither an answer of the upstream, nor a connection without one.
            let is_own = |row: &&Row| {
                !row.case.starts_with("upstream's") && row.after.starts_with(['4', '5'])
            };
            let mut rows = section.rows.iter();
            match section.proxy.as_str() {
                "nginx" | "apache" => assert!(
                    rows.filter(is_own).all(|row| is_enveloped(&row)),
                    "{}",
                    section.proxy
                ),
                "haproxy" => assert!(found.len() >= 11, "{found:?}"),
                "caddy" => assert!(found.len() >= 5, "{found:?}"),
                _ => assert!(
                    rows.find(|row| is_made(row) && !is_enveloped(row))
                        .is_none()
                ),
            }
        }
    }

    #[test]
    fn cells_are_short() {
        let row = |before: &str, after: &str| {
            let [case, before, after] = ["c", before, after].map(str::to_owned);
            both(
                &Row {
                    case,
                    before,
                    after,
                },
                "openai",
            )
        };
        assert_eq!(
            row("413 text/html", "413 openai id no retry"),
            "413 HTML → 413 envelope"
        );
        assert_eq!(
            row("503 text/html after 5", "503 anthropic id retry"),
            "503 HTML → 503 envelope of anthropic"
        );
        assert_eq!(row("200 application/json", "200 application/json"), "200");
        assert_eq!(row("closed", "closed"), "closed");
    }
}

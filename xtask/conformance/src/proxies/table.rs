//! The expected table: what each proxy answers in each case, without and with the generated configuration.

use std::fmt::Write as _;

use anyhow::{Context as _, ensure};

use super::cases::MADE;

/// The first lines of the file.
const HEAD: &str = "\
# What proxies answer: the case, without the generated configuration, with it.
# A status is followed by the style of its body if the body is what the catalog says, else by its media type.
# `id`: there is a request id, which the upstream received if it received the request. `other id`: not the same one.
# `retry`, `no retry`: x-should-retry. `after N`: Retry-After. `closed`: no answer. `raw`: bytes without a status.
# `untouched`: all of the upstream's. `status`: a line of the site's configuration makes it; `N` is the status.
#
# UPDATE_EXPECT=1 cargo conformance --only proxies
";

/// What a client saw in a case, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) case: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// The rows of a proxy in a version of HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// The name of the proxy.
    pub(super) proxy: String,
    pub(super) version: String,
    /// The version of HTTP.
    pub(super) http: String,
    pub(super) rows: Vec<Row>,
}

impl Section {
    /// What clients of the proxy see in a case.
    pub(super) fn row(&self, case: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.case == case)
    }
}

/// A cell of this width does not move the columns after it.
const LONG: usize = 48;

/// What stands for the status where a row is about several.
const ANY: &str = "N";

impl Row {
    /// The status that the configuration of the site answers with.
    pub(super) fn status(&self) -> Option<u16> {
        self.case.strip_prefix(MADE)?.parse().ok()
    }

    /// The row with another first word in the cells that begin with a word.
    fn with_first(&self, first: &str, other: &str) -> Self {
        let change = |cell: &String| match cell.strip_prefix(first) {
            Some(rest) if rest.is_empty() || rest.starts_with(' ') => format!("{other}{rest}"),
            _ => cell.clone(),
        };
        Self {
            case: self.case.clone(),
            before: change(&self.before),
            after: change(&self.after),
        }
    }
}

impl Section {
    /// The answers to which the configuration of the site leads, each with its statuses.
    pub(super) fn made(&self) -> Vec<(Row, Vec<u16>)> {
        let mut found: Vec<(Row, Vec<u16>)> = Vec::new();
        for row in &self.rows {
            let Some(status) = row.status() else { continue };
            let of_any = row.with_first(&status.to_string(), ANY);
            let same = |(other, _): &&mut (Row, Vec<u16>)| {
                (&other.before, &other.after) == (&of_any.before, &of_any.after)
            };
            match found.iter_mut().find(same) {
                Some((_, statuses)) => statuses.push(status),
                None => found.push((of_any, vec![status])),
            }
        }
        found
    }
}

/// Statuses as words.
pub(super) fn words(statuses: &[u16]) -> String {
    let statuses: Vec<String> = statuses.iter().map(u16::to_string).collect();
    statuses.join(" ")
}

/// Writes the table.
pub(super) fn print(sections: &[Section]) -> String {
    let mut out = HEAD.to_owned();
    for section in sections {
        let named = section
            .rows
            .iter()
            .filter(|row| row.status().is_none())
            .cloned();
        let made = section.made().into_iter().map(|(row, statuses)| Row {
            case: format!("{MADE}{}", words(&statuses)),
            ..row
        });
        let rows: Vec<Row> = named.chain(made).collect();
        let width = |of: fn(&Row) -> &str| {
            let widths = rows.iter().map(|row| of(row).len());
            widths.filter(|width| *width < LONG).max().unwrap_or(0)
        };
        let [case, before] = [width(|row| &row.case), width(|row| &row.before)];
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "\n{} {}, {}",
            section.proxy, section.version, section.http
        );
        for row in &rows {
            let _ = writeln!(
                out,
                "{:case$} | {:before$} | {}",
                row.case, row.before, row.after
            );
        }
    }
    out
}

/// Reads the table.
pub(super) fn parse(text: &str) -> anyhow::Result<Vec<Section>> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let cells: Vec<&str> = line.split(" | ").map(str::trim).collect();
        if let [case, before, after] = cells[..] {
            let section = sections
                .last_mut()
                .with_context(|| format!("no proxy before `{line}`"))?;
            let [case, before, after] = [case, before, after].map(str::to_owned);
            let row = Row {
                case,
                before,
                after,
            };
            let statuses = row
                .case
                .strip_prefix(MADE)
                .map(|statuses| statuses.split(' '));
            let made = statuses.map(|statuses| {
                let made = statuses.map(|status| Row {
                    case: format!("{MADE}{status}"),
                    ..row.with_first(ANY, status)
                });
                made.collect()
            });
            for row in made.unwrap_or_else(|| vec![row.clone()]) {
                ensure!(
                    section.row(&row.case).is_none(),
                    "`{}` is there twice",
                    row.case
                );
                section.rows.push(row);
            }
            continue;
        }
        let (name, http) = line
            .split_once(", ")
            .with_context(|| format!("`{line}` is not a row"))?;
        let (proxy, version) = name
            .split_once(' ')
            .with_context(|| format!("`{line}` has no version"))?;
        let [proxy, version, http] = [proxy, version, http].map(str::to_owned);
        sections.push(Section {
            proxy,
            version,
            http,
            rows: Vec::new(),
        });
    }
    Ok(sections)
}

/// The differences between what is expected of a proxy and what was seen.
pub(super) fn differences(expected: Option<&Section>, seen: &Section) -> Vec<String> {
    let Some(expected) = expected else {
        return vec!["the table has no rows".to_owned()];
    };
    let mut found = Vec::new();
    for row in &seen.rows {
        let Some(wanted) = expected.row(&row.case) else {
            found.push(format!("{}: the table has no such case", row.case));
            continue;
        };
        for (when, wanted, seen) in [
            ("before", &wanted.before, &row.before),
            ("after", &wanted.after, &row.after),
        ] {
            if wanted != seen {
                found.push(format!(
                    "{}: {when} it was `{wanted}`, and is `{seen}`",
                    row.case
                ));
            }
        }
    }
    let gone = expected
        .rows
        .iter()
        .filter(|row| seen.row(&row.case).is_none());
    found.extend(gone.map(|row| format!("{}: was not tried", row.case)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(case: &str, before: &str, after: &str) -> Row {
        let [case, before, after] = [case, before, after].map(str::to_owned);
        Row {
            case,
            before,
            after,
        }
    }

    fn section(rows: Vec<Row>) -> Section {
        let [proxy, version, http] = ["nginx", "1.22.1", "HTTP/1.1"].map(str::to_owned);
        Section {
            proxy,
            version,
            http,
            rows,
        }
    }

    #[test]
    fn a_table_reads_as_it_was_written() {
        let sections = [
            section(vec![
                row("upstream down", "502 text/html", "502 openai id no retry"),
                row("slow", "closed", "raw"),
            ]),
            section(Vec::new()),
        ];
        let text = print(&sections);
        assert!(text.contains(
            "\nnginx 1.22.1, HTTP/1.1\nupstream down | 502 text/html | 502 openai id no retry\n"
        ));
        assert_eq!(parse(&text).unwrap(), sections);
        assert!(parse("a | b | c\n").is_err());
        assert!(parse("nginx 1.22.1, HTTP/1.1\na | b | c\na | b | c\n").is_err());
    }

    #[test]
    fn statuses_with_the_same_answer_share_a_line() {
        let rows = ["status 400", "status 408", "status 413"].map(|case| {
            let status = &case[7..];
            match status {
                "408" => row(case, "closed", "closed"),
                _ => row(
                    case,
                    &format!("{status} text/html"),
                    &format!("{status} openai id no retry"),
                ),
            }
        });
        let sections = [section(rows.to_vec())];
        let text = print(&sections);
        assert!(
            text.contains("\nstatus 400 413 | N text/html | N openai id no retry\nstatus 408 "),
            "{text}"
        );
        let read = parse(&text).unwrap();
        assert_eq!(print(&read), text);
        assert!(
            sections[0]
                .rows
                .iter()
                .all(|row| read[0].row(&row.case) == Some(row))
        );
    }

    #[test]
    fn an_answer_that_improves_is_a_difference() {
        let expected = section(vec![
            row("a", "404 text/html", "404 text/html"),
            row("b", "closed", "closed"),
        ]);
        let seen = section(vec![
            row("a", "404 text/html", "404 openai id no retry"),
            row("c", "raw", "raw"),
        ]);
        assert_eq!(
            differences(Some(&expected), &seen),
            [
                "a: after it was `404 text/html`, and is `404 openai id no retry`",
                "c: the table has no such case",
                "b: was not tried",
            ]
        );
        assert_eq!(differences(None, &seen), ["the table has no rows"]);
    }
}

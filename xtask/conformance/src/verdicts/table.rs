//! The table of `docs/evolution.md` with our verdicts and those of other tools.

/// The heading of the section with the table.
pub(super) const HEADING: &str = "## What other tools say\n";

/// The head of the table.
pub(super) const HEAD: &str = "\
| Change | Rules | Level | Version | cargo-semver-checks | oasdiff | oasdiff, `closed` | Why they differ |
| --- | --- | --- | --- | --- | --- | --- | --- |
";

/// The verdicts on a change. Those of other tools begin with a severity, followed by their rules.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) change: String,
    /// Our rules, in backticks.
    pub(super) rules: String,
    /// The level for clients, and the required version.
    pub(super) level: String,
    pub(super) version: String,
    /// The verdict on the crate: `major`, `minor` or `none`.
    pub(super) semver_checks: String,
    /// The verdicts on the default and the closed OpenAPI document: `error`, `warning`, `info` or `none`.
    pub(super) documents: [String; 2],
    pub(super) why: String,
}

impl Row {
    /// The row as a line of the page.
    pub(super) fn line(&self) -> String {
        let [open, closed] = &self.documents;
        format!(
            "| {} | {} | {} | {} | {} | {open} | {closed} | {} |\n",
            self.change, self.rules, self.level, self.version, self.semver_checks, self.why
        )
    }

    /// Whether another verdict differs from ours.
    pub(super) fn is_disputed(&self) -> bool {
        let number = match weight(&self.semver_checks) {
            "none" => "patch",
            number => number,
        };
        let mut levels = self.documents.iter().map(|verdict| match weight(verdict) {
            "error" => "breaking",
            "warning" => "risky",
            _ => "safe",
        });
        number != self.version || levels.any(|level| level != self.level)
    }
}

fn weight(verdict: &str) -> &str {
    verdict.split_once(':').map_or(verdict, |(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::super::changes::CHANGES;
    use super::{HEAD, HEADING, Row};
    use crate::page::place;

    /// The table of the page, and its rows.
    fn table() -> (String, Vec<Row>) {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/evolution.md");
        let page = std::fs::read_to_string(path).unwrap();
        let table = page[place(&page, HEADING).unwrap()].to_owned();
        let rows = table.strip_prefix(HEAD).unwrap().lines().map(row);
        (table.clone(), rows.collect())
    }

    fn row(line: &str) -> Row {
        let cells = line.strip_prefix("| ").unwrap().strip_suffix(" |").unwrap();
        let mut cells = cells.split(" | ").map(str::to_owned);
        let mut cell = || cells.next().unwrap_or_else(|| panic!("{line}"));
        Row {
            change: cell(),
            rules: cell(),
            level: cell(),
            version: cell(),
            semver_checks: cell(),
            documents: [cell(), cell()],
            why: cell(),
        }
    }

    #[test]
    fn each_change_has_a_row_with_the_verdict_of_the_library() {
        let (table, rows) = table();
        let lines: String = rows.iter().map(Row::line).collect();
        assert_eq!(
            table,
            format!("{HEAD}{lines}"),
            "run `cargo conformance verdicts --write`"
        );
        let told: Vec<[String; 5]> = rows
            .into_iter()
            .map(|row| [row.change, row.rules, row.level, row.version, row.why])
            .collect();
        let expected: Vec<[String; 5]> = CHANGES
            .iter()
            .map(|change| {
                let [rules, level, version] = change.verdict();
                [
                    change.title.to_owned(),
                    rules,
                    level,
                    version,
                    change.why.to_owned(),
                ]
            })
            .collect();
        assert_eq!(told, expected, "run `cargo conformance verdicts --write`");
    }

    #[test]
    fn exactly_the_differing_verdicts_are_explained() {
        let (_, rows) = table();
        for row in rows {
            assert_eq!(row.is_disputed(), !row.why.is_empty(), "{row:?}");
        }
    }

    /// Names and statuses are values to cargo-semver-checks, so it may find less than we do.
    #[test]
    fn semver_checks_is_stricter_only_about_discriminants() {
        let (_, rows) = table();
        let larger: Vec<Row> = rows
            .into_iter()
            .filter(|row| row.semver_checks.starts_with("major") && row.version != "major")
            .collect();
        for row in &larger {
            let numbers = "major: `enum_no_repr_variant_discriminant_changed`";
            assert_eq!(row.semver_checks, numbers, "{row:?}");
        }
        assert!(!larger.is_empty());
    }
}

//! Tables that a run writes into a page of the guide.

use std::ops::Range;
use std::path::Path;

use anyhow::Context as _;
use fs_err as fs;

use crate::status::Status;
use crate::terminal;

/// A table, with the heading of its section.
pub(crate) struct Table {
    pub(crate) heading: &'static str,
    pub(crate) text: String,
}

/// The range of the first table after a heading.
pub(crate) fn place(page: &str, heading: &str) -> Option<Range<usize>> {
    let section = page.find(heading)?;
    let start = section + page[section..].find("\n|")? + 1;
    let length = page[start..]
        .find("\n\n")
        .map_or(page.len(), |end| start + end + 1)
        - start;
    Some(start..start + length)
}

/// The page with these tables.
pub(crate) fn with_tables(page: &str, tables: &[Table]) -> anyhow::Result<String> {
    let mut page = page.to_owned();
    for Table { heading, text } in tables {
        let title = heading.trim();
        let place = place(&page, heading)
            .with_context(|| format!("the page has no table in the section `{title}`"))?;
        page.replace_range(place, text);
    }
    Ok(page)
}

/// Compares the tables with a page, or writes them there. `command` writes them.
pub(crate) fn compare(
    page: &Path,
    tables: &[Table],
    write: bool,
    command: &str,
) -> anyhow::Result<Status> {
    let name = page.file_name().unwrap_or_default().display();
    let text = fs::read_to_string(page)?;
    let updated = with_tables(&text, tables).with_context(|| format!("cannot update {name}"))?;
    if updated == text {
        return Ok(Status::Ok);
    }
    if write {
        fs::write(page, updated)?;
        return Ok(Status::Ok);
    }
    terminal::error(format_args!(
        "a table in docs/{name} is stale: update it with `{command}`"
    ));
    Ok(Status::Failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_of_a_page_is_replaced() {
        let page = "# P\n\n## One\n\nText.\n\n| a |\n| - |\n\nMore.\n\n## Two\n\n| b |\n";
        let table = |heading, text: &str| Table {
            heading,
            text: text.to_owned(),
        };
        let tables = [table("## One\n", "| c |\n"), table("## Two\n", "| d |\n")];
        assert_eq!(
            with_tables(page, &tables).unwrap(),
            "# P\n\n## One\n\nText.\n\n| c |\n\nMore.\n\n## Two\n\n| d |\n"
        );
        let error = with_tables(page, &[table("## Three\n", "")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the page has no table in the section `## Three`"
        );
    }
}

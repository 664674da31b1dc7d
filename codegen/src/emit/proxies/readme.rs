//! The page in the folder of a proxy, and the tables of `docs/proxies.md`.

use std::fmt::Write as _;

use super::super::{NOTICE, markdown_escape};
use super::answers::Answers;
use super::facts::{self, Facts};
use crate::artifact::Region;
use crate::catalog::{Catalog, Proxy, Status};

/// The page in the folder of a proxy.
pub(super) fn page(catalog: &Catalog, proxy: Proxy, answers: &Answers<'_>) -> String {
    let Facts {
        version,
        include,
        site,
        covers,
        cannot,
    } = facts::of(proxy);
    let title = markdown_escape::inline(&catalog.api.title);
    let name = proxy.title();
    let header = answers.header;
    let list = |entries: &[&str]| list(entries, header);
    let mut out = format!(
        "<!-- {NOTICE} -->\n\n\
         # Errors of the {title} behind {name}\n\n\
         Some requests never reach the server: {name} answers them. With this configuration, these answers have the body of\n\
         the API, `{header}` with the id that the server got too, `x-should-retry`, and `Retry-After` where the catalog\n\
         promises it. Errors of the server pass unchanged. Measured with {name} {version}.\n\n\
         ## How to include it\n\n{include}\n\n\
         {}\n\
         ## What it covers\n\n{}\n\
         ## What it does not cover\n\n{}\n\
         ## Its answers\n\n",
        list(site),
        list(covers),
        list(cannot),
    );
    out.push_str(&statuses(catalog, proxy, answers));
    out
}

/// The statuses that a proxy answers with by itself.
fn statuses(catalog: &Catalog, proxy: Proxy, answers: &Answers<'_>) -> String {
    let mut table =
        "| Status | Sent | Error | Message | Retry |\n| --- | --- | --- | --- | --- |\n".to_owned();
    let own = proxy.own_statuses().iter().copied();
    let own = own.filter_map(|status| Status::new(status.into()));
    for status in own {
        let error = catalog.framework_answer(status);
        let mut all = answers.all.iter();
        let Some(answer) = all.find(|answer| answer.status == status) else {
            continue;
        };
        let name = match error.code {
            Some(code) => &code.names.wire,
            None => &error.error_type.names.wire,
        };
        let retry = match (answer.retryable, answer.retry_after) {
            (false, _) => "no".to_owned(),
            (true, None) => "yes".to_owned(),
            (true, Some(seconds)) => format!("after {seconds} s"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| {status} | {} | {} | {} | {retry} |",
            answer.sent,
            markdown_escape::code_cell(name),
            markdown_escape::cell(&error.message),
        );
    }
    table
}

/// Facts as a list, with the name of the header of the request id.
fn list(entries: &[&str], header: &str) -> String {
    let entries = entries.iter().map(|entry| format!("- {entry}\n"));
    entries.collect::<String>().replace("HEADER", header)
}

/// The regions of `docs/proxies.md`.
pub(super) fn regions() -> Vec<Region> {
    let mut versions = "\n| Proxy | Version |\n| --- | --- |\n".to_owned();
    let mut regions = Vec::new();
    for proxy in Proxy::ALL {
        let Facts {
            version,
            include,
            site,
            covers,
            cannot,
        } = facts::of(proxy);
        let _ = writeln!(versions, "| {} | {version} |", proxy.title());
        let list = |entries: &[&str]| list(entries, "x-request-id");
        let contents = format!(
            "\n{include}\n\n{}\nCovered:\n\n{}\nNot covered:\n\n{}\n",
            list(site),
            list(covers),
            list(cannot)
        );
        regions.push(region(proxy.title(), contents));
    }
    regions.insert(0, region("versions", versions + "\n"));
    regions
}

fn region(name: &str, contents: String) -> Region {
    Region {
        path: "docs/proxies.md",
        name: name.to_owned(),
        contents,
    }
}

//! Derives the cases from the catalog.

use std::collections::BTreeSet;

use anyhow::bail;
use codegen::catalog::{Catalog, Code};

use crate::model::Case;
use crate::requests::GUIDE;

fn of_code(catalog: &Catalog, code: &Code) -> Case {
    Case {
        name: code.names.wire.clone(),
        status: code.status.get(),
        error_type: catalog[code.error_type].names.wire.clone(),
        code: Some(code.names.wire.clone()),
        param: code.param.clone(),
        retryable: code.retry.is_retryable(),
        is_for_clients: true,
    }
}

/// The cases of a catalog: its codes, its 5xx errors without a code, and the other errors without a code
/// in `provoked`.
///
/// # Errors
///
/// Fails if `provoked` lacks one of the first two, or contains an unknown case.
pub(super) fn of_catalog<'a>(
    catalog: &Catalog,
    provoked: impl Iterator<Item = &'a String>,
) -> anyhow::Result<Vec<Case>> {
    let provoked: BTreeSet<&str> = provoked.map(String::as_str).collect();
    let codes = catalog.codes.iter();
    let mut cases: Vec<Case> = codes.map(|code| of_code(catalog, code)).collect();
    for group in &catalog.statuses {
        for codeless in &group.codeless {
            let error_type = &catalog[codeless.error_type].names.wire;
            let name = format!("{error_type}_{}", group.status);
            let is_for_clients = group.status.class() == 5;
            let is_new = cases.iter().all(|case| case.name != name);
            if is_new && (is_for_clients || provoked.contains(name.as_str())) {
                cases.push(Case {
                    name,
                    status: group.status.get(),
                    error_type: error_type.clone(),
                    code: None,
                    param: None,
                    retryable: group.retryable,
                    is_for_clients,
                });
            }
        }
    }
    let known: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    if let Some(missing) = known.difference(&provoked).next() {
        bail!("{GUIDE} has no request for {missing}");
    }
    if let Some(unknown) = provoked.difference(&known).next() {
        bail!("{GUIDE} has a request for the unknown case {unknown}");
    }
    Ok(cases)
}

#[cfg(test)]
mod tests {
    use codegen::{Inputs, Source};

    use super::*;

    const CATALOG: &str = "\
version: 1
api: { title: A, docs_url: https://example.com, crate: a-errors }
retry: { statuses: [503] }
types:
  bad_request: { status: [400, 404], meaning: Bad }
  server_error: { status: 5xx, meaning: Failed }
codes:
  no_name: { type: bad_request, meaning: There is no name, fix: Choose one, param: name }
";

    fn cases(provoked: &[&str]) -> anyhow::Result<Vec<Case>> {
        let source = Source::new("catalog.yaml", CATALOG.as_bytes().to_vec());
        let catalog = codegen::compile(&Inputs::new(source)).value.unwrap();
        let provoked: Vec<String> = provoked.iter().map(|name| (*name).to_owned()).collect();
        of_catalog(&catalog, provoked.iter())
    }

    #[test]
    fn cases_are_codes_5xx_errors_and_other_provoked_errors() {
        let all = ["no_name", "server_error_500", "server_error_503"];
        let found = cases(&all).unwrap();
        let names: Vec<&str> = found.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names, all);
        assert_eq!(found[0].param.as_deref(), Some("name"));
        let attempts: Vec<u32> = found.iter().map(Case::attempts).collect();
        assert_eq!(attempts, [1, 1, 3]);
        let more = cases(&[&all[..], &["bad_request_404"]].concat()).unwrap();
        let for_curl = more
            .iter()
            .find(|case| case.name == "bad_request_404")
            .unwrap();
        assert!(!for_curl.is_for_clients && for_curl.code.is_none());
    }

    #[test]
    fn missing_requests_and_unknown_cases_are_errors() {
        let message = cases(&["no_name", "server_error_503"])
            .err()
            .unwrap()
            .to_string();
        assert_eq!(
            message,
            "docs/gateway.md has no request for server_error_500"
        );
        let message = cases(&["server_error_500", "server_error_503"])
            .err()
            .unwrap()
            .to_string();
        assert_eq!(message, "docs/gateway.md has no request for no_name");
        let all = ["no_name", "server_error_500", "server_error_503", "no_nane"];
        let message = cases(&all).err().unwrap().to_string();
        assert_eq!(
            message,
            "docs/gateway.md has a request for the unknown case no_nane"
        );
    }
}

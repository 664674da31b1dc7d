//! What the catalog says of each case.

use std::collections::BTreeSet;

use anyhow::bail;
use codegen::catalog::{Catalog, Code};

/// An error that a request provokes: a code, or a type and a status.
pub(super) struct Case {
    /// The name of the code, or of the type with the status behind it.
    pub(super) name: String,
    pub(super) status: u16,
    pub(super) error_type: String,
    pub(super) code: Option<String>,
    pub(super) param: Option<String>,
    pub(super) retryable: bool,
    /// Whether the clients send it, and not only curl: what never reaches a handler is no call of theirs.
    pub(super) is_for_clients: bool,
}

impl Case {
    fn of_code(catalog: &Catalog, code: &Code) -> Self {
        Self {
            name: code.names.wire.clone(),
            status: code.status.get(),
            error_type: catalog[code.error_type].names.wire.clone(),
            code: Some(code.names.wire.clone()),
            param: code.param.clone(),
            retryable: code.retry.is_retryable(),
            is_for_clients: true,
        }
    }

    /// How often a client such as `openai` sends the request: twice more where it may retry.
    pub(super) const fn attempts(&self) -> u32 {
        if self.retryable { 3 } else { 1 }
    }
}

/// The cases of a catalog: its codes, its errors without code of class 5xx, and those without code
/// that `provoked` names besides.
///
/// # Errors
///
/// Fails where `provoked` leaves one of the first two out, or names something that the catalog has not.
pub(super) fn of_catalog<'a>(
    catalog: &Catalog,
    provoked: impl Iterator<Item = &'a String>,
) -> anyhow::Result<Vec<Case>> {
    let provoked: BTreeSet<&str> = provoked.map(String::as_str).collect();
    let codes = catalog.codes.iter();
    let mut cases: Vec<Case> = codes.map(|code| Case::of_code(catalog, code)).collect();
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
        bail!("{} has no call for {missing}", super::calls::GUIDE);
    }
    if let Some(unknown) = provoked.difference(&known).next() {
        bail!(
            "{} has a call for {unknown}, which the catalog has not",
            super::calls::GUIDE
        );
    }
    Ok(cases)
}

#[cfg(test)]
mod tests {
    use codegen::{Inputs, Source};

    use super::*;
    use crate::interop::calls;

    fn file(path: &str) -> String {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        std::fs::read_to_string(root.join(path)).unwrap()
    }

    fn catalog() -> Catalog {
        let source = Source::new("catalog.yaml", file("catalog/catalog.yaml").into_bytes());
        codegen::compile(&Inputs::new(source)).value.unwrap()
    }

    #[test]
    fn the_guide_has_a_call_for_every_code_and_every_5xx() {
        let calls = calls::of_guide(&file(calls::GUIDE)).unwrap();
        let names: Vec<String> = calls.into_iter().map(|call| call.case).collect();
        let cases = of_catalog(&catalog(), names.iter()).unwrap();
        assert_eq!(cases.iter().filter(|case| case.is_for_clients).count(), 20);
        for left_out in ["missing_api_key", "server_error_502"] {
            let others = names.iter().filter(|name| *name != left_out);
            let said = of_catalog(&catalog(), others).err().unwrap().to_string();
            assert_eq!(said, format!("docs/gateway.md has no call for {left_out}"));
        }
        let invented = "no_such_code".to_owned();
        assert!(of_catalog(&catalog(), names.iter().chain([&invented])).is_err());
    }
}

//! `catalog/routes.rs`: the paths of the operations as a tree, which finds the operation of a request.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::file::{RustFile, literal};
use crate::artifact::Artifact;
use crate::catalog::{Catalog, Route, Routes};

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let routes = Routes::new(&catalog.operations);
    let names: BTreeMap<&[usize], &str> = catalog
        .paths
        .iter()
        .flat_map(|path| &path.requests)
        .map(|request| (&request.operations[..], request.id.as_str()))
        .collect();
    let shared = routes.shared().filter_map(|shared| names.get(shared));
    let ids = catalog.operations.iter();
    let ids = ids
        .map(|operation| operation.id.as_str())
        .chain(shared.copied());
    RustFile::new("The paths of the operations, to find the operation of a request.")
        .text("use crate::runtime::route::Route;\n")
        .text(&list(
            "/// The ids of the operations, then the names of requests that several share.\npub(crate) static OPERATIONS: &[&str] = &[",
            ids.map(literal),
        ))
        .text(&list(
            "/// The parts of all paths. The first is the beginning of every path.\n\
             pub(crate) static ROUTES: &[Route] = &[",
            routes.parts().iter().map(route),
        ))
        .finish("catalog/routes")
}

fn list(before: &str, items: impl IntoIterator<Item = String>) -> String {
    let mut out = before.to_owned();
    for item in items {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n    {item},");
    }
    if !out.ends_with('[') {
        out.push('\n');
    }
    out + "];\n"
}

fn route(route: &Route) -> String {
    let operations = route.operations.iter();
    let operations: Vec<String> = operations
        .map(|(method, position)| format!("({}, {position})", literal(method)))
        .collect();
    format!(
        "Route {{ text: {}, first: {}, next: {:?}, operations: &[{}] }}",
        literal(&route.text),
        literal(&route.first),
        route.next,
        operations.join(", ")
    )
}

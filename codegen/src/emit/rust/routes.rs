//! `catalog/routes.rs`: the paths of the operations as a tree of segments, which finds the operation of a request.

use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;

use super::file::{RustFile, literal};
use crate::artifact::Artifact;
use crate::catalog::Catalog;

/// Segments without a parameter first, then the longest without its parameters.
type Order = (bool, Reverse<usize>, String);

/// A segment of paths.
#[derive(Default)]
struct Node<'a> {
    next: BTreeMap<Order, Self>,
    /// The methods of the path that ends here, with the positions of their operations.
    operations: Vec<(&'a str, usize)>,
}

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let ids = catalog.operations.iter().map(|operation| &operation.id);
    RustFile::new("The paths of the operations, to find the operation of a request.")
        .text("use crate::runtime::route::Route;\n")
        .text(&list(
            "/// The ids of the operations.\npub(crate) static OPERATIONS: &[&str] = &[",
            ids.map(|id| literal(id)),
        ))
        .text(&list(
            "/// The segments of all paths. The first is before every path.\n\
             pub(crate) static ROUTES: &[Route] = &[",
            routes(&tree(catalog)),
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

fn tree(catalog: &Catalog) -> Node<'_> {
    let mut root = Node::default();
    for (position, operation) in catalog.operations.iter().enumerate() {
        let mut node = &mut root;
        let path = operation.path.strip_prefix('/').unwrap_or(&operation.path);
        for segment in path.split('/') {
            let segment = without_names(segment);
            let is_pattern = segment.contains("{}");
            let length = if is_pattern { segment.len() } else { 0 };
            let order = (is_pattern, Reverse(length), segment);
            node = node.next.entry(order).or_default();
        }
        node.operations.push((operation.method.as_str(), position));
    }
    root
}

/// A segment with `{}` for each parameter.
fn without_names(segment: &str) -> String {
    let mut parts = segment.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("{}");
        out.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    out
}

/// The nodes, each after all that are closer to the root, so that the next segments of one follow each other.
fn routes(root: &Node<'_>) -> Vec<String> {
    let mut waiting = VecDeque::from([("", root)]);
    let mut routes = Vec::new();
    let mut free = 1;
    while let Some((segment, node)) = waiting.pop_front() {
        let literals = node.next.keys().filter(|(is_pattern, ..)| !is_pattern);
        let patterns = free + literals.count();
        let end = free + node.next.len();
        let operations = node.operations.iter();
        let operations: Vec<String> = operations
            .map(|(method, position)| format!("({}, {position})", literal(method)))
            .collect();
        routes.push(format!(
            "Route {{ segment: {}, next: [{free}, {patterns}, {end}], operations: &[{}] }}",
            literal(segment),
            operations.join(", ")
        ));
        waiting.extend(
            node.next
                .iter()
                .map(|((.., segment), node)| (&**segment, node)),
        );
        free = end;
    }
    routes
}

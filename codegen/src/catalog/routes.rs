//! The paths of the operations as a tree, which finds the operation of a request.

#[path = "../../runtime/src/runtime/route.rs"]
mod route;

use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};
use std::mem;

use super::Operation;

pub(crate) type Route = route::Route<String, Vec<(&'static str, u32)>>;

/// The operations of a catalog by path and method.
///
/// A segment of a path without parameters goes before one with them, and of those the one with the most other
/// characters. Servers answer `HEAD` where they answer `GET`, so it is the `GET` of a path that has no `HEAD`.
///
/// ```
/// use error_catalog_codegen::{Inputs, Source, catalog::Routes, compile};
///
/// let catalog = "\
/// version: 1
/// api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }
/// types:
///   request_error: { status: 400, meaning: The request is wrong }
/// codes:
///   bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }
/// operations:
///   rename: { method: POST, path: '/names/{id}', errors: [bad_name] }
/// ";
/// let inputs = Inputs::new(Source::new("catalog.yaml", catalog.into()));
/// let catalog = compile(&inputs).value.expect("the catalog has no errors");
/// let routes = Routes::new(&catalog.operations);
/// assert_eq!(routes.find("POST", "/names/7"), [0]);
/// assert!(routes.find("POST", "/names/").is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Routes {
    parts: Vec<Route>,
    /// The operations of each number in the tree: first each alone, then those that share a request.
    operations: Vec<Vec<usize>>,
}

impl Routes {
    /// The tree of these operations.
    #[must_use]
    pub fn new(operations: &[Operation]) -> Self {
        let mut tree = Tree(vec![Part::default()]);
        let mut found: Vec<Vec<usize>> = (0..operations.len()).map(|at| vec![at]).collect();
        for (position, operation) in operations.iter().enumerate() {
            let end = tree.insert(&operation.path);
            let known = &mut tree.0[end].operations;
            let method = operation.method.as_str();
            match known.iter_mut().find(|(other, _)| *other == method) {
                None => known.push((method, number(position))),
                Some((_, first)) if (*first as usize) < operations.len() => {
                    found.push(vec![*first as usize, position]);
                    *first = number(found.len() - 1);
                }
                Some((_, shared)) => found[*shared as usize].push(position),
            }
        }
        Self {
            parts: tree.into_routes(),
            operations: found,
        }
    }

    /// The positions of the operations that a request can be of, ascending: several where operations share the method
    /// and the path. The path is without query.
    #[must_use]
    pub fn find(&self, method: &str, path: &str) -> &[usize] {
        let found = route::find(&self.parts, method, path);
        let found = found.and_then(|number| self.operations.get(number as usize));
        found.map_or(&[], Vec::as_slice)
    }

    /// The parts of the tree. The first is the beginning of all paths. A number of an operation is its position; those
    /// after the last operation are the [`shared`](Self::shared) requests.
    pub(crate) fn parts(&self) -> &[Route] {
        &self.parts
    }

    /// The operations of each request that several share, by the number in the tree less that of all operations.
    pub(crate) fn shared(&self) -> impl Iterator<Item = &[usize]> {
        let all = self.operations.iter().map(Vec::as_slice);
        all.filter(|operations| operations.len() > 1)
    }
}

/// A part of paths, in the making. Numbers are positions in the tree.
#[derive(Default)]
struct Part {
    text: String,
    /// The texts that follow, by their first bytes.
    literals: BTreeMap<u8, usize>,
    /// The segments with parameters that follow, the longest first.
    patterns: BTreeMap<(Reverse<usize>, String), usize>,
    operations: Vec<(&'static str, u32)>,
}

/// The first part is the root.
struct Tree(Vec<Part>);

impl Tree {
    /// The part that a path ends with.
    fn insert(&mut self, path: &str) -> usize {
        let mut end = 0;
        let mut text = String::new();
        for segment in path.split_inclusive('/') {
            if !segment.contains('{') {
                text.push_str(segment);
                continue;
            }
            let pattern = without_names(segment.trim_end_matches('/'));
            end = self.literal(end, &mem::take(&mut text));
            end = self.pattern(end, pattern);
            if segment.ends_with('/') {
                text.push('/');
            }
        }
        self.literal(end, &text)
    }

    fn add(&mut self, text: String) -> usize {
        self.0.push(Part {
            text,
            ..Part::default()
        });
        self.0.len() - 1
    }

    fn pattern(&mut self, from: usize, pattern: String) -> usize {
        let key = (Reverse(pattern.len()), pattern);
        if let Some(next) = self.0[from].patterns.get(&key) {
            return *next;
        }
        let next = self.add(key.1.clone());
        self.0[from].patterns.insert(key, next);
        next
    }

    fn literal(&mut self, mut from: usize, mut text: &str) -> usize {
        while let Some(first) = text.bytes().next() {
            let Some(next) = self.0[from].literals.get(&first).copied() else {
                let next = self.add(text.to_owned());
                self.0[from].literals.insert(first, next);
                return next;
            };
            let pairs = self.0[next].text.bytes().zip(text.bytes());
            let same = pairs.take_while(|(known, new)| known == new).count();
            self.split(next, same);
            text = &text[same..];
            from = next;
        }
        from
    }

    /// Splits a text into a part and the only one that follows it. Paths are ASCII.
    fn split(&mut self, at: usize, length: usize) {
        let part = &mut self.0[at];
        let rest = part.text.split_off(length);
        if let Some(first) = rest.bytes().next() {
            let text = mem::take(&mut part.text);
            let whole = mem::take(part);
            self.0[at].text = text;
            let next = self.0.len();
            self.0[at].literals.insert(first, next);
            self.0.push(Part {
                text: rest,
                ..whole
            });
        }
    }

    fn into_routes(mut self) -> Vec<Route> {
        let top = &self.0[0];
        let is_alone =
            top.literals.len() == 1 && top.patterns.is_empty() && top.operations.is_empty();
        let only = top.literals.values().next().filter(|_| is_alone);
        let root = only.copied().unwrap_or_default();
        let mut waiting = VecDeque::from([root]);
        let mut routes = Vec::new();
        let mut end = 1;
        while let Some(at) = waiting.pop_front() {
            let part = mem::take(&mut self.0[at]);
            let next = end;
            waiting.extend(part.literals.values().chain(part.patterns.values()));
            let patterns = next + part.literals.len();
            end = patterns + part.patterns.len();
            routes.push(Route {
                text: part.text,
                first: part.literals.keys().copied().map(char::from).collect(),
                next: [next, patterns, end].map(number),
                operations: part.operations,
            });
        }
        routes
    }
}

/// A number that is small enough, since a catalog is.
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Method;

    fn operation(method: Method, path: &str) -> Operation {
        Operation {
            id: String::new(),
            error: String::new(),
            method,
            path: path.to_owned(),
            path_params: Vec::new(),
            when: None,
            summary: None,
            codes: Vec::new(),
            own: Vec::new(),
            statuses: Vec::new(),
        }
    }

    /// The place of a segment before others.
    fn order(segment: &str) -> (bool, Reverse<usize>, String) {
        let is_pattern = segment.contains('{');
        let length = if is_pattern { segment.len() } else { 0 };
        (is_pattern, Reverse(length), segment.to_owned())
    }

    fn fits(pattern: &str, segment: &str) -> bool {
        match pattern.split_once("{}") {
            None => pattern == segment,
            Some((before, after)) => {
                let rest = segment.strip_prefix(before);
                let rest = rest.and_then(|rest| rest.strip_suffix(after));
                rest.is_some_and(|rest| !rest.is_empty())
            }
        }
    }

    /// The same by a look at every operation.
    fn find_slowly(operations: &[Operation], method: &str, path: &str) -> Vec<usize> {
        let of = |operation: &&Operation, method: &str| {
            let (pattern, path) = (operation.path.split('/'), path.split('/'));
            operation.method.as_str() == method
                && pattern.clone().count() == path.clone().count()
                && pattern
                    .zip(path)
                    .all(|(pattern, segment)| fits(pattern, segment))
        };
        let all = (0..).zip(operations);
        let fitting = all.filter(|(_, operation)| {
            of(operation, method) || method == "HEAD" && of(operation, "GET")
        });
        // Of one path, `HEAD` goes before `GET`.
        let key = |operation: &Operation| {
            let segments: Vec<_> = operation.path.split('/').map(order).collect();
            (segments, Reverse(operation.method))
        };
        let fitting: Vec<_> = fitting.collect();
        let first = fitting.iter().map(|(_, operation)| key(operation)).min();
        let fitting = fitting.into_iter();
        let equal = fitting.filter(|(_, operation)| Some(key(operation)) == first);
        equal.map(|(position, _)| position).collect()
    }

    #[test]
    fn the_tree_finds_what_a_look_at_every_operation_finds() {
        let segments = [
            "a", "ab", "abc", "b", "", "{}", "{}b", "a{}", "{}:x", "a{}c",
        ];
        let requested = ["a", "ab", "abc", "b", "", "abbc", "a:x", "é", ":x", "aé"];
        let paths = |segments: &[&str]| {
            let two = segments.iter().flat_map(|first| {
                let of = move |second: &&str| format!("/{first}/{second}");
                segments.iter().map(of).collect::<Vec<_>>()
            });
            let one = segments.iter().map(|segment| format!("/{segment}"));
            one.chain(two).collect::<Vec<_>>()
        };
        let methods = [Method::Get, Method::Head, Method::Post];
        let all = paths(&segments);
        // Steps that share no factor with the number of paths leave out others each time.
        for step in [1, 3, 7, 13, 29, 59] {
            let every = (0..all.len()).step_by(step);
            let operations: Vec<Operation> = every
                .map(|at| operation(methods[at % 3], &all[(at * 37) % all.len()]))
                .collect();
            // Some share their requests, two or three at a time.
            let again = operations
                .iter()
                .step_by(5)
                .chain(operations.iter().step_by(10));
            let again: Vec<Operation> = again.cloned().collect();
            let operations = [operations, again].concat();
            let routes = Routes::new(&operations);
            for path in paths(&requested) {
                for method in ["GET", "HEAD", "POST", "PUT"] {
                    let expected = find_slowly(&operations, method, &path);
                    let found = routes.find(method, &path);
                    assert_eq!(found, expected, "{method} {path} of {step}");
                }
            }
        }
    }

    #[test]
    fn without_operations_nothing_is_found() {
        let routes = Routes::new(&[]);
        for path in ["", "/", "/a"] {
            assert!(routes.find("GET", path).is_empty());
        }
    }
}

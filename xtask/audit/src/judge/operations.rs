//! Finds the operation of a request.

use codegen::Catalog;
use codegen::catalog::{Method, base_path};

/// The operations of a catalog by path and method.
#[derive(Debug, Default)]
pub(super) struct Operations {
    root: Segments,
    /// The paths of the servers, without a slash at the end; the longest first.
    bases: Vec<String>,
}

/// The operations below a part of a path.
#[derive(Debug, Default)]
struct Segments {
    /// Those that end here: the method and the position.
    here: Vec<(Method, usize)>,
    /// By the next segment. A segment with fewer characters that vary is before others.
    next: Vec<(Segment, Segments)>,
}

/// A segment of a path.
#[derive(Debug, PartialEq, Eq)]
enum Segment {
    Text(String),
    /// What varies is between these texts.
    Varies(String, String),
}

impl Segment {
    fn new(text: &str) -> Self {
        let varies = text.split_once('{').and_then(|(before, rest)| {
            let (_, after) = rest.rsplit_once('}')?;
            Some(Self::Varies(before.to_owned(), after.to_owned()))
        });
        varies.unwrap_or_else(|| Self::Text(text.to_owned()))
    }

    fn fits(&self, found: &str) -> bool {
        match self {
            Self::Text(text) => text == found,
            Self::Varies(before, after) => {
                found.len() > before.len() + after.len()
                    && found.starts_with(before.as_str())
                    && found.ends_with(after.as_str())
            }
        }
    }

    /// The number of characters that do not vary. A segment that does not vary is first.
    fn weight(&self) -> usize {
        match self {
            Self::Text(_) => usize::MAX,
            Self::Varies(before, after) => before.len() + after.len(),
        }
    }
}

impl Operations {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let mut root = Segments::default();
        for (position, operation) in catalog.operations.iter().enumerate() {
            let mut node = &mut root;
            for text in segments(&operation.path) {
                node = node.next(Segment::new(text));
            }
            node.here.push((operation.method, position));
        }
        root.sort();
        let servers = catalog.api.servers.iter();
        let mut bases: Vec<String> = servers
            .map(|server| base_path(&server.url).to_owned())
            .collect();
        // A server of a test may be without the path that the public one has.
        bases.push(String::new());
        bases.sort_by_key(|base| std::cmp::Reverse(base.len()));
        bases.dedup();
        Self { root, bases }
    }

    /// The position of the operation of a request.
    pub(super) fn find(&self, method: &str, path: &str) -> Option<usize> {
        let mut bases = self.bases.iter();
        bases.find_map(|base| {
            let rest = path.strip_prefix(base.as_str())?;
            rest.starts_with('/')
                .then(|| self.root.find(method, rest.strip_prefix('/')))?
        })
    }
}

impl Segments {
    fn next(&mut self, segment: Segment) -> &mut Self {
        let at = match self.next.iter().position(|(known, _)| *known == segment) {
            Some(at) => at,
            None => {
                self.next.push((segment, Self::default()));
                self.next.len() - 1
            }
        };
        &mut self.next[at].1
    }

    fn sort(&mut self) {
        self.next
            .sort_by_key(|(segment, _)| std::cmp::Reverse(segment.weight()));
        self.next.iter_mut().for_each(|(_, next)| next.sort());
    }

    fn find(&self, method: &str, rest: Option<&str>) -> Option<usize> {
        let Some(rest) = rest else {
            let with = |wanted: &str| {
                let mut here = self.here.iter();
                here.find_map(|(known, at)| (known.as_str() == wanted).then_some(*at))
            };
            // Servers answer HEAD where they answer GET.
            let get = || (method == "HEAD").then(|| with("GET"));
            return with(method).or_else(|| get()?);
        };
        let (segment, rest) = match rest.split_once('/') {
            Some((segment, rest)) => (segment, Some(rest)),
            None => (rest, None),
        };
        let mut next = self.next.iter().filter(|(known, _)| known.fits(segment));
        next.find_map(|(_, next)| next.find(method, rest))
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

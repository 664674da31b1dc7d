//! The operation of a request. Needs the feature `metrics` or `tracing`.

/// A segment of paths, and what can follow it.
pub(crate) struct Route {
    /// The segment. A parameter is `{}`.
    pub(crate) segment: &'static str,
    /// The positions of the next segments: the first, the first with a parameter, and the end. Those without a
    /// parameter are sorted by their bytes, the others by their length without parameters, the longest first.
    pub(crate) next: [u32; 3],
    /// The methods of the path that ends here, with the positions of their operations.
    pub(crate) operations: &'static [(&'static str, u32)],
}

/// The position of the operation of a request. `HEAD` is `GET`, unless the catalog has an operation for it.
pub(crate) fn find(routes: &[Route], method: &str, path: &str) -> Option<u32> {
    let path = path.strip_prefix('/')?;
    let first = routes.first()?;
    let found = walk(routes, first, method, Some(path));
    match method {
        "HEAD" => found.or_else(|| walk(routes, first, "GET", Some(path))),
        _ => found,
    }
}

/// The operation below a segment. It visits each route at most once, whatever the path is.
fn walk(routes: &[Route], route: &Route, method: &str, path: Option<&str>) -> Option<u32> {
    let Some(path) = path else {
        let mut operations = route.operations.iter();
        let found = operations.find(|(known, _)| *known == method);
        return found.map(|(_, operation)| *operation);
    };
    // Segments are short: a loop over bytes ends before the search of a text begins.
    let (segment, rest) = match path.bytes().position(|byte| byte == b'/') {
        Some(end) => (&path[..end], Some(&path[end + 1..])),
        None => (path, None),
    };
    let [first, patterns, end] = route.next.map(|position| position as usize);
    let literals = &routes[first..patterns];
    let literal = literals.binary_search_by(|next| next.segment.cmp(segment));
    let found = literal
        .ok()
        .and_then(|position| walk(routes, &literals[position], method, rest));
    found.or_else(|| {
        let mut patterns = routes[patterns..end].iter();
        patterns.find_map(|next| match fits(next.segment, segment) {
            Some(()) => walk(routes, next, method, rest),
            None => None,
        })
    })
}

/// Whether a segment fits a pattern, whose parameters have at least one character.
fn fits(pattern: &str, segment: &str) -> Option<()> {
    if pattern == "{}" {
        return (!segment.is_empty()).then_some(());
    }
    let (before, last) = pattern.rsplit_once("{}")?;
    let mut parts = before.split("{}");
    let rest = segment.strip_suffix(last)?;
    let mut rest = rest.strip_prefix(parts.next().unwrap_or_default())?;
    for part in parts {
        let after = after_one(rest)?;
        let position = after.find(part)?;
        rest = &after[position + part.len()..];
    }
    after_one(rest).map(|_| ())
}

/// What follows the first character.
fn after_one(text: &str) -> Option<&str> {
    let mut characters = text.chars();
    characters.next().map(|_| characters.as_str())
}

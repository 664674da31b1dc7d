//! The operation of a request. The tool that writes the tree and the crate that reads it share this file.

/// A part of paths that begin alike, and what can follow it.
///
/// The parts are a tree. Each follows those that are closer to the root, and the parts that can follow one are together.
#[derive(Clone, Debug)]
pub(crate) struct Route<T = &'static str, O = &'static [(&'static str, u32)]> {
    /// The text, or a segment with `{}` for each parameter.
    pub(crate) text: T,
    /// The first bytes of the texts that follow, sorted.
    pub(crate) first: T,
    /// The positions of the parts that follow: the first, the first segment with a parameter, and the end. The segments
    /// are sorted by their lengths without parameters, the longest first.
    pub(crate) next: [u32; 3],
    /// The methods of the path that ends here, with the positions of their operations.
    pub(crate) operations: O,
}

/// The position of the operation of a request. `HEAD` is `GET`, unless the path has an operation for it.
pub(crate) fn find<T, O>(routes: &[Route<T, O>], method: &str, path: &str) -> Option<u32>
where
    T: AsRef<str>,
    O: AsRef<[(&'static str, u32)]>,
{
    let root = routes.first()?;
    let rest = path
        .as_bytes()
        .strip_prefix(root.text.as_ref().as_bytes())?;
    Search { routes, method }.below(root, rest)
}

struct Search<'a, T, O> {
    routes: &'a [Route<T, O>],
    method: &'a str,
}

impl<'a, T, O> Search<'a, T, O>
where
    T: AsRef<str>,
    O: AsRef<[(&'static str, u32)]>,
{
    /// The operation of a path whose rest follows a part. It visits each part at most once, whatever the path is.
    fn below(&self, mut route: &'a Route<T, O>, mut path: &[u8]) -> Option<u32> {
        loop {
            let Some(first) = path.first() else {
                return self.operation(route.operations.as_ref());
            };
            let literal = self.literal(route, *first, path);
            let [_, patterns, end] = route.next.map(|position| position as usize);
            if patterns == end {
                (route, path) = literal?;
                continue;
            }
            if let Some(found) = literal.and_then(|(next, rest)| self.below(next, rest)) {
                return Some(found);
            }
            let end_of_segment = path.iter().position(|byte| *byte == b'/');
            let (segment, rest) = path.split_at(end_of_segment.unwrap_or(path.len()));
            let (last, others) = self.routes.get(patterns..end)?.split_last()?;
            let mut others = others
                .iter()
                .filter(|next| fits(next.text.as_ref(), segment));
            if let Some(found) = others.find_map(|next| self.below(next, rest)) {
                return Some(found);
            }
            if !fits(last.text.as_ref(), segment) {
                return None;
            }
            (route, path) = (last, rest);
        }
    }

    /// The text that follows a part in a path, and the rest of the path.
    #[inline]
    fn literal<'p>(
        &self,
        route: &Route<T, O>,
        first: u8,
        path: &'p [u8],
    ) -> Option<(&'a Route<T, O>, &'p [u8])> {
        let mut firsts = route.first.as_ref().bytes();
        let branch = firsts.position(|known| known == first)?;
        let next = self.routes.get(route.next[0] as usize + branch)?;
        let (_, text) = next.text.as_ref().as_bytes().split_first()?;
        let rest = &path[1..];
        // Where paths part, texts are short.
        if text.is_empty() {
            return Some((next, rest));
        }
        Some((next, rest.strip_prefix(text)?))
    }

    #[inline]
    fn operation(&self, operations: &[(&'static str, u32)]) -> Option<u32> {
        let of = |method: &str| {
            let mut operations = operations.iter();
            let found = operations.find(|(known, _)| *known == method);
            found.map(|(_, operation)| *operation)
        };
        of(self.method).or_else(|| match self.method {
            "HEAD" => of("GET"),
            _ => None,
        })
    }
}

/// Whether a segment fits a pattern, whose parameters have at least one byte.
#[inline]
fn fits(pattern: &str, segment: &[u8]) -> bool {
    if pattern == "{}" {
        return !segment.is_empty();
    }
    fits_parts(pattern, segment).is_some()
}

#[inline(never)]
fn fits_parts(pattern: &str, segment: &[u8]) -> Option<()> {
    let segment = core::str::from_utf8(segment).ok()?;
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

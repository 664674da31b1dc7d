//! The files that a catalog includes, and the templates that it names.

mod templates;

pub(crate) use templates::template_path;

use memchr::memmem;

use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::{MAX_FILES, MAX_PATH_BYTES, MAX_SOURCE_BYTES};
use crate::rule::Rule;
use crate::source::includes::{Fault, Include, IncludeId};
use crate::source::{Inputs, Origin, Source};
use crate::span::{SourceId, Span};
use crate::yaml;
use crate::yaml::node::{Node, Value};

/// The key that names further files.
const KEY: &str = "include";

/// The answer to a path or pattern under `include`.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The files that it names, in the order in which they are to be read.
    Files(Vec<Found>),
    /// It names no file.
    NotFound,
    /// It names a folder, or something else that is not a file.
    NoFile,
    /// It is outside the folder of the catalog.
    Outside,
}

/// A file that is included.
#[derive(Clone, Debug)]
pub struct Found {
    /// The path from the folder of the catalog, with `/` between its parts; the same file always
    /// has the same one.
    pub path: String,
    /// Its name and text.
    pub source: Source,
}

/// The entries of the key `include` in the present texts of all sources.
#[derive(Debug, Default)]
pub(crate) struct Entries(Vec<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    span: Span,
    /// Whether it is a string, so that it can name a file.
    is_string: bool,
}

impl Entries {
    /// Adds the entries of the next source, which has no tree if it cannot be parsed.
    pub(crate) fn push(&mut self, node: Option<&Node<'_>>) {
        let items = node.map_or(&[][..], items).iter();
        let entries = items.map(|item| Entry {
            span: item.span,
            is_string: matches!(item.value, Value::Scalar(_)) && !item.is_absent(),
        });
        self.0.push(entries.collect());
    }

    fn span(&self, id: IncludeId) -> Span {
        let source = SourceId(u32::try_from(id.source).unwrap_or(u32::MAX));
        let entries = self.0.get(id.source);
        let entry = entries.and_then(|entries| entries.get(id.position));
        entry.map_or(Span::new(source, 0, 0), |entry| entry.span)
    }

    /// All strings, with their spans.
    fn strings(&self) -> impl Iterator<Item = (IncludeId, Span)> {
        self.0.iter().enumerate().flat_map(|(source, entries)| {
            let strings = entries.iter().enumerate();
            let strings = strings.filter(|(_, entry)| entry.is_string);
            strings.map(move |(position, entry)| (IncludeId { source, position }, entry.span))
        })
    }
}

impl Inputs {
    /// The path or pattern of the next files to read, from the folder of the catalog, with `/` between
    /// its parts. `*`, `?` and `[…]` match parts of a name, `**` matches any folders.
    ///
    /// Nothing is left to read after [`answer`](Self::answer) was called for each of them.
    pub fn wanted(&mut self) -> Option<String> {
        while self.searched < self.sources.len() {
            self.search(self.searched);
            self.searched += 1;
        }
        match self.pending.front() {
            Some(include) => Some(include.pattern.clone()),
            None => self.wanted_templates(),
        }
    }

    /// Answers the pattern that [`wanted`](Self::wanted) returned last.
    pub fn answer(&mut self, answer: Answer) {
        let Some(Include { id, pattern }) = self.pending.pop_front() else {
            self.answer_templates(answer);
            return;
        };
        self.answered.insert(id);
        let (message, help) = match answer {
            Answer::Files(files) if !files.is_empty() => {
                let many = is_pattern(&pattern);
                for file in files {
                    // A file with exactly this name is named, not only matched.
                    let is_matched = many && file.path != pattern;
                    self.add(file, id, is_matched);
                }
                return;
            }
            Answer::Files(_) | Answer::NotFound => (
                "does not match any file",
                "write a path from the folder of this file, such as `codes/files.yaml` or `codes/*.yaml`",
            ),
            Answer::NoFile => (
                "is not a file",
                "name the files in it, such as `codes/*.yaml`",
            ),
            Answer::Outside => (
                "is outside the folder of the catalog",
                "move all files of the catalog into its folder, and replace links",
            ),
        };
        let message = format!("{} {message}", quoted(&pattern));
        let fault = Fault::new(id, Rule::BadInclude, message, help);
        self.faults.push(fault);
    }

    fn add(&mut self, file: Found, id: IncludeId, of_pattern: bool) {
        let own = &self.origins[id.source].path;
        // A pattern may match the file that contains it.
        if of_pattern && file.path == *own {
            return;
        }
        let mut known = self.origins.iter();
        let known = known.position(|origin| origin.path == file.path);
        if let Some(position) = known {
            self.faults.push(self.repeated(position, &file.path, id));
            return;
        }
        let size: usize = self.sources.iter().map(|source| source.text().len()).sum();
        if self.sources.len() == MAX_FILES || size + file.source.text().len() > MAX_SOURCE_BYTES {
            let mut faults = self.faults.iter();
            if !faults.any(|fault| fault.rule == Rule::TooLarge) {
                let message = format!(
                    "the catalog has more than {MAX_FILES} files or {MAX_SOURCE_BYTES} bytes"
                );
                let help = "split it into two catalogs";
                self.faults
                    .push(Fault::new(id, Rule::TooLarge, message, help));
            }
            return;
        }
        self.sources.push(file.source);
        self.origins.push(Origin {
            path: file.path,
            included: Some(id),
        });
    }

    /// A file that is included twice, or by itself.
    fn repeated(&self, position: usize, path: &str, id: IncludeId) -> Fault {
        let mut from = Some(id);
        let mut around = false;
        while let Some(id) = from {
            around |= id.source == position;
            from = self.origins[id.source].included;
        }
        let (rule, message, help) = if around {
            (
                Rule::CyclicInclude,
                format!("{} includes itself, directly or indirectly", quoted(path)),
                "remove this entry",
            )
        } else {
            (
                Rule::RepeatedInclude,
                format!("{} is included twice", quoted(path)),
                "remove one of the two",
            )
        };
        let first = self.origins[position].included;
        Fault {
            first: first.filter(|first| *first != id),
            ..Fault::new(id, rule, message, help)
        }
    }

    /// Finds what a source includes.
    fn search(&mut self, source: usize) {
        let text = self.sources[source].text();
        let has = |part: &str| memmem::find(text.as_bytes(), part.as_bytes()).is_some();
        let id = SourceId(u32::try_from(source).unwrap_or(u32::MAX));
        // An escape could hide the key.
        let is_root = source == 0;
        let may_include = has(KEY) || is_root && has(templates::KEY) || has("\\");
        if !may_include || self.sources[source].defect(id).is_some() {
            return;
        }
        // `compile` reports the errors of the text.
        let (Some(node), _) = yaml::parse(id, text) else {
            return;
        };
        if is_root {
            self.templates.pending = templates::folders(&node);
        }
        let entries = items(&node);
        let folder = self.origins[source].path.rsplit_once('/');
        let folder = folder.map_or("", |(folder, _)| folder);
        if entries.len() > MAX_FILES {
            let id = IncludeId {
                source,
                position: MAX_FILES,
            };
            let message = format!("the list has more than {MAX_FILES} entries");
            let help = "name many files by a pattern, such as `codes/*.yaml`";
            self.faults
                .push(Fault::new(id, Rule::TooLarge, message, help));
        }
        for (position, entry) in entries.iter().take(MAX_FILES).enumerate() {
            let Some(path) = path_of(entry) else {
                continue;
            };
            let id = IncludeId { source, position };
            match joined(folder, path) {
                Ok(pattern) => self.pending.push_back(Include { id, pattern }),
                Err((problem, help)) => {
                    self.answered.insert(id);
                    let message = format!("{} {problem}", quoted(path));
                    self.faults
                        .push(Fault::new(id, Rule::BadInclude, message, help));
                }
            }
        }
    }

    /// The diagnostics of the included files, and of those that were not read.
    pub(crate) fn include_faults(&self, entries: &Entries) -> Vec<Diagnostic> {
        // Of a list without end, the rest is not read.
        let is_endless = self.faults.iter().any(|fault| fault.rule == Rule::TooLarge);
        let unread = entries
            .strings()
            .filter(|(id, _)| !is_endless && !self.answered.contains(id));
        let unread = unread.map(|(_, span)| {
            Diagnostic::new(Rule::BadInclude, span, "the file was not read")
                .help("answer what `Inputs::wanted` asks for before the catalog is compiled")
        });
        let faults = self.faults.iter();
        let faults = faults.map(|fault| fault.diagnostic(|id| entries.span(id)));
        faults.chain(unread).collect()
    }
}

/// The entries of the key `include` of a file.
fn items<'n, 'a>(node: &'n Node<'a>) -> &'n [Node<'a>] {
    match node.get(KEY).map(|entry| &entry.value.value) {
        Some(Value::List(entries)) => entries,
        _ => &[],
    }
}

/// The path that an entry of the list names.
fn path_of<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.value {
        // A block ends with a line break.
        Value::Scalar(scalar) if !scalar.text.trim().is_empty() => {
            Some(scalar.text.trim_end_matches('\n'))
        }
        _ => None,
    }
}

/// Whether a path contains wildcards.
#[must_use]
pub fn is_pattern(path: &str) -> bool {
    path.contains(['*', '?', '['])
}

/// Why a path cannot be included, and the help.
pub(crate) type Reason = (&'static str, &'static str);

const ABSOLUTE: Reason = (
    "is not a relative path",
    "write a path from the folder of this file, such as `codes/files.yaml`",
);
const BACKSLASH: Reason = (
    "contains a backslash",
    "write `/` between folders, on every system",
);
const OUTSIDE: Reason = (
    "is outside the folder of the catalog",
    "move all files of the catalog into its folder",
);
const INVALID: Reason = ("is not a valid path", ABSOLUTE.1);

/// The path from the folder of the catalog, of a path from a folder in it.
pub(crate) fn joined(folder: &str, path: &str) -> Result<String, Reason> {
    if path.contains('\\') {
        return Err(BACKSLASH);
    }
    // `C:` begins an absolute path on some systems and a name on others.
    if path.starts_with('/') || path.contains(':') {
        return Err(ABSOLUTE);
    }
    if path.chars().any(char::is_control) || path.len() > MAX_PATH_BYTES || path.ends_with('/') {
        return Err(INVALID);
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(OUTSIDE)?;
            }
            part => parts.push(part),
        }
    }
    if parts.is_empty() {
        return Err(INVALID);
    }
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for (folder, path, expected) in [
            ("", "codes.yaml", Some("codes.yaml")),
            ("", "./codes/*.yaml", Some("codes/*.yaml")),
            ("codes", "files.yaml", Some("codes/files.yaml")),
            ("codes", "../types.yaml", Some("types.yaml")),
            ("codes", "../../types.yaml", None),
            ("", "../types.yaml", None),
            ("", "a/../../types.yaml", None),
            ("", "/etc/passwd", None),
            ("", "C:/types.yaml", None),
            ("", "codes\\files.yaml", None),
            ("", "codes/", None),
            ("", ".", None),
        ] {
            assert_eq!(
                joined(folder, path).ok().as_deref(),
                expected,
                "{folder} {path}"
            );
        }
    }
}

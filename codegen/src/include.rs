//! The files that a catalog includes.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::{MAX_FILES, MAX_PATH_BYTES, MAX_SOURCE_BYTES};
use crate::rule::Rule;
use crate::source::{Include, Inputs, Origin, Source};
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
        self.pending.front().map(|include| include.pattern.clone())
    }

    /// Answers the pattern that [`wanted`](Self::wanted) returned last.
    pub fn answer(&mut self, answer: Answer) {
        let Some(Include { span, pattern }) = self.pending.pop_front() else {
            return;
        };
        self.answered.push(span);
        let fault = |message: &str, help: &str| {
            let message = format!("{} {message}", quoted(&pattern));
            Diagnostic::new(Rule::BadInclude, span, message).help(help)
        };
        let fault = match answer {
            Answer::Files(files) if !files.is_empty() => {
                let many = is_pattern(&pattern);
                for file in files {
                    // A file with exactly this name is named, not only matched.
                    let is_matched = many && file.path != pattern;
                    self.add(file, span, is_matched);
                }
                return;
            }
            Answer::Files(_) | Answer::NotFound => fault(
                "does not match any file",
                "write a path from the folder of this file, such as `codes/files.yaml` or `codes/*.yaml`",
            ),
            Answer::NoFile => fault(
                "is not a file",
                "name the files in it, such as `codes/*.yaml`",
            ),
            Answer::Outside => fault(
                "is outside the folder of the catalog",
                "move all files of the catalog into its folder, and replace links",
            ),
        };
        self.faults.push(fault);
    }

    fn add(&mut self, file: Found, span: Span, of_pattern: bool) {
        let own = &self.origins[span.source.0 as usize].path;
        // A pattern may match the file that contains it.
        if of_pattern && file.path == *own {
            return;
        }
        let mut known = self.origins.iter();
        let known = known.position(|origin| origin.path == file.path);
        if let Some(position) = known {
            self.faults.push(self.repeated(position, &file.path, span));
            return;
        }
        let size: usize = self.sources.iter().map(|source| source.text().len()).sum();
        if self.sources.len() == MAX_FILES || size + file.source.text().len() > MAX_SOURCE_BYTES {
            let mut faults = self.faults.iter();
            if !faults.any(|fault| fault.rule == Rule::TooLarge) {
                let message = format!(
                    "the catalog has more than {MAX_FILES} files or {MAX_SOURCE_BYTES} bytes"
                );
                let fault = Diagnostic::new(Rule::TooLarge, span, message);
                self.faults.push(fault.help("split it into two catalogs"));
            }
            return;
        }
        self.sources.push(file.source);
        self.origins.push(Origin {
            path: file.path,
            included: Some(span),
        });
    }

    /// The diagnostic of a file that is included twice, or by itself.
    fn repeated(&self, position: usize, path: &str, span: Span) -> Diagnostic {
        let mut from = Some(span);
        let mut around = false;
        while let Some(place) = from {
            around |= place.source.0 as usize == position;
            from = self.origins[place.source.0 as usize].included;
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
        let diagnostic = Diagnostic::new(rule, span, message).help(help);
        match self.origins[position].included {
            Some(first) if first != span => diagnostic.related(first, "first here"),
            _ => diagnostic,
        }
    }

    /// Finds what a source includes.
    fn search(&mut self, position: usize) {
        let source = &self.sources[position];
        let id = SourceId(u32::try_from(position).unwrap_or(u32::MAX));
        // An escape could hide the key.
        let may_include = source.text().contains(KEY) || source.text().contains('\\');
        if source.defect(id).is_some() || !may_include {
            return;
        }
        // `compile` reports the errors of the text.
        let (Some(node), _) = yaml::parse(id, source.text()) else {
            return;
        };
        let Some(entry) = node.get(KEY) else {
            return;
        };
        let entries = match &entry.value.value {
            Value::List(entries) => &entries[..],
            _ => &[],
        };
        let folder = self.origins[position].path.rsplit_once('/');
        let folder = folder.map_or("", |(folder, _)| folder);
        if let Some(entry) = entries.get(MAX_FILES) {
            let message = format!("the list has more than {MAX_FILES} entries");
            let fault = Diagnostic::new(Rule::TooLarge, entry.span, message);
            self.faults
                .push(fault.help("name many files by a pattern, such as `codes/*.yaml`"));
        }
        for (path, span) in entries.iter().take(MAX_FILES).filter_map(path_of) {
            match joined(folder, path) {
                Ok(pattern) => self.pending.push_back(Include { span, pattern }),
                Err((problem, help)) => {
                    self.answered.push(span);
                    let message = format!("{} {problem}", quoted(path));
                    let fault = Diagnostic::new(Rule::BadInclude, span, message);
                    self.faults.push(fault.help(help));
                }
            }
        }
    }

    /// The diagnostics of the included files, and of those that were not read.
    pub(crate) fn include_faults(&self, places: &[Span]) -> Vec<Diagnostic> {
        let answered: BTreeSet<&Span> = self.answered.iter().collect();
        // Of a list without end, the rest is not read.
        let is_endless = self.faults.iter().any(|fault| fault.rule == Rule::TooLarge);
        let unread = places
            .iter()
            .filter(|place| !is_endless && !answered.contains(place));
        let unread = unread.map(|place| {
            Diagnostic::new(Rule::BadInclude, *place, "the file was not read")
                .help("answer what `Inputs::wanted` asks for before the catalog is compiled")
        });
        self.faults.iter().cloned().chain(unread).collect()
    }
}

/// The path that an entry of the list names.
fn path_of<'n>(node: &'n Node<'_>) -> Option<(&'n str, Span)> {
    match &node.value {
        Value::Scalar(scalar) if !scalar.text.trim().is_empty() => {
            // A block ends with a line break.
            Some((scalar.text.trim_end_matches('\n'), node.span))
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
type Reason = (&'static str, &'static str);

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
fn joined(folder: &str, path: &str) -> Result<String, Reason> {
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

//! Several files: which ones a catalog names, and what is wrong with those that it gets.

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

/// What became of a path or pattern under `include`.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The files that it names, in the order in which they are to be read.
    Files(Vec<Found>),
    /// It names no file.
    NotFound,
    /// It names a folder, or something else that is no file.
    NoFile,
    /// It leads out of the folder of the catalog.
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
    /// its parts. `*`, `?` and `[…]` stand for parts of a name, `**` for any folders.
    ///
    /// Nothing is left to read after [`answer`](Self::answer) was called for each of them.
    pub fn wanted(&mut self) -> Option<String> {
        while self.searched < self.sources.len() {
            self.search(self.searched);
            self.searched += 1;
        }
        self.pending.front().map(|include| include.pattern.clone())
    }

    /// Says what became of the pattern that [`wanted`](Self::wanted) gave last.
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
                    // What has the very name that was asked for is named, and not only fitted.
                    let is_fitted = many && file.path != pattern;
                    self.add(file, span, is_fitted);
                }
                return;
            }
            Answer::Files(_) | Answer::NotFound => fault(
                "names no file",
                "write a path from the folder of this file, such as `codes/files.yaml` or `codes/*.yaml`",
            ),
            Answer::NoFile => fault("is no file", "name the files in it, such as `codes/*.yaml`"),
            Answer::Outside => fault(
                "leads out of the folder of the catalog",
                "keep all files of a catalog in its folder, and links out of it",
            ),
        };
        self.faults.push(fault);
    }

    fn add(&mut self, file: Found, span: Span, of_pattern: bool) {
        let own = &self.origins[span.source.0 as usize].path;
        // A pattern beside a file may well fit the file itself.
        if of_pattern && file.path == *own {
            return;
        }
        let mut known = self.origins.iter();
        let known = known.position(|origin| origin.path == file.path);
        if let Some(position) = known {
            self.faults.push(self.again(position, &file.path, span));
            return;
        }
        let size: usize = self.sources.iter().map(Source::size).sum();
        if self.sources.len() == MAX_FILES || size + file.source.size() > MAX_SOURCE_BYTES {
            let mut faults = self.faults.iter();
            if !faults.any(|fault| fault.rule == Rule::TooLarge) {
                let message = format!(
                    "the catalog has more than {MAX_FILES} files or {MAX_SOURCE_BYTES} bytes"
                );
                let fault = Diagnostic::new(Rule::TooLarge, span, message);
                self.faults.push(fault.help("make two catalogs of it"));
            }
            return;
        }
        self.sources.push(file.source);
        self.origins.push(Origin {
            path: file.path,
            included: Some(span),
        });
    }

    /// The finding of a file that is included though it is there.
    fn again(&self, position: usize, path: &str, span: Span) -> Diagnostic {
        let mut from = Some(span);
        let mut around = false;
        while let Some(place) = from {
            around |= place.source.0 as usize == position;
            from = self.origins[place.source.0 as usize].included;
        }
        let (rule, message, help) = if around {
            (
                Rule::CyclicInclude,
                format!(
                    "{} includes itself, at once or through others",
                    quoted(path)
                ),
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
        // What is wrong with the text is said by the run that compiles it.
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
        let (mut pending, mut faults, mut answered) = (Vec::new(), Vec::new(), Vec::new());
        for (path, span) in entries.iter().take(MAX_FILES).filter_map(path_of) {
            match joined(folder, path) {
                Ok(pattern) => pending.push(Include { span, pattern }),
                Err(reason) => {
                    answered.push(span);
                    let message = format!("{} {}", quoted(path), reason.message());
                    let fault = Diagnostic::new(Rule::BadInclude, span, message);
                    faults.push(fault.help(reason.help()));
                }
            }
        }
        self.pending.extend(pending);
        self.faults.extend(faults);
        self.answered.extend(answered);
    }

    /// What is wrong with the files that are included, those included that nobody has read.
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

/// Whether a path holds signs that stand for parts of names.
#[must_use]
pub fn is_pattern(path: &str) -> bool {
    path.contains(['*', '?', '['])
}

/// Why a path cannot be included, whatever is on the disk.
enum Reason {
    Absolute,
    Backslash,
    Above,
    Strange,
}

impl Reason {
    const fn message(&self) -> &'static str {
        match self {
            Self::Absolute => "is no path from the folder of this file",
            Self::Backslash => "holds a backslash",
            Self::Above => "leads out of the folder of the catalog",
            Self::Strange => "cannot be a path",
        }
    }

    const fn help(&self) -> &'static str {
        match self {
            Self::Absolute | Self::Strange => {
                "write a path from the folder of this file, such as `codes/files.yaml`"
            }
            Self::Backslash => "write `/` between folders, on every system",
            Self::Above => "keep all files of a catalog in its folder",
        }
    }
}

/// The path from the folder of the catalog, of a path from a folder in it.
fn joined(folder: &str, path: &str) -> Result<String, Reason> {
    if path.contains('\\') {
        return Err(Reason::Backslash);
    }
    // `C:` begins an absolute path on some systems and a name on others.
    if path.starts_with('/') || path.contains(':') {
        return Err(Reason::Absolute);
    }
    if path.chars().any(char::is_control) || path.len() > MAX_PATH_BYTES || path.ends_with('/') {
        return Err(Reason::Strange);
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(Reason::Above)?;
            }
            part => parts.push(part),
        }
    }
    if parts.is_empty() {
        return Err(Reason::Strange);
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

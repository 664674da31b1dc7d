//! Source files: their bytes as text, or the diagnostic why they are not text.

mod conflict;
pub(crate) mod includes;
pub(crate) mod templates;

use std::collections::{BTreeSet, VecDeque};

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::limits::MAX_SOURCE_BYTES;
use crate::rule::Rule;
use crate::span::{SourceId, Span};
use includes::{Fault, Include, IncludeId};
use templates::Templates;

/// Everything a run depends on.
///
/// A catalog may name further files under `include`, and templates under `outputs`. The library reads no
/// files: it asks for them, and the caller answers.
///
/// ```
/// use error_catalog_codegen::{Answer, Found, Inputs, Source};
///
/// let text = "version: 1\ninclude: [codes.yaml]\n";
/// let mut inputs = Inputs::new(Source::new("catalog/catalog.yaml", text.into()));
/// while let Some(pattern) = inputs.wanted() {
///     assert_eq!(pattern, "codes.yaml");
///     let source = Source::new("catalog/codes.yaml", "codes: {}\n".into());
///     inputs.answer(Answer::Files(vec![Found { path: pattern, source }]));
/// }
/// assert_eq!(inputs.sources().len(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct Inputs {
    pub(crate) sources: Vec<Source>,
    /// The origin of each source, in the same order.
    pub(crate) origins: Vec<Origin>,
    /// The number of sources that were searched for files that they include.
    pub(crate) searched: usize,
    /// The includes that are not answered yet, in the order of the files.
    pub(crate) pending: VecDeque<Include>,
    /// The entries whose files were read or rejected.
    pub(crate) answered: BTreeSet<IncludeId>,
    /// The problems of the included files.
    pub(crate) faults: Vec<Fault>,
    pub(crate) day: Option<Date>,
    /// The templates of the outputs that the catalog names.
    pub(crate) templates: Templates,
    /// The lock of the last release.
    pub(crate) lock: Option<Source>,
    /// The texts of the license of the generated crate, by the names of their files.
    pub(crate) licenses: Vec<Source>,
    /// Further files that findings point into, which are not a part of the catalog.
    pub(crate) audited: Vec<Source>,
}

/// Where a source comes from.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    /// The path from the folder of the catalog, with `/` between its parts.
    pub(crate) path: String,
    /// The entry that includes the source; missing for the catalog itself.
    pub(crate) included: Option<IncludeId>,
}

impl Inputs {
    /// A catalog, which may include further files.
    #[must_use]
    pub fn new(source: Source) -> Self {
        let path = source.name.rsplit(['/', '\\']).next();
        let origin = Origin {
            path: path.unwrap_or_default().to_owned(),
            included: None,
        };
        Self {
            sources: vec![source],
            origins: vec![origin],
            searched: 0,
            pending: VecDeque::new(),
            answered: BTreeSet::new(),
            faults: Vec::new(),
            day: None,
            templates: Templates::default(),
            lock: None,
            licenses: Vec::new(),
            audited: Vec::new(),
        }
    }

    /// Sets the name of the catalog's file in its folder, if its source has another name.
    #[must_use]
    pub fn called(mut self, name: &str) -> Self {
        if let Some(origin) = self.origins.first_mut() {
            name.clone_into(&mut origin.path);
        }
        self
    }

    /// Sets the current day, after which allowances of the `lint` section expire. Without a day none does.
    #[must_use]
    pub fn on(mut self, day: Date) -> Self {
        self.day = Some(day);
        self
    }

    /// Compares the catalog with its last release, the text of the lock file. Without one, there was no release.
    #[must_use]
    pub fn with_lock(mut self, lock: Option<Source>) -> Self {
        self.lock = lock;
        self
    }

    /// Sets the files with the license, which the generated crate contains under their names.
    #[must_use]
    pub fn with_licenses(mut self, licenses: Vec<Source>) -> Self {
        self.licenses = licenses;
        self
    }

    /// The lock of the last release.
    #[must_use]
    pub const fn lock(&self) -> Option<&Source> {
        self.lock.as_ref()
    }

    /// The position of a template in spans: after all files of the catalog.
    pub(crate) fn template_id(&self, position: usize) -> SourceId {
        SourceId(u32::try_from(self.sources.len() + position).unwrap_or(u32::MAX))
    }

    /// The position of the lock in spans: after all templates.
    pub(crate) fn lock_id(&self) -> SourceId {
        self.template_id(self.templates.files.len())
    }

    /// The files of the catalog, its templates and its lock, in the order in which spans count them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Source> {
        self.sources
            .iter()
            .chain(self.templates())
            .chain(&self.lock)
            .chain(&self.audited)
    }

    /// Adds a file that is not a part of the catalog, for findings that point into it: a source of the project.
    ///
    /// ```
    /// use error_catalog_codegen::report::position;
    /// use error_catalog_codegen::span::Span;
    /// use error_catalog_codegen::{Inputs, Source};
    ///
    /// let mut inputs = Inputs::new(Source::new("catalog.yaml", "version: 1\n".into()));
    /// let id = inputs.audit(Source::new("src/lib.rs", "fn main() {}\n".into()));
    /// assert_eq!(position(&inputs, Span::new(id, 3, 7)), "src/lib.rs:1:4");
    /// ```
    pub fn audit(&mut self, source: Source) -> SourceId {
        let position = self.all().count();
        self.audited.push(source);
        SourceId(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The templates in the folders that the outputs of the catalog name.
    pub fn templates(&self) -> impl Iterator<Item = &Source> {
        self.templates.files.iter().map(|file| &file.source)
    }

    /// The files of the catalog, in the order in which spans count them.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The same files, one of them with another text.
    #[must_use]
    pub fn with_text(mut self, id: SourceId, text: String) -> Self {
        if let Some(source) = self.sources.get_mut(id.0 as usize) {
            *source = Source::new(source.name.clone(), text.into_bytes());
        }
        self
    }
}

/// A file of the catalog: its name and its text.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    defect: Option<Defect>,
}

#[derive(Clone, Debug)]
enum Defect {
    NotUtf8 { at: usize, utf16: bool },
    TooLarge { bytes: usize },
}

impl Source {
    /// Takes the bytes of a file. `name` is what diagnostics call it, usually its path.
    ///
    /// Never fails: [`compile`](crate::compile) reports bytes that are not UTF-8.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let (text, defect) = if bytes.len() > MAX_SOURCE_BYTES {
            let defect = Defect::TooLarge { bytes: bytes.len() };
            (String::new(), Some(defect))
        } else {
            match String::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    let bytes = error.as_bytes();
                    let utf16 =
                        bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
                    // Up to the first defect the lossy text has the same offsets as the file.
                    let text = String::from_utf8_lossy(bytes).into_owned();
                    (text, Some(Defect::NotUtf8 { at, utf16 }))
                }
            }
        };
        Self {
            name: name.into(),
            text,
            defect,
        }
    }

    /// What diagnostics call this source.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text; of bytes that are not UTF-8, a readable approximation.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the bytes are UTF-8 text within the limit.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.defect.is_none()
    }

    /// The diagnostic why this source cannot be parsed, if it cannot.
    pub(crate) fn defect(&self, id: SourceId) -> Option<Diagnostic> {
        let Some(defect) = self.defect.as_ref() else {
            return conflict::find(id, &self.text);
        };
        let diagnostic = match defect {
            Defect::TooLarge { bytes } => Diagnostic::new(
                Rule::TooLarge,
                Span::new(id, 0, 0),
                format!("the file has {bytes} bytes, the limit is {MAX_SOURCE_BYTES}"),
            )
            .help("split the catalog or shorten its texts"),
            Defect::NotUtf8 { at, utf16 } => {
                let start = u32::try_from(*at).unwrap_or(u32::MAX);
                let width = self.text[*at..].chars().next().map_or(0, char::len_utf8);
                let end = start + u32::try_from(width).unwrap_or(0);
                let diagnostic = Diagnostic::new(
                    Rule::NotUtf8,
                    Span::new(id, start, end),
                    "the file is not UTF-8 text",
                )
                .label("this byte does not begin a UTF-8 character");
                if *utf16 {
                    diagnostic.help("save the file as UTF-8: it looks like UTF-16")
                } else {
                    diagnostic.help("save the file as UTF-8")
                }
            }
        };
        Some(diagnostic)
    }
}

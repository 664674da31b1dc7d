//! Reads the files of a project, and collects where they name codes.

use std::io::Read as _;
use std::path::{MAIN_SEPARATOR, Path};

use aho_corasick::AhoCorasick;
use fs_err as fs;

use super::language::{Kind, Syntax, is_test, kind};
use super::mention::{Mentions, Place, Role};
use super::names::Known;
use super::quoted::{Use, strings};

/// The largest file that is read: larger ones are data, or made by a program.
const LARGEST: u64 = 8 << 20;

/// What the files of a project name.
pub(crate) struct Found {
    /// The places of each code, in the order of the catalog.
    pub(crate) codes: Vec<Mentions>,
    /// The files that could not be read, with the reason.
    pub(crate) skipped: Vec<String>,
}

/// A reader of one file after the other.
pub(crate) struct Reader<'a> {
    known: &'a Known<'a>,
    /// Finds the files that name a code at all.
    wire_names: AhoCorasick,
    found: Found,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(known: &'a Known<'a>) -> anyhow::Result<Self> {
        let codes = &known.catalog.codes;
        Ok(Self {
            known,
            wire_names: AhoCorasick::new(codes.iter().map(|code| &code.names.wire))?,
            found: Found {
                codes: vec![Mentions::default(); codes.len()],
                skipped: Vec::new(),
            },
        })
    }

    /// Reads a file; `name` is the path that a person knows.
    pub(crate) fn read(&mut self, path: &Path, name: &Path) -> anyhow::Result<()> {
        let (syntax, is_data) = match kind(name) {
            Some(Kind::Program(syntax)) => (syntax, false),
            Some(Kind::Data(syntax)) if is_test(name) => (syntax, true),
            Some(Kind::Rust | Kind::Data(_)) | None => return Ok(()),
        };
        let mut bytes = Vec::new();
        let file = fs::File::open(path)?;
        file.take(LARGEST + 1).read_to_end(&mut bytes)?;
        let shown = name.display().to_string().replace(MAIN_SEPARATOR, "/");
        if bytes.len() as u64 > LARGEST {
            // Only code can emit: a large recording is not worth a warning.
            if !is_data {
                self.found
                    .skipped
                    .push(format!("{shown} is larger than 8 MiB: it was not read"));
            }
            return Ok(());
        }
        // Latin 1 and the like: names of codes in quotation marks are the same.
        let text = String::from_utf8_lossy(&bytes);
        if self.wire_names.is_match(text.as_bytes()) {
            self.program(&shown, &text, syntax, is_test(name));
        }
        Ok(())
    }

    /// Collects the quoted wire names of a program.
    fn program(&mut self, file: &str, text: &str, syntax: Syntax, is_test: bool) {
        let (mut line, mut counted) = (1, 0);
        for string in strings(text, syntax) {
            let Some(code) = self.known.wire(string.text) else {
                continue;
            };
            line += text[counted..string.range.start].matches('\n').count();
            counted = string.range.start;
            let role = match string.used {
                _ if is_test => Role::Tests,
                Use::Value => Role::Emits,
                Use::Compared => Role::Handles,
            };
            let place = Place {
                file: file.to_owned(),
                line,
                test: None,
            };
            self.found.codes[code].add(role, place);
        }
    }

    pub(crate) fn finish(mut self) -> Found {
        self.found.codes.iter_mut().for_each(Mentions::sort);
        self.found
    }
}

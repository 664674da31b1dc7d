//! Reads the files of a project, and collects where they name codes.

use std::io::Read as _;
use std::path::Path;

use aho_corasick::AhoCorasick;
use fs_err as fs;

use super::found::{Found, LARGEST, Stray, StrayName, shown};
use super::language::{Kind, Syntax, is_test, kind};
use super::mention::{Mentions, Place, Role};
use super::names::Known;
use super::quoted::{Use, strings};

/// A reader of one file after the other.
pub(crate) struct Reader<'a> {
    known: &'a Known<'a>,
    /// Finds the files that name a code at all.
    wire_names: AhoCorasick,
    found: Found,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(known: &'a Known<'a>) -> anyhow::Result<Self> {
        let catalog = known.catalog;
        let codes = &catalog.codes;
        let mut mentions = vec![Mentions::default(); codes.len()];
        let framework = catalog.framework.iter().filter_map(|error| error.code);
        let upstream = catalog.upstream.iter().filter_map(|error| error.code);
        let framework = framework.map(|code| (code, "framework"));
        for (code, section) in framework.chain(upstream.map(|code| (code, "upstream"))) {
            let sections = &mut mentions[code.index()].sections;
            if !sections.contains(&section) {
                sections.push(section);
            }
        }
        // Which is shorter, or the same.
        let names = codes.iter().map(|code| code.names.sent());
        Ok(Self {
            known,
            wire_names: AhoCorasick::new(names)?,
            found: Found {
                codes: mentions,
                strays: Vec::new(),
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
        let shown = shown(name);
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
        self.program(path, name, &text, syntax);
        Ok(())
    }

    /// Collects the quoted wire names of a program.
    fn program(&mut self, path: &Path, name: &Path, text: &str, syntax: Syntax) {
        // Most files have no strings that matter.
        if !text.contains("code") && !text.contains("Code") && !self.wire_names.is_match(text) {
            return;
        }
        let file = shown(name);
        let is_test = is_test(name);
        let (mut line, mut counted) = (1, 0);
        for string in strings(text, syntax) {
            let codes = self.known.wire(string.text);
            if codes.is_empty() {
                if string.is_code && self.known.meant_by_wire(string.text).is_some() {
                    self.found.strays.push(Stray {
                        path: path.to_owned(),
                        shown: name.to_owned(),
                        range: string.range,
                        name: StrayName::Wire(string.text.to_owned()),
                    });
                }
                continue;
            }
            line += text[counted..string.range.start].matches('\n').count();
            counted = string.range.start;
            let role = match string.used {
                _ if is_test => Role::Tests,
                Use::Value => Role::Emits,
                Use::Compared => Role::Handles,
            };
            let place = Place {
                file: file.clone(),
                line,
                test: None,
            };
            for code in codes {
                self.found.codes[*code].add(role, place.clone());
            }
        }
    }

    /// What was found so far, to which others can add.
    pub(crate) fn finish(self) -> Found {
        self.found
    }
}

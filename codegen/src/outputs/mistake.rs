//! Mistakes in templates as diagnostics.

use std::error::Error as _;
use std::ops::Range;

use minijinja::{Error, ErrorKind};

use super::guard::{Refused, Templates};
use super::{Output, filters, template_text};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::source::Inputs;
use crate::source::templates::folder_of;
use crate::span::Span;
use crate::suggest::closest;

/// What a mistake can be about.
pub(super) struct Mistakes<'a> {
    pub(super) output: &'a Output,
    pub(super) inputs: &'a Inputs,
    pub(super) templates: &'a Templates,
    /// The limit of work.
    pub(super) fuel: u64,
    /// Whether it was reached, whatever the error is: then values are missing.
    pub(super) is_without_end: bool,
}

impl Mistakes<'_> {
    /// The diagnostic of an error of the engine.
    pub(super) fn diagnostic(&self, error: &Error) -> Diagnostic {
        // An error in an included template has the errors of the templates around it around itself.
        let chain: Vec<&Error> = std::iter::successors(Some(error), |error| inner(error)).collect();
        let mut places: Vec<Span> = chain.iter().filter_map(|error| self.place(error)).collect();
        let cause = chain.last().copied().unwrap_or(error);
        let refused = cause
            .source()
            .and_then(|source| source.downcast_ref::<Refused>());
        let (message, help) = match refused {
            Some(refused) => (refused.message.to_owned(), refused.help.to_owned()),
            None => self.texts(cause),
        };
        places.extend(refused.and_then(|refused| self.span(&refused.template, &refused.range)));
        let at = places.pop().unwrap_or(self.output.template_span);
        places.retain(|place| *place != at);
        places.dedup();
        let mut diagnostic = Diagnostic::new(Rule::BadTemplate, at, message).help(help);
        for place in places {
            diagnostic = diagnostic.related(place, "reached from here");
        }
        diagnostic
    }

    /// The place of an error in its template.
    fn place(&self, error: &Error) -> Option<Span> {
        let name = error.name()?;
        let position = self.inputs.templates.find(name)?;
        let (_, text) = template_text(self.inputs, position);
        let guarded = self.templates.get(name)?.as_ref().ok();
        let range = error.range().map(|range| match guarded {
            Some(guarded) => guarded.original(&range),
            None => range,
        });
        let range = range
            .and_then(|range| on_characters(range, text))
            .or_else(|| Some(line(error.line()?, text)))?;
        self.span(name, &range)
    }

    /// The message and the help.
    fn texts(&self, error: &Error) -> (String, String) {
        if self.is_without_end {
            return self.without_end();
        }
        let (output, inputs) = (self.output, self.inputs);
        let detail = error.detail().unwrap_or_default();
        let path = output.template.path(inputs);
        let folder = folder_of(&path);
        match error.kind() {
            ErrorKind::SyntaxError | ErrorKind::BadEscape => (
                format!("syntax error in the template: {}", plain(detail)),
                "write `{{ value }}`, `{% statement %}` or `{# comment #}`, in the syntax of Jinja"
                    .to_owned(),
            ),
            ErrorKind::OutOfFuel => self.without_end(),
            ErrorKind::UnknownFilter => unknown("filter", detail, |name| {
                closest(name, filters::names().chain(JINJA)).map(str::to_owned)
            }),
            ErrorKind::UnknownTest => unknown("test", detail, |_| None),
            ErrorKind::UnknownFunction => unknown("function", detail, |_| None),
            ErrorKind::UnknownMethod => unknown("method", detail, |_| None),
            ErrorKind::UndefinedError => {
                let message = match detail {
                    "" => "undefined value".to_owned(),
                    detail => plain(detail),
                };
                let help = "use a member of `errors.json`; for one that can be missing, ask `{% if … is defined %}` first, or add `| default(…)`";
                (message, help.to_owned())
            }
            ErrorKind::TemplateNotFound => {
                let files = inputs.templates.files.iter().map(|file| file.path.as_str());
                let files = files.filter(|path| folder_of(path) == folder);
                let names = files.map(|path| quoted(path.rsplit('/').next().unwrap_or(path)));
                let names: Vec<String> = names.collect();
                (
                    "the template that is named here is not in the same folder".to_owned(),
                    format!("name one of: {}", names.join(", ")),
                )
            }
            kind => {
                let message = match detail {
                    "" => kind.to_string(),
                    detail => plain(detail),
                };
                (message, HELP.to_owned())
            }
        }
    }

    fn without_end(&self) -> (String, String) {
        (
            format!("the template does not end within {} steps", self.fuel),
            "repeat less: a loop or a macro that repeats itself multiplies its steps".to_owned(),
        )
    }

    fn span(&self, template: &str, range: &Range<usize>) -> Option<Span> {
        let position = self.inputs.templates.find(template)?;
        let (source, _) = template_text(self.inputs, position);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Some(Span::new(source, offset(range.start), offset(range.end)))
    }
}

/// The error that caused another.
fn inner(error: &Error) -> Option<&Error> {
    error.source()?.downcast_ref()
}

/// The range without the spaces at its end, if it is one of the text.
fn on_characters(range: Range<usize>, text: &str) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    // An error about several lines is shown at the first.
    let first = part.lines().next().unwrap_or_default().trim_end();
    (!first.is_empty()).then(|| range.start..range.start + first.len())
}

/// The range of a line, without the spaces around it.
fn line(number: usize, text: &str) -> Range<usize> {
    let mut lines = text.split_inclusive('\n');
    let start: usize = lines.by_ref().take(number - 1).map(str::len).sum();
    let line = lines.next().unwrap_or_default();
    let content = line.trim_start();
    let start = start + line.len() - content.len();
    start..start + content.trim_end().len()
}

const HELP: &str = "the syntax and the filters of Jinja are described in the documentation of minijinja, and ours in docs/outputs.md";

/// Filters of the engine that a typo may mean.
const JINJA: [&str; 14] = [
    "default", "first", "indent", "items", "join", "last", "length", "list", "lower", "map",
    "replace", "sort", "trim", "upper",
];

/// The message and the help about an unknown name, which the detail contains after its kind.
fn unknown(kind: &str, detail: &str, meant: impl Fn(&str) -> Option<String>) -> (String, String) {
    let name = detail.split_whitespace().find(|word| *word != kind);
    let Some(name) = name.filter(|_| detail.starts_with(kind)) else {
        return (
            format!("unknown {kind}: {}", plain(detail)),
            HELP.to_owned(),
        );
    };
    let name = name.trim_matches(['`', '"', '\'']);
    let help = match (kind, name) {
        ("filter", "tojson") => Some("json".to_owned()),
        _ => meant(name),
    };
    let help = help.map_or_else(
        || HELP.to_owned(),
        |meant| format!("did you mean {}?", quoted(&meant)),
    );
    (format!("unknown {kind} {}", quoted(name)), help)
}

/// A detail of the engine in one line.
fn plain(detail: &str) -> String {
    let words: Vec<&str> = detail.split_whitespace().collect();
    words.join(" ").trim_end_matches('.').to_owned()
}

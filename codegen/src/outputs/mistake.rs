//! Mistakes in templates as diagnostics.

use std::error::Error as _;
use std::ops::Range;

use minijinja::{Error, ErrorKind};

use super::{Output, filters, template_text};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::source::Inputs;
use crate::source::templates::folder_of;
use crate::span::Span;
use crate::suggest::closest;

/// The diagnostic of an error of the engine. `fuel` is the limit of work.
pub(super) fn diagnostic(error: &Error, output: &Output, inputs: &Inputs, fuel: u64) -> Diagnostic {
    // An error in an included template has the errors of the templates around it around itself.
    let chain: Vec<&Error> = std::iter::successors(Some(error), |error| inner(error)).collect();
    let spans = chain.iter().filter_map(|error| place(error, inputs));
    let mut places: Vec<Span> = spans.collect();
    let at = places.pop().unwrap_or(output.template_span);
    places.retain(|place| *place != at);
    places.dedup();
    let cause = chain.last().copied().unwrap_or(error);
    let (message, help) = texts(cause, output, inputs, fuel);
    let mut diagnostic = Diagnostic::new(Rule::BadTemplate, at, message).help(help);
    for place in places {
        diagnostic = diagnostic.related(place, "reached from here");
    }
    diagnostic
}

/// The error that caused another.
fn inner(error: &Error) -> Option<&Error> {
    error.source()?.downcast_ref()
}

/// The place of an error in its template.
fn place(error: &Error, inputs: &Inputs) -> Option<Span> {
    let position = inputs.templates.find(error.name()?)?;
    let (source, text) = template_text(inputs, position);
    let range = error
        .range()
        .and_then(|range| on_characters(range, text))
        .or_else(|| Some(line(error.line()?, text)))?;
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Some(Span::new(source, offset(range.start), offset(range.end)))
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

/// The message and the help.
fn texts(error: &Error, output: &Output, inputs: &Inputs, fuel: u64) -> (String, String) {
    let detail = error.detail().unwrap_or_default();
    let path = output.template.path(inputs);
    let folder = folder_of(&path);
    match error.kind() {
        ErrorKind::SyntaxError | ErrorKind::BadEscape => (
            format!("syntax error in the template: {}", plain(detail)),
            "write `{{ value }}`, `{% statement %}` or `{# comment #}`, in the syntax of Jinja"
                .to_owned(),
        ),
        ErrorKind::OutOfFuel => (
            format!("the template does not end within {fuel} steps"),
            "repeat less: a loop or a macro that repeats itself multiplies its steps".to_owned(),
        ),
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

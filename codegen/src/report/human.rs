//! Diagnostics as rustc prints them.

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Patch, Renderer, Snippet};

use super::line_index::LineIndex;
use crate::diagnostic::{Diagnostic, Label};
use crate::limits::MAX_SHOWN_LINE;
use crate::rule::Severity;
use crate::{Inputs, span::Span};

/// The style of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text only.
    Plain,
    /// With ANSI colours.
    Coloured,
}

/// Labels that are further apart, in lines, get frames of their own.
const NEAR: usize = 40;
/// The width to which a long line is cut around its underline.
const WIDTH: usize = 120;

/// Renders all diagnostics, each followed by an empty line.
#[must_use]
pub fn human(inputs: &Inputs, diagnostics: &[Diagnostic], style: Style) -> String {
    let places = LineIndex::new(inputs);
    let renderer = renderer(style);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&render(&places, diagnostic, &renderer));
        out.push_str("\n\n");
    }
    out
}

pub(super) fn renderer(style: Style) -> Renderer {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    renderer.term_width(WIDTH)
}

pub(super) fn render(
    places: &LineIndex<'_>,
    diagnostic: &Diagnostic,
    renderer: &Renderer,
) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.rule.id())
        .elements(frames(places, diagnostic));
    let patch = diagnostic.suggestion.as_ref().and_then(|suggestion| {
        let range = places.range(suggestion.span);
        let (text, start) = places.lines(suggestion.span, range.line, range.end_line);
        let snippet = Snippet::source(text)
            .path(places.name(suggestion.span))
            .line_start(range.line)
            .patch(Patch::new(
                within(suggestion.span, start),
                suggestion.text.as_str(),
            ));
        (text.len() <= MAX_SHOWN_LINE).then_some(snippet)
    });
    match (diagnostic.help.as_deref(), patch) {
        (Some(help), Some(patch)) => {
            renderer.render(&[group, Level::HELP.secondary_title(help).element(patch)])
        }
        (Some(help), None) => renderer.render(&[group.element(Level::HELP.message(help))]),
        (None, _) => renderer.render(&[group]),
    }
}

/// The primary label and the related ones: one frame if they are close together, else one frame each. Only the lines
/// around them are rendered, so that the cost does not depend on the size of the file.
fn frames<'a>(places: &LineIndex<'a>, diagnostic: &'a Diagnostic) -> Vec<Element<'a>> {
    let related = diagnostic.related.iter();
    let labels = std::iter::once((AnnotationKind::Primary, &diagnostic.primary))
        .chain(related.map(|label| (AnnotationKind::Context, label)));
    let mut frames: Vec<Frame<'a>> = Vec::new();
    for (kind, label) in labels {
        let range = places.range(label.span);
        let near = frames.iter_mut().find(|frame| {
            frame.span.source == label.span.source
                && range.line.abs_diff(frame.first) <= NEAR
                && range.end_line.abs_diff(frame.last) <= NEAR
        });
        match near {
            Some(frame) => {
                frame.first = frame.first.min(range.line);
                frame.last = frame.last.max(range.end_line);
                frame.labels.push((kind, label));
            }
            None => frames.push(Frame {
                span: label.span,
                first: range.line,
                last: range.end_line,
                labels: vec![(kind, label)],
            }),
        }
    }
    frames.into_iter().map(|frame| frame.draw(places)).collect()
}

struct Frame<'a> {
    span: Span,
    first: usize,
    last: usize,
    labels: Vec<(AnnotationKind, &'a Label)>,
}

impl<'a> Frame<'a> {
    fn draw(self, places: &LineIndex<'a>) -> Element<'a> {
        let (text, start) = places.lines(self.span, self.first, self.last);
        if text.len() > MAX_SHOWN_LINE {
            let range = places.range(self.span);
            return Origin::path(places.name(self.span))
                .line(range.line)
                .char_column(range.column)
                .into();
        }
        let mut snippet = Snippet::source(text)
            .path(places.name(self.span))
            .line_start(self.first);
        for (kind, label) in self.labels {
            let annotation = kind.span(within(label.span, start));
            snippet = snippet.annotation(if label.text.is_empty() {
                annotation
            } else {
                annotation.label(label.text.as_str())
            });
        }
        snippet.into()
    }
}

fn within(span: Span, start: usize) -> std::ops::Range<usize> {
    let range = span.range();
    range.start.saturating_sub(start)..range.end.saturating_sub(start)
}

//! Conflict markers of git.

use memchr::memmem;

use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::span::{SourceId, Span};

/// The markers of a conflict, at the beginning of a line, where a catalog cannot contain them.
const OURS: &str = "<<<<<<< ";
const MIDDLE: &str = "=======";
const THEIRS: &str = ">>>>>>> ";

/// Reports the first conflict of a text.
pub(super) fn find(id: SourceId, text: &str) -> Option<Diagnostic> {
    // Nearly every text contains neither, and is searched as a whole.
    let has = |marker: &str| memmem::find(text.as_bytes(), marker.as_bytes()).is_some();
    if !has(OURS) && !has(THEIRS) {
        return None;
    }
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        (line.trim_end(), start)
    });
    let (first, start) =
        lines.find(|(line, _)| line.starts_with(OURS) || line.starts_with(THEIRS))?;
    let diagnostic = Diagnostic::new(
        Rule::ConflictMarker,
        place(id, start, first),
        "unresolved merge conflict",
    )
    .help("keep the right lines of both sides, and remove the markers");
    let rest: Vec<_> = lines
        .filter(|(line, _)| *line == MIDDLE || line.starts_with(THEIRS))
        .take(2)
        .collect();
    Some(match (first.starts_with(OURS), &rest[..]) {
        (true, [(middle, between), (end, last)]) if *middle == MIDDLE => diagnostic
            .related(place(id, *between, middle), "the other side begins here")
            .related(place(id, *last, end), "the conflict ends here"),
        _ => diagnostic,
    })
}

fn place(id: SourceId, start: usize, line: &str) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(id, offset(start), offset(start + line.len()))
}

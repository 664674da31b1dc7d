//! The style that a request asks for.

use crate::EnvelopeStyle;
use crate::catalog::settings::{CHOICES, ENVELOPE_STYLES};
use crate::runtime::negotiation::quality;

/// A style, and the requests that get their errors in it.
pub(crate) struct Choice {
    pub(crate) condition: Condition,
    pub(crate) style: EnvelopeStyle,
}

/// What a request must have.
#[allow(dead_code, reason = "a catalog may use some of them only")]
pub(crate) enum Condition {
    /// A path that begins with these segments. One in braces is any segment.
    Path(&'static str),
    /// A header with this name, in lower case.
    Header(&'static str),
    /// This media type in its header `Accept`.
    Accept(&'static str),
}

/// What a request says about the style of its errors.
///
/// The first entry of `envelope.choose` in the catalog that fits the request applies; without one, its `Accept`
/// header does. `EnvelopeLayer` and the functions `wrap` use it; it is for servers that write responses themselves.
///
/// ```
/// use runtime::{ApiError, ErrorCode, RequestStyle};
///
/// let headers = [("accept", &b"application/json"[..])];
/// let asked = RequestStyle::new("/files/7", headers);
/// let error = ApiError::new(ErrorCode::FileNotFound);
/// let style = asked.style(error.style());
/// let body = error.with_style(style).to_json();
///
/// // A request that says nothing gets the style that the server chose.
/// assert_eq!(RequestStyle::default().style(style), style);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct RequestStyle {
    /// The style of the choice that fits.
    chosen: Option<EnvelopeStyle>,
    /// What the request accepts, if no choice fits.
    accept: Option<Box<str>>,
}

impl RequestStyle {
    /// What a request says, by its path and its headers. Names of headers are in any case; a header may occur several
    /// times.
    pub fn new<'a>(path: &str, headers: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        // A name that only one style has needs no look at the request.
        if ENVELOPE_STYLES.len() == 1 {
            return Self::default();
        }
        let mut first = CHOICES.len();
        let mut accept = String::new();
        let reads_accept = accept_chooses();
        for (name, value) in headers {
            if reads_accept && name.eq_ignore_ascii_case("accept") {
                let value = core::str::from_utf8(value).unwrap_or_default();
                if !accept.is_empty() && !value.is_empty() {
                    accept.push(',');
                }
                accept.push_str(value);
            }
            let named = CHOICES[..first]
                .iter()
                .position(|choice| match choice.condition {
                    Condition::Header(known) => name.eq_ignore_ascii_case(known),
                    Condition::Path(_) | Condition::Accept(_) => false,
                });
            first = named.unwrap_or(first);
        }
        let asked = CHOICES[..first]
            .iter()
            .position(|choice| match choice.condition {
                Condition::Path(beginning) => begins_with(path, beginning),
                Condition::Accept(media_type) => names(&accept, media_type),
                Condition::Header(_) => false,
            });
        Self {
            chosen: CHOICES
                .get(asked.unwrap_or(first))
                .map(|choice| choice.style),
            accept: (!accept.is_empty()).then(|| accept.into()),
        }
    }

    /// The style for an error whose own style is `own`. It is `own` if the request does not prefer another one.
    #[must_use]
    pub fn style(&self, own: EnvelopeStyle) -> EnvelopeStyle {
        match (self.chosen, &self.accept) {
            (Some(chosen), _) => chosen,
            (None, Some(accept)) => own.or_preferred(accept),
            (None, None) => own,
        }
    }
}

/// The headers that choose a style.
pub(crate) fn choosing_headers() -> impl Iterator<Item = &'static str> {
    let accept = accept_chooses().then_some("accept");
    let named = CHOICES.iter().filter_map(|choice| match choice.condition {
        Condition::Header(name) => Some(name),
        Condition::Path(_) | Condition::Accept(_) => None,
    });
    accept.into_iter().chain(named)
}

/// Whether the header `Accept` can change the style: styles of one media type are alike to it.
fn accept_chooses() -> bool {
    let first = ENVELOPE_STYLES[0].media_type();
    let mut styles = ENVELOPE_STYLES.iter();
    let mut choices = CHOICES.iter();
    styles.any(|style| style.media_type() != first)
        || choices.any(|choice| matches!(choice.condition, Condition::Accept(_)))
}

/// Whether a path begins with segments.
pub(crate) fn begins_with(path: &str, beginning: &str) -> bool {
    let mut of_path = path.strip_prefix('/').unwrap_or(path).split('/');
    let mut segments = beginning.split('/').filter(|segment| !segment.is_empty());
    segments.all(|segment| {
        let found = of_path.next();
        found.is_some_and(|found| {
            found == segment || (segment.starts_with('{') && !found.is_empty())
        })
    })
}

/// Whether `Accept` names a media type, and does not exclude it.
pub(crate) fn names(accept: &str, media_type: &str) -> bool {
    let mut ranges = accept.split(',');
    ranges.any(|range| {
        let name = range.split(';').next().unwrap_or_default().trim();
        name.eq_ignore_ascii_case(media_type) && quality(range, media_type) > 0.0
    })
}

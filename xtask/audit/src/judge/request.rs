//! The address of a request, its secrets, and the styles that it can get.

use codegen::Catalog;
use codegen::catalog::{Condition, Envelope, Segment};

use crate::exchange::{Headers, Repeated, Request};

/// A set of styles, by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Styles(u32);

impl Styles {
    const NONE: Self = Self(0);

    const fn one(position: usize) -> Self {
        Self(1 << position)
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn contains(self, position: usize) -> bool {
        self.0 & (1 << position) != 0
    }
}

/// Which requests get which styles.
#[derive(Debug)]
pub(super) struct Choices<'c> {
    envelope: &'c Envelope,
    /// The condition and the position of the style.
    ordered: Vec<(&'c Condition, usize)>,
    /// Whether a header of the request decides.
    reads_headers: bool,
    all: Styles,
}

/// Whether a request meets a condition.
enum Met {
    Yes,
    No,
    /// The recording does not have what decides.
    Unknown,
}

impl<'c> Choices<'c> {
    pub(super) fn new(catalog: &'c Catalog) -> Self {
        let envelope = &catalog.envelope;
        let position = |name: &str| envelope.shapes.iter().position(|shape| shape.name == name);
        let choices = envelope.choices.iter();
        let ordered = choices
            .filter_map(|choice| Some((&choice.condition, position(&choice.style)?)))
            .collect();
        let count = u32::try_from(envelope.shapes.len()).unwrap_or(32);
        Self {
            envelope,
            ordered,
            reads_headers: count > 1,
            all: Styles(u32::MAX >> 32_u32.saturating_sub(count).min(31)),
        }
    }

    /// The styles that a request with this path can get.
    pub(super) fn styles(&self, request: &Request<'_>, path: Option<&str>) -> Styles {
        if !self.reads_headers {
            return Styles::one(0);
        }
        let accept = accept(&request.headers);
        let mut found = Styles::NONE;
        for (condition, style) in &self.ordered {
            match meets(condition, request, path, accept.as_deref()) {
                Met::Yes => return found.with(Styles::one(*style)),
                Met::Unknown => found = found.with(Styles::one(*style)),
                Met::No => {}
            }
        }
        let rest = match accept {
            // Handlers choose the style of their errors.
            _ if self.ordered.is_empty() && !self.is_one_for_each_media_type() => self.all,
            Some(accept) => Styles::one(self.preferred(&accept)),
            None => self.acceptable(),
        };
        found.with(rest)
    }

    fn is_one_for_each_media_type(&self) -> bool {
        let mut shapes = self.envelope.shapes.iter();
        shapes.all(|shape| self.envelope.is_acceptable(shape))
    }

    /// The styles that a header `Accept` can choose.
    fn acceptable(&self) -> Styles {
        let shapes = self.envelope.shapes.iter().enumerate();
        let shapes = shapes.filter(|(_, shape)| self.envelope.is_acceptable(shape));
        shapes.fold(Styles::NONE, |found, (at, _)| found.with(Styles::one(at)))
    }

    /// The style that the header prefers to the default style.
    fn preferred(&self, accept: &str) -> usize {
        let qualities = self.envelope.shapes.iter();
        let mut qualities = qualities.map(|shape| quality(accept, &shape.content_type));
        let mut best = (0, qualities.next().unwrap_or_default());
        for (position, quality) in (1..).zip(qualities) {
            if quality > best.1 {
                best = (position, quality);
            }
        }
        best.0
    }
}

fn meets(
    condition: &Condition,
    request: &Request<'_>,
    path: Option<&str>,
    accept: Option<&str>,
) -> Met {
    let known = |is_met| if is_met { Met::Yes } else { Met::No };
    match condition {
        Condition::Path(segments) => match path {
            Some(path) => known(begins_with(path, segments)),
            None if segments.is_empty() => Met::Yes,
            None => Met::Unknown,
        },
        Condition::Header(name) => {
            let mut fields = request.headers.fields.iter();
            let is_there = fields.any(|(known, _)| known.eq_ignore_ascii_case(name));
            match request.headers.repeated {
                Repeated::Absent if !is_there => Met::Unknown,
                _ => known(is_there),
            }
        }
        Condition::Accept(media_type) => match accept {
            Some(accept) => known(names(accept, media_type)),
            None => Met::Unknown,
        },
    }
}

/// The values of the header `Accept`; `None` if the recording does not have it.
fn accept(headers: &Headers<'_>) -> Option<String> {
    let mut found: Option<String> = None;
    for (name, value) in &headers.fields {
        if name.eq_ignore_ascii_case("accept") {
            let found = found.get_or_insert_default();
            if !found.is_empty() {
                found.push(',');
            }
            found.push_str(std::str::from_utf8(value).unwrap_or_default());
        }
    }
    match headers.repeated {
        Repeated::Absent => found,
        _ => Some(found.unwrap_or_default()),
    }
}

/// Whether a path begins with segments.
fn begins_with(path: &str, beginning: &[Segment]) -> bool {
    let mut of_path = path.strip_prefix('/').unwrap_or(path).split('/');
    beginning.iter().all(|segment| {
        let found = of_path.next().filter(|found| !found.is_empty());
        match segment {
            Segment::Text(text) => found == Some(text),
            Segment::Any(_) => found.is_some(),
        }
    })
}

/// Whether `Accept` names a media type, and does not exclude it.
fn names(accept: &str, media_type: &str) -> bool {
    accept.split(',').any(|range| {
        let name = range.split(';').next().unwrap_or_default().trim();
        name.eq_ignore_ascii_case(media_type) && quality(range, media_type) > 0.0
    })
}

/// The quality of a media type, from 0 to 1: the weight of the most specific range that contains it.
///
/// Source: RFC 9110, section 12.5.1.
fn quality(accept: &str, media_type: &str) -> f32 {
    let group = media_type.split('/').next().unwrap_or_default();
    let mut best = (0, 0.0);
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let is_group = |name: &str| {
            name.strip_suffix("/*")
                .is_some_and(|of| of.eq_ignore_ascii_case(group))
        };
        let specific = match name {
            name if name.eq_ignore_ascii_case(media_type) => 3,
            name if is_group(name) => 2,
            "*/*" => 1,
            _ => continue,
        };
        let Some(weight) = weight(parts) else {
            continue;
        };
        if specific > best.0 || (specific == best.0 && weight > best.1) {
            best = (specific, weight);
        }
    }
    best.1
}

/// The weight of a media range with these parameters; `None` if no error has them. An invalid weight is ignored.
fn weight<'a>(parameters: impl Iterator<Item = &'a str>) -> Option<f32> {
    let mut weight = 1.0;
    for parameter in parameters.filter(|parameter| !parameter.is_empty()) {
        let (name, value) = parameter.split_once('=')?;
        let name = name.trim();
        if name.eq_ignore_ascii_case("q") {
            let stated: Option<f32> = value.trim().parse().ok();
            weight = stated.filter(|q| (0.0..=1.0).contains(q)).unwrap_or(1.0);
        } else if !name.eq_ignore_ascii_case("charset") {
            return None;
        }
    }
    Some(weight)
}

/// Whether an address begins with another one, up to the end of a segment.
pub(super) fn is_below(target: &str, start: &str) -> bool {
    let start = start.trim_end_matches('/');
    let (Some(head), Some(rest)) = (target.get(..start.len()), target.get(start.len()..)) else {
        return false;
    };
    head.eq_ignore_ascii_case(start) && (rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// The path of a target.
pub(super) fn path_of(target: &str) -> &str {
    let path = match target.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['/', '?', '#']) => rest
            .find(['/', '?', '#'])
            .map_or("/", |start| &rest[start..]),
        _ => target,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if path.is_empty() { "/" } else { path }
}

/// Whether a body contains the token of the header `Authorization`.
pub(super) fn repeats_credentials(request: &Request<'_>, body: &[u8]) -> bool {
    let mut fields = request.headers.fields.iter();
    let value = fields.find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    let token = value.and_then(|(_, value)| value.rsplit(|byte| *byte == b' ').next());
    // A short token can be a word of the message.
    token.is_some_and(|token| token.len() >= 8 && memchr::memmem::find(body, token).is_some())
}

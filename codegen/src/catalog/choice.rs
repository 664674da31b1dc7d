//! Which requests get which style.

use std::fmt;

use super::operation::{is_path_param, is_segment_byte};

/// The style of the errors that some requests get. The first choice that fits a request applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The requests.
    pub condition: Condition,
    /// The name of the style.
    pub style: String,
}

/// What a request must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A path that begins with these segments.
    Path(Vec<Segment>),
    /// A header with this name, in lower case.
    Header(String),
    /// This media type in its header `Accept`.
    Accept(String),
}

/// A part of a path between two slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// This text.
    Text(String),
    /// Any text. It has a name for readers.
    Any(String),
}

impl fmt::Display for Segment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => formatter.write_str(text),
            Self::Any(name) => write!(formatter, "{{{name}}}"),
        }
    }
}

/// How many of the requests to a path meet a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    All,
    Some,
    None,
}

impl Segment {
    /// A segment in the catalog language, if it is one.
    fn parse(text: &str) -> Option<Self> {
        if let Some(name) = text.strip_prefix('{') {
            let name = name.strip_suffix('}')?;
            return is_path_param(name).then(|| Self::Any(name.to_owned()));
        }
        let is_sound = !text.is_empty() && text.bytes().all(is_segment_byte);
        is_sound.then(|| Self::Text(text.to_owned()))
    }
}

impl Condition {
    /// The condition of a path that begins as in this text of the catalog language; `None` if it is none.
    #[must_use]
    pub fn path(text: &str) -> Option<Self> {
        let segments = match text.strip_prefix('/')? {
            "" => Some(Vec::new()),
            rest => rest.split('/').map(Segment::parse).collect(),
        };
        segments.map(Self::Path)
    }

    /// Whether some requests to the path of an operation meet the condition.
    #[must_use]
    pub fn may_meet(&self, path: &str) -> bool {
        self.share(path) != Share::None
    }

    /// The key of the catalog language, and its value.
    #[must_use]
    pub fn stated(&self) -> (&'static str, String) {
        match self {
            Self::Path(segments) if segments.is_empty() => ("path", "/".to_owned()),
            Self::Path(segments) => {
                let segments = segments.iter().map(|segment| format!("/{segment}"));
                ("path", segments.collect())
            }
            Self::Header(name) => ("header", name.clone()),
            Self::Accept(media_type) => ("accept", media_type.clone()),
        }
    }

    /// Whether all requests that meet `other` meet this condition too.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Path(ours), Self::Path(theirs)) => {
                let mut pairs = ours.iter().zip(theirs);
                ours.len() <= theirs.len()
                    && pairs.all(|(ours, theirs)| match (ours, theirs) {
                        (Segment::Any(_), _) => true,
                        (Segment::Text(ours), Segment::Text(theirs)) => ours == theirs,
                        (Segment::Text(_), Segment::Any(_)) => false,
                    })
            }
            (Self::Path(segments), _) => segments.is_empty(),
            _ => self == other,
        }
    }

    /// The share of the requests to the path of an operation, in which parts in braces vary.
    pub(super) fn share(&self, path: &str) -> Share {
        let Self::Path(segments) = self else {
            return Share::Some;
        };
        let mut share = Share::All;
        let mut of_path = path.trim_start_matches('/').split('/');
        for segment in segments {
            let found = of_path.next().filter(|found| !found.is_empty());
            match (segment, found) {
                (_, None) => return Share::None,
                (Segment::Any(_), _) => {}
                (Segment::Text(text), Some(found)) => match found.split_once('{') {
                    None if text == found => {}
                    Some((before, rest)) if varies(text, before, rest) => share = Share::Some,
                    _ => return Share::None,
                },
            }
        }
        share
    }
}

/// Whether a segment that begins with `before` and varies after it can be `text`.
fn varies(text: &str, before: &str, rest: &str) -> bool {
    let after = rest.rsplit_once('}').map_or("", |(_, after)| after);
    text.strip_prefix(before)
        .is_some_and(|text| text.ends_with(after))
}

/// The path of the URL of a server, without a slash at its end.
///
/// ```
/// use error_catalog_codegen::catalog::base_path;
///
/// assert_eq!(base_path("https://api.example.com/v1/"), "/v1");
/// ```
#[must_use]
pub fn base_path(url: &str) -> &str {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
        None => url,
    };
    path.trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::{Condition, Share, base_path};

    fn path(text: &str) -> Condition {
        Condition::path(text).unwrap()
    }

    #[test]
    fn a_path_covers_the_paths_that_begin_with_it() {
        assert!(path("/").covers(&path("/v1")));
        assert!(path("/").covers(&Condition::Header("x-key".to_owned())));
        assert!(path("/v1/{x}").covers(&path("/v1/messages/batches")));
        assert!(!path("/v1/messages").covers(&path("/v1/{x}")));
        assert!(!path("/v1/messages").covers(&path("/v1")));
        assert!(!path("/v1").covers(&Condition::Header("x-key".to_owned())));
    }

    #[test]
    fn some_requests_to_a_path_that_varies_meet_a_condition() {
        let share = |condition: &str, operation: &str| path(condition).share(operation);
        assert_eq!(share("/", "/v1/messages"), Share::All);
        assert_eq!(share("/v1", "/v1/messages/{id}"), Share::All);
        assert_eq!(share("/v1/messages", "/v1/messagesx"), Share::None);
        assert_eq!(share("/v1/messages", "/v1"), Share::None);
        assert_eq!(share("/v1/messages", "/v1/{kind}/list"), Share::Some);
        assert_eq!(share("/{tenant}/messages", "/{org}/messages"), Share::All);
        assert_eq!(share("/v1/messages", "/v1/{model}:run"), Share::None);
        assert_eq!(share("/v1/gpt:run", "/v1/{model}:run"), Share::Some);
    }

    #[test]
    fn the_path_of_a_server_is_before_those_of_operations() {
        assert_eq!(base_path("https://api.example.com"), "");
        assert_eq!(base_path("https://api.example.com/v1/"), "/v1");
        assert_eq!(base_path("/v1"), "/v1");
    }
}

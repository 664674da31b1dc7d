//! Requests, and the styles in which they get their errors.

use problem_errors::EnvelopeStyle;

/// A request: its path, a header, and the style of its errors.
pub type Case = (&'static str, Option<(&'static str, &'static str)>, EnvelopeStyle);

const PROBLEM: (&str, &str) = ("accept", "application/problem+json");
const JSON: (&str, &str) = ("accept", "application/json");
const LEGACY: (&str, &str) = ("x-legacy", "");

/// The first choice of the catalog that fits applies: a path, a media type, another path, a header. Without one,
/// `Accept` chooses.
pub const CASES: [Case; 13] = [
    ("/wait", Some(PROBLEM), EnvelopeStyle::OpenAi),
    ("/wait/long?is=1", Some(LEGACY), EnvelopeStyle::OpenAi),
    ("/waiting", None, EnvelopeStyle::Problem),
    ("/things/7/name", Some(PROBLEM), EnvelopeStyle::Problem),
    ("/things/7/name", Some(JSON), EnvelopeStyle::OpenAi),
    ("/things/7/name/first", None, EnvelopeStyle::OpenAi),
    ("/things/7", None, EnvelopeStyle::Problem),
    ("/things//name", None, EnvelopeStyle::Problem),
    ("/", Some(LEGACY), EnvelopeStyle::OpenAi),
    ("/", Some(JSON), EnvelopeStyle::OpenAi),
    ("/", Some(("accept", "*/*")), EnvelopeStyle::Problem),
    // A panic, and a response of another server.
    ("/wait/panics", None, EnvelopeStyle::OpenAi),
    ("/wait/bare", None, EnvelopeStyle::OpenAi),
];

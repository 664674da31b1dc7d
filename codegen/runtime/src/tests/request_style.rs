use crate::EnvelopeStyle::{self, Anthropic, Google, JsonApi, OpenAi, Problem};
use crate::RequestStyle;
use crate::runtime::request_style::{begins_with, names};

fn style(path: &str, headers: &[(&str, &str)]) -> EnvelopeStyle {
    let headers = headers.iter();
    let headers = headers.map(|(name, value)| (*name, value.as_bytes()));
    RequestStyle::new(path, headers).style(OpenAi)
}

#[test]
fn the_first_choice_that_fits_applies() {
    let key = ("X-Goog-Api-Key", "k");
    let json_api = ("accept", "application/vnd.api+json");
    let problem = ("accept", "application/problem+json");
    for (path, headers, expected) in [
        ("/v1/messages", &[][..], Anthropic),
        ("/v1/messages", &[key], Anthropic),
        ("/v1/messages", &[json_api], JsonApi),
        ("/v1/messages", &[problem], Anthropic),
        ("/v1/projects/p/models", &[], Google),
        ("/v1/projects//models", &[], OpenAi),
        ("/files", &[key], Google),
        ("/files", &[problem, key], Google),
        ("/files", &[problem], Problem),
        ("/files", &[], OpenAi),
    ] {
        assert_eq!(style(path, headers), expected, "{path} {headers:?}");
    }
}

#[test]
fn several_lines_of_accept_are_one() {
    let lines = [
        ("accept", "text/html"),
        ("Accept", ""),
        ("ACCEPT", "application/vnd.api+json"),
    ];
    assert_eq!(style("/files", &lines), JsonApi);
}

#[test]
fn the_style_of_an_error_stays_unless_the_request_prefers_another() {
    for (accept, expected) in [
        (None, Anthropic),
        (Some("*/*"), Anthropic),
        (Some("application/json"), Anthropic),
        (Some("text/event-stream"), Anthropic),
        (Some("application/problem+json"), Problem),
    ] {
        let headers = accept.map(|accept| ("accept", accept.as_bytes()));
        let asked = RequestStyle::new("/files", headers);
        assert_eq!(asked.style(Anthropic), expected, "{accept:?}");
    }
}

#[test]
fn a_path_begins_with_whole_segments() {
    let with_any = "/v1/projects/{project}/messages";
    assert!(begins_with("/v1/messages", "/v1/messages"));
    assert!(begins_with("/v1/messages/", "/v1/messages"));
    assert!(begins_with("/v1/messages/batches", "/v1/messages"));
    assert!(begins_with("/v1/projects/p/messages", with_any));
    assert!(begins_with("", "/"));
    for path in [
        "/v1/messages2",
        "/v1",
        "/v1//messages",
        "/V1/messages",
        "/x/v1/messages",
        "",
    ] {
        assert!(!begins_with(path, "/v1/messages"), "{path}");
    }
    assert!(!begins_with("/v1/projects//messages", with_any));
}

#[test]
fn accept_names_a_media_type_unless_it_excludes_it() {
    let problem = "application/problem+json";
    assert!(names("text/html, Application/Problem+JSON;q=0.1", problem));
    for accept in ["", "*/*", "application/*", "application/problem+json;q=0"] {
        assert!(!names(accept, problem), "{accept}");
    }
}

use codegen::{Inputs, Source};

use super::*;

const CATALOG: &str = "\
version: 1
api: { title: A, docs_url: https://example.com, crate: a-errors }
envelope:
  style: [openai, anthropic]
  choose: [{ path: /messages, style: anthropic }]
types:
  bad_request: { status: 413, meaning: Bad }
codes:
  file_too_large: { type: bad_request, meaning: It is too large, fix: Send less }
";

const ANSWER: &str = "HTTP/1.1 100 Continue\r\n\r\n\
     HTTP/1.1 413 Content Too Large\r\nContent-Type: application/json\r\nx-request-id: req_1\r\n\
     x-should-retry: false\r\ncontent-length: 66\r\n\r\n\
     {\"error\":{\"message\":\"m\",\"type\":\"t\",\"code\":\"file_too_large\",\"x\":1}}";

const STREAM: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-request-id: req_1\r\n\r\n\
     data: {}\n\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"m\",\"type\":\"t\",\"request_id\":\"req_1\"}}\n\n";

fn envelope() -> Envelope {
    let source = Source::new("catalog.yaml", CATALOG.as_bytes().to_vec());
    let catalog = codegen::compile(&Inputs::new(source)).value.unwrap();
    catalog.envelope
}

fn requests(page: &str) -> anyhow::Result<Vec<Request>> {
    of_guide(page, &envelope())
}

fn row_of(page: &str, answer: &str) -> Row {
    let envelope = envelope();
    let request = requests(page).unwrap().remove(0);
    let response = Response::parse(answer).unwrap();
    response.row(&request, envelope::shape_at(&envelope, "/"))
}

const PAGE: &str = "# Page\n\n### `file_too_large`\n\n```sh\ncurl -i $GATEWAY/a\n```\n";

fn row(answer: &str) -> Row {
    row_of(PAGE, answer)
}

#[test]
fn a_block_belongs_to_the_heading_before_it() {
    assert_eq!(requests(PAGE).unwrap()[0].case, "file_too_large");
    let case = |heading: &str| {
        let page = format!("\n### {heading}\n\nThe handler:\n\n```sh\ncurl $GATEWAY\n```\n");
        requests(&page).unwrap().remove(0).case
    };
    assert_eq!(case("`server_error` 500"), "server_error_500");
    assert_eq!(case("`a_code`, from a provider"), "a_code");
    let in_stream = case("`server_error` 502 in a stream");
    assert_eq!(in_stream, "server_error_502_in_stream");
    for wrong in [
        "\n### `a_code`\n\nNothing.\n",
        "\n### `a_code`\n\n## Next\n\n```sh\ncurl $GATEWAY\n```\n",
        "\n### `a_code`\n\n```sh\ncurl example.com\n```\n",
        &format!("{PAGE}{PAGE}"),
        "# Page\n",
    ] {
        assert!(requests(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_request_has_the_style_of_its_path_and_what_the_page_shows_of_its_response() {
    let page = "\n### `file_too_large`\n\n```sh\ncurl $GATEWAY/a \\\n  -d 1\ncurl $GATEWAY/messages?a\n```\n\n\
        ```json\n{}\n```\n\n```sh\ncurl \"$GATEWAY/messages\" --json '{\"model\": \"m\"}'\n```\n\n| `n` | a | |\n| `m` | a | 7 |\n";
    let found = requests(page).unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|request| {
            let shown = request.shown.as_deref();
            (request.style.as_str(), shown, request.delay.as_deref())
        })
        .collect();
    let expected = [
        ("openai", None, None),
        ("anthropic", Some("{}\n"), None),
        ("anthropic", None, Some("7")),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_last_response_of_a_command_is_read() {
    let row = row(ANSWER);
    assert_eq!((row.status, row.problem), (Some(413), None));
    assert_eq!(row.code.as_deref(), Some("file_too_large"));
    assert_eq!(row.request_id.as_deref(), Some("req_1"));
    assert!(Response::parse("HTTP/1.1 100 Continue\r\n\r\n").is_err());
}

#[test]
fn an_invalid_envelope_is_a_problem() {
    for (right, wrong, problem) in [
        (
            "application/json",
            "text/plain",
            "content-type is text/plain",
        ),
        ("{\"error\"", "[\"error\"", "not an envelope"),
        ("\"m\"", "\" \"", "an empty message"),
        ("413", "429", "Retry-After is missing"),
        ("x-request-id: req_1", "Retry-After: 2", "Retry-After is 2"),
    ] {
        let answer = ANSWER.replace(right, wrong);
        assert_eq!(row(&answer).problem.as_deref(), Some(problem));
    }
}

#[test]
fn another_body_than_the_shown_one_is_a_problem() {
    let (_, body) = ANSWER.rsplit_once("\r\n").unwrap();
    let problem = |body: &str| {
        let page = format!("{PAGE}\n```json\n{body}\n```\n");
        row_of(&page, ANSWER).problem
    };
    assert_eq!(problem(body), None);
    let other = Some("docs/gateway.md shows another body".to_owned());
    assert_eq!(problem(&body.replace('m', "n")), other);
    assert_eq!(problem(&body[1..]), other);
}

#[test]
fn the_error_of_a_stream_is_its_last_event() {
    let page = PAGE.replace("large`", "large` in a stream");
    let row = row_of(&page, STREAM);
    assert_eq!((row.status, row.problem), (Some(200), None));
    assert_eq!(row.error_type.as_deref(), Some("t"));
    for (right, wrong, problem) in [
        ("event: error\n", "", "the last event is data: {\"type\""),
        ("data: {}\n\n", "", "only one event"),
        ("}}\n\n", "}}\n", "no empty line ends the stream"),
        ("\"req_1\"", "\"req_2\"", "the request id is req_2"),
    ] {
        let row = row_of(&page, &STREAM.replace(right, wrong));
        let found = row.problem.unwrap();
        assert!(found.starts_with(problem), "{found}");
    }
}

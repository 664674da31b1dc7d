//! Arguments, details, sensitive values and styles, in a crate that has them all.

use core::time::Duration;

use details_errors::{
    ApiError, Details, ENVELOPE_STYLES, Envelope, EnvelopeStyle, ErrorCode, ReceivedError,
    Sensitive, args,
};
use serde_json::json;

fn every_kind() -> args::EveryKind {
    args::EveryKind {
        text: "a\nb".to_owned(),
        flag: true,
        signed: -1,
        unsigned: 2,
        float: 0.5,
        pause: Duration::from_millis(1_500),
        texts: vec!["x".to_owned(), "y, z".to_owned()],
        secret: Sensitive::new("hunter2".to_owned()),
    }
}

#[test]
fn arguments_appear_in_the_message_and_typed_in_the_details() {
    let error = ApiError::from(every_kind());
    assert_eq!(error.code(), Some(ErrorCode::EveryKind));
    assert_eq!(
        error.message(),
        "a\nb, true, -1, 2, 0.5, 1.5s, x, y, z and [redacted]."
    );
    let body: serde_json::Value = serde_json::from_str(&error.to_json()).unwrap();
    assert_eq!(
        body["error"]["details"],
        json!({
            "text": "a\nb", "flag": true, "signed": -1, "unsigned": 2, "float": 0.5, "pause": 1.5,
            "texts": ["x", "y, z"],
        })
    );
}

#[test]
fn details_keep_the_order_of_the_catalog() {
    let details = ApiError::from(every_kind()).details().unwrap();
    let names: Vec<&str> = details.iter().map(|(name, _)| name).collect();
    let expected = [
        "text", "flag", "signed", "unsigned", "float", "pause", "texts",
    ];
    assert_eq!(names, expected);
    assert_eq!(details.get("unsigned"), Some(&json!(2)));
    assert_eq!(details.get("secret"), None);
    let json = serde_json::to_string(&details).unwrap();
    assert_eq!(serde_json::from_str::<Details>(&json).unwrap(), details);
}

#[test]
fn a_sensitive_value_is_shown_nowhere() {
    let error = ApiError::from(every_kind()).with_source("a source that says tiger5");
    let shown = [
        error.to_json(),
        error.clone_for("application/problem+json").to_json(),
        error.to_sse_event(),
        error.to_string(),
        format!("{error:?}").replace("tiger5", ""),
        format!("{:?}", every_kind()),
        serde_json::to_string(&every_kind()).unwrap(),
        every_kind().secret.to_string(),
    ];
    for text in shown {
        assert!(
            !text.contains("hunter2") && !text.contains("tiger5"),
            "{text}"
        );
    }
    let arguments = error.arguments::<args::EveryKind>().unwrap();
    assert_eq!(
        arguments.secret.expose().map(String::as_str),
        Some("hunter2")
    );
    assert!(error.arguments::<args::SlowDown>().is_none());
}

/// An error with the arguments of another, in the style that a client asks for.
trait CloneFor {
    fn clone_for(&self, accept: &str) -> ApiError;
}

impl CloneFor for ApiError {
    fn clone_for(&self, accept: &str) -> ApiError {
        let arguments = self.arguments::<args::EveryKind>().unwrap();
        ApiError::from(arguments.clone()).with_accept(accept)
    }
}

#[test]
fn a_client_reads_everything_but_what_is_sensitive() {
    let error = ApiError::from(every_kind());
    let headers: [(&str, &str); 0] = [];
    let received = ReceivedError::from_parts(400, headers, error.to_json().as_bytes());
    let nothing = br#"{"error":{"message":"m","details":null}}"#;
    let nothing = ReceivedError::from_parts(400, headers, nothing);
    assert_eq!(nothing.details::<args::SlowDown>().unwrap(), None);
    let read = received.details::<args::EveryKind>().unwrap().unwrap();
    assert_eq!(read.secret.expose(), None);
    let told = args::EveryKind {
        secret: every_kind().secret,
        ..read
    };
    assert_eq!(told, every_kind());
    let written = serde_json::to_string(&every_kind()).unwrap();
    let read: args::EveryKind = serde_json::from_str(&written).unwrap();
    assert_eq!(read.secret.into_inner(), None);
}

#[test]
fn errors_of_reading_leak_no_sensitive_values() {
    let json = r#"{"token":"x","count":"hunter2"}"#;
    let error = serde_json::from_str::<args::OnlySecrets>(json)
        .unwrap_err()
        .to_string();
    assert_eq!(error, "argument `count`: a sensitive value of another kind");
    let error = serde_json::from_str::<Sensitive<u64>>("\"hunter2\"")
        .unwrap_err()
        .to_string();
    assert!(!error.contains("hunter2"), "{error}");
}

#[test]
fn a_client_reads_the_arguments_as_they_were() {
    for style in ENVELOPE_STYLES {
        let sent = args::Beside {
            nanos: Duration::new(3, 250_000_000),
            one: vec!["a".to_owned()],
            not_a_number: 1.0,
            faults: [("name", "Too long")].into_iter().collect(),
        };
        let error = ApiError::from(sent.clone()).with_accept(style.media_type());
        let received = ReceivedError::from_parts(
            error.status(),
            error
                .headers()
                .iter()
                .map(|(name, value)| (*name, value.as_bytes())),
            error.to_json().as_bytes(),
        );
        assert_eq!(received.details::<args::Beside>().unwrap(), Some(sent));
        let other = received.details::<args::SlowDown>().unwrap_err();
        assert_eq!(other.to_string(), "argument `limit` is missing");
    }
}

#[test]
fn arguments_are_read_from_json() {
    let arguments = args::SlowDown { limit: u64::MAX };
    let json = serde_json::to_string(&arguments).unwrap();
    assert_eq!(json, format!("{{\"limit\":{}}}", u64::MAX));
    assert_eq!(
        serde_json::from_str::<args::SlowDown>(&json).unwrap(),
        arguments
    );
    let error = serde_json::from_str::<args::SlowDown>("{}").unwrap_err();
    assert!(error.to_string().contains("argument `limit`"), "{error}");
    let absent = r#"{"nanos":1,"one":[]}"#;
    let absent = serde_json::from_str::<args::Beside>(absent).unwrap_err();
    assert_eq!(absent.to_string(), "argument `not_a_number` is missing");
    let endless = r#"{"nanos":18446744073709551616.0,"one":[],"not_a_number":null,"faults":[]}"#;
    let endless: args::Beside = serde_json::from_str(endless).unwrap();
    assert_eq!(endless.nanos, Duration::MAX);
    assert!(endless.not_a_number.is_nan());
    let pause = serde_json::from_str::<args::Beside>("{\"nanos\":-1,\"one\":[]}").unwrap_err();
    assert!(pause.to_string().contains("argument `nanos`"), "{pause}");
}

#[test]
fn a_client_chooses_the_style_by_accept() {
    let style = |accept: &str| EnvelopeStyle::from_accept(accept);
    for (accept, expected) in [
        ("", EnvelopeStyle::OpenAi),
        ("*/*", EnvelopeStyle::OpenAi),
        ("application/json", EnvelopeStyle::OpenAi),
        ("application/problem+json", EnvelopeStyle::Problem),
        (
            "Application/Problem+JSON ; charset=utf-8",
            EnvelopeStyle::Problem,
        ),
        ("text/html, application/*;q=0.8", EnvelopeStyle::OpenAi),
        (
            "application/json;q=0.5, application/problem+json",
            EnvelopeStyle::Problem,
        ),
        (
            "application/problem+json;q=0.5, application/json",
            EnvelopeStyle::OpenAi,
        ),
        ("application/json;q=0, */*;q=0.1", EnvelopeStyle::Problem),
        ("*/*, application/json;q=0.1", EnvelopeStyle::Problem),
        (
            "application/problem+json; q = 0.2, application/json;q=0.1",
            EnvelopeStyle::Problem,
        ),
        (
            "application/problem+json;q=nonsense",
            EnvelopeStyle::Problem,
        ),
        ("application/problem+json;q=0", EnvelopeStyle::OpenAi),
        ("text/event-stream", EnvelopeStyle::OpenAi),
        (
            "application/json;version=1, application/problem+json;q=0.5",
            EnvelopeStyle::Problem,
        ),
        (
            "application/json;q=0.1, application/problem+json;q=0.5, application/json;q=0.9",
            EnvelopeStyle::OpenAi,
        ),
        ("application/problem+json;q=2", EnvelopeStyle::Problem),
        (",;=,/", EnvelopeStyle::OpenAi),
    ] {
        assert_eq!(style(accept), expected, "{accept}");
    }
    let error = ApiError::new(ErrorCode::SlowDown).with_accept("application/problem+json");
    let headers = error.headers();
    assert!(headers.contains(&("content-type", "application/problem+json".into())));
    assert!(headers.contains(&("vary", "accept".into())));
    assert!(headers.contains(&("retry-after", "1".into())));
}

#[test]
fn a_problem_has_the_members_of_rfc_9457() {
    let error = ApiError::new(ErrorCode::SlowDown)
        .with_accept("application/problem+json")
        .with_retry_after(Duration::from_millis(2_001))
        .with_instance("http://[::1]/v1/files[]?name=ä b&half=50%#a#b")
        .with_param("name");
    assert_eq!(
        error.to_json(),
        concat!(
            r#"{"type":"https://example.com/errors/slow_down","title":"Too many requests","#,
            r#""status":429,"detail":"Too many requests","code":"slow_down","#,
            r#""error_type":"limit_error","retryable":true,"param":"name","#,
            r#""instance":"http://[::1]/v1/files%5B%5D?name=%C3%A4%20b&half=50%25#a%23b","retry_after":3}"#
        )
    );
    let problem = Envelope::new(&error);
    assert_eq!((problem.status, problem.retry_after), (Some(429), Some(3)));
    let json = serde_json::to_string(&problem).unwrap();
    assert_eq!(json, error.to_json());
    let read: Envelope<'_> = serde_json::from_str(&json).unwrap();
    assert_eq!(read, problem);
    let read: ApiError = serde_json::from_str(&json).unwrap();
    assert_eq!(read.to_json(), json);
}

#[test]
fn a_problem_without_code_names_its_status() {
    let error = ApiError::from_type(details_errors::ErrorType::RequestError).with_status(409);
    let error = error.unwrap().with_accept("application/problem+json");
    assert_eq!(
        error.to_json(),
        concat!(
            r#"{"type":"about:blank","title":"Conflict","status":409,"#,
            r#""detail":"The request is wrong","code":null,"error_type":"request_error","#,
            r#""retryable":false}"#
        )
    );
    let impossible = error.to_json().replace("409", "429");
    let refused = serde_json::from_str::<ApiError>(&impossible).unwrap_err();
    assert!(
        refused.to_string().contains("cannot have status 429"),
        "{refused}"
    );
}

#[test]
fn an_envelope_is_read_with_its_details() {
    let error = ApiError::from(every_kind());
    let envelope: Envelope<'_> = serde_json::from_str(&error.to_json()).unwrap();
    assert_eq!(envelope, Envelope::new(&error));
    assert_eq!(
        serde_json::to_string(&ApiError::try_from(envelope).unwrap()).unwrap(),
        error.to_json()
    );
}

#[test]
fn a_problem_is_never_an_event() {
    let error = || ApiError::new(ErrorCode::SlowDown).with_request_id("req_1");
    let event = concat!(
        "event: error\n",
        r#"data: {"type":"error","error":{"message":"Too many requests","type":"limit_error","#,
        r#""code":"slow_down","status":429,"request_id":"req_1"}}"#,
        "\n\n"
    );
    assert_eq!(error().to_sse_event(), event);
    let problem = error().with_accept("application/problem+json");
    assert_eq!(problem.to_sse_event(), event);
}

#[cfg(feature = "jiff")]
#[test]
fn a_moment_is_written_as_rfc_3339_asks() {
    let at: jiff::Timestamp = "2026-11-24T06:30:00+01:00".parse().unwrap();
    let sent = args::Expires {
        at,
        ago: Duration::from_secs(60),
        before: Sensitive::new(at),
    };
    let error = ApiError::from(sent);
    assert_eq!(
        error.message(),
        "The lease ended at 2026-11-24T05:30:00Z, 60s ago."
    );
    let details = error.details().unwrap();
    assert_eq!(details.get("at"), Some(&json!("2026-11-24T05:30:00Z")));
    assert_eq!(details.get("ago"), Some(&json!(60)));
}

/// A report of the crate garde has a fault for each field.
#[cfg(feature = "garde")]
#[test]
fn the_report_of_a_validator_is_a_list_of_faults() {
    let mut report = garde::Report::new();
    report.append(garde::Path::new("name"), garde::Error::new("Too long"));
    let born = garde::Path::new("born").join(0);
    report.append(born, garde::Error::new("Too old"));
    let faults = details_errors::Faults::from(&report);
    assert_eq!(faults.to_string(), "name: Too long, born[0]: Too old");
}
